#include "ledger/record/value_shape.h"

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"
#include "ledger/base/text.h"
#include "ledger/record/codec.h"
#include "ledger/record/numbers.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

tl::unexpected<Error> wrong_kind(std::string_view expected, const json::Value& got) {
  return fail(Errc::kMalformed, cat("expected ", expected, ", got ", got.kind_name()));
}

bool is_blank(std::string_view text) { return comparable_name(text).empty(); }

// Code points: every byte of UTF-8 but continuation bytes.
std::int64_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

Status check_string(const json::Value& value, const Shape& shape) {
  const std::string* text = value.if_string();
  if (text == nullptr) return wrong_kind("a string", value);
  if (is_blank(*text)) return fail(Errc::kMalformed, "expected some text, got nothing");
  // A zero byte ends a name in the index; no name holds one.
  if (text->find('\0') != std::string::npos)
    return fail(Errc::kMalformed, "expected text without the character U+0000");
  if (const std::int64_t length = characters(*text); length > shape.max || length < shape.min)
    return fail(Errc::kTooLarge,
                cat("expected ", shape.min, " to ", shape.max, " characters, got ", length));
  return {};
}

bool all(std::string_view text, char from, char to) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return c >= from && c <= to; });
}

bool is_of(std::string_view text, ShapeKind kind) {
  Hash ignored;
  switch (kind) {
    case ShapeKind::kDigest:
      return parse_hash_text(text, ignored);
    case ShapeKind::kCountry:
      return text.size() == 2 && all(text, 'A', 'Z');
    case ShapeKind::kContainer:
      return text.size() == 11 && all(text.substr(0, 4), 'A', 'Z') &&
             std::string_view("UJZ").find(text[3]) != std::string_view::npos &&
             all(text.substr(4), '0', '9');
    case ShapeKind::kDayOfYear:
      // In a leap year, so that 02-29 is a day too.
      return text.size() == 5 && parse_date(cat("2000-", text)).has_value();
    default:
      return parse_date(text).has_value();
  }
}

std::string_view expectation(ShapeKind kind) {
  switch (kind) {
    case ShapeKind::kDigest:
      return "43 base64url characters";
    case ShapeKind::kCountry:
      return "an ISO 3166 code such as NL";
    case ShapeKind::kContainer:
      return "a container number such as MSKU1234565";
    case ShapeKind::kDateOrNull:
      return "a date such as 2025-02-03 or null";
    case ShapeKind::kDayOfYear:
      return "a day of the year such as 07-31";
    default:
      return "a date such as 2025-02-03";
  }
}

Status check_form(const json::Value& value, ShapeKind kind) {
  if (kind == ShapeKind::kDateOrNull && value.is_null()) return {};
  const std::string* text = value.if_string();
  if (text == nullptr) return wrong_kind(expectation(kind), value);
  if (is_of(*text, kind)) return {};
  return fail(Errc::kMalformed,
              cat("expected ", expectation(kind), ", got ", quoted_for_message(*text)));
}

Status check_word(const json::Value& value, const Shape& shape) {
  const std::string* text = value.if_string();
  if (text != nullptr &&
      std::find(shape.words.begin(), shape.words.end(), *text) != shape.words.end())
    return {};
  return fail(Errc::kMalformed,
              cat("expected one of ", listed(shape.words), ", got ",
                  text != nullptr ? quoted_for_message(*text) : std::string(value.kind_name())));
}

constexpr Shape kAnyName{ShapeKind::kString, 1, 200};
constexpr std::size_t kMaxKey = 128, kMaxSightingName = 64, kMaxDeviceCode = 32;

bool is_key_reference(std::string_view text) {
  if (!text.starts_with("key:")) return false;
  text.remove_prefix(4);
  const auto length = static_cast<std::size_t>(characters(text));
  return length <= kMaxKey && !is_blank(text) && text.find('\0') == std::string_view::npos;
}

bool is_lower_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_alphanumeric(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

// `text` is `prefix` and 1 to `most` characters for which `is` holds.
bool is_prefixed(std::string_view text, std::string_view prefix, std::size_t most,
                 bool (*is)(std::string_view)) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return !text.empty() && text.size() <= most && is(text);
}

// The forms that need no looking up.
bool is_written_out(std::string_view text, ShapeKind kind) {
  Hash ignored;
  switch (kind) {
    case ShapeKind::kLogName:
      return log_id(text).has_value();
    case ShapeKind::kItemName:
      return is_item_number(text);
    case ShapeKind::kOldSerial:
      return is_serial(text);
    default:
      return parse_hash_text(text, ignored);
  }
}

struct NameForm {
  std::string_view stated, recorded;  // what is expected
};
NameForm name_form(ShapeKind kind) {
  switch (kind) {
    case ShapeKind::kLogName:
      return {"a name or an origin", "the origin of a log"};
    case ShapeKind::kItemName:
      return {"an item number, a label or an alias", "an item number of 17 characters"};
    case ShapeKind::kEventKey:
      return {"key:<key> or an event id", "an event id of 43 characters"};
    case ShapeKind::kSightingName:
      return {"sighting:<name> or a digest", "the digest of a sighting"};
    case ShapeKind::kDeviceName:
      return {"a raw key or device:<code>", "a raw key of 43 characters"};
    case ShapeKind::kOldSerial:
      return {"\"recorded\" or a serial of 8 characters", "a serial of 8 characters"};
    default:
      return {"a name or a digest", "43 base64url characters"};
  }
}

