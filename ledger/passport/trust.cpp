#include "ledger/passport/trust.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

#include <algorithm>

namespace quarrymark::passport {
namespace {

using json::ObjectReader;

constexpr std::size_t kMaxTrustBytes = 4 << 20;
constexpr std::size_t kMaxListed = 10'000;
constexpr std::string_view kOriginPrefix = "quarrymark/";

bool is_origin(std::string_view text) {
  Hash ignored;
  return text.starts_with(kOriginPrefix) &&
         parse_hash_text(text.substr(kOriginPrefix.size()), ignored);
}

enum class KeyOf { kLog, kMonitor };

Result<note::VerifierKey> parse_key(std::string_view text, KeyOf of) {
  QM_TRY(const note::VerifierKey key, note::parse_vkey(text));
  if (key.type != note::kEd25519)
    return fail(Errc::kMalformed, cat("expected a key of type 1, got type ", key.type));
  // That a log's first key hashes to its origin is for packets: this may be a later key.
  if (of == KeyOf::kLog && !is_origin(key.name))
    return fail(Errc::kMalformed,
                cat("expected a log's origin as key name, got ", quoted_for_message(key.name)));
  return key;
}

template <class Item, class Parse>
Result<std::vector<Item>> read_list(ObjectReader& reader, std::string_view name, Parse parse) {
  QM_TRY(const json::Array* values, reader.array(name, kMaxListed));
  std::vector<Item> items;
  for (std::size_t i = 0; i < values->size(); ++i) {
    Result<Item> item = parse((*values)[i]);
    if (!item) return fail_at(cat(name, "[", i, "]"), item.error());
    if (std::find(items.begin(), items.end(), *item) != items.end())
      return fail(Errc::kMalformed, "stands here twice", cat(name, "[", i, "]"));
    items.push_back(std::move(*item));
  }
  return items;
}

Result<std::string> as_string(const json::Value& value) {
  if (const std::string* text = value.if_string()) return *text;
  return fail(Errc::kMalformed, cat("expected a string, got ", value.kind_name()));
}

Result<note::VerifierKey> parse_key_value(const json::Value& value, KeyOf of) {
  QM_TRY(const std::string text, as_string(value));
  return parse_key(text, of);
}

Result<custody::Origin> parse_verifier(const json::Value& value) {
  QM_TRY(std::string text, as_string(value));
  if (!is_origin(text))
    return fail(Errc::kMalformed, cat("expected an origin, got ", quoted_for_message(text)));
  return text;
}

Result<PinnedKey> parse_pinned(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kExact));
  PinnedKey pinned;
  QM_TRY(const std::string key, reader.string("log"));
  auto parsed = parse_key(key, KeyOf::kLog);
  if (!parsed) return fail_at("log", parsed.error());
  pinned.log = std::move(*parsed);
  QM_TRY(pinned.name, reader.string("name"));
  QM_TRY(pinned.role, reader.string("role"));
  QM_TRY(pinned.country, reader.string("country"));
  QM_TRY_VOID(reader.finish());
  return pinned;
}

// Empty text asks nothing; the policy format itself has no empty form.
Result<note::Policy> parse_trust_policy(std::string_view text) {
  if (text.empty()) return note::Policy();
  QM_TRY(note::Policy policy, note::parse_policy(text));
  for (const note::PolicyWitness& witness : policy.witnesses)
    if (witness.key && witness.key->type != note::kEd25519Cosignature)
      return fail(Errc::kMalformed,
                  cat("witness ", quoted_for_message(witness.name),
                      ": expected a key of type 4, got type ", witness.key->type));
  return policy;
}

}  // namespace

Result<Trust> parse_trust(std::string_view bytes) {
  QM_TRY(const json::Value value,
         json::parse_input(bytes, {.depth = json::kMaxDepth, .bytes = kMaxTrustBytes}));
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kExact));
  QM_TRY(const std::int64_t version, reader.integer("v"));
  if (version != 1) return fail(Errc::kMalformed, cat("expected version 1, got ", version), "v");
  const auto log_key = [](const json::Value& key) { return parse_key_value(key, KeyOf::kLog); };
  const auto monitor_key = [](const json::Value& key) {
    return parse_key_value(key, KeyOf::kMonitor);
  };
  Trust trust;
  QM_TRY(trust.registrars, read_list<note::VerifierKey>(reader, "registrars", log_key));
  QM_TRY(trust.monitors, read_list<note::VerifierKey>(reader, "monitors", monitor_key));
  QM_TRY(trust.verifiers, read_list<custody::Origin>(reader, "verifiers", parse_verifier));
  QM_TRY(trust.pinned, read_list<PinnedKey>(reader, "pinned", parse_pinned));
  QM_TRY(trust.policy_text, reader.string("policy", note::kMaxPolicySize));
  QM_TRY_VOID(reader.finish());
  auto policy = parse_trust_policy(trust.policy_text);
  if (!policy) return fail_at("policy", policy.error());
  trust.policy = std::move(*policy);
  return trust;
}

std::string write_trust(const Trust& trust) {
  const auto keys = [](const std::vector<note::VerifierKey>& list) {
    json::Array values;
    for (const note::VerifierKey& key : list) values.emplace_back(key.text());
    return values;
  };
  json::Array verifiers, pinned;
  for (const custody::Origin& origin : trust.verifiers) verifiers.emplace_back(origin);
  for (const PinnedKey& entry : trust.pinned)
    pinned.push_back(json::Object{{"log", entry.log.text()},
                                  {"name", entry.name},
                                  {"role", entry.role},
                                  {"country", entry.country}});
  return json::write(json::Object{{"v", 1},
                                  {"registrars", keys(trust.registrars)},
                                  {"monitors", keys(trust.monitors)},
                                  {"verifiers", std::move(verifiers)},
                                  {"pinned", std::move(pinned)},
                                  {"policy", trust.policy_text}});
}

}  // namespace quarrymark::passport
