// The outcome of checking items or a delivery: values, findings and the report around them.
// The one list of verdicts is schemas/verdicts.json; a test holds this enum against it.
// DESIGN.md §9.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/custody/item.h"
#include "ledger/json/value.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

// Worst first: the verdict of a delivery is the smallest value that holds for any unit.
enum class Verdict {
  kInvalid,
  kMismatch,
  kDuplicate,
  kOverYield,
  kGap,
  kMixed,
  kPartial,
  kNotVerifiable,
  kDeclared,
  kMatch,
};
inline constexpr std::array kAllVerdicts = {
    Verdict::kInvalid,  Verdict::kMismatch, Verdict::kDuplicate, Verdict::kOverYield,
    Verdict::kGap,      Verdict::kMixed,    Verdict::kPartial,   Verdict::kNotVerifiable,
    Verdict::kDeclared, Verdict::kMatch};
std::string_view verdict_name(Verdict verdict);  // invalid, mismatch, …

// One reason inside a verdict. `verdict` is what it leads to on its own; none for a remark.
struct Finding {
  std::string code;  // of schemas/findings.json
  std::optional<Verdict> verdict;
  std::string sentence;  // facts, for a person
  std::string ask;       // who can answer it; empty when nobody in particular
  json::Object facts;    // the numbers and names behind the sentence, members ascending
};

// How a statement about one criterion stands for a share or unit.
enum class Standing { kSupported, kDeclared, kContradicted, kUnknown, kUnchecked };
std::string_view standing_name(Standing standing);

struct CriterionLine {
  std::string criterion;  // area, quarry, parcel, operator, factory, stone
  std::string named;      // what the contract names
  // Amounts in `Report::unit`, by standing; they add up to the amount delivered.
  std::int64_t supported = 0, declared = 0, contradicted = 0, unknown = 0, unchecked = 0;
};

// A part of a unit with one origin. Shares of a unit add up to 1000 per mille.
struct ShareLine {
  std::int64_t per_mille = 0;
  std::int64_t amount = 0;
  std::string quarry, area, parcel, operator_name, factory, stone;  // empty: unknown or withheld
  std::string block;                       // number or alias of the block or lot it ends in
  Standing standing = Standing::kUnknown;  // of the origin
  std::string stated_by;  // who stated the origin: a name, or "withheld (role, country)"
};

// Shares of the whole delivery at one level at which an origin may be claimed (claims.h).
inline constexpr std::array<std::string_view, 5> kClaimLevels = {"area", "quarry", "operator",
                                                                 "block", "appearance"};
struct ClaimShare {
  std::string value;  // empty: unknown
  std::string of;     // the operator's parcel, the block's quarry; else empty
  Standing standing = Standing::kUnknown;
  std::int64_t per_mille = 0;  // of the delivery; those of a level add up to 1000
  std::int64_t amount = 0;     // in `Report::unit`
};
struct ClaimLine {
  std::string level;
  std::vector<ClaimShare> shares;
};

struct UnitLine {
  std::string item;
  std::string serial;  // of its label; empty when it has none
  std::vector<std::string> aliases;
  std::int64_t amount = 0;  // in `Report::unit`
  std::optional<Verdict> verdict;
  std::vector<ShareLine> shares;
  std::vector<Finding> findings;
  bool scanned = false;
};

// One step of the chain as it is printed: who stated what, when, and how independent that is.
struct StepLine {
  std::string type, by, role, country, at;
  std::string date_known_by;  // "counterparty", "witness" or "not witnessed"
  std::string independence;   // "self", "counterparty", "third party"
  bool device_signed = false;
  bool name_withheld = false;      // `by` is then a description
  std::vector<std::size_t> after;  // the steps it continues, by position in `Report::steps`
};

struct QuantityLine {
  std::string standing;  // supported, unknown, contradicted, unchecked
  std::int64_t delivered = 0, named = 0, tolerance = 0;
  Unit unit = Unit::kPiece;
  std::string text;  // "63.36 of 63 m²"
};

struct Report {
  std::optional<Verdict> verdict;
  std::string contract;      // id, empty without one
  std::string date;          // of the check
  std::string sentence;      // one sentence for an officer
  Unit unit = Unit::kPiece;  // of all amounts below
  std::int64_t amount = 0;   // delivered
  std::int64_t covered = 0;  // the amount the verdict holds for
  std::string amount_text, covered_text;
  std::vector<CriterionLine> criteria;
  std::vector<QuantityLine> quantity;
  std::string documents;  // a standing word
  std::vector<UnitLine> units;
  std::vector<ClaimLine> claims;
  std::vector<Finding> findings;  // of the delivery as a whole, worst first
  std::vector<std::string> remarks;
  std::vector<StepLine> steps;
  std::int64_t hand_overs = 0;
  bool at_least = false;
  std::int64_t withheld_parties = 0;
  std::string custody_model;  // ISO 22095: identity_preserved, segregated, …
  std::vector<std::string> dates;
  std::vector<std::string> slack;
  std::int64_t scanned = 0;  // units whose label was scanned
  std::string does_not_show;
};

}  // namespace quarrymark::custody
