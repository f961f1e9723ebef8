// What a name in a request stands for. docs/record_input.md, "Names instead of digests".
#pragma once

#include "ledger/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

enum class NameKind {
  kSite,      // → event id of a site event
  kLog,       // → origin
  kContract,  // → event id of a contract event
  kSighting,  // "sighting:<name>" → digest of the sighting
  kDevice,    // "device:<code>" → raw device key, base64url
};
std::string_view name_kind_word(NameKind kind);  // "site", "log", … for messages

// Answers for one kind of knowledge: the node's own records, or a caller's extra source (a data
// set's sightings and devices). Every answer once, as it stands in a field value; none is no
// error. Answers of several sources are put together, and more than one is refused as ambiguous.
class NameSource {
 public:
  virtual ~NameSource() = default;
  virtual Result<std::vector<std::string>> find(NameKind kind, std::string_view name) const = 0;
};

}  // namespace quarrymark::record
