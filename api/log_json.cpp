#include "api/log_json.h"

#include "ledger/base/bytes.h"

namespace quarrymark::api {

json::Value log_record_json(const record::LogRecord& record) {
  return json::Object{{"name", record.name},
                      {"role", record.role},
                      {"country", record.country},
                      {"origin", record.origin}};
}

json::Value log_check_json(const record::LogRecord& record, const log::CheckReport& report) {
  return json::Object{{"name", record.name},
                      {"origin", record.origin},
                      {"entries", static_cast<std::int64_t>(report.entries)},
                      {"root", base64url_encode(report.root)},
                      {"checkpoint", report.checkpoint},
                      {"problems", json::Array(report.problems.begin(), report.problems.end())}};
}

json::Value tiles_check_json(const tiles::CheckReport& report) {
  return json::Object{
      {"origin", report.origin},
      {"entries", static_cast<std::int64_t>(report.entries)},
      {"root", base64url_encode(report.root)},
      {"checkpoint", report.checkpoint},
      {"problems", json::Array(report.problems.begin(), report.problems.end())},
      {"unanswered", json::Array(report.unanswered.begin(), report.unanswered.end())}};
}

json::Value log_checkpoint_json(const record::OpenLog& log) {
  const std::vector<std::string> vkeys = log.log->vkeys();
  return json::Object{{"name", log.record.name},
                      {"origin", log.record.origin},
                      {"vkey", log.vkey},
                      {"vkeys", json::Array(vkeys.begin(), vkeys.end())},
                      {"size", static_cast<std::int64_t>(log.log->size())},
                      {"checkpoint", log.log->checkpoint()}};
}

}  // namespace quarrymark::api
