#include "node/cli/output.h"

#include "api/error_json.h"
#include "ledger/base/text.h"
#include "ledger/json/writer.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <unistd.h>

namespace quarrymark::cli {
namespace {

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value;
}

bool wants_colour() {
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) && !is_set("NO_COLOR") &&
         !(terminal && std::string_view(terminal) == "dumb");
}

}  // namespace

Output::Output(bool json, bool quiet) : json_(json), quiet_(quiet), colour_(wants_colour()) {}

void Output::data(std::string_view text) {
  if (failed_with_) return;
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    failed_with_ = errno ? errno : EIO;
}

void Output::value(const json::Value& value) { data(cat(json::write_indented(value), "\n")); }

void Output::message(std::string_view line) {
  if (quiet_) return;
  const std::string text = cat(line, "\n");
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void Output::error(const Error& error) {
  const std::string text = cat("quarrymark: ", api::error_line(error), "\n");
  std::fwrite(text.data(), 1, text.size(), stderr);
  if (json_) value(api::error_json(error));
}

Status Output::finish() {
  if (!failed_with_ || failed_with_ == EPIPE) return {};
  return fail(Errc::kIo, cat("cannot write to standard output: ",
                             std::generic_category().message(failed_with_)));
}

}  // namespace quarrymark::cli
