#include "ledger/custody/event.h"

namespace quarrymark::custody {

// entry::kEventTypes lists the types in the order of EventType.
static_assert(entry::kEventTypes.size() == static_cast<std::size_t>(EventType::kErase) + 1);

std::string_view event_type_name(EventType type) {
  return entry::kEventTypes[static_cast<std::size_t>(type)];
}

std::optional<EventType> event_type_from(std::string_view name) {
  for (std::size_t i = 0; i < entry::kEventTypes.size(); ++i)
    if (entry::kEventTypes[i] == name) return static_cast<EventType>(i);
  return std::nullopt;
}

}  // namespace quarrymark::custody
