#include "api/watch_json.h"

#include "api/text_or_null.h"

namespace quarrymark::api {
namespace {

json::Array list_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

json::Value size_json(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::string follow_word(monitor::Outcome outcome) {
  switch (outcome) {
    case monitor::Outcome::kFollowed:
      return "followed";
    case monitor::Outcome::kStale:
      return "stale";
    case monitor::Outcome::kConflict:
      return "conflict";
  }
  return "conflict";
}

}  // namespace

json::Value witness_answer_json(const witness::Answer& answer) {
  const bool cosigned = answer.outcome == witness::Outcome::kCosigned;
  return json::Object{{"cosigned", cosigned},
                      {"status", static_cast<std::int64_t>(answer.outcome)},
                      {"size", size_json(answer.size)},
                      {"signature", cosigned ? json::Value(answer.body) : json::Value()},
                      {"reason", text_or_null(answer.reason)},
                      {"evidence", text_or_null(answer.evidence.value_or(""))}};
}

json::Value witness_status_json(const note::VerifierKey& vkey,
                                const std::vector<witness::KnownLog>& logs,
                                const std::vector<std::string>& evidence) {
  json::Array values;
  for (const witness::KnownLog& log : logs) {
    json::Array keys;
    for (const note::VerifierKey& key : log.log.keys) keys.push_back(key.text());
    const auto* latest = log.latest ? &log.latest->checkpoint : nullptr;
    values.push_back(json::Object{
        {"origin", log.log.origin},
        {"keys", std::move(keys)},
        {"size", latest != nullptr ? size_json(latest->size) : json::Value()},
        {"root", latest != nullptr ? json::Value(base64_encode(latest->root)) : json::Value()}});
  }
  return json::Object{
      {"vkey", vkey.text()}, {"logs", std::move(values)}, {"evidence", list_of(evidence)}};
}

json::Value followed_json(const std::string& origin, const monitor::Followed& followed) {
  return json::Object{{"origin", origin},
                      {"outcome", follow_word(followed.outcome)},
                      {"before", size_json(followed.before)},
                      {"size", size_json(followed.size)},
                      {"odd", list_of(followed.odd)},
                      {"reason", text_or_null(followed.reason)},
                      {"evidence", text_or_null(followed.evidence)}};
}

json::Value followed_log_json(const monitor::FollowedLog& log,
                              const std::vector<std::string>& odd) {
  return json::Object{{"origin", log.origin},
                      {"vkey", log.vkey},
                      {"indexed", size_json(log.indexed)},
                      {"followed", format_node_time(log.followed)},
                      {"checkpoint", log.checkpoint},
                      {"odd", list_of(odd)}};
}

json::Value clear_made_json(const std::string& file, const monitor::ClearMade& made) {
  return json::Object{{"file", file},
                      {"markers", size_json(made.markers)},
                      {"seen", size_json(made.seen)},
                      {"logs", list_of(made.logs)},
                      {"not_followed", list_of(made.not_followed)},
                      {"behind", list_of(made.behind)}};
}

}  // namespace quarrymark::api
