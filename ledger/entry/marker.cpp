#include "ledger/entry/marker.h"

#include "ledger/crypto/hash.h"

namespace quarrymark::entry {

Marker spend_marker(const EventId& event, std::string_view output_disclosure) {
  // One buffer with the separators in place: context ‖ 0x00 ‖ event id ‖ 0x00.
  constexpr std::string_view context = "quarrymark/spend/v1";
  char prefix[context.size() + 1 + kHashTextSize + 1] = {};
  context.copy(prefix, context.size());
  write_hash_text(event.hash, prefix + context.size() + 1);
  return {crypto::sha256({as_bytes({prefix, sizeof prefix}), as_bytes(output_disclosure)})};
}

}  // namespace quarrymark::entry
