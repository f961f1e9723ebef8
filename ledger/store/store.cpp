#include "ledger/store/store.h"

#include "ledger/base/text.h"
#include "ledger/store/inner.h"
#include "ledger/store/tables.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sys/statvfs.h>

namespace quarrymark::store {
namespace {

constexpr std::string_view kFolder = "store";
constexpr std::size_t kReadahead = 2 * 1024 * 1024;
constexpr std::uint64_t kMostReplayed = 32 * 1024 * 1024;

bool names_the_lock(const rocksdb::Status& status) {
  return status.IsIOError() && status.ToString().find("lock ") != std::string::npos;
}

// The first key behind every key with `prefix`; empty when there is none.
std::string end_of_prefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

Error open_error(const rocksdb::Status& status, const std::string& directory) {
  const std::string text = status.ToString();
  if (names_the_lock(status)) {
    const bool own = text.find("current process") != std::string::npos;
    return {
        Errc::kFailedPrecondition,
        cat(directory, own ? " is open in this process already" : " is open in another process"),
        {}};
  }
  if (status.IsInvalidArgument() && text.find("olumn famil") != std::string::npos)
    return {Errc::kFailedPrecondition,
            cat("the store in ", directory,
                " is of an earlier version; bring it up to date with: quarrymark fsck --rebuild "
                "--dir ",
                directory),
            {}};
  if (status.IsCorruption())
    return {Errc::kDataLoss,
            cat("the store in ", directory, " is damaged (", text,
                "); nothing was changed; restore it from a backup"),
            {}};
  return {Errc::kIo, cat("cannot open the store in ", directory, ": ", text), {}};
}

Status check_place(const std::string& directory, const std::string& path, const Options& options) {
  std::error_code problem;
  if (std::filesystem::exists(path + "/CURRENT", problem)) return {};
  if (!options.create)
    return fail(Errc::kFailedPrecondition,
                cat(directory,
                    " is not a Quarrymark ledger (no store in it); make one with: "
                    "quarrymark init"));
  std::filesystem::create_directories(path, problem);
  if (problem)
    return fail(Errc::kIo, cat("cannot create the directory ", path, ": ", problem.message()));
  return {};
}

}  // namespace

Store::Inner::~Inner() {
  if (!db) return;
  // What is in memory only is read again out of the write-ahead log when the store is opened:
  // little of it is no matter, much takes seconds.
  std::uint64_t in_memory = 0;
  db->GetAggregatedIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &in_memory);
  if (!read_only && in_memory > kMostReplayed)
    // A failure leaves it where it is safe.
    static_cast<void>(db->Flush(rocksdb::FlushOptions(), {handles.begin(), handles.end()}).ok());
  for (auto* handle : handles)
    if (handle != nullptr) db->DestroyColumnFamilyHandle(handle);
  db->Close();
}

Error Store::Inner::error_of(const rocksdb::Status& status, std::string_view what) const {
  if (status.IsCorruption())
    return {Errc::kDataLoss,
            cat(what, " in ", path, ": stored data is damaged: ", status.ToString()),
            {}};
  return {Errc::kIo, cat(what, " in ", path, ": ", status.ToString()), {}};
}

Status Store::Inner::check_space(std::size_t batch_bytes) const {
  struct statvfs disk {};
  if (::statvfs(path.c_str(), &disk) != 0)
    return fail(Errc::kIo, cat("cannot read the free space of ", path, ": ", std::strerror(errno)));
  const std::uint64_t available = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (available >= reserve_bytes + batch_bytes) return {};
  return fail(Errc::kResourceExhausted,
              cat("the disk that holds ", path, " is full: ", available / 1024, " KiB free, ",
                  reserve_bytes / 1024, " KiB are kept in reserve; free some space and try again"));
}

// Over the keys with one prefix, beginning with `from`.
Status Store::Inner::visit(
    rocksdb::ReadOptions options, Table table, std::string_view prefix, std::string_view from,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  options.total_order_seek = true;
  const std::string end = end_of_prefix(prefix);
  const rocksdb::Slice bound = slice(end);
  if (!end.empty()) options.iterate_upper_bound = &bound;
  const std::unique_ptr<rocksdb::Iterator> at(db->NewIterator(options, handle(table)));
  for (at->Seek(slice(from)); at->Valid(); at->Next())
    if (!visit(at->key().ToStringView(), at->value().ToStringView())) return {};
  if (!at->status().ok())
    return tl::unexpected<Error>(error_of(at->status(), cat("table ", table_name(table))));
  return {};
}

