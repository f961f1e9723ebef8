#include "node/cli/limits.h"

#include "api/error_json.h"
#include "node/files/files.h"
#include "scanner/carrier/carrier.h"

namespace quarrymark::cli {
namespace {

std::string shown_name(const std::string& path) { return path == "-" ? "standard input" : path; }

}  // namespace

Result<api::NamedBytes> load(const std::string& path, std::size_t limit) {
  QM_TRY(std::string bytes, files::read(path, limit));
  return api::NamedBytes{shown_name(path), std::move(bytes)};
}

Result<api::NamedBytes> load_passport(const std::string& path) {
  QM_TRY(std::string bytes, files::read_at_most(path, carrier::kMaxFileBytes));
  auto taken = carrier::take_out(std::move(bytes));
  if (!taken) return tl::unexpected<Error>(api::in_file(shown_name(path), taken.error()));
  return api::NamedBytes{shown_name(path), std::move(*taken)};
}

}  // namespace quarrymark::cli
