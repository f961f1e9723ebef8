#include "ledger/judge/sighting.h"

#include "ledger/balance/travel.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"
#include "ledger/judge/value_file.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

constexpr std::size_t kMaxSightings = 10'000;  // every pair of one label is compared
constexpr std::string_view kContext = "quarrymark/sighting/v1\n";

json::Value text_or_null(const std::string& text) {
  return text.empty() ? json::Value(nullptr) : json::Value(text);
}

json::Object facts_object(const Sighting& s) {
  return json::Object{{"v", 1},
                      {"item", text_or_null(s.item)},
                      {"serial", text_or_null(s.serial)},
                      {"alias", text_or_null(s.alias)},
                      {"at", s.at},
                      {"lat", s.lat},
                      {"lon", s.lon},
                      {"error_mm", s.error_mm},
                      {"log", s.log},
                      {"key", s.key}};
}

// item, serial and alias are there always; null or "" where they are not known.
Result<std::string> read_known(json::ObjectReader& reader, std::string_view name) {
  QM_TRY(const json::Value* value, reader.member(name));
  if (value->is_null()) return std::string();
  if (const std::string* text = value->if_string()) return *text;
  return fail(Errc::kMalformed, cat("expected a string or null, got ", value->kind_name()),
              std::string(name));
}

bool signature_holds(const json::Value& whole, const Sighting& sighting, const std::string& sig) {
  const auto raw_key = base64url_decode(sighting.key);
  const auto raw_sig = base64url_decode(sig);
  if (!raw_key || !raw_sig || raw_key->size() != 32) return false;
  json::Object unsigned_part = *whole.if_object();
  unsigned_part.pop_back();  // `sig` stands last, which the exact reader made sure of
  crypto::PublicKey key;
  std::copy_n(as_bytes(*raw_key).begin(), key.size(), key.begin());
  return crypto::verify(key, cat(kContext, json::write(json::Value(std::move(unsigned_part)))),
                        as_bytes(*raw_sig));
}

}  // namespace

Result<Sighting> parse_sighting(const json::Value& value) {
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kExact));
  Sighting s;
  QM_TRY(const std::int64_t version, reader.integer("v", 1, 1));
  static_cast<void>(version);
  QM_TRY(s.item, read_known(reader, "item"));
  QM_TRY(s.serial, read_known(reader, "serial"));
  QM_TRY(s.alias, read_known(reader, "alias"));
  QM_TRY(s.at, reader.string("at"));
  auto time = parse_claimed_time(s.at);
  if (!time) return fail_at("at", time.error());
  s.time = *time;
  QM_TRY(s.lat, reader.integer("lat", -900'000'000, 900'000'000));
  QM_TRY(s.lon, reader.integer("lon", -1'800'000'000, 1'800'000'000));
  QM_TRY(s.error_mm, reader.integer("error_mm", 0, 1'000'000'000'000));
  QM_TRY(s.log, reader.string("log", 255));
  QM_TRY(s.key, reader.string("key", 64));
  QM_TRY(const std::string sig, reader.string("sig", 128));
  QM_TRY_VOID(reader.finish());
  if (s.item.empty() && s.alias.empty())
    return fail(Errc::kMalformed, "expected an item number or an alias");
  s.signature_valid = signature_holds(value, s, sig);
  s.digest.hash = crypto::sha256(json::write(value));
  return s;
}

Result<std::vector<Sighting>> parse_sightings_file(std::string_view text) {
  std::vector<Sighting> sightings;
  const auto read_line = [](std::string_view line) { return json::parse_input(line); };
  QM_TRY_VOID(for_each_value(text, read_line, [&](const json::Value& value) -> Status {
    QM_TRY(Sighting sighting, parse_sighting(value));
    if (sightings.size() == kMaxSightings)
      return fail(Errc::kTooLarge, cat("expected at most ", kMaxSightings, " sightings"));
    sightings.push_back(std::move(sighting));
    return {};
  }));
  return sightings;
}

json::Value make_sighting(const Sighting& facts, const crypto::SigningKey& device) {
  Sighting complete = facts;
  complete.key = base64url_encode(device.public_key());
  json::Object object = facts_object(complete);
  const crypto::Signature signature = device.sign(cat(kContext, json::write(json::Value(object))));
  object.emplace_back("sig", base64url_encode(signature));
  return object;
}

bool same_label(const Sighting& a, const Sighting& b) {
  // A relabelled item has another serial: that is another label, seen later in another place.
  if (!a.item.empty() && a.item == b.item)
    return a.serial.empty() || b.serial.empty() || a.serial == b.serial;
  return !a.alias.empty() && a.alias == b.alias;
}

std::vector<ImpossibleTravel> impossible_travels(const std::vector<Sighting>& sightings,
                                                 const Membership& membership) {
  std::vector<const Sighting*> counted;
  for (const Sighting& s : sightings)
    if (s.signature_valid && membership.is_enrolled(s.log, s.key, s.time)) counted.push_back(&s);
  std::vector<ImpossibleTravel> out;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    for (std::size_t j = i + 1; j < counted.size(); ++j) {
      const Sighting& a = *counted[i];
      const Sighting& b = *counted[j];
      if (a.digest == b.digest || !same_label(a, b)) continue;
      if (const auto fast =
              too_fast({a.lat, a.lon, a.error_mm}, a.time, {b.lat, b.lon, b.error_mm}, b.time))
        out.push_back(ImpossibleTravel{&a, &b, fast->distance_mm, fast->minutes, fast->kmh});
    }
  }
  return out;
}

}  // namespace quarrymark::custody
