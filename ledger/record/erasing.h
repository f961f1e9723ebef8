// Erasing a field for good, as privacy law may ask: an `erase` entry says so for ever, and the
// disclosure goes from the owner's store in the same durable write. FORMATS.md rule 22,
// docs/erasure.md.
//
//   erase_fields()      appends the entry, deletes, marks the place
//   Node::open()        the next time: rewrites the files that still hold the bytes
//   search_for_erased() looks for them everywhere in the store
//
// A process that dies in between leaves the mark, and the next open finishes. Nothing reaches
// copies at partners, backups, or blocks that the file system has given up but not overwritten.
#pragma once

#include "ledger/record/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

struct EraseRequest {
  std::string event;                // id, "key:<key>" or the key itself
  std::vector<std::string> fields;  // at least one
  std::string reason;               // says why without repeating what is erased
};

struct Erased {
  EventId event;
  std::uint64_t seq = 0;  // of its entry
  std::string type;
  std::vector<std::string> fields;
  std::uint64_t entry = 0;  // of the `erase` event
  // Pieces of what was deleted, to look for: they hold the salts, so nothing else has them.
  std::vector<std::string> needles;
  // Words of the values that other disclosures of this log say as well, with their place.
  std::vector<std::string> said_elsewhere;
};

// kInvalidArgument: no field or reason. kNotFound: no such event or field. kRefused: it is another
// log's, is never erased (heads, `out.N`, `to`, device signatures), or was erased before.
Result<Erased> erase_fields(Node& node, OpenLog& log, const EraseRequest& request);

// After the node was opened again. Everything that is found means it is not gone.
Result<store::Store::Residue> search_for_erased(const Node& node, const Erased& erased);

}  // namespace quarrymark::record
