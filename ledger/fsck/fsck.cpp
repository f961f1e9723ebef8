#include "ledger/fsck/fsck.h"

#include "ledger/base/text.h"
#include "ledger/fsck/compare.h"
#include "ledger/fsck/derive.h"
#include "ledger/log/check.h"

#include <array>
#include <filesystem>

namespace quarrymark::fsck {
namespace {

using store::Table;

constexpr std::size_t kMendBytes = 1u << 20;

struct DerivedTable {
  Table table;
  std::string_view prefix;
};
// What docs/storage_format.md calls derived.
constexpr std::array<DerivedTable, 7> kDerived = {{{Table::kMeta, "state:"},
                                                   {Table::kTiles, {}},
                                                   {Table::kEvents, {}},
                                                   {Table::kStates, {}},
                                                   {Table::kItems, {}},
                                                   {Table::kNames, {}},
                                                   {Table::kLinks, {}}}};

// A store beside the one that is looked at, gone when it is done with.
class Beside {
 public:
  static Result<std::unique_ptr<Beside>> open(const std::string& directory) {
    std::unique_ptr<Beside> beside(new Beside(record::fsck_path(directory)));
    beside->remove();  // what an interrupted run has left
    QM_TRY(beside->store_, store::Store::open(beside->path_, {.create = true}));
    return beside;
  }
  ~Beside() {
    store_.reset();
    remove();
  }
  Beside(const Beside&) = delete;
  store::Store& store() { return *store_; }

 private:
  explicit Beside(std::string path) : path_(std::move(path)) {}
  void remove() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string path_;
  std::unique_ptr<store::Store> store_;
};

// Writes what is right over what is there, under a mark.
class Mending {
 public:
  explicit Mending(store::Store& store) : store_(store), batch_(store) {}

  Status begin() { return mark(true); }
  Status mend(Table table, std::string_view key, std::optional<std::string_view> value) {
    if (value)
      batch_.put(table, key, *value);
    else
      batch_.erase(table, key);
    return batch_.byte_size() < kMendBytes ? Status() : write();
  }
  Status finish() {
    QM_TRY_VOID(write());
    return mark(false);
  }

 private:
  Status write() {
    QM_TRY_VOID(store_.write(batch_, true));
    batch_.clear();
    return {};
  }
  Status mark(bool on) {
    if (on)
      batch_.put(Table::kMeta, record::kRebuildingKey, {});
    else
      batch_.erase(Table::kMeta, record::kRebuildingKey);
    if (!on) batch_.put(Table::kMeta, record::kIndexFormKey, record::kIndexForm);
    return write();
  }

  store::Store& store_;
  store::Batch batch_;
};

// Problems with keys and checkpoints, which deriving does not look at.
Status check_rest(const store::Store& store, const Options& options, Report& report) {
  QM_TRY(const auto records, record::load_records(store));
  for (const record::LogRecord& record : records) {
    log::CheckOptions check;
    check.threads = options.threads;
    check.disclosures = false;  // looked at already
    if (options.progress)
      check.progress = [&](std::uint64_t done, std::uint64_t total) {
        options.progress(cat("Checking the log of ", record.name), done, total);
      };
    QM_TRY(const log::CheckReport checked, log::check_log(store, record.number, check));
    for (const std::string& problem : checked.problems) report.problems.push_back(problem);
  }
  return {};
}

Result<std::vector<TableDifferences>> compare_all(const store::Store& stored,
                                                  const store::Store& derived, Mending* mending,
                                                  const Options& options) {
  std::vector<TableDifferences> tables;
  for (const DerivedTable& table : kDerived) {
    if (options.progress) options.progress(cat("Comparing ", store::table_name(table.table)), 0, 0);
    VisitDifference visit;
    if (mending != nullptr)
      visit = [&](std::string_view key, std::optional<std::string_view> value) {
        return mending->mend(table.table, key, value);
      };
    QM_TRY(auto found, compare_table(stored, derived, table.table, table.prefix, visit));
    tables.push_back(std::move(found));
  }
  return tables;
}

}  // namespace

bool Report::sound() const {
  if (!problems.empty()) return false;
  for (const TableDifferences& table : tables)
    if (table.count() > 0 && !rebuilt) return false;
  return true;
}

Result<Report> check(const std::string& directory, const Options& options) {
  QM_TRY(const auto store, store::Store::open(directory, {}));
  QM_TRY(const auto mark, store->get(Table::kMeta, record::kRebuildingKey));
  Report report;
  if (mark && !options.rebuild)
    report.problems.push_back("meta: rebuilding the indexes was not finished");
  QM_TRY(const auto form, store->get(Table::kMeta, record::kIndexFormKey));
  if (form != record::kIndexForm && !options.rebuild)
    return fail(Errc::kFailedPrecondition,
                cat("the indexes of ", directory,
                    " are of another form than this version's; make them anew with --rebuild"));
  {
    QM_TRY(const auto beside, Beside::open(directory));
    QM_TRY(Derived derived, derive_rows(*store, directory, beside->store(), options));
    report.logs = std::move(derived.logs);
    for (std::string& problem : derived.problems) report.problems.push_back(std::move(problem));
    if (!derived.problems.empty()) return report;
    Mending mending(*store);
    if (options.rebuild) QM_TRY_VOID(mending.begin());
    QM_TRY(report.tables,
           compare_all(*store, beside->store(), options.rebuild ? &mending : nullptr, options));
    if (options.rebuild) QM_TRY_VOID(mending.finish());
    report.rebuilt = options.rebuild;
  }
  bool holds = true;
  for (const TableDifferences& table : report.tables)
    holds = holds && (report.rebuilt || table.count() == 0);
  // Where indexes are wrong, that is told; checking them in another way would tell it twice.
  if (holds) QM_TRY_VOID(check_rest(*store, options, report));
  return report;
}

}  // namespace quarrymark::fsck
