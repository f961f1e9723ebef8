#include "ledger/json/value.h"

#include <algorithm>

namespace quarrymark::json {

const Value* Value::find(std::string_view name) const {
  if (const Object* object = if_object())
    for (const auto& [member, value] : *object)
      if (member == name) return &value;
  return nullptr;
}

Value* Value::find(std::string_view name) {
  return const_cast<Value*>(std::as_const(*this).find(name));
}

std::string_view Value::kind_name() const {
  constexpr std::string_view names[] = {"null", "boolean", "integer", "string", "array", "object"};
  return names[data_.index()];
}

bool members_ascend(const Value& value) {
  if (const Array* array = value.if_array())
    return std::all_of(array->begin(), array->end(), members_ascend);
  if (const Object* object = value.if_object()) {
    for (std::size_t i = 0; i < object->size(); ++i) {
      if (i > 0 && (*object)[i - 1].first >= (*object)[i].first) return false;
      if (!members_ascend((*object)[i].second)) return false;
    }
  }
  return true;
}

Value with_ascending_members(Value value) {
  if (Array* array = value.if_array()) {
    for (Value& element : *array) element = with_ascending_members(std::move(element));
  } else if (Object* object = value.if_object()) {
    for (auto& [name, member] : *object) member = with_ascending_members(std::move(member));
    std::stable_sort(object->begin(), object->end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  return value;
}

}  // namespace quarrymark::json
