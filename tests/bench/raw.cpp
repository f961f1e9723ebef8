#include "tests/bench/raw.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

namespace quarrymark::bench {

Status CapturingJournal::commit(store::Batch& batch) {
  Puts puts;
  batch.visit([&](store::Table table, std::string_view key, std::optional<std::string_view> value) {
    puts.push_back({table, std::string(key), std::string(value.value_or(std::string_view()))});
  });
  groups.push_back(std::move(puts));
  return {};
}

std::vector<Puts> captured_puts(const std::string& parent, const crypto::SigningKey& key,
                                std::vector<std::vector<log::Prepared>> calls) {
  CapturingJournal journal;
  ScratchLog scratch(parent, key, &journal);
  for (auto& call : calls) value_of(scratch.log().append(std::move(call)));
  return std::move(journal.groups);
}

struct RawDatabase::Inner {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
};

RawDatabase::RawDatabase(const std::string& parent)
    : directory_(parent), inner_(std::make_unique<Inner>()) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  auto status = rocksdb::DB::Open(options, directory_.path() + "/raw", &db);
  inner_->db.reset(db);
  for (std::size_t i = 0; status.ok() && i < store::kTableCount; ++i) {
    inner_->handles.push_back(nullptr);
    status = db->CreateColumnFamily(rocksdb::ColumnFamilyOptions(), std::to_string(i),
                                    &inner_->handles.back());
  }
  if (!status.ok()) give_up({Errc::kIo, status.ToString(), {}});
}

RawDatabase::~RawDatabase() {
  for (auto* handle : inner_->handles) inner_->db->DestroyColumnFamilyHandle(handle);
}

void RawDatabase::write(const Puts& puts) {
  rocksdb::WriteBatch batch;
  for (const Put& put : puts)
    batch.Put(inner_->handles[static_cast<std::size_t>(put.table)], put.key, put.value);
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status = inner_->db->Write(options, &batch);
  if (!status.ok()) give_up({Errc::kIo, status.ToString(), {}});
}

}  // namespace quarrymark::bench
