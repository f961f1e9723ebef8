#include "node/fetch/http_source.h"

#include "ledger/base/text.h"

#include <array>
#include <curl/curl.h>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace quarrymark::fetch {
namespace {

constexpr long kMaxRedirects = 5;

struct Received {
  std::string bytes;
  std::size_t limit = 0;
  bool too_much = false;
};

// Fewer bytes taken than given makes curl stop.
std::size_t receive(char* data, std::size_t, std::size_t count, void* context) {
  auto& received = *static_cast<Received*>(context);
  received.too_much = received.bytes.size() + count > received.limit;
  if (received.too_much) return 0;
  received.bytes.append(data, count);
  return count;
}

bool initialise() {
  static const bool good = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return good;
}

bool is_https(std::string_view url) { return url.starts_with("https://"); }

}  // namespace

// Connections that are open, to be used again; as many as threads read at once.
class HttpSource::Handles {
 public:
  ~Handles() {
    for (CURL* handle : idle_) curl_easy_cleanup(handle);
  }
  CURL* take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return curl_easy_init();
    CURL* const handle = idle_.back();
    idle_.pop_back();
    return handle;
  }
  void give_back(CURL* handle) {
    curl_easy_reset(handle);  // options only: the connection stays
    const std::lock_guard lock(mutex_);
    idle_.push_back(handle);
  }

 private:
  std::mutex mutex_;
  std::vector<CURL*> idle_;
};

Result<std::unique_ptr<HttpSource>> HttpSource::open(std::string_view url,
                                                     const HttpOptions& options) {
  if (!url.starts_with("http://") && !is_https(url))
    return fail(Errc::kInvalidArgument,
                cat("expected an http or https URL, got ", quoted_for_message(url, 200)));
  const std::size_t host = url.find("//") + 2;
  const std::string_view authority = url.substr(host, url.find('/', host) - host);
  if (authority.empty()) return fail(Errc::kInvalidArgument, "expected a host in the URL");
  if (authority.find('@') != authority.npos)
    return fail(Errc::kInvalidArgument, "expected a URL without user name and password");
  if (url.find_first_of("?#") != url.npos)
    return fail(Errc::kInvalidArgument, "expected the prefix of a log, without ? and #");
  if (!initialise()) return fail(Errc::kInternal, "libcurl cannot be used");
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::unique_ptr<HttpSource>(new HttpSource(std::string(url), options));
}

HttpSource::HttpSource(std::string prefix, const HttpOptions& options)
    : prefix_(std::move(prefix)), options_(options), handles_(std::make_unique<Handles>()) {}
HttpSource::~HttpSource() = default;

Result<std::string> HttpSource::read(std::string_view path, std::size_t limit) const {
  const std::string url = cat(prefix_, "/", path);
  auto pause = options_.pause;
  for (unsigned attempt = 1;; ++attempt) {
    bool again = false;
    auto bytes = try_read(url, limit, again);
    if (bytes || !again || attempt >= options_.attempts) return bytes;
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

Result<std::string> HttpSource::try_read(const std::string& url, std::size_t limit,
                                         bool& again) const {
  CURL* const handle = handles_->take();
  if (handle == nullptr) return fail(Errc::kResourceExhausted, "no more connections can be made");
  Received received{{}, limit, false};
  std::array<char, CURL_ERROR_SIZE> problem{};
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, kMaxRedirects);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  // What began protected is not continued in the open.
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, is_https(url) ? "https" : "http,https");
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "quarrymark/" QUARRYMARK_VERSION);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(options_.connect_timeout.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &receive);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, problem.data());
  const CURLcode done = curl_easy_perform(handle);
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  handles_->give_back(handle);

  if (status == 404 || status == 410) return fail(Errc::kNotFound, cat(url, ": missing"));
  // A page that explains an error may be longer than any tile.
  if (received.too_much && status == 200)
    return fail(Errc::kTooLarge, cat(url, ": expected at most ", limit, " bytes, got more"));
  if (done != CURLE_OK && !received.too_much) {
    again = true;
    return fail(Errc::kIo,
                cat(url, ": ", problem[0] != '\0' ? problem.data() : curl_easy_strerror(done)));
  }
  if (status != 200) {
    again = status >= 500 || status == 429;
    return fail(Errc::kIo, cat(url, ": the server answered with status ", status));
  }
  return std::move(received.bytes);
}

}  // namespace quarrymark::fetch
