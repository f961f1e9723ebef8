#include "ledger/custody/item.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

constexpr std::array<std::string_view, 6> kKindNames = {"block", "slab",  "bundle",
                                                        "piece", "crate", "batch"};
constexpr std::array<std::string_view, 5> kUnitNames = {"piece", "g", "mm", "mm2", "mm3"};

Result<std::optional<Dimensions>> parse_dimensions(json::ObjectReader& reader,
                                                   std::string_view name) {
  QM_TRY(const json::Array* sides, reader.optional_array(name, 3));
  if (sides == nullptr) return std::optional<Dimensions>();
  if (sides->size() != 3)
    return fail(Errc::kMalformed, cat("expected three sides in mm, got ", sides->size()),
                std::string(name));
  std::int64_t values[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t* side = (*sides)[i].if_integer();
    if (side == nullptr || *side < 1 || *side > kMaxSide)
      return fail(Errc::kMalformed, cat("expected whole millimetres from 1 to ", kMaxSide),
                  cat(name, "[", i, "]"));
    values[i] = *side;
  }
  return std::optional(Dimensions{values[0], values[1], values[2]});
}

Result<Measure> parse_measure(const json::Value& value) {
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kAny));
  Measure measure;
  QM_TRY(measure.gross, parse_dimensions(reader, "gross"));
  QM_TRY(measure.net, parse_dimensions(reader, "net"));
  QM_TRY(measure.size, parse_dimensions(reader, "size"));
  QM_TRY(measure.mass, reader.optional_integer("mass", 1, json::kMaxInteger));
  return measure;
}

Result<std::vector<Content>> parse_contents(const json::Array& values) {
  std::vector<Content> contents;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto read = [&]() -> Result<Content> {
      QM_TRY(auto reader, json::ObjectReader::open(values[i], json::ObjectReader::Order::kAny));
      Content content;
      QM_TRY(content.amount, reader.integer("amount", 1, json::kMaxInteger));
      QM_TRY(content.in, reader.integer("in", 0, 999));
      return content;
    };
    auto content = read();
    if (!content) return fail_at(cat("contents[", i, "]"), content.error());
    contents.push_back(*content);
  }
  return contents;
}

template <class Names>
std::string listed(const Names& names) {
  std::string out;
  for (const std::string_view name : names) out += cat(out.empty() ? "" : ", ", name);
  return out;
}

json::Value dimensions_value(const Dimensions& d) { return json::Array{d.l, d.w, d.h}; }

}  // namespace

std::string_view item_kind_name(ItemKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<ItemKind> item_kind_from(std::string_view name) {
  const auto found = std::find(kKindNames.begin(), kKindNames.end(), name);
  if (found == kKindNames.end()) return std::nullopt;
  return static_cast<ItemKind>(found - kKindNames.begin());
}

std::string_view unit_name(Unit unit) { return kUnitNames[static_cast<std::size_t>(unit)]; }

std::optional<Unit> unit_from(std::string_view name) {
  const auto found = std::find(kUnitNames.begin(), kUnitNames.end(), name);
  if (found == kUnitNames.end()) return std::nullopt;
  return static_cast<Unit>(found - kUnitNames.begin());
}

Result<Output> parse_output(const json::Value& value) {
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kAny));
  Output output;
  QM_TRY(output.amount, reader.integer("amount", 1, json::kMaxInteger));
  QM_TRY(output.item, reader.string("item", 64));
  QM_TRY(const std::string kind, reader.string("kind", 64));
  QM_TRY(const std::string unit, reader.string("unit", 64));
  const auto known_kind = item_kind_from(kind);
  if (!known_kind)
    return fail(Errc::kMalformed,
                cat("expected one of ", listed(kKindNames), ", got ", quoted_for_message(kind)),
                "kind");
  const auto known_unit = unit_from(unit);
  if (!known_unit)
    return fail(Errc::kMalformed,
                cat("expected one of ", listed(kUnitNames), ", got ", quoted_for_message(unit)),
                "unit");
  output.kind = *known_kind;
  output.unit = *known_unit;
  if (output.kind != ItemKind::kBatch && (output.amount != 1 || output.unit != Unit::kPiece))
    return fail(Errc::kMalformed,
                cat("only a batch has an amount other than 1 piece, got ", output.amount, " ", unit,
                    " of kind ", kind),
                "amount");
  QM_TRY(const json::Array* aliases, reader.optional_array("aliases", 64));
  if (aliases != nullptr)
    for (const json::Value& alias : *aliases) {
      if (alias.if_string() == nullptr)
        return fail(Errc::kMalformed, cat("expected strings, got ", alias.kind_name()), "aliases");
      output.aliases.push_back(*alias.if_string());
    }
  QM_TRY(const auto serial, reader.optional_string("serial", 64));
  output.serial = serial.value_or("");
  QM_TRY(const json::Array* contents, reader.optional_array("contents"));
  if (contents != nullptr) {
    QM_TRY(output.contents, parse_contents(*contents));
  }
  if (const json::Value* measure = reader.optional_member("measure")) {
    auto parsed = parse_measure(*measure);
    if (!parsed) return fail_at("measure", parsed.error());
    output.measure = *parsed;
  }
  return output;
}

json::Value output_value(const Output& output) {
  json::Object object;
  if (!output.aliases.empty()) {
    json::Array aliases;
    for (const std::string& alias : output.aliases) aliases.push_back(alias);
    object.emplace_back("aliases", std::move(aliases));
  }
  object.emplace_back("amount", output.amount);
  if (!output.contents.empty()) {
    json::Array contents;
    for (const Content& content : output.contents)
      contents.push_back(json::Object{{"amount", content.amount}, {"in", content.in}});
    object.emplace_back("contents", std::move(contents));
  }
  object.emplace_back("item", output.item);
  object.emplace_back("kind", item_kind_name(output.kind));
  json::Object measure;
  if (output.measure.gross) measure.emplace_back("gross", dimensions_value(*output.measure.gross));
  if (output.measure.mass) measure.emplace_back("mass", *output.measure.mass);
  if (output.measure.net) measure.emplace_back("net", dimensions_value(*output.measure.net));
  if (output.measure.size) measure.emplace_back("size", dimensions_value(*output.measure.size));
  if (!measure.empty()) object.emplace_back("measure", std::move(measure));
  if (!output.serial.empty()) object.emplace_back("serial", output.serial);
  object.emplace_back("unit", unit_name(output.unit));
  return object;
}

}  // namespace quarrymark::custody
