// Cuts an input into the texts of its objects without understanding them: only strings and
// brackets are followed. What is wrong inside a text is the JSON reader's to say.
// docs/record_input.md: one object, an array of objects, or one object a line.
#pragma once

#include "ledger/base/result.h"
#include "ledger/record/request_reader.h"

#include <cstddef>
#include <istream>
#include <optional>
#include <string>

namespace quarrymark::record {

class RequestSplitter {
 public:
  RequestSplitter(std::istream& in, const RequestLimits& limits);

  struct Piece {
    std::size_t line = 1;
    std::string text;
  };
  // The next object, or nullopt at the end. Errors name the line.
  Result<std::optional<Piece>> next();
  // After an error of next(): goes on at the next line. False: in an array, or at the end, there
  // is no telling where the next object begins.
  bool skip_line();
  std::size_t failed_line() const { return failed_line_; }  // of the last error

 private:
  Result<std::optional<Piece>> object();
  Result<std::optional<Piece>> close_array();
  void skip_space();
  char take();
  tl::unexpected<Error> wrong(std::string what, std::size_t line = 0, Errc code = Errc::kMalformed);

  std::streambuf& in_;
  RequestLimits limits_;
  std::size_t line_ = 1, last_line_ = 0, failed_line_ = 0;
  bool started_ = false, in_array_ = false, closed_ = false;
};

}  // namespace quarrymark::record
