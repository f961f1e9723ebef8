#include "ledger/passport/enrolment.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace quarrymark::passport {

using custody::Event;
using custody::EventType;

void mark_device_signed(custody::Evidence& evidence) {
  const auto& registrars = evidence.reader.registrars;
  std::map<custody::Origin, std::set<std::string>> enrolled;
  for (const Event& event : evidence.events) {
    const bool trusted =
        std::find(registrars.begin(), registrars.end(), event.log) != registrars.end();
    if (trusted && event.type == EventType::kAdmit && event.member && event.enrol)
      enrolled[event.member->log].insert(*event.enrol);
  }
  // Events stand ascending by log and seq, so each sees the enrolments before it.
  for (Event& event : evidence.events) {
    auto& of_log = enrolled[event.log];
    event.device_signed = !event.device_key.empty() && of_log.contains(event.device_key);
    if (event.type != EventType::kDevice) continue;
    if (event.enrol && event.device_signed) of_log.insert(*event.enrol);
    if (event.withdrawn) of_log.erase(*event.withdrawn);
  }
}

}  // namespace quarrymark::passport
