// quarrymark_bench [--quick] [--json] [--only <measure>] [--directory <path>] [--ledger <path>]
// quarrymark_bench grow --dir <path> --events <count>
//
// `grow` makes a large ledger, and `--only tracing --ledger <path>` measures in it; without
// --ledger one of a million events is made and thrown away.
//
// Measures the log beside raw RocksDB that writes the same keys and values, verification beside
// plain SHA-256 of the same bytes, and passports beside the signatures in them, in one run on one
// machine: ratios, not absolutes.

#include "tests/bench/measures.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
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
    {"tracing", quarrymark::bench::measure_tracing},
};

int usage() {
  std::fprintf(stderr,
               "usage: quarrymark_bench [--quick] [--json] [--only <measure>] "
               "[--directory <path>] [--ledger <path>]\n"
               "       quarrymark_bench grow --dir <path> --events <count>\nmeasures:");
  for (const Measure& measure : kMeasures)
    std::fprintf(stderr, " %.*s", static_cast<int>(measure.name.size()), measure.name.data());
  std::fprintf(stderr, "\n");
  return 2;
}

// quarrymark_bench grow …
int grow(int argc, char** argv) {
  std::string directory;
  std::uint64_t events = 0;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string_view argument = argv[i];
    if (argument == "--dir") directory = argv[i + 1];
    if (argument == "--events") events = std::strtoull(argv[i + 1], nullptr, 10);
  }
  if (directory.empty() || events == 0 || argc != 6) return usage();
  return quarrymark::bench::grow_command(directory, events);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "grow") return grow(argc, argv);
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
    } else if (argument == "--ledger" && i + 1 < argc) {
      setup.ledger = argv[++i];
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
