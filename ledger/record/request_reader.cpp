#include "ledger/record/request_reader.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"
#include "ledger/record/request_splitter.h"

#include <fstream>
#include <iostream>

namespace quarrymark::record {
namespace {

// `parse` reads one object into the `request` of a Numbered.
template <class Numbered, class Parse>
Result<std::vector<Numbered>> read_all(std::istream& in, const RequestLimits& limits, Parse parse) {
  RequestSplitter splitter(in, limits);
  std::vector<Numbered> requests;
  for (;;) {
    QM_TRY(const auto piece, splitter.next());
    if (!piece) break;
    if (requests.size() >= limits.requests)
      return tl::unexpected<Error>(
          at_line(piece->line,
                  {Errc::kTooLarge, cat("expected at most ", limits.requests, " events"), {}}));
    auto value = json::parse_input(piece->text, {json::kMaxDepth, limits.request_bytes});
    if (!value) return tl::unexpected<Error>(at_line(piece->line, value.error()));
    auto request = parse(*value);
    if (!request) return tl::unexpected<Error>(at_line(piece->line, request.error()));
    requests.push_back({piece->line, std::move(*request)});
  }
  if (in.bad()) return fail(Errc::kIo, "the input cannot be read");
  if (requests.empty())
    return fail(Errc::kInvalidArgument, "expected at least one event, got nothing");
  return requests;
}

template <class Read>
auto read_file(const std::string& path, Read read) -> decltype(read(std::cin)) {
  if (path == "-") return read(std::cin);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(Errc::kNotFound, cat("cannot open ", path));
  return read(file);
}

}  // namespace

Error at_line(std::size_t line, Error error) {
  const std::string place = cat("line ", line);
  error.field = error.field.empty() ? place : cat(place, ": ", error.field);
  return error;
}

Result<std::vector<NumberedRequest>> read_requests(std::istream& in, const RequestLimits& limits) {
  return read_all<NumberedRequest>(in, limits, &parse_request);
}

Result<std::vector<NumberedRequest>> read_requests(const std::string& path,
                                                   const RequestLimits& limits) {
  return read_file(path, [&](std::istream& in) { return read_requests(in, limits); });
}

Result<std::vector<NumberedBuilt>> read_built_requests(std::istream& in,
                                                       const RequestLimits& limits) {
  return read_all<NumberedBuilt>(in, limits, &parse_built);
}

Result<std::vector<NumberedBuilt>> read_built_requests(const std::string& path,
                                                       const RequestLimits& limits) {
  return read_file(path, [&](std::istream& in) { return read_built_requests(in, limits); });
}

}  // namespace quarrymark::record
