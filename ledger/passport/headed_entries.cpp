#include "ledger/passport/headed_entries.h"

#include "ledger/base/text.h"
#include "ledger/entry/entry.h"
#include "ledger/passport/finding_list.h"

namespace quarrymark::passport {
namespace {

std::optional<custody::Origin> subject_of(const HeadedEntry& read) {
  if (read.head.type != "admit") return read.log;
  if (const entry::Disclosure* member = read.disclosure("member"))
    if (const json::Value* log = member->value.find("log"))
      if (log->if_string() != nullptr) return *log->if_string();
  return std::nullopt;
}

Result<std::optional<HeadedEntry>> read_entry(const Packet& packet, std::size_t index) {
  if (packet.disclosures[index].empty()) return std::optional<HeadedEntry>();
  QM_TRY(const entry::Entry parsed, entry::parse_entry(packet.entries[index]));
  HeadedEntry read;
  read.index = index;
  read.log = parsed.log;
  read.seq = parsed.seq;
  read.event = parsed.event;
  read.device = parsed.device;
  for (std::size_t i = 0; i < packet.disclosures[index].size(); ++i) {
    auto disclosure = entry::parse_disclosure(packet.disclosures[index][i]);
    if (!disclosure) return fail_at(cat("disclosures[", i, "]"), disclosure.error());
    read.disclosures.push_back(std::move(*disclosure));
  }
  if (read.disclosures[0].name != entry::kHeadName)
    return fail(Errc::kMalformed, "expected the head first", "disclosures[0]");
  auto head = entry::parse_head(read.disclosures[0].value);
  if (!head) return fail_at("head", head.error());
  read.head = std::move(*head);
  read.subject = subject_of(read);
  return std::optional(std::move(read));
}

}  // namespace

const entry::Disclosure* HeadedEntry::disclosure(std::string_view name) const {
  for (const entry::Disclosure& disclosure : disclosures)
    if (disclosure.name == name) return &disclosure;
  return nullptr;
}

std::string HeadedEntry::place() const {
  return cat("packet ", packet + 1, ", log ", short_origin(log), ", entry ", seq, " (", head.type,
             ")");
}

Result<std::vector<HeadedEntry>> headed_entries(const Passport& passport) {
  std::vector<HeadedEntry> all;
  for (std::size_t p = 0; p < passport.packets.size(); ++p) {
    const Packet& packet = passport.packets[p];
    if (packet.disclosures.size() != packet.entries.size())
      return fail(Errc::kMalformed, "expected a list of disclosures for each entry",
                  cat("packets[", p, "]"));
    for (std::size_t i = 0; i < packet.entries.size(); ++i) {
      auto read = read_entry(packet, i);
      if (!read) return fail_at(cat("packets[", p, "].entries[", i, "]"), read.error());
      if (!*read) continue;
      (*read)->packet = p;
      all.push_back(std::move(**read));
    }
  }
  return all;
}

std::optional<custody::Party> party_of(const HeadedEntry& entry) {
  const entry::Disclosure* disclosure = entry.disclosure("party");
  if (disclosure == nullptr) return std::nullopt;
  custody::Party party;
  if (const json::Value* name = disclosure->value.find("name"))
    if (name->if_string() != nullptr) party.name = *name->if_string();
  if (const json::Value* aliases = disclosure->value.find("aliases"))
    if (aliases->if_array() != nullptr)
      for (const json::Value& alias : *aliases->if_array())
        if (alias.if_string() != nullptr) party.aliases.push_back(*alias.if_string());
  return party;
}

}  // namespace quarrymark::passport
