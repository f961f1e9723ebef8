// Items, their kinds, units and measures: what one output of an event says.
// FORMATS.md, rule 11 and "Fields a verifier reads". Numbers are whole, in base units:
// millimetres, grams, square and cubic millimetres, pieces.
#pragma once

#include "ledger/base/result.h"
#include "ledger/json/value.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

enum class ItemKind { kBlock, kSlab, kBundle, kPiece, kCrate, kBatch };
std::string_view item_kind_name(ItemKind kind);
std::optional<ItemKind> item_kind_from(std::string_view name);

enum class Unit { kPiece, kGram, kMillimetre, kSquareMillimetre, kCubicMillimetre };
std::string_view unit_name(Unit unit);  // piece, g, mm, mm2, mm3
std::optional<Unit> unit_from(std::string_view name);

// Length, width and height (or thickness) in millimetres.
struct Dimensions {
  std::int64_t l = 0, w = 0, h = 0;
  // In cubic millimetres; the parser bounds each side so that this cannot overflow.
  std::int64_t volume() const { return l * w * h; }
  bool operator==(const Dimensions&) const = default;
};
inline constexpr std::int64_t kMaxSide = 100'000;  // 100 m

struct Measure {
  std::optional<Dimensions> gross;   // smallest box around a block, EN 1467
  std::optional<Dimensions> net;     // greatest box within it
  std::optional<Dimensions> size;    // of a slab or piece; in a batch, of one piece
  std::optional<std::int64_t> mass;  // grams, of the whole item
};

// A part of a pack's contents: `amount` of its input number `in`.
struct Content {
  std::int64_t amount = 0;
  std::int64_t in = 0;
};

struct Output {
  std::int64_t amount = 1;
  std::string item;
  ItemKind kind = ItemKind::kBlock;
  Unit unit = Unit::kPiece;
  std::vector<std::string> aliases;
  std::string serial;  // of its label; empty when it has none
  std::vector<Content> contents;
  Measure measure;
};

// Reads the value of an `out.N` disclosure; extra members are the schemas' business.
Result<Output> parse_output(const json::Value& value);
// The value of the disclosure, members ascending.
json::Value output_value(const Output& output);

}  // namespace quarrymark::custody
