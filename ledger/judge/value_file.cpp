#include "ledger/judge/value_file.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

}  // namespace

Status for_each_value(std::string_view text,
                      const std::function<Result<json::Value>(std::string_view line)>& read_line,
                      const std::function<Status(const json::Value&)>& visit) {
  if (trimmed(text).starts_with('[')) {
    QM_TRY(const json::Value values, json::parse_input(text));
    for (std::size_t i = 0; i < values.if_array()->size(); ++i)
      if (auto status = visit((*values.if_array())[i]); !status)
        return fail_at(cat("[", i, "]"), status.error());
    return {};
  }
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const auto value = read_line(line);
    if (!value) return fail_at(cat("line ", number), value.error());
    if (auto status = visit(*value); !status) return fail_at(cat("line ", number), status.error());
  }
  return {};
}

}  // namespace quarrymark::custody
