#include "node/fetch/open_source.h"

#include "ledger/base/text.h"
#include "node/fetch/http_source.h"

#include <filesystem>

namespace quarrymark::fetch {

bool is_url(const std::string& place) { return place.find("://") != std::string::npos; }

Result<std::unique_ptr<tiles::TileSource>> open_source(const std::string& place) {
  if (is_url(place)) {
    QM_TRY(std::unique_ptr<tiles::TileSource> source, HttpSource::open(place));
    return source;
  }
  std::error_code ignored;
  if (!std::filesystem::is_directory(place, ignored))
    return fail(Errc::kNotFound, cat(place, ": no such directory"));
  return std::unique_ptr<tiles::TileSource>(std::make_unique<tiles::DirectorySource>(place));
}

}  // namespace quarrymark::fetch
