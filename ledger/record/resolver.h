// Turns what a person states into events ready to be appended: finds current states, resolves
// names, draws numbers and salts, remakes what carries over, builds disclosures and markers.
//
// A resolver works on an overlay over the store: each request sees what the ones before it did,
// and nothing is written. Append in order with recorder.h, or throw the resolver away.
// Not thread-safe; the guard refuses what somebody else spent meanwhile.
#pragma once

#include "ledger/record/built_event.h"
#include "ledger/record/doubts.h"
#include "ledger/record/meaning.h"
#include "ledger/record/names.h"
#include "ledger/record/node.h"
#include "ledger/record/request.h"

#include <memory>

namespace quarrymark::record {

class Resolver {
 public:
  // All must outlive the resolver; `extra` may be null, and so may `device`, the key of an
  // enrolled device that signs every event with its next number.
  Resolver(Node& node, OpenLog& log, const NameSource* extra = nullptr,
           const crypto::SigningKey* device = nullptr);
  ~Resolver();

  // kNotFound: an item, name or event that nothing here answers to. kRefused: ambiguous, spent
  // ("was spent by pack of 2025-03-25, entry 7"), held by another, or against another rule.
  // kAlreadyExists: the key stands for other content. Errors name the member of the request.
  // A key that is known already gives the event that was recorded under it, for the first receipt.
  Result<log::Prepared> resolve(const RecordRequest& request);
  // The same for an event that a device built; kUnauthorized: its signature does not hold.
  Result<log::Prepared> resolve(const BuiltRequest& request);

  // What is doubtful about events that were resolved, before anything is recorded.
  Result<std::vector<EventDoubts>> doubts(std::span<const EventId> about);

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace quarrymark::record
