#include "api/note_check.h"

#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/note/cosignature.h"

#include <algorithm>

namespace quarrymark::api {
namespace {

std::string id_text(std::uint32_t id) {
  const std::uint8_t bytes[] = {static_cast<std::uint8_t>(id >> 24),
                                static_cast<std::uint8_t>(id >> 16),
                                static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
  return hex_encode(bytes);
}

std::string_view state_word(SignatureView::State state) {
  switch (state) {
    case SignatureView::State::kVerified:
      return "verified";
    case SignatureView::State::kWrong:
      return "wrong";
    case SignatureView::State::kUnknown:
      return "unknown_key";
    case SignatureView::State::kUnsupported:
      return "unsupported_type";
  }
  return "unknown_key";
}

std::string_view outcome_word(NoteOutcome outcome) {
  switch (outcome) {
    case NoteOutcome::kHolds:
      return "holds";
    case NoteOutcome::kInvalid:
      return "invalid";
    case NoteOutcome::kNotVerifiable:
      return "not_verifiable";
  }
  return "invalid";
}

NoteOutcome as_note_outcome(tiles::ProofOutcome outcome) {
  switch (outcome) {
    case tiles::ProofOutcome::kHolds:
      return NoteOutcome::kHolds;
    case tiles::ProofOutcome::kInvalid:
      return NoteOutcome::kInvalid;
    case tiles::ProofOutcome::kNotVerifiable:
      return NoteOutcome::kNotVerifiable;
  }
  return NoteOutcome::kInvalid;
}

std::string time_text(std::uint64_t seconds) {
  return format_node_time(note::time_from_posix(seconds));
}

SignatureView look_at(const std::string& text, const note::NoteSignature& line,
                      const std::vector<note::VkeyParts>& keys) {
  SignatureView view{line.name, line.id, SignatureView::State::kUnknown, {}, {}};
  const auto known = std::find_if(keys.begin(), keys.end(), [&](const note::VkeyParts& key) {
    return key.name == line.name && key.id == line.id;
  });
  if (known == keys.end()) return view;
  view.type = known->type;
  if (known->type != note::kEd25519 && known->type != note::kEd25519Cosignature) {
    view.state = SignatureView::State::kUnsupported;
    return view;
  }
  note::VerifierKey key{known->name, known->id, known->type, {}};
  std::copy_n(as_bytes(known->material).begin(), key.key.size(), key.key.begin());
  const auto verified = note::verify_note({text, {line}}, {&key, 1});
  view.state = verified ? SignatureView::State::kVerified : SignatureView::State::kWrong;
  if (verified && key.type == note::kEd25519Cosignature) view.time = verified->front().timestamp;
  return view;
}

void judge(NoteCheck& check) {
  bool verified = false;
  for (const SignatureView& view : check.signatures) {
    verified |= view.state == SignatureView::State::kVerified;
    if (view.state != SignatureView::State::kWrong) continue;
    check.outcome = NoteOutcome::kInvalid;
    check.problem = cat("the signature of ", visible_text(view.name, 100), "+", id_text(view.id),
                        " does not verify");
    return;
  }
  check.outcome = verified ? NoteOutcome::kHolds : NoteOutcome::kNotVerifiable;
  if (!verified) check.problem = "no signature by a given key could be checked";
}

std::string signature_text(const SignatureView& view) {
  const std::string who = cat(visible_text(view.name, 200), "+", id_text(view.id));
  switch (view.state) {
    case SignatureView::State::kVerified:
      return cat("  verified   ", who, view.time ? cat(", cosigned ", time_text(*view.time)) : "",
                 "\n");
    case SignatureView::State::kWrong:
      return cat("  WRONG      ", who, "\n");
    case SignatureView::State::kUnknown:
      return cat("  unknown    ", who, ", by a key that was not given\n");
    case SignatureView::State::kUnsupported:
      return cat("  unchecked  ", who, ", signature type ", *view.type, " is not verified here\n");
  }
  return {};
}

std::string outcome_text(NoteOutcome outcome, std::string_view problem) {
  if (outcome == NoteOutcome::kHolds) return "holds\n";
  const std::string line = visible_text(problem, 1000);
  return cat(outcome == NoteOutcome::kInvalid ? "invalid: " : "not verifiable: ", line, "\n");
}

std::string checkpoint_text(const note::Checkpoint& checkpoint) {
  return cat("  origin     ", visible_text(checkpoint.origin, 200), "\n  size       ",
             checkpoint.size, "\n  root       ", base64_encode(checkpoint.root), "\n");
}

// Sizes beyond what JSON numbers hold are told as text.
json::Value number_json(std::uint64_t number) {
  constexpr std::uint64_t kMax = (std::uint64_t{1} << 53) - 1;
  if (number > kMax) return std::to_string(number);
  return static_cast<std::int64_t>(number);
}

json::Value checkpoint_json(const note::Checkpoint& checkpoint) {
  return json::Object{{"origin", checkpoint.origin},
                      {"size", number_json(checkpoint.size)},
                      {"root", base64_encode(checkpoint.root)}};
}

json::Value signature_json(const SignatureView& view) {
  return json::Object{
      {"name", view.name},
      {"id", id_text(view.id)},
      {"state", std::string(state_word(view.state))},
      {"type", view.type ? json::Value(static_cast<std::int64_t>(*view.type)) : json::Value()},
      {"time", view.time ? json::Value(time_text(*view.time)) : json::Value()}};
}

}  // namespace

Result<NoteCheck> check_note(std::string_view bytes, std::span<const std::string> vkeys) {
  std::vector<note::VkeyParts> keys;
  for (const std::string& vkey : vkeys) {
    auto parts = note::parse_vkey_parts(vkey);
    if (!parts) return fail(Errc::kInvalidArgument, parts.error().message, "--key");
    keys.push_back(std::move(*parts));
  }
  NoteCheck check;
  const auto parsed = note::parse_note(bytes);
  if (!parsed) {
    check.problem = to_string(parsed.error());
    return check;
  }
  check.text = parsed->text;
  if (auto checkpoint = note::parse_checkpoint(parsed->text)) check.checkpoint = *checkpoint;
  for (const note::NoteSignature& line : parsed->signatures)
    check.signatures.push_back(look_at(parsed->text, line, keys));
  judge(check);
  return check;
}

json::Value note_check_json(const NoteCheck& check) {
  json::Array signatures;
  for (const SignatureView& view : check.signatures) signatures.push_back(signature_json(view));
  return json::Object{
      {"outcome", std::string(outcome_word(check.outcome))},
      {"problem", check.problem.empty() ? json::Value() : json::Value(check.problem)},
      {"checkpoint", check.checkpoint ? checkpoint_json(*check.checkpoint) : json::Value()},
      {"text", check.outcome == NoteOutcome::kHolds ? json::Value(check.text) : json::Value()},
      {"signatures", std::move(signatures)}};
}

std::string note_check_text(const NoteCheck& check) {
  std::string out = outcome_text(check.outcome, check.problem);
  for (const SignatureView& view : check.signatures) out += signature_text(view);
  if (check.outcome == NoteOutcome::kHolds && check.checkpoint)
    out += checkpoint_text(*check.checkpoint);
  return out;
}

int exit_code(NoteOutcome outcome) {
  switch (outcome) {
    case NoteOutcome::kHolds:
      return kExitSuccess;
    case NoteOutcome::kInvalid:
      return kExitRefuted;
    case NoteOutcome::kNotVerifiable:
      return kExitNotVerifiable;
  }
  return kExitRefuted;
}

json::Value proof_check_json(const tiles::Proof& proof, const tiles::ProofCheck& check) {
  json::Array signatures;
  for (const note::VerifiedSignature& one : check.signatures)
    signatures.push_back(json::Object{
        {"key", one.key.text()},
        {"time", one.timestamp > 0 ? json::Value(time_text(one.timestamp)) : json::Value()}});
  return json::Object{
      {"outcome", std::string(outcome_word(as_note_outcome(check.outcome)))},
      {"problem", check.problem.empty() ? json::Value() : json::Value(check.problem)},
      {"index", number_json(proof.index)},
      {"checkpoint",
       check.checkpoint.origin.empty() ? json::Value() : checkpoint_json(check.checkpoint)},
      {"witnesses_asked", check.asks_witnesses},
      {"signatures", std::move(signatures)}};
}

std::string proof_check_text(const tiles::Proof& proof, const tiles::ProofCheck& check) {
  std::string out = outcome_text(as_note_outcome(check.outcome), check.problem);
  if (check.outcome == tiles::ProofOutcome::kHolds) {
    out += cat("  entry      ", proof.index, "\n", checkpoint_text(check.checkpoint));
    for (const note::VerifiedSignature& one : check.signatures)
      out +=
          signature_text({one.key.name, one.key.id, SignatureView::State::kVerified, one.key.type,
                          one.timestamp > 0 ? std::optional(one.timestamp) : std::nullopt});
    if (!check.asks_witnesses)
      out += "  No witness was asked for: that there is one history rests on the log alone.\n";
  }
  return out;
}

int exit_code(tiles::ProofOutcome outcome) { return exit_code(as_note_outcome(outcome)); }

}  // namespace quarrymark::api
