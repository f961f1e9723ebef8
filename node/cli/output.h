// Where a command's words go: data to standard output, messages and errors to standard error.
//
// A reader that stops listening (a pipe into `head`) is no failure; any other failure to write
// data is, and main reports it. Not thread-safe but for Progress, which owns its line.
#pragma once

#include "ledger/base/result.h"
#include "ledger/json/value.h"

#include <string_view>

namespace quarrymark::cli {

class Output {
 public:
  Output(bool json, bool quiet);

  bool json() const { return json_; }
  bool quiet() const { return quiet_; }
  // Standard output is a terminal and nobody asked for no colours (NO_COLOR, TERM=dumb).
  bool colour() const { return colour_; }

  void data(std::string_view text);
  // Indented JSON and a line end.
  void value(const json::Value& value);
  // One line for the person at the keyboard; silent with --quiet.
  void message(std::string_view line);
  // "quarrymark: …"; with --json also {"error":…} on standard output.
  void error(const Error& error);

  // What kept data from being written; success when the reader merely went away.
  Status finish();

 private:
  bool json_, quiet_, colour_;
  int failed_with_ = 0;  // errno of the first failed write
};

}  // namespace quarrymark::cli
