#include "api/trust_words.h"

#include "ledger/base/text.h"

#include <vector>

namespace quarrymark::api {
namespace {

std::string member_words(const note::Policy& policy, const note::PolicyMember& member);

std::string group_words(const note::Policy& policy, const note::PolicyGroup& group) {
  std::string members;
  for (std::size_t i = 0; i < group.members.size(); ++i)
    members += cat(i == 0 ? "" : ", ", member_words(policy, group.members[i]));
  if (group.members.size() == 1) return members;
  if (group.threshold == group.members.size()) return cat("all of (", members, ")");
  return cat(group.threshold, " of (", members, ")");
}

std::string member_words(const note::Policy& policy, const note::PolicyMember& member) {
  return member.kind == note::PolicyMember::Kind::kWitness
             ? policy.witnesses[member.index].name
             : group_words(policy, policy.groups[member.index]);
}

// What follows from what the file leaves out.
std::vector<std::string> limits(const passport::Trust& trust) {
  std::vector<std::string> text;
  if (!trust.policy.quorum)
    text.emplace_back(
        "no quorum: that each log has a single history rests on the log alone, and "
        "dates are known by counterparties only");
  if (trust.monitors.empty())
    text.emplace_back(
        "no monitor: clear notes say nothing, so no verdict is checked for later "
        "corrections or other use");
  if (trust.registrars.empty() && trust.pinned.empty())
    text.emplace_back(
        "no registrar and no pinned key: whose a log is cannot be told, so nothing "
        "can be verified");
  if (trust.verifiers.empty())
    text.emplace_back("no verifier: a duplicate stays one, whoever says it was looked into");
  return text;
}

void add_titled(std::string& text, std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  text += cat(title, "\n");
  for (const std::string& line : lines) text += cat("  ", line, "\n");
}

std::vector<std::string> key_names(const std::vector<note::VerifierKey>& keys) {
  std::vector<std::string> names;
  for (const note::VerifierKey& key : keys) names.push_back(key.name);
  return names;
}

}  // namespace

std::string trust_text(const passport::Trust& trust) {
  std::string text;
  add_titled(text,
             "Registrars, believed when they say whose a log is:", key_names(trust.registrars));
  std::vector<std::string> pinned, witnesses;
  for (const passport::PinnedKey& key : trust.pinned)
    pinned.push_back(cat(key.log.name, ": ", key.name, ", ", key.role, ", ", key.country));
  add_titled(text, "Logs settled by hand, whatever a registrar says:", pinned);
  for (const note::PolicyWitness& witness : trust.policy.witnesses)
    witnesses.push_back(witness.name + (witness.key ? "" : " (a kind of key not verified here)"));
  add_titled(text, "Witnesses, believed that they saw one history of a log, and when:", witnesses);
  if (trust.policy.quorum)
    add_titled(text, "Asked for on every checkpoint:",
               {"the cosignature of " + member_words(trust.policy, *trust.policy.quorum)});
  add_titled(text, "Monitors, believed about later use:", key_names(trust.monitors));
  add_titled(text, "Verifiers, whose resolve settles a duplicate while a registrar admits them:",
             trust.verifiers);
  add_titled(text, "What this leaves open:", limits(trust));
  return text;
}

json::Value trust_json(const passport::Trust& trust) {
  const auto vkeys = [](const std::vector<note::VerifierKey>& keys) {
    json::Array values;
    for (const note::VerifierKey& key : keys) values.emplace_back(key.text());
    return values;
  };
  json::Array pinned, witnesses;
  for (const passport::PinnedKey& key : trust.pinned)
    pinned.push_back(json::Object{
        {"log", key.log.text()}, {"name", key.name}, {"role", key.role}, {"country", key.country}});
  for (const note::PolicyWitness& witness : trust.policy.witnesses)
    witnesses.push_back(json::Object{{"name", witness.name}, {"vkey", witness.vkey}});
  const std::vector<std::string> open = limits(trust);
  return json::Object{
      {"registrars", vkeys(trust.registrars)},
      {"monitors", vkeys(trust.monitors)},
      {"verifiers", json::Array(trust.verifiers.begin(), trust.verifiers.end())},
      {"pinned", std::move(pinned)},
      {"witnesses", std::move(witnesses)},
      {"quorum", trust.policy.quorum ? json::Value(member_words(trust.policy, *trust.policy.quorum))
                                     : json::Value(nullptr)},
      {"limits", json::Array(open.begin(), open.end())}};
}

}  // namespace quarrymark::api
