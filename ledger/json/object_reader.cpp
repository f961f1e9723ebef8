#include "ledger/json/object_reader.h"

#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::json {
namespace {

tl::unexpected<Error> wrong_kind(std::string_view name, std::string_view expected,
                                 const Value& got) {
  return fail(Errc::kMalformed, cat("expected ", expected, ", got ", got.kind_name()),
              std::string(name));
}

Result<std::string> as_string(const Value& value, std::string_view name, std::size_t max_bytes) {
  const std::string* text = value.if_string();
  if (text == nullptr) return wrong_kind(name, "a string", value);
  if (text->size() > max_bytes)
    return fail(Errc::kTooLarge,
                cat("expected at most ", max_bytes, " bytes of text, got ", text->size()),
                std::string(name));
  return *text;
}

Result<std::int64_t> as_integer(const Value& value, std::string_view name, std::int64_t min,
                                std::int64_t max) {
  const std::int64_t* number = value.if_integer();
  if (number == nullptr) return wrong_kind(name, "a whole number", value);
  if (*number < min || *number > max) {
    const std::string range =
        max == std::numeric_limits<std::int64_t>::max()   ? cat("at least ", min)
        : min == std::numeric_limits<std::int64_t>::min() ? cat("at most ", max)
                                                          : cat(min, " to ", max);
    return fail(Errc::kMalformed, cat("expected ", range, ", got ", *number), std::string(name));
  }
  return *number;
}

Result<const Array*> as_array(const Value& value, std::string_view name, std::size_t max_size) {
  const Array* array = value.if_array();
  if (array == nullptr) return wrong_kind(name, "an array", value);
  if (array->size() > max_size)
    return fail(Errc::kTooLarge,
                cat("expected at most ", max_size, " elements, got ", array->size()),
                std::string(name));
  return array;
}

}  // namespace

Result<ObjectReader> ObjectReader::open(const Value& value, Order order) {
  const Object* object = value.if_object();
  if (object == nullptr)
    return fail(Errc::kMalformed, cat("expected an object, got ", value.kind_name()));
  return ObjectReader(*object, order);
}

const Value* ObjectReader::optional_member(std::string_view name) {
  if (order_ == Order::kExact) {
    if (next_ < object_->size() && (*object_)[next_].first == name)
      return &(*object_)[next_++].second;
    return nullptr;
  }
  asked_.push_back(name);
  for (const auto& [member, value] : *object_)
    if (member == name) return &value;
  return nullptr;
}

Result<const Value*> ObjectReader::member(std::string_view name) {
  if (const Value* value = optional_member(name)) return value;
  if (order_ == Order::kExact && next_ < object_->size())
    return fail(Errc::kMalformed,
                cat("expected this member here, got ", quoted_for_message((*object_)[next_].first)),
                std::string(name));
  return fail(Errc::kMalformed, "missing", std::string(name));
}

Result<std::string> ObjectReader::string(std::string_view name, std::size_t max_bytes) {
  QM_TRY(const Value* value, member(name));
  return as_string(*value, name, max_bytes);
}

Result<std::int64_t> ObjectReader::integer(std::string_view name, std::int64_t min,
                                           std::int64_t max) {
  QM_TRY(const Value* value, member(name));
  return as_integer(*value, name, min, max);
}

Result<bool> ObjectReader::boolean(std::string_view name) {
  QM_TRY(const Value* value, member(name));
  if (const bool* flag = value->if_bool()) return *flag;
  return wrong_kind(name, "true or false", *value);
}

Result<const Array*> ObjectReader::array(std::string_view name, std::size_t max_size) {
  QM_TRY(const Value* value, member(name));
  return as_array(*value, name, max_size);
}

Result<const Object*> ObjectReader::object(std::string_view name) {
  QM_TRY(const Value* value, member(name));
  if (const Object* object = value->if_object()) return object;
  return wrong_kind(name, "an object", *value);
}

Result<std::optional<std::string>> ObjectReader::optional_string(std::string_view name,
                                                                 std::size_t max_bytes) {
  const Value* value = optional_member(name);
  if (value == nullptr) return std::optional<std::string>();
  QM_TRY(std::string text, as_string(*value, name, max_bytes));
  return std::optional<std::string>(std::move(text));
}

Result<std::optional<std::int64_t>> ObjectReader::optional_integer(std::string_view name,
                                                                   std::int64_t min,
                                                                   std::int64_t max) {
  const Value* value = optional_member(name);
  if (value == nullptr) return std::optional<std::int64_t>();
  QM_TRY(const std::int64_t number, as_integer(*value, name, min, max));
  return std::optional<std::int64_t>(number);
}

Result<std::optional<bool>> ObjectReader::optional_boolean(std::string_view name) {
  const Value* value = optional_member(name);
  if (value == nullptr) return std::optional<bool>();
  if (const bool* flag = value->if_bool()) return std::optional<bool>(*flag);
  return wrong_kind(name, "true or false", *value);
}

Result<const Array*> ObjectReader::optional_array(std::string_view name, std::size_t max_size) {
  const Value* value = optional_member(name);
  if (value == nullptr) return static_cast<const Array*>(nullptr);
  return as_array(*value, name, max_size);
}

Status ObjectReader::finish() const {
  if (order_ == Order::kExact) {
    if (next_ < object_->size())
      return fail(Errc::kMalformed, "unknown member or wrong order",
                  std::string(quoted_for_message((*object_)[next_].first)));
    return {};
  }
  for (const auto& [member, value] : *object_)
    if (std::find(asked_.begin(), asked_.end(), member) == asked_.end())
      return fail(Errc::kMalformed, cat("unknown member ", quoted_for_message(member)));
  return {};
}

}  // namespace quarrymark::json
