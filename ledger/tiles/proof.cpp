#include "ledger/tiles/proof.h"

#include "ledger/base/text.h"
#include "ledger/merkle/proof.h"
#include "ledger/note/lines.h"

#include <algorithm>

namespace quarrymark::tiles {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

tl::unexpected<Error> refuse(std::size_t line, std::string_view what) {
  return fail(Errc::kMalformed, cat("proof: ", what), cat("line ", line));
}

// Reads line after line, and knows their numbers.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  // The next line without its newline; nullopt: there is none, or it does not end.
  std::optional<std::string_view> next() {
    const std::size_t end = rest_.find('\n');
    if (end == rest_.npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    ++number_;
    return line;
  }
  std::size_t number() const { return number_; }  // of the line read last
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

std::vector<note::VerifierKey> known_keys(const note::Policy& policy) {
  std::vector<note::VerifierKey> keys = policy.witness_keys();
  for (const note::PolicyLog& log : policy.logs)
    if (log.key) keys.push_back(*log.key);
  return keys;
}

// The signatures of known keys, and whether a log and enough witnesses are among them.
ProofOutcome check_signatures(const note::Note& note, const note::Policy& policy,
                              ProofCheck& check) {
  const std::vector<note::VerifierKey> known = known_keys(policy);
  auto verified = note::verify_note(note, known);
  if (!verified) {
    check.problem = verified.error().message;
    const bool named =
        std::any_of(note.signatures.begin(), note.signatures.end(), [&](const auto& line) {
          return std::any_of(known.begin(), known.end(), [&](const note::VerifierKey& key) {
            return key.name == line.name && key.id == line.id;
          });
        });
    return named ? ProofOutcome::kInvalid : ProofOutcome::kNotVerifiable;
  }
  check.signatures = std::move(*verified);
  std::vector<note::VerifierKey> cosigned;
  bool by_log = false;
  for (const note::VerifiedSignature& signature : check.signatures) {
    if (signature.key.type == note::kEd25519Cosignature) cosigned.push_back(signature.key);
    by_log |= signature.key.type == note::kEd25519 && signature.key.name == check.checkpoint.origin;
  }
  if (!by_log) {
    check.problem = cat("no known key of the log ",
                        quoted_for_message(check.checkpoint.origin, 100), " signed the checkpoint");
    return ProofOutcome::kNotVerifiable;
  }
  if (!note::quorum_met(policy, cosigned)) {
    check.problem = cat("the cosignatures of ", cosigned.size(),
                        " known witnesses do not meet the quorum of the policy");
    return ProofOutcome::kNotVerifiable;
  }
  return ProofOutcome::kHolds;
}

}  // namespace

Result<Proof> parse_proof(std::string_view bytes) {
  if (bytes.size() > kMaxProofBytes)
    return fail(Errc::kTooLarge,
                cat("proof: at most ", kMaxProofBytes, " bytes, got ", bytes.size()));
  Lines lines(bytes);
  if (lines.next() != kFirstLine) return refuse(1, cat("expected ", kFirstLine));
  Proof proof;
  auto line = lines.next();
  if (line && line->starts_with(kExtra)) {
    auto extra = base64_decode(line->substr(kExtra.size()));
    if (!extra) return refuse(lines.number(), "expected extra and canonical base64");
    proof.extra = std::move(*extra);
    line = lines.next();
  }
  if (!line || !line->starts_with(kIndex)) return refuse(lines.number(), "expected index <number>");
  const auto index = note::parse_decimal(line->substr(kIndex.size()));
  if (!index)
    return refuse(lines.number(), cat("expected the index in decimal without leading zeros, got ",
                                      quoted_for_message(line->substr(kIndex.size()))));
  proof.index = *index;
  for (line = lines.next(); line && !line->empty(); line = lines.next()) {
    if (proof.hashes.size() == kMaxProofHashes)
      return refuse(lines.number(), cat("more than ", kMaxProofHashes, " hashes"));
    const auto hash = note::parse_base64_hash(*line);
    if (!hash) return refuse(lines.number(), hash.error().message);
    proof.hashes.push_back(*hash);
  }
  if (!line) return refuse(lines.number() + 1, "expected an empty line before the checkpoint");
  const auto checkpoint = parse_signed_checkpoint(lines.rest());
  if (!checkpoint) return refuse(lines.number() + 1, checkpoint.error().message);
  proof.checkpoint = lines.rest();
  return proof;
}

std::string write_proof(const Proof& proof) {
  std::string out = cat(kFirstLine, '\n');
  if (proof.extra) out += cat(kExtra, base64_encode(as_bytes(*proof.extra)), '\n');
  out += cat(kIndex, proof.index, '\n');
  for (const Hash& hash : proof.hashes) out += base64_encode(hash) + '\n';
  return cat(out, '\n', proof.checkpoint);
}

ProofCheck check_proof(const Proof& proof, const Hash& leaf, const note::Policy& policy) {
  ProofCheck check;
  check.asks_witnesses = policy.quorum.has_value();
  const auto opened = parse_signed_checkpoint(proof.checkpoint);
  if (!opened) {
    check.problem = to_string(opened.error());
    return check;
  }
  check.checkpoint = opened->checkpoint;
  // The worst is said first: a proof that is wrong stays wrong whoever signed.
  if (const Status held = merkle::verify_inclusion(leaf, proof.index, check.checkpoint.size,
                                                   proof.hashes, check.checkpoint.root);
      !held) {
    check.problem = held.error().message;
    return check;
  }
  check.outcome = check_signatures(opened->note, policy, check);
  return check;
}

}  // namespace quarrymark::tiles
