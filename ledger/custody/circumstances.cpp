#include "ledger/custody/circumstances.h"

#include "ledger/base/clock.h"
#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"

#include <algorithm>
#include <string_view>

namespace quarrymark::custody {
namespace {

using json::ObjectReader;

constexpr std::size_t kMostListed = 1000;
constexpr std::string_view kLeapYear = "2000-";  // so that 02-29 is a day of the year too

Result<ObjectReader> open_circumstance(const json::Value& value) {
  return ObjectReader::open(value, ObjectReader::Order::kAny);
}

Result<std::string> day(ObjectReader& reader, std::string_view name, std::string_view year = "") {
  QM_TRY(std::string written, reader.string(name));
  if (auto parsed = parse_date(cat(year, written)); !parsed) return fail_at(name, parsed.error());
  return written;
}

// Empty where it is left out or null.
Result<std::string> day_or_nothing(ObjectReader& reader, std::string_view name) {
  const json::Value* value = reader.optional_member(name);
  if (value == nullptr || value->is_null()) return std::string();
  return day(reader, name);
}

Result<std::vector<std::string>> parcels_of(ObjectReader& reader) {
  std::vector<std::string> parcels;
  QM_TRY(const json::Array* values, reader.array("parcels"));
  for (const json::Value& value : *values) {
    if (value.if_string() == nullptr)
      return fail(Errc::kMalformed, cat("expected strings, got ", value.kind_name()), "parcels");
    parcels.push_back(*value.if_string());
  }
  return parcels;
}

template <class T, class Read>
Result<std::vector<T>> list_of(const json::Value& value, Read read) {
  const json::Array* values = value.if_array();
  if (values == nullptr)
    return fail(Errc::kMalformed, cat("expected an array, got ", value.kind_name()));
  if (values->size() > kMostListed)
    return fail(Errc::kTooLarge, cat("expected at most ", kMostListed, " entries"));
  std::vector<T> out;
  for (const json::Value& each : *values) {
    QM_TRY(ObjectReader reader, open_circumstance(each));
    QM_TRY(T one, read(reader));
    out.push_back(std::move(one));
  }
  return out;
}

bool is_container_number(std::string_view text) {
  const auto in = [](char c, char low, char high) { return c >= low && c <= high; };
  return text.size() == 11 &&
         std::all_of(text.begin(), text.begin() + 4, [&](char c) { return in(c, 'A', 'Z'); }) &&
         std::all_of(text.begin() + 4, text.end(), [&](char c) { return in(c, '0', '9'); });
}

}  // namespace

Result<std::vector<SitePosition>> parse_positions(const json::Value& value) {
  return list_of<SitePosition>(value, [](ObjectReader& reader) -> Result<SitePosition> {
    SitePosition position;
    QM_TRY(position.error_mm, reader.integer("error_mm", 0, json::kMaxInteger));
    QM_TRY(position.from, day(reader, "from"));
    QM_TRY(position.lat, reader.integer("lat", -900'000'000, 900'000'000));
    QM_TRY(position.lon, reader.integer("lon", -1'800'000'000, 1'800'000'000));
    return position;
  });
}

Result<std::vector<SitePermit>> parse_permits(const json::Value& value) {
  return list_of<SitePermit>(value, [](ObjectReader& reader) -> Result<SitePermit> {
    SitePermit permit;
    QM_TRY(permit.from, day(reader, "from"));
    QM_TRY(permit.number, reader.string("number"));
    QM_TRY(permit.parcels, parcels_of(reader));
    QM_TRY(permit.to, day_or_nothing(reader, "to"));
    if (const json::Value* volume = reader.optional_member("volume");
        volume != nullptr && !volume->is_null()) {
      QM_TRY(permit.volume, reader.integer("volume", 0, json::kMaxInteger));
    }
    return permit;
  });
}

Result<std::vector<Closure>> parse_closures(const json::Value& value) {
  return list_of<Closure>(value, [](ObjectReader& reader) -> Result<Closure> {
    Closure closure;
    QM_TRY(closure.from, day(reader, "from"));
    QM_TRY(closure.parcels, parcels_of(reader));
    QM_TRY(closure.reason, reader.string("reason"));
    QM_TRY(closure.to, day_or_nothing(reader, "to"));
    return closure;
  });
}

Result<std::vector<Season>> parse_seasons(const json::Value& value) {
  return list_of<Season>(value, [](ObjectReader& reader) -> Result<Season> {
    Season season;
    QM_TRY(season.from, day(reader, "from", kLeapYear));
    QM_TRY(season.parcels, parcels_of(reader));
    QM_TRY(season.to, day(reader, "to", kLeapYear));
    return season;
  });
}

Result<NamedPermit> parse_named_permit(const json::Value& value) {
  QM_TRY(auto reader, open_circumstance(value));
  NamedPermit permit;
  QM_TRY(permit.number, reader.string("number"));
  QM_TRY(permit.from, day_or_nothing(reader, "from"));
  QM_TRY(permit.to, day_or_nothing(reader, "to"));
  return permit;
}

Result<Transport> parse_transport(const json::Value& value) {
  QM_TRY(auto reader, open_circumstance(value));
  Transport transport;
  QM_TRY(const auto container, reader.optional_string("container"));
  if (container && !is_container_number(*container))
    return fail(Errc::kMalformed, "expected four letters and seven digits", "container");
  transport.container = container.value_or("");
  QM_TRY(transport.vgm, reader.optional_integer("vgm", 1, json::kMaxInteger));
  QM_TRY(transport.tare, reader.optional_integer("tare", 1, json::kMaxInteger));
  QM_TRY(transport.packing, reader.optional_integer("packing", 0, json::kMaxInteger));
  QM_TRY(transport.crates, reader.optional_integer("crates", 0, json::kMaxInteger));
  return transport;
}

}  // namespace quarrymark::custody
