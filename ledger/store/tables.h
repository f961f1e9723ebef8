// How each table is stored. Not for other folders.
#pragma once

#include "ledger/store/store.h"

#include <rocksdb/db.h>

#include <string>
#include <vector>

namespace quarrymark::store {

rocksdb::DBOptions database_options(const Options& options);
// One for each table, in the order of Table, after RocksDB's obligatory default family.
std::vector<rocksdb::ColumnFamilyDescriptor> table_descriptors(const Options& options);

}  // namespace quarrymark::store
