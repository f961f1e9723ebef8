// What an event that is about to be appended means: carried in log::Prepared, so that the guard
// need not decode again what the resolver has just built.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/custody/rules.h"
#include "ledger/log/log.h"

#include <memory>
#include <vector>

namespace quarrymark::record {

struct Meaning {
  custody::Event event;
  std::vector<custody::InputState> inputs;  // in the order of the event's
};

// The meaning carried by `prepared`, or null.
inline const Meaning* meaning_of(const log::Prepared& prepared) {
  return static_cast<const Meaning*>(prepared.meaning.get());
}

}  // namespace quarrymark::record
