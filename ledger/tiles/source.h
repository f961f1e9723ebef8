// Where the files of a tlog-tiles log come from: a directory here, a web server in node/fetch.
//
// The interface is as narrow as the format: a path that starts behind the log's prefix
// ("checkpoint", "tile/0/x001/067") and bytes. Nothing that a source returns is trusted.
#pragma once

#include "ledger/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarrymark::tiles {

class TileSource {
 public:
  virtual ~TileSource() = default;
  // Thread-safe. kNotFound: the log does not serve it. kTooLarge beyond `limit` bytes. kIo:
  // whether it is there cannot be told.
  virtual Result<std::string> read(std::string_view path, std::size_t limit) const = 0;
  // Directory or URL, for messages.
  virtual std::string name() const = 0;
};

class DirectorySource final : public TileSource {
 public:
  explicit DirectorySource(std::string directory) : directory_(std::move(directory)) {}
  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  std::string name() const override { return directory_; }

 private:
  std::string directory_;
};

}  // namespace quarrymark::tiles
