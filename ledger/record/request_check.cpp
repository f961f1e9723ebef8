#include "ledger/record/request_check.h"

#include "ledger/base/text.h"
#include "ledger/custody/decode.h"
#include "ledger/json/reader.h"
#include "ledger/record/built_shape.h"
#include "ledger/record/codec.h"
#include "ledger/record/request_splitter.h"

#include <fstream>
#include <iostream>

namespace quarrymark::record {
namespace {

using CheckOne = Status (*)(const json::Value&);

Status check_stated(const json::Value& value) {
  auto request = parse_request(value);
  return request ? Status() : Status(tl::unexpected<Error>(std::move(request.error())));
}

Status check_built(const json::Value& value) {
  QM_TRY(const BuiltRequest request, parse_built(value));
  QM_TRY(const SignedEvent built, open_built(request, {}));
  if (auto log = log_id(built.head.log); !log) return fail_at("log", log.error());
  QM_TRY(const custody::Event event,
         custody::decode_event(built.head_disclosure, built.head, built.fields));
  QM_TRY(const RecordRequest stated, stated_by(built, request.key));
  QM_TRY_VOID(check_built_shape(built, stated, event));
  return check_built_counts(event);
}

Status check_text(const std::string& text, const RequestLimits& limits, CheckOne check) {
  QM_TRY(const json::Value value, json::parse_input(text, {json::kMaxDepth, limits.request_bytes}));
  return check(value);
}

Result<CheckedRequests> check_all(std::istream& in, const RequestLimits& limits, CheckOne check) {
  RequestSplitter splitter(in, limits);
  CheckedRequests checked;
  for (;;) {
    auto piece = splitter.next();
    if (piece && !*piece) break;
    if (checked.events == limits.requests)
      return fail(Errc::kTooLarge, cat("expected at most ", limits.requests, " events"));
    ++checked.events;
    if (!piece) {
      checked.wrong.push_back({splitter.failed_line(), std::move(piece.error())});
      checked.wrong.back().error.field.clear();  // the line alone
      if (splitter.skip_line()) continue;
      break;
    }
    if (auto good = check_text((*piece)->text, limits, check); !good)
      checked.wrong.push_back({(*piece)->line, std::move(good.error())});
  }
  if (in.bad()) return fail(Errc::kIo, "the input cannot be read");
  if (checked.events == 0)
    return fail(Errc::kInvalidArgument, "expected at least one event, got nothing");
  return checked;
}

Result<CheckedRequests> check_path(const std::string& path, const RequestLimits& limits,
                                   CheckOne check) {
  if (path == "-") return check_all(std::cin, limits, check);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Errc::kNotFound, cat("cannot open ", path));
  return check_all(file, limits, check);
}

}  // namespace

Result<CheckedRequests> check_requests(std::istream& in, const RequestLimits& limits) {
  return check_all(in, limits, &check_stated);
}

Result<CheckedRequests> check_requests(const std::string& path, const RequestLimits& limits) {
  return check_path(path, limits, &check_stated);
}

Result<CheckedRequests> check_built_requests(std::istream& in, const RequestLimits& limits) {
  return check_all(in, limits, &check_built);
}

Result<CheckedRequests> check_built_requests(const std::string& path, const RequestLimits& limits) {
  return check_path(path, limits, &check_built);
}

}  // namespace quarrymark::record
