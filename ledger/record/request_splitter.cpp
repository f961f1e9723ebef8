#include "ledger/record/request_splitter.h"

#include "ledger/base/text.h"

namespace quarrymark::record {
namespace {

constexpr int kEnd = std::istream::traits_type::eof();

bool is_space(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

RequestSplitter::RequestSplitter(std::istream& in, const RequestLimits& limits)
    : in_(*in.rdbuf()), limits_(limits) {}

Result<std::optional<RequestSplitter::Piece>> RequestSplitter::next() {
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

Result<std::optional<RequestSplitter::Piece>> RequestSplitter::object() {
  Piece piece;
  piece.line = line_;
  int depth = 0;
  bool in_string = false, escaped = false;
  do {
    if (in_.sgetc() == kEnd) return wrong("ends in the middle of an object", piece.line);
    if (piece.text.size() >= limits_.request_bytes)
      return wrong(cat("expected at most ", limits_.request_bytes, " bytes"), piece.line,
                   Errc::kTooLarge);
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

Result<std::optional<RequestSplitter::Piece>> RequestSplitter::close_array() {
  take();
  closed_ = true;
  skip_space();
  if (in_.sgetc() != kEnd) return wrong("expected nothing after the array");
  return std::optional<Piece>();
}

bool RequestSplitter::skip_line() {
  if (in_array_) return false;
  // An object that was cut off or too long was read up to there already.
  while (in_.sgetc() != kEnd)
    if (take() == '\n') return true;
  return false;
}

void RequestSplitter::skip_space() {
  while (is_space(in_.sgetc())) take();
}

char RequestSplitter::take() {
  const char c = static_cast<char>(in_.sbumpc());
  if (c == '\n') ++line_;
  return c;
}

tl::unexpected<Error> RequestSplitter::wrong(std::string what, std::size_t line, Errc code) {
  failed_line_ = line == 0 ? line_ : line;
  return tl::unexpected<Error>(at_line(failed_line_, {code, std::move(what), {}}));
}

}  // namespace quarrymark::record
