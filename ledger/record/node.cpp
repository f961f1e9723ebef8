#include "ledger/record/node.h"

#include "ledger/base/text.h"
#include "ledger/note/vkey.h"
#include "ledger/record/codec.h"
#include "ledger/record/erased_rows.h"
#include "ledger/record/guard.h"
#include "ledger/record/key_files.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace quarrymark::record {
namespace {

namespace fs = std::filesystem;
using store::Table;

constexpr std::string_view kLogKey = "node:";
constexpr std::array<std::string_view, 11> kRoles = {
    "quarry operator", "factory",   "trader",  "agent",   "importer", "contractor",
    "authority",       "registrar", "witness", "monitor", "verifier"};

std::string log_key(log::LogNumber number) { return RowWriter().raw(kLogKey).u32(number).take(); }

}  // namespace

Result<std::vector<LogRecord>> load_records(const store::Store& store) {
  std::vector<LogRecord> records;
  bool good = true;
  QM_TRY_VOID(
      store.scan(Table::kMeta, kLogKey, {}, [&](std::string_view key, std::string_view value) {
        RowReader in(value);
        LogRecord record;
        record.number = RowReader(key.substr(kLogKey.size())).u32();
        record.origin = in.text();
        record.name = in.text();
        record.role = in.text();
        record.country = in.text();
        good = in.good() && in.at_end();
        records.push_back(std::move(record));
        return good;
      }));
  if (!good)
    return fail(Errc::kDataLoss, cat("a log's record in ", store.directory(), " is damaged"));
  return records;
}

std::string fsck_path(const std::string& directory) { return directory + "/fsck"; }

std::string head_path(const std::string& directory, log::LogNumber number) {
  return cat(directory, "/heads/", number);
}

namespace {

Status refuse_unusable_indexes(const store::Store& store, const std::string& directory) {
  QM_TRY(const auto mark, store.get(Table::kMeta, kRebuildingKey));
  QM_TRY(const auto form, store.get(Table::kMeta, kIndexFormKey));
  if (!mark && form == kIndexForm) return {};
  const std::string command = cat("quarrymark fsck --rebuild --dir ", directory);
  if (mark)
    return fail(Errc::kFailedPrecondition, cat("rebuilding the indexes of ", directory,
                                               " was not finished; finish it with: ", command));
  return fail(Errc::kFailedPrecondition,
              cat("the indexes of ", directory, " are of form ",
                  form ? quoted_for_message(*form, 20) : "\"1\"", ", expected \"", kIndexForm,
                  "\"; make them anew with: ", command));
}

Status make_directory(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return fail(Errc::kIo, cat("cannot make ", path, ": ", error.message()));
  return {};
}

// Private keys are nobody else's to read.
Status make_key_directory(const std::string& path) {
  QM_TRY_VOID(make_directory(path));
  std::error_code error;
  fs::permissions(path, fs::perms::owner_all, error);
  if (error) return fail(Errc::kIo, cat("cannot restrict ", path, ": ", error.message()));
  return {};
}

Status check_new_log(std::string_view name, std::string_view role, std::string_view country) {
  if (comparable_name(name).empty() || name.size() > 200 || name.find('\0') != name.npos)
    return fail(Errc::kInvalidArgument, "expected the organisation's name, 1 to 200 bytes", "name");
  if (std::find(kRoles.begin(), kRoles.end(), role) == kRoles.end()) {
    std::string listed;
    for (const std::string_view known : kRoles) listed += cat(listed.empty() ? "" : ", ", known);
    return fail(Errc::kInvalidArgument,
                cat("expected one of ", listed, ", got ", quoted_for_message(role)), "role");
  }
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (country.size() != 2 || !capital(country[0]) || !capital(country[1]))
    return fail(Errc::kInvalidArgument,
                cat("expected an ISO 3166 code such as NL, got ", quoted_for_message(country)),
                "country");
  return {};
}

}  // namespace

Node::Node(std::string directory, Clock& clock) : directory_(std::move(directory)), clock_(clock) {}
Node::~Node() = default;

