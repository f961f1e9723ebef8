// A log's files by what a person types: a URL or a directory.
#pragma once

#include "ledger/tiles/source.h"

#include <memory>
#include <string>

namespace quarrymark::fetch {

bool is_url(const std::string& place);

// kInvalidArgument: a URL that is none; kNotFound: no such directory.
Result<std::unique_ptr<tiles::TileSource>> open_source(const std::string& place);

}  // namespace quarrymark::fetch
