#include "ledger/record/output_request.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "ledger/record/numbers.h"
#include "ledger/record/value_shape.h"

#include <algorithm>
#include <array>

namespace quarrymark::record {
namespace {

using custody::ItemKind;
using custody::Unit;
using json::ObjectReader;

constexpr Shape kAliasName{ShapeKind::kString, 1, 200};
constexpr Shape kAliasNames{ShapeKind::kArray, 1, 16, {}, &kAliasName, {}, true};
constexpr std::array<std::string_view, 6> kKinds = {"block", "slab",  "bundle",
                                                    "piece", "crate", "batch"};
constexpr std::array<std::string_view, 5> kUnits = {"piece", "g", "mm", "mm2", "mm3"};

tl::unexpected<Error> not_one_of(std::span<const std::string_view> words, std::string_view got,
                                 std::string field) {
  return fail(Errc::kMalformed,
              cat("expected one of ", listed(words), ", got ", quoted_for_message(got)),
              std::move(field));
}

Result<std::optional<custody::Dimensions>> read_dimensions(ObjectReader& reader,
                                                           std::string_view name) {
  QM_TRY(const json::Array* array, reader.optional_array(name));
  if (array == nullptr) return std::optional<custody::Dimensions>();
  std::array<std::int64_t, 3> sides{};
  if (array->size() != sides.size())
    return fail(Errc::kMalformed, cat("expected 3 lengths in mm, got ", array->size()),
                std::string(name));
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const std::int64_t* side = (*array)[i].if_integer();
    if (side == nullptr || *side < 1 || *side > custody::kMaxSide)
      return fail(
          Errc::kMalformed,
          cat("expected 1 to ", custody::kMaxSide, " mm, got ",
              side != nullptr ? std::to_string(*side) : std::string((*array)[i].kind_name())),
          cat(name, "[", i, "]"));
    sides[i] = *side;
  }
  return std::optional(custody::Dimensions{sides[0], sides[1], sides[2]});
}

Result<custody::Measure> read_measure(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  custody::Measure measure;
  QM_TRY(measure.gross, read_dimensions(reader, "gross"));
  QM_TRY(measure.net, read_dimensions(reader, "net"));
  QM_TRY(measure.size, read_dimensions(reader, "size"));
  QM_TRY(measure.mass, reader.optional_integer("mass", 1, json::kMaxInteger));
  QM_TRY_VOID(reader.finish());
  if (!measure.gross && !measure.net && !measure.size && !measure.mass)
    return fail(Errc::kMalformed, "expected gross, net, mass or size, got none");
  return measure;
}

// `measure` and `aliases`, which outputs of both kinds have.
Status read_common(ObjectReader& reader, OutputRequest& output) {
  if (const json::Value* measure = reader.optional_member("measure")) {
    auto read = read_measure(*measure);
    if (!read) return fail_at("measure", read.error());
    output.measure = *read;
  }
  const json::Value* aliases = reader.optional_member("aliases");
  if (aliases == nullptr) return {};
  if (auto checked = check_shape(*aliases, kAliasNames); !checked)
    return fail_at("aliases", checked.error());
  output.aliases.emplace();
  for (const json::Value& alias : *aliases->if_array())
    output.aliases->push_back(*alias.if_string());
  return {};
}

Status read_kind_and_amount(ObjectReader& reader, OutputRequest& output) {
  QM_TRY(const std::string kind, reader.string("kind", 64));
  output.kind = custody::item_kind_from(kind);
  if (!output.kind) return not_one_of(kKinds, kind, "kind");
  QM_TRY(const auto unit, reader.optional_string("unit", 64));
  if (unit) {
    const auto known = custody::unit_from(*unit);
    if (!known) return not_one_of(kUnits, *unit, "unit");
    output.unit = *known;
  }
  QM_TRY(const auto amount, reader.optional_integer("amount", 1, json::kMaxInteger));
  output.amount = amount.value_or(1);
  if (output.kind == ItemKind::kBatch) return {};
  if (output.amount != 1)
    return fail(Errc::kMalformed,
                cat("only a batch has an amount other than 1 piece, got ", output.amount),
                "amount");
  if (output.unit != Unit::kPiece)
    return fail(Errc::kMalformed, cat("expected piece for a ", kind, ", got ", *unit), "unit");
  return {};
}

// A label printed ahead names the item as well: "<item>/<serial>", or the whole text of its code.
Status claim_label(std::string_view text, OutputRequest& output) {
  constexpr std::string_view kScheme = "HTTPS://", kPath = "/Q/";
  constexpr std::size_t kMaxHost = 27;
  const std::string got = quoted_for_message(text);
  if (text.starts_with(kScheme)) {
    text.remove_prefix(kScheme.size());
    const std::size_t path = text.find(kPath);
    const auto in_host = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '.' || c == ':' || c == '-';
    };
    const std::string_view host = text.substr(0, path);
    const bool good = path != std::string_view::npos && path > 0 && path <= kMaxHost &&
                      std::all_of(host.begin(), host.end(), in_host);
    text = good ? text.substr(path + kPath.size()) : std::string_view();
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || !is_item_number(text.substr(0, slash)) ||
      !is_serial(text.substr(slash + 1)))
    return fail(Errc::kMalformed,
                cat("expected true, false or what a label says: an item number of 17 characters, a "
                    "slash and a serial of 8, got ",
                    got),
                "label");
  output.item = text.substr(0, slash);
  output.serial = text.substr(slash + 1);
  return {};
}

