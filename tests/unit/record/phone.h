// A phone of a quarry that a registrar admitted with its key, and events built by it.
#pragma once

#include "ledger/entry/head.h"
#include "ledger/record/built_event.h"
#include "ledger/record/resolver.h"
#include "node_fixture.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace quarrymark::record {

// What a phone signs, to be changed before it does: the head without its fields, and the values of
// the fields and outputs by name.
struct Parts {
  entry::Head head;
  std::map<std::string, json::Value> values;
};
using Edit = std::function<void(Parts&)>;

std::string key_text(const crypto::SigningKey& key);
// Signed by `key`, with fresh salts.
BuiltRequest build(Parts parts, const crypto::SigningKey& key);
Parts parts_of(const log::Prepared& prepared);

class PhoneCase {
 public:
  PhoneCase();

  // The event that `text` (one line) states, as the phone would build it against what the node
  // holds now; nothing is recorded. `edit` changes it before it is signed.
  BuiltRequest built(std::string_view text, const Edit& edit = {});
  Result<Recorded> record(const BuiltRequest& request);
  void must_record(const BuiltRequest& request);
  // The refusal of what `edit` makes of the event; fails the test when there is none.
  std::string refusal(std::string_view text, const Edit& edit);

  TestNode registrar{"Register", "registrar", "BE"}, quarry;
  const crypto::SigningKey phone = *crypto::SigningKey::generate();
};

}  // namespace quarrymark::record
