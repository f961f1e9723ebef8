#include "node/cli/record_check.h"

#include "api/error_json.h"
#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/record/request_check.h"

namespace quarrymark::cli {
namespace {

json::Value wrong_json(const record::WrongEvent& wrong) {
  return json::Object{{"code", errc_name(wrong.error.code)},
                      {"field", wrong.error.field},
                      {"line", static_cast<std::int64_t>(wrong.line)},
                      {"message", wrong.error.message}};
}

void print_json(const record::CheckedRequests& checked, Output& output) {
  json::Array wrong;
  for (const record::WrongEvent& each : checked.wrong) wrong.push_back(wrong_json(each));
  output.value(json::Object{{"check", true},
                            {"events", static_cast<std::int64_t>(checked.events)},
                            {"wrong", std::move(wrong)}});
}

void print_lines(const record::CheckedRequests& checked, Output& output) {
  for (const record::WrongEvent& each : checked.wrong)
    output.data(cat(api::error_line(record::at_line(each.line, each.error)), "\n"));
  const std::string events = cat(checked.events, checked.events == 1 ? " event" : " events");
  output.message(checked.wrong.empty()
                     ? cat(events, ", each of the right shape; no ledger was asked")
                     : cat(checked.wrong.size(), " of ", events, " wrong"));
}

}  // namespace

Result<int> check_record_file(const std::string& file, bool built, Output& output) {
  auto checked = built ? record::check_built_requests(file) : record::check_requests(file);
  if (!checked)
    return tl::unexpected<Error>(
        api::in_file(file == "-" ? "standard input" : file, checked.error()));
  if (output.json())
    print_json(*checked, output);
  else
    print_lines(*checked, output);
  return checked->wrong.empty() ? api::kExitSuccess : api::kExitFailure;
}

}  // namespace quarrymark::cli
