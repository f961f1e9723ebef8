#include "ledger/store/inner.h"

namespace quarrymark::store {
namespace {

// RocksDB's batch calls fail only for keys or values beyond 4 GiB, which nothing here makes.
void must(const rocksdb::Status& status) {
  QM_CHECK(status.ok(), "a write batch takes any record");
}

std::optional<std::string> owned(std::optional<std::string_view> value) {
  if (!value) return std::nullopt;
  return std::string(*value);
}

// Hands each record of a batch to `visit`. Column family ids count from 1: 0 is RocksDB's own.
class Visitor final : public rocksdb::WriteBatch::Handler {
 public:
  using Visit = std::function<void(Table, std::string_view, std::optional<std::string_view>)>;
  explicit Visitor(const Visit& visit) : visit_(visit) {}

  rocksdb::Status PutCF(std::uint32_t family, const rocksdb::Slice& key,
                        const rocksdb::Slice& value) override {
    visit_(table(family), key.ToStringView(), value.ToStringView());
    return rocksdb::Status::OK();
  }
  rocksdb::Status DeleteCF(std::uint32_t family, const rocksdb::Slice& key) override {
    visit_(table(family), key.ToStringView(), std::nullopt);
    return rocksdb::Status::OK();
  }

 private:
  static Table table(std::uint32_t family) { return static_cast<Table>(family - 1); }
  const Visit& visit_;
};

}  // namespace

// Makes `value` what get() sees, noting how to undo that while there is a savepoint.
void Batch::Inner::remember(Table table, std::string_view key,
                            std::optional<std::string_view> value) {
  Overlay& overlay = overlays[static_cast<std::size_t>(table)];
  auto found = overlay.find(key);
  const bool existed = found != overlay.end();
  if (!existed) found = overlay.emplace(std::string(key), std::nullopt).first;
  if (!savepoints.empty())
    undo.push_back({table, &*found, existed, existed ? std::move(found->second) : std::nullopt});
  found->second = owned(value);
}

Batch::Batch(Store& store) : inner_(std::make_unique<Inner>()) { inner_->store = &store; }
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;

void Batch::put(Table table, std::string_view key, std::string_view value) {
  must(inner_->writes.Put(inner_->store->inner_->handle(table), slice(key), slice(value)));
  // A key that was put readable or erased before must not go on showing what it was.
  const auto& overlay = inner_->overlays[static_cast<std::size_t>(table)];
  if (!overlay.empty() && overlay.find(key) != overlay.end()) inner_->remember(table, key, value);
}

void Batch::put_readable(Table table, std::string_view key, std::string_view value) {
  must(inner_->writes.Put(inner_->store->inner_->handle(table), slice(key), slice(value)));
  inner_->remember(table, key, value);
}

void Batch::erase(Table table, std::string_view key) {
  must(inner_->writes.Delete(inner_->store->inner_->handle(table), slice(key)));
  inner_->remember(table, key, std::nullopt);
}

Result<std::optional<std::string>> Batch::get(Table table, std::string_view key) {
  const auto& overlay = inner_->overlays[static_cast<std::size_t>(table)];
  if (const auto found = overlay.find(key); found != overlay.end()) return found->second;
  return inner_->store->get(table, key);
}

std::size_t Batch::byte_size() const { return inner_->writes.GetDataSize(); }

void Batch::clear() {
  inner_->writes.Clear();
  for (auto& overlay : inner_->overlays) overlay.clear();
  inner_->undo.clear();
  inner_->savepoints.clear();
}

void Batch::set_savepoint() {
  inner_->writes.SetSavePoint();
  inner_->savepoints.push_back(inner_->undo.size());
}

void Batch::roll_back() {
  QM_CHECK(!inner_->savepoints.empty(), "roll_back() follows a set_savepoint()");
  must(inner_->writes.RollbackToSavePoint());
  for (; inner_->undo.size() > inner_->savepoints.back(); inner_->undo.pop_back()) {
    Inner::Undo& last = inner_->undo.back();
    Inner::Overlay& overlay = inner_->overlays[static_cast<std::size_t>(last.table)];
    if (last.existed)
      last.slot->second = std::move(last.before);
    else
      overlay.erase(overlay.find(last.slot->first));
  }
  inner_->savepoints.pop_back();
}

void Batch::drop_savepoint() {
  QM_CHECK(!inner_->savepoints.empty(), "drop_savepoint() follows a set_savepoint()");
  must(inner_->writes.PopSavePoint());
  inner_->savepoints.pop_back();
  if (inner_->savepoints.empty()) inner_->undo.clear();
}

void Batch::visit(const std::function<void(Table, std::string_view,
                                           std::optional<std::string_view>)>& visit) const {
  Visitor visitor(visit);
  must(inner_->writes.Iterate(&visitor));
}

}  // namespace quarrymark::store