Status check_reference(const json::Value& value, ShapeKind kind, Spelling spelling) {
  const NameForm form = name_form(kind);
  const std::string_view expected = spelling == Spelling::kStated ? form.stated : form.recorded;
  const std::string* text = value.if_string();
  if (text == nullptr) return wrong_kind(expected, value);
  bool good = is_written_out(*text, kind);
  if (spelling == Spelling::kStated && !good) switch (kind) {
      case ShapeKind::kEventKey:
        good = is_key_reference(*text);
        break;
      case ShapeKind::kSightingName:
        good = is_prefixed(*text, "sighting:", kMaxSightingName, &is_lower_word);
        break;
      case ShapeKind::kDeviceName:
        good = is_prefixed(*text, "device:", kMaxDeviceCode, &is_alphanumeric);
        break;
      case ShapeKind::kOldSerial:
        good = *text == "recorded";
        break;
      default:
        return check_string(value, kAnyName);
    }
  if (good) return {};
  return fail(Errc::kMalformed, cat("expected ", expected, ", got ", quoted_for_message(*text)));
}

Status check_integer(const json::Value& value, const Shape& shape) {
  const std::int64_t* number = value.if_integer();
  if (number == nullptr) return wrong_kind("a whole number", value);
  if (*number >= shape.min && *number <= shape.max) return {};
  return fail(Errc::kMalformed, cat("expected ", shape.min, " to ", shape.max, ", got ", *number));
}

Status check_array(const json::Value& value, const Shape& shape, Spelling spelling) {
  const json::Array* array = value.if_array();
  if (array == nullptr) return wrong_kind("an array", value);
  const auto size = static_cast<std::int64_t>(array->size());
  if (size < shape.min || size > shape.max)
    return fail(size > shape.max ? Errc::kTooLarge : Errc::kMalformed,
                cat("expected ", shape.min, " to ", shape.max, " elements, got ", size));
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (auto checked = check_shape((*array)[i], *shape.element, spelling); !checked)
      return fail_at(cat("[", i, "]"), checked.error());
    if (shape.unique && std::find(array->begin(), array->begin() + static_cast<std::ptrdiff_t>(i),
                                  (*array)[i]) != array->begin() + static_cast<std::ptrdiff_t>(i))
      return fail(Errc::kMalformed, "stands here twice", cat("[", i, "]"));
  }
  return {};
}

Status check_object(const json::Value& value, const Shape& shape, Spelling spelling) {
  const json::Object* object = value.if_object();
  if (object == nullptr) return wrong_kind("an object", value);
  for (const auto& [name, member_value] : *object) {
    const auto member =
        std::find_if(shape.members.begin(), shape.members.end(),
                     [&key = name](const Member& known) { return known.name == key; });
    if (member == shape.members.end()) {
      std::string known;
      for (const Member& each : shape.members) known += cat(known.empty() ? "" : ", ", each.name);
      return fail(Errc::kMalformed,
                  cat("unknown member ", quoted_for_message(name), "; known are ", known));
    }
    if (auto checked = check_shape(member_value, *member->shape, spelling); !checked)
      return fail_at(name, checked.error());
  }
  for (const Member& member : shape.members)
    if (member.required && value.find(member.name) == nullptr)
      return fail(Errc::kMalformed, "missing", std::string(member.name));
  if (static_cast<std::int64_t>(object->size()) < shape.min)
    return fail(Errc::kMalformed, "expected at least one member, got none");
  return {};
}

}  // namespace

std::string listed(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += cat(text.empty() ? "" : ", ", word);
  return text;
}

Status check_shape(const json::Value& value, const Shape& shape, Spelling spelling) {
  if (shape.or_null && value.is_null()) return {};
  switch (shape.kind) {
    case ShapeKind::kString:
      return check_string(value, shape);
    case ShapeKind::kDigest:
    case ShapeKind::kDate:
    case ShapeKind::kDateOrNull:
    case ShapeKind::kDayOfYear:
    case ShapeKind::kCountry:
    case ShapeKind::kContainer:
      return check_form(value, shape.kind);
    case ShapeKind::kEventName:
    case ShapeKind::kLogName:
    case ShapeKind::kItemName:
    case ShapeKind::kEventKey:
    case ShapeKind::kSightingName:
    case ShapeKind::kDeviceName:
    case ShapeKind::kOldSerial:
      return check_reference(value, shape.kind, spelling);
    case ShapeKind::kInteger:
      return check_integer(value, shape);
    case ShapeKind::kBoolean:
      return value.is_bool() ? Status() : wrong_kind("true or false", value);
    case ShapeKind::kWord:
      return check_word(value, shape);
    case ShapeKind::kArray:
      return check_array(value, shape, spelling);
    case ShapeKind::kObject:
      return check_object(value, shape, spelling);
  }
  return {};
}

}  // namespace quarrymark::record