Status read_item_and_label(ObjectReader& reader, OutputRequest& output) {
  QM_TRY(const auto item, reader.optional_string("item", 64));
  if (item && !is_item_number(*item))
    return fail(Errc::kMalformed,
                cat("expected an item number of 17 characters with its check character, got ",
                    quoted_for_message(*item)),
                "item");
  output.item = item.value_or("");
  QM_TRY(output.count, reader.optional_integer("count", 1, entry::kMaxOutputs));
  if (output.count && item)
    return fail(Errc::kMalformed, "one number names one item; leave out item or count", "item");
  const json::Value* label = reader.optional_member("label");
  if (label == nullptr) return {};
  if (const bool* flag = label->if_bool()) {
    output.label = *flag;
    return {};
  }
  const std::string* text = label->if_string();
  if (text == nullptr)
    return fail(Errc::kMalformed,
                cat("expected true, false or what a label says, got ", label->kind_name()),
                "label");
  if (item || output.count)
    return fail(Errc::kMalformed, "one label is of one item; leave out item and count", "label");
  return claim_label(*text, output);
}

Status read_contents(ObjectReader& reader, bool packed, OutputRequest& output) {
  QM_TRY(const json::Array* contents, reader.optional_array("contents"));
  if (!packed) {
    if (contents != nullptr)
      return fail(Errc::kMalformed, "only a pack says what its outputs hold", "contents");
    return {};
  }
  if (output.kind != ItemKind::kCrate && output.kind != ItemKind::kBundle)
    return fail(Errc::kMalformed,
                cat("expected crate or bundle, got ", custody::item_kind_name(*output.kind)),
                "kind");
  if (output.count)
    return fail(Errc::kMalformed, "each crate says what it holds; write them one by one", "count");
  if (contents == nullptr || contents->empty())
    return fail(Errc::kMalformed, "missing: say what it holds", "contents");
  for (std::size_t i = 0; i < contents->size(); ++i) {
    const auto read = [&]() -> Status {
      QM_TRY(auto content, ObjectReader::open((*contents)[i], ObjectReader::Order::kAny));
      custody::Content part;
      QM_TRY(part.in, content.integer("in", 0, entry::kMaxInputs - 1));
      QM_TRY(part.amount, content.integer("amount", 1, json::kMaxInteger));
      output.contents.push_back(part);
      return content.finish();
    }();
    if (!read) return fail_at(cat("contents[", i, "]"), read.error());
  }
  return {};
}

Status check_aliases(const OutputRequest& output) {
  if (!output.aliases) return {};
  for (std::size_t i = 0; i < output.aliases->size(); ++i) {
    const bool counts = (*output.aliases)[i].find("{n}") != std::string::npos;
    if (counts != output.count.has_value())
      return fail(Errc::kMalformed,
                  counts ? "{n} counts only with count"
                         : "expected {n}, so that no two of the outputs share an alias",
                  cat("aliases[", i, "]"));
  }
  return {};
}

}  // namespace

Result<OutputRequest> read_new_output(const json::Value& value, bool packed) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  OutputRequest output;
  QM_TRY_VOID(read_kind_and_amount(reader, output));
  QM_TRY_VOID(read_item_and_label(reader, output));
  QM_TRY_VOID(read_common(reader, output));
  QM_TRY_VOID(read_contents(reader, packed, output));
  QM_TRY_VOID(reader.finish());
  QM_TRY_VOID(check_aliases(output));
  return output;
}

Result<OutputRequest> read_change(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  OutputRequest output;
  QM_TRY_VOID(read_common(reader, output));
  QM_TRY_VOID(reader.finish());
  return output;
}

}  // namespace quarrymark::record
