// What a benchmark says: one line for each measure, ours beside what it is compared with.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace quarrymark::bench {

struct Line {
  std::string name;
  std::string unit;  // "events/s"
  double ours = 0;
  double other = 0;      // 0: nothing to compare with
  double ratio = 0;      // median of the rounds' ratios, ours / other
  double aim = 0;        // of the ratio; 0: none
  std::string included;  // what the two sides do
};

void print_table(const std::vector<Line>& lines, std::FILE* out);
void print_json(const std::vector<Line>& lines, std::FILE* out);

double median(std::vector<double> values);

}  // namespace quarrymark::bench
