// Tiles over HTTP and HTTPS, with libcurl: proxies from the environment, TLS with the system's
// certificates, redirects, compression, connections kept open.
//
// Whatever a server sends, at most the limit is kept and at most the time limit is waited.
#pragma once

#include "ledger/tiles/source.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace quarrymark::fetch {

struct HttpOptions {
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{60'000};  // for one file, answer and all
  unsigned attempts = 3;                      // when nobody answers, or the server is in trouble
  std::chrono::milliseconds pause{250};       // before the second attempt; doubled each time
};

class HttpSource final : public tiles::TileSource {
 public:
  // `url` is the log's prefix. kInvalidArgument: no http or https URL, or one that holds a
  // password, which would end up in messages.
  static Result<std::unique_ptr<HttpSource>> open(std::string_view url,
                                                  const HttpOptions& options = {});
  ~HttpSource() override;

  // 404 and 410 are kNotFound; every other answer but 200, and none at all, is kIo.
  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  std::string name() const override { return prefix_; }

 private:
  HttpSource(std::string prefix, const HttpOptions& options);
  Result<std::string> try_read(const std::string& url, std::size_t limit, bool& again) const;
  class Handles;
  std::string prefix_;
  HttpOptions options_;
  std::unique_ptr<Handles> handles_;
};

}  // namespace quarrymark::fetch
