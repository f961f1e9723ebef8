// quarrymark_bench [--quick] [--json] [--only <measure>] [--directory <path>]
//
// Measures the log beside raw RocksDB that writes the same keys and values, verification beside
// plain SHA-256 of the same bytes, and passports beside the signatures in them, in one run on one
// machine: ratios, not absolutes.

#include "tests/bench/measures.h"

#include <cstdio>
#include <string_view>

namespace {

using quarrymark::bench::Line;
using quarrymark::bench::Setup;

struct Measure {
  std::string_view name;
  std::vector<Line> (*run)(const Setup&);
};

constexpr Measure kMeasures[] = {
    {"single", quarrymark::bench::measure_single_appends},
    {"callers", quarrymark::bench::measure_callers},
    {"groups", quarrymark::bench::measure_groups},
    {"verification", quarrymark::bench::measure_verification},
    {"passports", quarrymark::bench::measure_passports},
};

int usage() {
  std::fprintf(stderr,
               "usage: quarrymark_bench [--quick] [--json] [--only <measure>] "
               "[--directory <path>]\nmeasures:");
  for (const Measure& measure : kMeasures)
    std::fprintf(stderr, " %.*s", static_cast<int>(measure.name.size()), measure.name.data());
  std::fprintf(stderr, "\n");
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  Setup setup;
  bool json = false;
  std::string_view only;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--quick") {
      setup.quick = true;
    } else if (argument == "--json") {
      json = true;
    } else if (argument == "--directory" && i + 1 < argc) {
      setup.directory = argv[++i];
    } else if (argument == "--only" && i + 1 < argc) {
      only = argv[++i];
    } else {
      return usage();
    }
  }
  std::vector<Line> lines;
  for (const Measure& measure : kMeasures) {
    if (!only.empty() && measure.name != only) continue;
    for (Line& line : measure.run(setup)) lines.push_back(std::move(line));
  }
  if (lines.empty()) return usage();
  if (json)
    quarrymark::bench::print_json(lines, stdout);
  else
    quarrymark::bench::print_table(lines, stdout);
  return 0;
}
