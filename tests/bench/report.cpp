#include "tests/bench/report.h"

#include "ledger/json/writer.h"

#include <algorithm>

namespace quarrymark::bench {
namespace {

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string member(std::string_view name, std::string_view text) {
  std::string out;
  json::append_string(out, name);
  out += ':';
  json::append_string(out, text);
  return out;
}

const char* verdict(const Line& line) {
  if (line.aim == 0) return "";
  return line.ratio >= line.aim ? "reached" : "MISSED";
}

}  // namespace

void print_table(const std::vector<Line>& lines, std::FILE* out) {
  std::fprintf(out, "%-44s %12s %12s %7s %5s  %-8s %s\n", "measure", "quarrymark", "compared",
               "ratio", "aim", "", "unit");
  for (const Line& line : lines)
    std::fprintf(out, "%-44s %12.0f %12s %7s %5s  %-8s %s\n", line.name.c_str(), line.ours,
                 line.other > 0 ? fixed(line.other, 0).c_str() : "-",
                 line.other > 0 ? fixed(line.ratio, 2).c_str() : "-",
                 line.aim > 0 ? fixed(line.aim, 1).c_str() : "-", verdict(line), line.unit.c_str());
  std::fprintf(out, "\n");
  for (const Line& line : lines)
    std::fprintf(out, "%s: %s\n", line.name.c_str(), line.included.c_str());
}

void print_json(const std::vector<Line>& lines, std::FILE* out) {
  std::string text = "[";
  for (const Line& line : lines) {
    if (text.size() > 1) text += ",";
    text += "\n{" + member("name", line.name) + "," + member("unit", line.unit) +
            ",\"ours\":" + fixed(line.ours, 1) + ",\"other\":" + fixed(line.other, 1) +
            ",\"ratio\":" + fixed(line.ratio, 3) + ",\"aim\":" + fixed(line.aim, 2) + "," +
            member("included", line.included) + "}";
  }
  text += "\n]\n";
  std::fputs(text.c_str(), out);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace quarrymark::bench
