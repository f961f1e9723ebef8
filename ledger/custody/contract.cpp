#include "ledger/custody/contract.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"

namespace quarrymark::custody {
namespace {

using json::ObjectReader;

Result<ContractLine> parse_line(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  ContractLine line;
  QM_TRY(line.amount, reader.integer("amount", 1, json::kMaxInteger));
  QM_TRY(const std::string unit, reader.string("unit"));
  const auto known = unit_from(unit);
  if (!known)
    return fail(Errc::kMalformed,
                cat("expected piece, g, mm, mm2 or mm3, got ", quoted_for_message(unit)), "unit");
  line.unit = *known;
  QM_TRY(const json::Array* size, reader.optional_array("size", 3));
  if (size != nullptr) {
    std::int64_t sides[3] = {};
    for (std::size_t i = 0; i < size->size() && i < 3; ++i)
      sides[i] = (*size)[i].if_integer() ? *(*size)[i].if_integer() : 0;
    for (const std::int64_t side : sides)
      if (side < 1 || side > kMaxSide)
        return fail(Errc::kMalformed, "expected three sides in whole millimetres", "size");
    line.size = Dimensions{sides[0], sides[1], sides[2]};
  }
  QM_TRY(const auto joint, reader.optional_integer("joint", 0, 1000));
  line.joint = joint.value_or(0);
  QM_TRY(const auto tolerance, reader.optional_integer("tolerance", 0, json::kMaxInteger));
  line.tolerance = tolerance.value_or(0);
  return line;
}

Status parse_criteria(const json::Value& value, Contract& contract) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  for (const CriterionKind kind : kAllCriteria) {
    QM_TRY(auto named, reader.optional_string(criterion_name(kind)));
    if (!named) continue;
    if (comparable_name(*named).empty())
      return fail(Errc::kMalformed, "expected a name, got nothing",
                  std::string(criterion_name(kind)));
    contract.criteria.push_back(Criterion{kind, std::move(*named)});
  }
  // An unknown criterion cannot be passed over: the verdict would say less than it seems to.
  return reader.finish();
}

}  // namespace

std::string_view criterion_name(CriterionKind kind) {
  constexpr std::string_view names[] = {"area", "quarry", "parcel", "operator", "factory", "stone"};
  return names[static_cast<std::size_t>(kind)];
}

Result<Contract> parse_contract(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  Contract contract;
  QM_TRY(const json::Value* criteria, reader.member("criteria"));
  if (auto status = parse_criteria(*criteria, contract); !status)
    return fail_at("criteria", status.error());
  QM_TRY(contract.id, reader.string("id", 200));
  QM_TRY(const json::Array* lines, reader.optional_array("lines", 200));
  for (std::size_t i = 0; lines != nullptr && i < lines->size(); ++i) {
    auto line = parse_line((*lines)[i]);
    if (!line) return fail_at(cat("lines[", i, "]"), line.error());
    contract.lines.push_back(*line);
  }
  QM_TRY(const auto closed, reader.optional_boolean("closed"));
  contract.closed = closed.value_or(false);
  QM_TRY(const json::Array* documents, reader.optional_array("documents", 100));
  for (std::size_t i = 0; documents != nullptr && i < documents->size(); ++i)
    if (const std::string* kind = (*documents)[i].if_string()) contract.documents.push_back(*kind);
  return contract;
}

Result<Contract> parse_contract_file(std::string_view text) {
  QM_TRY(const json::Value value, json::parse_input(text, json::Limits{json::kMaxDepth, 1u << 20}));
  return parse_contract(value);
}

}  // namespace quarrymark::custody
