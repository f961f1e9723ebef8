// Typed reading of one JSON object, member by member, with errors that say where.
//
// Two uses. A frame demands its members in exactly the order in which they are asked for and
// nothing else (`Order::kExact`); other objects may come in any order (`Order::kAny`), and
// finish() refuses what nobody asked for.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/json/value.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::json {

class ObjectReader {
 public:
  enum class Order { kExact, kAny };

  // Fails when `value` is no object. `value` must outlive the reader.
  static Result<ObjectReader> open(const Value& value, Order order);

  // Required members. Errors carry the member's name in `field`.
  Result<const Value*> member(std::string_view name);
  Result<std::string> string(std::string_view name, std::size_t max_bytes = 4096);
  Result<std::int64_t> integer(std::string_view name,
                               std::int64_t min = std::numeric_limits<std::int64_t>::min(),
                               std::int64_t max = std::numeric_limits<std::int64_t>::max());
  Result<bool> boolean(std::string_view name);
  Result<const Array*> array(std::string_view name, std::size_t max_size = 1000);
  Result<const Object*> object(std::string_view name);

  // Members that may be left out: null or nullopt then.
  const Value* optional_member(std::string_view name);
  Result<std::optional<std::string>> optional_string(std::string_view name,
                                                     std::size_t max_bytes = 4096);
  Result<std::optional<std::int64_t>> optional_integer(
      std::string_view name, std::int64_t min = std::numeric_limits<std::int64_t>::min(),
      std::int64_t max = std::numeric_limits<std::int64_t>::max());
  Result<std::optional<bool>> optional_boolean(std::string_view name);
  Result<const Array*> optional_array(std::string_view name, std::size_t max_size = 1000);

  // Refuses members that were never asked for.
  Status finish() const;

 private:
  ObjectReader(const Object& object, Order order) : object_(&object), order_(order) {}
  const Object* object_;
  Order order_;
  std::size_t next_ = 0;                 // kExact: the member that comes next
  std::vector<std::string_view> asked_;  // kAny: the names asked for so far
};

}  // namespace quarrymark::json
