// Devices number the events they sign, so one that was dropped leaves a hole. DESIGN.md §4.
#include "ledger/base/text.h"
#include "ledger/judge/judging.h"

#include <map>
#include <utility>

namespace quarrymark::custody {
namespace {

constexpr std::size_t kMaxRanges = 20;  // named in one sentence

using Numbers = std::map<std::int64_t, std::size_t>;  // number → how many events bear it

// "4, 6 to 8"; empty without a hole.
std::string missing_text(const Numbers& numbers) {
  std::string text;
  std::size_t ranges = 0;
  for (auto next = std::next(numbers.begin()), before = numbers.begin(); next != numbers.end();
       before = next++) {
    const std::int64_t first = before->first + 1, last = next->first - 1;
    if (first > last) continue;
    if (++ranges > kMaxRanges) return text + " and more";
    text += cat(text.empty() ? "" : ", ", first);
    if (last > first) text += cat(" to ", last);
  }
  return text;
}

std::string repeated_text(const Numbers& numbers) {
  std::string text;
  std::size_t named = 0;
  for (const auto& [number, events] : numbers) {
    if (events < 2) continue;
    if (++named > kMaxRanges) return text + " and more";
    text += cat(text.empty() ? "" : ", ", number);
  }
  return text;
}

}  // namespace

std::vector<Finding> find_device_counters(const Case& judged) {
  std::map<std::pair<Origin, std::string>, Numbers> devices;
  for (const Event* event : judged.graph.events())
    if (!event->device_key.empty() && event->device_counter > 0)
      ++devices[{event->log, event->device_key}][event->device_counter];
  std::vector<Finding> findings;
  for (const auto& [device, numbers] : devices) {
    const std::string who = judged.membership.display(device.first);
    // Named again: clang 14 does not capture names of a structured binding.
    const auto facts = [&log = device.first, &key = device.second](const char* name,
                                                                   const std::string& text) {
      return json::Object{{"device", key}, {"log", log}, {name, text}};
    };
    if (const std::string missing = missing_text(numbers); !missing.empty())
      findings.push_back(make_finding(
          "device_counter_hole", std::nullopt,
          cat("of the events that a device of ", who, " numbered ", numbers.begin()->first, " to ",
              numbers.rbegin()->first, ", those with number ", missing, " are not shown"),
          who, facts("missing", missing)));
    if (const std::string repeated = repeated_text(numbers); !repeated.empty())
      findings.push_back(make_finding(
          "device_counter_repeated", std::nullopt,
          cat("a device of ", who, " gave the number ", repeated, " to more than one event"), who,
          facts("repeated", repeated)));
  }
  return findings;
}

}  // namespace quarrymark::custody
