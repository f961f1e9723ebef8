#include "ledger/note/policy.h"

#include "ledger/base/text.h"
#include "ledger/note/lines.h"

#include <algorithm>
#include <map>
#include <set>

namespace quarrymark::note {
namespace {

constexpr std::string_view kNone = "none";

using Words = std::vector<std::string_view>;

// White space is spaces and tabs only; everything above ASCII is opaque.
Words words_of(std::string_view line) {
  Words words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = line.find_first_not_of(" \t", at);
    if (begin == line.npos) break;
    const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    at = end;
  }
  return words;
}

tl::unexpected<Error> bad_policy(std::string_view what) {
  return fail(Errc::kMalformed, cat("policy: ", what));
}

class PolicyReader {
 public:
  Status read_line(std::string_view line) {
    const Words words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) return {};
    if (words[0] == "log") return read_log(words);
    if (words[0] == "witness") return read_witness(words);
    if (words[0] == "group") return read_group(words);
    if (words[0] == "quorum") return read_quorum(words);
    return bad_policy(
        cat("expected log, witness, group or quorum, got ", quoted_for_message(words[0])));
  }

  Result<Policy> finish() {
    if (!has_quorum_) return bad_policy("expected one quorum line, got none");
    return std::move(policy_);
  }

 private:
  using Materials = std::set<std::string>;

  // Two vkeys around one public key are duplicates, whatever their names and types.
  static Result<std::optional<VerifierKey>> read_key(std::string_view vkey, const VkeyParts& parts,
                                                     Materials& seen) {
    if (!seen.insert(parts.material).second)
      return bad_policy(
          cat("a second line with the public key of ", quoted_for_message(parts.name)));
    if (parts.type != kEd25519 && parts.type != kEd25519Cosignature)
      return std::optional<VerifierKey>();
    QM_TRY(VerifierKey key, parse_vkey(vkey));
    return std::optional<VerifierKey>(std::move(key));
  }

  Status read_log(const Words& words) {
    if (words.size() != 2 && words.size() != 3) return bad_policy("expected log <vkey> [<url>]");
    if (policy_.logs.size() == kMaxPolicyLogs)
      return fail(Errc::kTooLarge, cat("policy: more than ", kMaxPolicyLogs, " logs"));
    QM_TRY(const VkeyParts parts, parse_vkey_parts(words[1]));
    QM_TRY(auto key, read_key(words[1], parts, log_materials_));
    policy_.logs.push_back({std::string(words[1]), std::move(key), optional_word(words, 2)});
    return {};
  }

  Status read_witness(const Words& words) {
    if (words.size() != 3 && words.size() != 4)
      return bad_policy("expected witness <name> <vkey> [<url>]");
    if (policy_.witnesses.size() == kMaxPolicyWitnesses)
      return fail(Errc::kTooLarge, cat("policy: more than ", kMaxPolicyWitnesses, " witnesses"));
    QM_TRY(const VkeyParts parts, parse_vkey_parts(words[2]));
    if (parts.type != kEd25519Cosignature && parts.type != kMlDsaCosignature)
      return bad_policy(cat("a witness key has a cosignature type, 4 or 6; got ", parts.type));
    QM_TRY(auto key, read_key(words[2], parts, witness_materials_));
    QM_TRY_VOID(define(words[1], {PolicyMember::Kind::kWitness, policy_.witnesses.size()}));
    policy_.witnesses.push_back(
        {std::string(words[1]), std::string(words[2]), std::move(key), optional_word(words, 3)});
    return {};
  }