Store::Store() : inner_(std::make_unique<Inner>()) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::string& directory, const Options& options) {
  const std::string path = cat(directory, "/", kFolder);
  QM_TRY_VOID(check_place(directory, path, options));
  const auto descriptors = table_descriptors(options);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      options.read_only
          ? rocksdb::DB::OpenForReadOnly(database_options(options), path, descriptors, &handles,
                                         &db)
          : rocksdb::DB::Open(database_options(options), path, descriptors, &handles, &db);
  if (!status.ok()) return tl::unexpected<Error>(open_error(status, directory));
  std::unique_ptr<Store> store(new Store());
  store->directory_ = directory;
  store->inner_->db.reset(db);
  store->inner_->path = path;
  store->inner_->reserve_bytes = options.reserve_bytes;
  store->inner_->read_only = options.read_only;
  db->DestroyColumnFamilyHandle(handles[0]);
  for (std::size_t i = 0; i < kTableCount; ++i) {
    store->inner_->handles[i] = handles[i + 1];
    QM_CHECK(handles[i + 1]->GetID() == i + 1, "tables are made in the order of Table");
  }
  return store;
}

Result<std::optional<std::string>> Store::get(Table table, std::string_view key) const {
  rocksdb::PinnableSlice value;
  const auto status =
      inner_->db->Get(rocksdb::ReadOptions(), inner_->handle(table), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok())
    return tl::unexpected<Error>(inner_->error_of(status, cat("table ", table_name(table))));
  return std::optional<std::string>(std::string(value.data(), value.size()));
}

Status Store::scan(
    Table table, std::string_view prefix, std::string_view from,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  rocksdb::ReadOptions options;
  options.readahead_size = kReadahead;
  options.fill_cache = false;  // a scan of everything would push out what lookups need
  return inner_->visit(options, table, prefix, from.empty() ? prefix : from, visit);
}

Status Store::find(
    Table table, std::string_view prefix,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  return inner_->visit(rocksdb::ReadOptions(), table, prefix, prefix, visit);
}

Result<std::optional<std::pair<std::string, std::string>>> Store::last(
    Table table, std::string_view prefix) const {
  using Found = std::optional<std::pair<std::string, std::string>>;
  const std::string end = end_of_prefix(prefix);
  const std::unique_ptr<rocksdb::Iterator> at(
      inner_->db->NewIterator(rocksdb::ReadOptions(), inner_->handle(table)));
  if (end.empty()) {
    at->SeekToLast();
  } else {
    at->SeekForPrev(slice(end));
    if (at->Valid() && at->key() == slice(end)) at->Prev();  // `end` itself lacks the prefix
  }
  if (!at->status().ok())
    return tl::unexpected<Error>(inner_->error_of(at->status(), cat("table ", table_name(table))));
  if (!at->Valid() || !at->key().starts_with(slice(prefix))) return Found();
  return Found(std::pair(at->key().ToString(), at->value().ToString()));
}

Status Store::write(Batch& batch, bool sync) {
  if (inner_->read_only)
    return fail(Errc::kFailedPrecondition, cat(directory_, " is open for reading only"));
  if (const std::string problem = write_problem(); !problem.empty())
    return fail(Errc::kIo, problem);
  QM_TRY_VOID(inner_->check_space(batch.byte_size()));
  rocksdb::WriteOptions options;
  options.sync = sync;
  const auto status = inner_->db->Write(options, &batch.inner_->writes);
  if (status.ok()) return {};
  // RocksDB keeps refusing after such an error, also when the disk has space again; and whether
  // the batch is in its log is unknown. Only reading that log anew makes the store whole.
  std::lock_guard lock(inner_->mutex);
  inner_->write_problem = cat("the store in ", directory_, " stopped accepting writes (",
                              status.ToString(), "); close and reopen it");
  return fail(Errc::kIo, inner_->write_problem);
}

std::string Store::write_problem() const {
  std::lock_guard lock(inner_->mutex);
  return inner_->write_problem;
}

std::unique_lock<std::mutex> Store::lock_writer() { return std::unique_lock(inner_->writer); }

Status Store::flush() {
  std::vector<rocksdb::ColumnFamilyHandle*> handles(inner_->handles.begin(), inner_->handles.end());
  const auto status = inner_->db->Flush(rocksdb::FlushOptions(), handles);
  if (!status.ok()) return tl::unexpected<Error>(inner_->error_of(status, "flushing"));
  return {};
}

Status Store::compact() {
  for (auto* handle : inner_->handles) {
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    const auto status = inner_->db->CompactRange(options, handle, nullptr, nullptr);
    if (!status.ok()) return tl::unexpected<Error>(inner_->error_of(status, "compacting"));
  }
  return {};
}

std::uint64_t Store::bytes_on_disk(Table table) const {
  std::uint64_t bytes = 0;
  // Fails only for an unknown property name.
  inner_->db->GetIntProperty(inner_->handle(table), rocksdb::DB::Properties::kLiveSstFilesSize,
                             &bytes);
  return bytes;
}

}  // namespace quarrymark::store
