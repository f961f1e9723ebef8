#include "node/cli/limits.h"

#include "node/files/files.h"

namespace quarrymark::cli {
namespace {

std::string shown_name(const std::string& path) { return path == "-" ? "standard input" : path; }

}  // namespace

Result<api::NamedBytes> load(const std::string& path, std::size_t limit) {
  QM_TRY(std::string bytes, files::read(path, limit));
  return api::NamedBytes{shown_name(path), std::move(bytes)};
}

Result<api::NamedBytes> load_passport(const std::string& path) {
  QM_TRY(std::string bytes, files::read_at_most(path, passport::kMaxPassportBytes));
  return api::NamedBytes{shown_name(path), std::move(bytes)};
}

}  // namespace quarrymark::cli