  Status read_group(const Words& words) {
    if (words.size() < 4) return bad_policy("expected group <name> all|any|<k> <member>...");
    if (policy_.groups.size() == kMaxPolicyGroups)
      return fail(Errc::kTooLarge, cat("policy: more than ", kMaxPolicyGroups, " groups"));
    PolicyGroup group;
    group.name = words[1];
    for (std::size_t i = 3; i < words.size(); ++i) {
      QM_TRY(const PolicyMember member, look_up(words[i]));
      if (!used_.insert(std::string(words[i])).second)
        return bad_policy(cat(quoted_for_message(words[i]), " is a group member a second time"));
      group.members.push_back(member);
    }
    QM_TRY(group.threshold, read_threshold(words[2], group.members.size()));
    // Defined last, so that a group cannot name itself.
    QM_TRY_VOID(define(words[1], {PolicyMember::Kind::kGroup, policy_.groups.size()}));
    policy_.groups.push_back(std::move(group));
    return {};
  }

  Status read_quorum(const Words& words) {
    if (words.size() != 2) return bad_policy("expected quorum <name>");
    if (has_quorum_) return bad_policy("a second quorum line");
    has_quorum_ = true;
    if (words[1] == kNone) return {};
    QM_TRY(const PolicyMember member, look_up(words[1]));
    policy_.quorum = member;
    return {};
  }

  static Result<std::size_t> read_threshold(std::string_view word, std::size_t members) {
    if (word == "any") return std::size_t{1};
    if (word == "all") return members;
    const auto number = parse_decimal(word);
    if (!number || *number == 0 || *number > members)
      return bad_policy(cat("expected all, any or a threshold from 1 to ", members, ", got ",
                            quoted_for_message(word)));
    return static_cast<std::size_t>(*number);
  }

  static std::string optional_word(const Words& words, std::size_t place) {
    return place < words.size() ? std::string(words[place]) : std::string();
  }

  Status define(std::string_view name, PolicyMember member) {
    if (name == kNone) return bad_policy("the name \"none\" is taken");
    if (!names_.emplace(name, member).second)
      return bad_policy(cat("the name ", quoted_for_message(name), " is defined a second time"));
    return {};
  }

  Result<PolicyMember> look_up(std::string_view name) const {
    const auto found = names_.find(name);
    if (found == names_.end())
      return bad_policy(
          cat("no witness or group ", quoted_for_message(name), " on an earlier line"));
    return found->second;
  }

  Policy policy_;
  bool has_quorum_ = false;
  std::map<std::string, PolicyMember, std::less<>> names_;
  std::set<std::string> used_;
  Materials log_materials_, witness_materials_;
};

Status check_octets(std::string_view text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
      return bad_policy("has a control character other than tab and newline");
  return {};
}

}  // namespace

std::vector<VerifierKey> Policy::witness_keys() const {
  std::vector<VerifierKey> keys;
  for (const PolicyWitness& witness : witnesses)
    if (witness.key) keys.push_back(*witness.key);
  return keys;
}

Result<Policy> parse_policy(std::string_view text) {
  if (text.size() > kMaxPolicySize)
    return fail(Errc::kTooLarge,
                cat("policy: at most ", kMaxPolicySize, " bytes, got ", text.size()));
  QM_TRY_VOID(check_octets(text));
  auto lines = split_lines(text);
  if (!lines) return bad_policy("does not end with a newline");
  PolicyReader reader;
  for (std::size_t i = 0; i < lines->size(); ++i)
    if (auto read = reader.read_line((*lines)[i]); !read)
      return fail_at(cat("line ", i + 1), std::move(read.error()));
  return reader.finish();
}

bool quorum_met(const Policy& policy, std::span<const VerifierKey> cosigned) {
  if (!policy.quorum) return true;
  std::vector<bool> groups;
  const auto witnessed = [&](const PolicyMember& member) {
    if (member.kind == PolicyMember::Kind::kGroup) return bool(groups[member.index]);
    const auto& key = policy.witnesses[member.index].key;
    return key && std::find(cosigned.begin(), cosigned.end(), *key) != cosigned.end();
  };
  // Groups name only earlier ones, so one pass in order settles them all.
  for (const PolicyGroup& group : policy.groups) {
    const auto count = std::count_if(group.members.begin(), group.members.end(), witnessed);
    groups.push_back(static_cast<std::size_t>(count) >= group.threshold);
  }
  return witnessed(*policy.quorum);
}

}  // namespace quarrymark::note