Result<LogRecord> Node::create_log(const std::string& directory, std::string_view name,
                                   std::string_view role, std::string_view country,
                                   std::optional<crypto::SigningKey> key) {
  QM_TRY_VOID(check_new_log(name, role, country));
  std::error_code ignored;
  const bool is_new = !fs::exists(cat(directory, "/store"), ignored);
  if (is_new && fs::exists(directory, ignored) && !fs::is_empty(directory, ignored))
    return fail(Errc::kFailedPrecondition,
                cat(directory, " holds something else; name an empty or new directory"));
  QM_TRY_VOID(make_directory(directory));
  QM_TRY(const auto store, store::Store::open(directory, {.create = is_new}));
  if (!is_new) QM_TRY_VOID(refuse_unusable_indexes(*store, directory));
  QM_TRY(const auto records, load_records(*store));
  if (!key) {
    QM_TRY(key, crypto::SigningKey::generate());
  }
  LogRecord record;
  record.origin = note::origin_for_key(key->public_key());
  record.name = name;
  record.role = role;
  record.country = country;
  for (const LogRecord& known : records) {
    record.number = std::max(record.number, known.number + 1);
    if (same_name(known.name, name) || known.origin == record.origin)
      return fail(Errc::kAlreadyExists,
                  cat(directory, " has a log of ", quoted_for_message(known.name), " already (",
                      known.origin, ")"));
  }
  QM_TRY_VOID(make_key_directory(cat(directory, "/keys")));
  QM_TRY_VOID(make_directory(cat(directory, "/heads")));
  // The key first: a log without its key could never be written to again.
  QM_TRY_VOID(key->save(key_path(directory, record.number)));
  QM_TRY_VOID(log::Log::create(*store, record.number, *key));
  store::Batch batch(*store);
  batch.put(Table::kMeta, kIndexFormKey, kIndexForm);
  batch.put(Table::kMeta, log_key(record.number),
            RowWriter()
                .text(record.origin)
                .text(record.name)
                .text(record.role)
                .text(record.country)
                .take());
  QM_TRY_VOID(store->write(batch, true));
  return record;
}

Result<std::unique_ptr<Node>> Node::open(const std::string& directory, Clock& clock,
                                         const NodeOptions& options) {
  std::unique_ptr<Node> node(new Node(directory, clock));
  node->read_only_ = options.read_only;
  store::Options store_options;
  store_options.read_only = options.read_only;
  store_options.block_cache_bytes = options.block_cache_bytes;
  QM_TRY(node->store_, store::Store::open(directory, store_options));
  QM_TRY_VOID(refuse_unusable_indexes(*node->store_, directory));
  if (!options.read_only) {
    std::error_code ignored;
    fs::remove_all(fsck_path(directory), ignored);
    QM_TRY(const bool removed, remove_erased_bytes(*node->store_));
    if (removed) {
      // Opening anew is what makes the store drop the lists of files that had those bytes.
      node->store_.reset();
      QM_TRY(node->store_, store::Store::open(directory, store_options));
      QM_TRY_VOID(forget_erasures(*node->store_));
    }
  }
  node->guard_ = std::make_unique<StateGuard>(*node);
  QM_TRY(const auto records, load_records(*node->store_));
  for (const LogRecord& record : records) {
    auto key = load_log_key(*node->store_, directory, record.number, !options.read_only);
    if (!key)
      return fail(key.error().code, cat("the key of ", quoted_for_message(record.name), ": ",
                                        to_string(key.error())));
    log::LogOptions log_options;
    log_options.head_file = head_path(directory, record.number);
    auto open = std::make_unique<OpenLog>();
    open->record = record;
    QM_TRY(open->log, log::Log::open(*node->store_, record.number, std::move(*key), clock,
                                     *node->guard_, std::move(log_options)));
    open->vkey = open->log->vkey();
    node->logs_.push_back(std::move(open));
  }
  return node;
}

Result<OpenLog*> Node::find_log(std::string_view name_or_origin) {
  if (name_or_origin.empty() && logs_.size() == 1) return logs_.front().get();
  for (const auto& log : logs_)
    if (log->record.origin == name_or_origin || same_name(log->record.name, name_or_origin))
      return log.get();
  std::string listed;
  for (const auto& log : logs_) listed += cat(listed.empty() ? "" : ", ", log->record.name);
  if (logs_.empty())
    return fail(Errc::kNotFound, cat(directory_, " has no log yet; make one with init"));
  if (name_or_origin.empty())
    return fail(Errc::kInvalidArgument, cat(directory_, " has several logs, say which: ", listed),
                "log");
  return fail(
      Errc::kNotFound,
      cat(directory_, " has no log ", quoted_for_message(name_or_origin), "; it has ", listed),
      "log");
}

OpenLog* Node::log_of(std::string_view origin) const {
  for (const auto& log : logs_)
    if (log->record.origin == origin) return log.get();
  return nullptr;
}

Result<Contacts> Node::contacts() const { return Contacts::load(contacts_path()); }
std::string Node::contacts_path() const { return directory_ + "/contacts.json"; }

}  // namespace quarrymark::record
