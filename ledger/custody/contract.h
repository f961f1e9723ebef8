// What an authority required: the value of a `contract` field, which is also the contract file.
// FORMATS.md, "Fields a verifier reads".
#pragma once

#include "ledger/custody/item.h"
#include "ledger/json/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

enum class CriterionKind { kArea, kQuarry, kParcel, kOperator, kFactory, kStone };
inline constexpr std::array kAllCriteria = {CriterionKind::kArea,    CriterionKind::kQuarry,
                                            CriterionKind::kParcel,  CriterionKind::kOperator,
                                            CriterionKind::kFactory, CriterionKind::kStone};
std::string_view criterion_name(CriterionKind kind);
// Area, quarry, parcel and operator say where the stone comes from (RULES.md, rule 2).
constexpr bool is_origin(CriterionKind kind) {
  return kind != CriterionKind::kFactory && kind != CriterionKind::kStone;
}

struct Criterion {
  CriterionKind kind;
  std::string named;  // a site event id, an origin or a name
};

struct ContractLine {
  std::int64_t amount = 0;
  Unit unit = Unit::kPiece;
  std::optional<Dimensions> size;  // of one piece, [l,w,t] in mm
  std::int64_t joint = 0;          // mm, added to both sides when pieces become area
  std::int64_t tolerance = 0;      // allowed shortage, in `unit`
};

struct Contract {
  std::string id;
  std::vector<Criterion> criteria;
  std::vector<ContractLine> lines;
  bool closed = false;                 // nothing more will be delivered (RULES.md, rule 9)
  std::vector<std::string> documents;  // kinds of document asked for
};

Result<Contract> parse_contract(const json::Value& value);
// A contract file: the same value as JSON that people may have written by hand.
Result<Contract> parse_contract_file(std::string_view text);

}  // namespace quarrymark::custody
