#include "ledger/merkle/node.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"

#include <bit>

namespace quarrymark::merkle {

std::uint64_t left_size(std::uint64_t size) { return std::bit_floor(size - 1); }

std::vector<NodeId> complete_subtrees(std::uint64_t begin, std::uint64_t end) {
  std::vector<NodeId> nodes;
  while (begin < end) {
    // The largest subtree that starts at begin (its alignment allows it) and ends by end.
    const unsigned fits = static_cast<unsigned>(std::bit_width(end - begin)) - 1;
    const unsigned aligned = begin == 0 ? fits : static_cast<unsigned>(std::countr_zero(begin));
    const unsigned level = fits < aligned ? fits : aligned;
    nodes.push_back({level, begin >> level});
    begin += std::uint64_t{1} << level;
  }
  return nodes;
}

Result<Hash> range_hash(std::uint64_t begin, std::uint64_t end, const NodeSource& source) {
  if (begin >= end)
    return fail(Errc::kInvalidArgument, cat("no entries between ", begin, " and ", end));
  const std::vector<NodeId> nodes = complete_subtrees(begin, end);
  // Subtrees shrink from left to right, so the right edge is folded from its end.
  QM_TRY(Hash hash, source(nodes.back().level, nodes.back().index));
  for (std::size_t i = nodes.size() - 1; i-- > 0;) {
    QM_TRY(const Hash left, source(nodes[i].level, nodes[i].index));
    hash = node_hash(left, hash);
  }
  return hash;
}

Result<Hash> root_at(std::uint64_t size, const NodeSource& source) {
  if (size == 0) return empty_root();
  return range_hash(0, size, source);
}

}  // namespace quarrymark::merkle
