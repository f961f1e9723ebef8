#include "ledger/store/tables.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

namespace quarrymark::store {
namespace {

constexpr std::size_t kKilobyte = 1024;
constexpr std::size_t kMegabyte = 1024 * kKilobyte;

// Memory for writes is bounded by the memtables: at most two for each table, and a WAL beyond
// kMaxWal makes RocksDB flush the oldest. Reopening replays at most that much.
constexpr std::uint64_t kMaxWal = 192 * kMegabyte;
constexpr int kMaxOpenFiles = 256;

enum class Access { kInOrder, kByKey };

struct TableShape {
  std::string_view name;
  Access access;  // by key: a filter tells quickly what is not there
  rocksdb::CompressionType compression;
  std::size_t block_bytes;
  std::size_t memtable_bytes;
};

// Compression was measured on generated extract events (docs/storage_format.md, "Compression and
// filters"): base64url holds six bits in eight, which only an entropy coder gets back. Digests as
// raw bytes do not compress at all, so tiles are left alone. Leaving entries
// alone too made a whole-log check no quicker: 145 bytes more an event are to be read for it.
constexpr TableShape kShapes[kTableCount] = {
    {"meta", Access::kByKey, rocksdb::kNoCompression, 4 * kKilobyte, 4 * kMegabyte},
    {"entries", Access::kInOrder, rocksdb::kLZ4Compression, 32 * kKilobyte, 32 * kMegabyte},
    {"disclosures", Access::kInOrder, rocksdb::kZSTD, 32 * kKilobyte, 64 * kMegabyte},
    {"tiles", Access::kInOrder, rocksdb::kNoCompression, 16 * kKilobyte, 4 * kMegabyte},
    {"events", Access::kByKey, rocksdb::kNoCompression, 4 * kKilobyte, 16 * kMegabyte},
    {"keys", Access::kByKey, rocksdb::kLZ4Compression, 4 * kKilobyte, 16 * kMegabyte},
    {"states", Access::kByKey, rocksdb::kLZ4Compression, 4 * kKilobyte, 16 * kMegabyte},
    {"items", Access::kByKey, rocksdb::kLZ4Compression, 8 * kKilobyte, 16 * kMegabyte},
    {"names", Access::kByKey, rocksdb::kLZ4Compression, 8 * kKilobyte, 8 * kMegabyte},
    {"foreign", Access::kInOrder, rocksdb::kZSTD, 32 * kKilobyte, 16 * kMegabyte},
    {"links", Access::kByKey, rocksdb::kLZ4Compression, 4 * kKilobyte, 16 * kMegabyte},
};

rocksdb::ColumnFamilyOptions options_for(const TableShape& shape,
                                         const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = shape.block_bytes;
  table.format_version = 5;
  // Indexes and filters count towards the cache, so that memory is bounded by one number. They are
  // cut into parts, of which a lookup needs one: those of ten million events are larger than it.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_top_level_index_and_filter = true;
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.metadata_block_size = 4 * kKilobyte;
  rocksdb::ColumnFamilyOptions family;
  if (shape.access == Access::kByKey) {
    table.partition_filters = true;
    table.filter_policy.reset(rocksdb::NewRibbonFilterPolicy(10));
    // Most lookups before an append ask for what is not there yet: skip the memtable as well.
    family.memtable_whole_key_filtering = true;
    family.memtable_prefix_bloom_size_ratio = 0.05;
  }
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.compression = shape.compression;
  family.write_buffer_size = shape.memtable_bytes;
  family.max_write_buffer_number = 2;
  return family;
}

}  // namespace

std::string_view table_name(Table table) { return kShapes[static_cast<std::size_t>(table)].name; }

rocksdb::DBOptions database_options(const Options& options) {
  rocksdb::DBOptions database;
  database.create_if_missing = options.create;
  database.create_missing_column_families = !options.read_only;
  // The default would open after a damaged byte and silently forget everything behind it.
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  database.max_total_wal_size = kMaxWal;
  database.max_open_files = kMaxOpenFiles;
  database.max_background_jobs = 2;
  database.keep_log_file_num = 4;
  database.max_log_file_size = 4 * kMegabyte;
  // Spreads the writing of table files, which otherwise makes single commits wait at the fsync.
  database.bytes_per_sync = kMegabyte;
  return database;
}

std::vector<rocksdb::ColumnFamilyDescriptor> table_descriptors(const Options& options) {
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
  for (const TableShape& shape : kShapes)
    descriptors.emplace_back(std::string(shape.name), options_for(shape, cache));
  return descriptors;
}

}  // namespace quarrymark::store
