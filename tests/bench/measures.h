// The measures of this program. To add one: write a function that returns its lines, declare it
// here and call it in bench.cpp.
#pragma once

#include "tests/bench/report.h"

#include <string>
#include <vector>

namespace quarrymark::bench {

struct Setup {
  std::string directory = "/tmp";  // where scratch ledgers are made: the disk that is measured
  bool quick = false;              // a small run: shows that it works, not how fast
  std::string ledger;              // one that `grow` made, to measure tracing in; empty: a new one
};

std::vector<Line> measure_single_appends(const Setup& setup);
std::vector<Line> measure_callers(const Setup& setup);
std::vector<Line> measure_groups(const Setup& setup);
// Bytes per event on disk, and verification of a whole log, of the same log.
std::vector<Line> measure_verification(const Setup& setup);
std::vector<Line> measure_passports(const Setup& setup);
// Tracing, recall, opening, memory and bytes of a large ledger.
std::vector<Line> measure_tracing(const Setup& setup);
// Makes one, to be measured later (--ledger); prints what it took.
int grow_command(const std::string& directory, std::uint64_t events);

}  // namespace quarrymark::bench
