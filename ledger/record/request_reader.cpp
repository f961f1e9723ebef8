#include "ledger/record/request_reader.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"

#include <fstream>
#include <iostream>

namespace quarrymark::record {
namespace {

constexpr int kEnd = std::istream::traits_type::eof();

bool is_space(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Cuts the input into the texts of its objects without understanding them: only strings and
// brackets are followed. What is wrong inside a text is the JSON reader's to say.
class Splitter {
 public:
  Splitter(std::istream& in, const RequestLimits& limits) : in_(*in.rdbuf()), limits_(limits) {}

  struct Piece {
    std::size_t line = 1;
    std::string text;
  };

  // The next object, or nullopt at the end.
  Result<std::optional<Piece>> next() {
    skip_space();
    if (!started_) {
      started_ = true;
      if (in_.sgetc() == '[') {
        in_array_ = true;
        take();
        skip_space();
        if (in_.sgetc() == ']') return close_array();
      }
    } else if (in_array_ && !closed_) {
      const int c = in_.sgetc();
      if (c == ']') return close_array();
      if (c != ',') return wrong("expected a comma or the end of the array");
      take();
      skip_space();
    }
    const int c = in_.sgetc();
    if (c == kEnd) {
      if (in_array_ && !closed_) return wrong("ends in the middle of an array");
      return std::optional<Piece>();
    }
    if (closed_) return wrong("expected nothing after the array");
    if (c != '{') return wrong("expected an object");
    if (!in_array_ && line_ == last_line_) return wrong("expected one object a line");
    return object();
  }

  std::size_t line() const { return line_; }

 private:
  Result<std::optional<Piece>> object() {
    Piece piece;
    piece.line = line_;
    int depth = 0;
    bool in_string = false, escaped = false;
    do {
      if (in_.sgetc() == kEnd) return wrong("ends in the middle of an object", piece.line);
      if (piece.text.size() >= limits_.request_bytes)
        return tl::unexpected<Error>(at_line(
            piece.line,
            {Errc::kTooLarge, cat("expected at most ", limits_.request_bytes, " bytes"), {}}));
      const char c = take();
      piece.text += c;
      if (in_string) {
        in_string = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        --depth;
      }
    } while (depth > 0);
    last_line_ = line_;
    return std::optional<Piece>(std::move(piece));
  }

  Result<std::optional<Piece>> close_array() {
    take();
    closed_ = true;
    skip_space();
    if (in_.sgetc() != kEnd) return wrong("expected nothing after the array");
    return std::optional<Piece>();
  }

  void skip_space() {
    while (is_space(in_.sgetc())) take();
  }
  char take() {
    const char c = static_cast<char>(in_.sbumpc());
    if (c == '\n') ++line_;
    return c;
  }
  tl::unexpected<Error> wrong(std::string what, std::size_t line = 0) {
    return tl::unexpected<Error>(
        at_line(line == 0 ? line_ : line, {Errc::kMalformed, std::move(what), {}}));
  }

  std::streambuf& in_;
  const RequestLimits& limits_;
  std::size_t line_ = 1, last_line_ = 0;
  bool started_ = false, in_array_ = false, closed_ = false;
};

// `parse` reads one object into the `request` of a Numbered.
template <class Numbered, class Parse>
Result<std::vector<Numbered>> read_all(std::istream& in, const RequestLimits& limits, Parse parse) {
  Splitter splitter(in, limits);
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
