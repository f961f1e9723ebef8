#include "ledger/passport/packet.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

#include <limits>
#include <unordered_set>

namespace quarrymark::passport {
namespace {

using json::ObjectReader;

// Counts are bounded by the size of the file alone.
constexpr std::size_t kAnyCount = std::numeric_limits<std::size_t>::max();

Result<custody::StateRef> parse_state(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kExact));
  QM_TRY(const std::string event, reader.string("event"));
  auto id = EventId::parse(event);
  if (!id) return fail_at("event", id.error());
  QM_TRY(const std::int64_t out, reader.integer("out", entry::kRecordOut, entry::kMaxOutputs - 1));
  QM_TRY_VOID(reader.finish());
  return custody::StateRef{*id, static_cast<std::int32_t>(out)};
}

Result<std::vector<custody::StateRef>> parse_items(const json::Array& values) {
  if (values.empty()) return fail(Errc::kMalformed, "expected at least one item", "items");
  std::unordered_set<custody::StateRef, custody::StateRefHasher> seen;
  std::vector<custody::StateRef> items;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto state = parse_state(values[i]);
    if (!state) return fail_at(cat("items[", i, "]"), state.error());
    if (!seen.insert(*state).second)
      return fail(Errc::kMalformed, "names a state twice", cat("items[", i, "]"));
    items.push_back(*state);
  }
  return items;
}

Result<std::vector<std::string>> parse_strings(const json::Array& values, std::string_view place) {
  std::vector<std::string> strings;
  strings.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string* text = values[i].if_string();
    if (text == nullptr)
      return fail(Errc::kMalformed, cat("expected a string, got ", values[i].kind_name()),
                  cat(place, "[", i, "]"));
    strings.push_back(*text);
  }
  return strings;
}

Result<std::vector<std::string>> read_strings(ObjectReader& reader, std::string_view name) {
  QM_TRY(const json::Array* values, reader.array(name, kAnyCount));
  return parse_strings(*values, name);
}

Result<std::vector<Hash>> read_hashes(ObjectReader& reader, std::string_view name) {
  QM_TRY(const auto texts, read_strings(reader, name));
  std::vector<Hash> hashes(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (!parse_hash_text(texts[i], hashes[i]))
      return fail(Errc::kMalformed,
                  cat("expected 43 base64url characters, got ", quoted_for_message(texts[i])),
                  cat(name, "[", i, "]"));
  return hashes;
}

Result<std::vector<std::vector<std::string>>> read_disclosures(ObjectReader& reader) {
  QM_TRY(const json::Array* lists, reader.array("disclosures", kAnyCount));
  std::vector<std::vector<std::string>> disclosures;
  disclosures.reserve(lists->size());
  for (std::size_t i = 0; i < lists->size(); ++i) {
    const std::string place = cat("disclosures[", i, "]");
    const json::Array* list = (*lists)[i].if_array();
    if (list == nullptr)
      return fail(Errc::kMalformed, cat("expected an array, got ", (*lists)[i].kind_name()), place);
    QM_TRY(auto texts, parse_strings(*list, place));
    disclosures.push_back(std::move(texts));
  }
  return disclosures;
}

Result<Packet> parse_packet(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kExact));
  Packet packet;
  QM_TRY(packet.key, reader.string("key"));
  QM_TRY(packet.rotations, read_strings(reader, "rotations"));
  QM_TRY(packet.checkpoint, reader.string("checkpoint", kMaxPassportBytes));
  QM_TRY(packet.entries, read_strings(reader, "entries"));
  QM_TRY(packet.disclosures, read_disclosures(reader));
  QM_TRY(packet.proof, read_hashes(reader, "proof"));
  QM_TRY_VOID(reader.finish());
  if (packet.entries.empty())
    return fail(Errc::kMalformed, "expected at least one entry", "entries");
  if (packet.disclosures.size() != packet.entries.size())
    return fail(Errc::kMalformed,
                cat("expected a list for each of the ", packet.entries.size(), " entries, got ",
                    packet.disclosures.size()),
                "disclosures");
  return packet;
}

Status parse_clear(ObjectReader& reader, Passport& passport) {
  QM_TRY(const json::Value* clear, reader.member("clear"));
  if (clear->is_null()) return {};
  if (clear->if_string() == nullptr)
    return fail(Errc::kMalformed, cat("expected a note or null, got ", clear->kind_name()),
                "clear");
  passport.clear = *clear->if_string();
  return {};
}

json::Array strings_value(const std::vector<std::string>& strings) {
  json::Array values;
  values.reserve(strings.size());
  for (const std::string& text : strings) values.emplace_back(text);
  return values;
}

json::Value packet_value(const Packet& packet) {
  json::Array disclosures, proof;
  for (const auto& list : packet.disclosures) disclosures.emplace_back(strings_value(list));
  for (const Hash& hash : packet.proof) {
    std::string text(kHashTextSize, '\0');
    write_hash_text(hash, text.data());
    proof.emplace_back(std::move(text));
  }
  return json::Object{{"key", packet.key},
                      {"rotations", strings_value(packet.rotations)},
                      {"checkpoint", packet.checkpoint},
                      {"entries", strings_value(packet.entries)},
                      {"disclosures", std::move(disclosures)},
                      {"proof", std::move(proof)}};
}

}  // namespace

Result<Passport> parse_passport(std::string_view bytes) {
  QM_TRY(const json::Value value,
         json::parse_exact(bytes, {.depth = json::kMaxDepth, .bytes = kMaxPassportBytes}));
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kExact));
  QM_TRY(const std::int64_t version, reader.integer("v"));
  if (version != 1) return fail(Errc::kMalformed, cat("expected version 1, got ", version), "v");
  Passport passport;
  QM_TRY(const json::Array* items, reader.array("items", kAnyCount));
  QM_TRY(passport.items, parse_items(*items));
  QM_TRY(const json::Array* packets, reader.array("packets", kAnyCount));
  for (std::size_t i = 0; i < packets->size(); ++i) {
    auto packet = parse_packet((*packets)[i]);
    if (!packet) return fail_at(cat("packets[", i, "]"), packet.error());
    passport.packets.push_back(std::move(*packet));
  }
  QM_TRY_VOID(parse_clear(reader, passport));
  QM_TRY_VOID(reader.finish());
  return passport;
}

std::string write_passport(const Passport& passport) {
  json::Array items, packets;
  for (const custody::StateRef& state : passport.items)
    items.push_back(json::Object{{"event", state.event.text()}, {"out", std::int64_t{state.out}}});
  for (const Packet& packet : passport.packets) packets.push_back(packet_value(packet));
  return json::write(
      json::Object{{"v", 1},
                   {"items", std::move(items)},
                   {"packets", std::move(packets)},
                   {"clear", passport.clear ? json::Value(*passport.clear) : json::Value()}});
}

}  // namespace quarrymark::passport
