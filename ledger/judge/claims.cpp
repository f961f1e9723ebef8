#include "ledger/judge/claims.h"

#include "ledger/judge/origin.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace quarrymark::custody {
namespace {

// What a share says at one level; the order of what is equally much.
struct Claimed {
  Standing standing = Standing::kUnknown;
  std::string value, of;
  bool operator<(const Claimed& other) const {
    return std::tie(standing, value, of) < std::tie(other.standing, other.value, other.of);
  }
};
using Sums = std::map<Claimed, Share>;

Claimed claimed(std::string_view level, const OriginFacts& facts) {
  using Known = OriginFacts::Known;
  const std::string quarry = facts.quarry.empty() ? facts.site_name : facts.quarry;
  Claimed out;
  if (level == "appearance") {
    out.value = facts.stone;
    if (!out.value.empty())
      out.standing = facts.known == Known::kRecorded ? Standing::kSupported : Standing::kDeclared;
    return out;
  }
  if (facts.known != Known::kRecorded && facts.known != Known::kDeclared) return out;
  if (level == "area") out.value = facts.area;
  if (level == "quarry") out.value = quarry;
  if (level == "operator") {
    out.value = facts.operator_name;
    out.of = facts.parcel;
  }
  if (level == "block") {
    out.value = facts.block;
    out.of = quarry;
  }
  if (out.value.empty()) return {};
  out.standing = facts.known == Known::kRecorded ? Standing::kSupported : Standing::kDeclared;
  return out;
}

// Whole parts of `total`: rounded down, what is left goes to the largest rests, the first of
// equals.
std::vector<std::int64_t> whole_parts(const std::vector<Share>& shares, std::int64_t total) {
  std::vector<std::int64_t> out;
  std::vector<Share> rests;
  std::int64_t given = 0;
  for (const Share& share : shares) {
    const Share exact = share * total;
    out.push_back(static_cast<std::int64_t>(numerator(exact) / denominator(exact)));
    rests.push_back(exact - out.back());
    given += out.back();
  }
  for (; given < total && !rests.empty(); ++given) {
    const auto largest = std::max_element(rests.begin(), rests.end());
    ++out[static_cast<std::size_t>(largest - rests.begin())];
    *largest = -1;
  }
  return out;
}

ClaimLine line_of(std::string_view level, const Sums& sums, std::int64_t total) {
  std::vector<std::pair<Claimed, Share>> ordered(sums.begin(), sums.end());
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    const bool a_unknown = a.first.standing == Standing::kUnknown;
    const bool b_unknown = b.first.standing == Standing::kUnknown;
    return a_unknown != b_unknown ? b_unknown : a.second > b.second;
  });
  std::vector<Share> shares;
  for (const auto& [said, share] : ordered) shares.push_back(share);
  const auto amounts = whole_parts(shares, total), per_milles = whole_parts(shares, 1000);
  ClaimLine line;
  line.level = level;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    Claimed& said = ordered[i].first;
    line.shares.push_back(
        {std::move(said.value), std::move(said.of), said.standing, per_milles[i], amounts[i]});
  }
  return line;
}

}  // namespace

std::vector<ClaimLine> claims_of(const Graph& graph, const Membership& membership,
                                 std::span<const ClaimedUnit> units) {
  std::int64_t total = 0;
  for (const ClaimedUnit& unit : units) total += unit.amount;
  std::vector<ClaimLine> lines;
  if (total <= 0) return lines;
  std::map<std::string_view, Sums> levels;
  for (const ClaimedUnit& unit : units)
    for (const Branch& branch : *unit.branches) {
      const OriginFacts facts = origin_of(graph, membership, branch);
      const Share part = branch.share * unit.amount / total;
      for (const std::string_view level : kClaimLevels)
        levels[level][claimed(level, facts)] += part;
    }
  for (const std::string_view level : kClaimLevels)
    lines.push_back(line_of(level, levels[level], total));
  return lines;
}

}  // namespace quarrymark::custody
