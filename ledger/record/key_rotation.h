// A log changes its key: the old key and the new sign that it does, an entry records it, and from
// the checkpoint on that covers this entry the new key signs. FORMATS.md rule 24; decision 12.
#pragma once

#include "ledger/record/node.h"

#include <string>
#include <vector>

namespace quarrymark::record {

struct Rotated {
  log::Receipt receipt;  // of the rotate event
  std::string rotation;  // the signed note
  std::string checkpoint;
  std::vector<std::string> vkeys;  // first to last
};

// Makes a fresh key and rotates to it. The log's origin, and whoever trusts its first key, stay.
// The old private key is gone afterwards. kFailedPrecondition: the node is open for reading only.
Result<Rotated> rotate_key(Node& node, OpenLog& log);

// The steps of it, for tests of what a stop between them leaves behind.
struct RotationStep {
  log::Prepared event;
  std::string note;
};
Result<RotationStep> prepare_rotation(Node& node, OpenLog& log, const crypto::SigningKey& old_key,
                                      const crypto::SigningKey& next);

}  // namespace quarrymark::record
