#include "ledger/tiles/source.h"

#include "ledger/base/text.h"
#include "ledger/disk/files.h"

namespace quarrymark::tiles {

Result<std::string> DirectorySource::read(std::string_view path, std::size_t limit) const {
  QM_TRY(auto bytes, disk::read_file(cat(directory_, "/", path), limit));
  if (!bytes) return fail(Errc::kNotFound, cat(directory_, "/", path, ": missing"));
  return std::move(*bytes);
}

}  // namespace quarrymark::tiles
