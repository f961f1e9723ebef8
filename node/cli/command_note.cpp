// Notes and offline proofs, anybody's.
#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/note_check.h"
#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/policy.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"

#include <algorithm>
#include <vector>

namespace quarrymark::cli {
namespace {

struct NoteOptions {
  std::string file;
  std::vector<std::string> keys;
};

void note_options(CLI::App& command, NoteOptions& options) {
  command.add_option("FILE", options.file, "Signed note; - is standard input")->required();
  command
      .add_option("--key", options.keys, "Key (vkey) whose signature is checked; may be repeated")
      ->required()
      ->allow_extra_args(false);
}

Result<int> verify_note(const NoteOptions& options, Output& output) {
  QM_TRY(const api::NamedBytes file, load(options.file, 2 * note::kMaxNoteSize));
  QM_TRY(const api::NoteCheck check, api::check_note(file.bytes, options.keys));
  if (output.json())
    output.value(api::note_check_json(check));
  else
    output.data(api::note_check_text(check));
  return api::exit_code(check.outcome);
}

struct ProofOptions {
  std::string file, entry, hash, policy;
  std::vector<std::string> logs;
};

void proof_options(CLI::App& command, ProofOptions& options) {
  command.add_option("FILE", options.file, "Proof (C2SP tlog-proof); - is standard input")
      ->required();
  CLI::Option* entry =
      command.add_option("--entry", options.entry, "File that holds the entry's bytes");
  command
      .add_option("--hash", options.hash,
                  "The entry's leaf hash, base64 or base64url, instead of it")
      ->excludes(entry);
  CLI::Option* policy = command.add_option(
      "--policy", options.policy, "Policy (C2SP tlog-policy): known logs, witnesses and quorum");
  command
      .add_option("--log", options.logs,
                  "Key of a log that is known, instead of a policy; may be repeated")
      ->excludes(policy)
      ->allow_extra_args(false);
}

Result<note::Policy> policy_of(const ProofOptions& options) {
  if (!options.policy.empty()) {
    QM_TRY(const api::NamedBytes file, load(options.policy, note::kMaxPolicySize));
    auto policy = note::parse_policy(file.bytes);
    if (!policy) return fail_at(file.name, std::move(policy.error()));
    return policy;
  }
  if (options.logs.empty())
    return fail(Errc::kInvalidArgument, "say whom to believe: --policy or --log", kCommandLine);
  note::Policy policy;
  for (const std::string& vkey : options.logs) {
    auto key = note::parse_vkey(vkey);
    if (!key) return fail(Errc::kInvalidArgument, key.error().message, "--log");
    policy.logs.push_back({vkey, std::move(*key), {}});
  }
  return policy;
}

Result<Hash> leaf_of(const ProofOptions& options) {
  if (!options.entry.empty()) {
    QM_TRY(const api::NamedBytes file, load(options.entry, kMaxEntryFileBytes));
    return merkle::leaf_hash(as_bytes(file.bytes));
  }
  Hash hash{};
  if (parse_hash_text(options.hash, hash)) return hash;
  const auto bytes = base64_decode(options.hash);
  if (bytes && bytes->size() == hash.size()) {
    std::copy(bytes->begin(), bytes->end(), reinterpret_cast<char*>(hash.data()));
    return hash;
  }
  if (options.hash.empty())
    return fail(Errc::kInvalidArgument, "say what is proved: --entry or --hash", kCommandLine);
  return fail(Errc::kInvalidArgument,
              cat("expected the base64 of 32 bytes, got ", quoted_for_message(options.hash)),
              "--hash");
}

Result<int> verify_proof(const ProofOptions& options, Output& output) {
  QM_TRY(const Hash leaf, leaf_of(options));
  QM_TRY(const note::Policy policy, policy_of(options));
  QM_TRY(const api::NamedBytes file, load(options.file, 2 * tiles::kMaxProofBytes));
  const auto proof = tiles::parse_proof(file.bytes);
  tiles::ProofCheck check;
  if (proof)
    check = tiles::check_proof(*proof, leaf, policy);
  else
    check.problem = to_string(proof.error());
  if (output.json())
    output.value(api::proof_check_json(proof ? *proof : tiles::Proof(), check));
  else
    output.data(api::proof_check_text(proof ? *proof : tiles::Proof(), check));
  return api::exit_code(check.outcome);
}

}  // namespace

void add_note(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "note", "Signed notes of anybody (C2SP signed-note)");
  add_command<NoteOptions>(
      group, selection, "verify", "Check a note's signatures, cosignatures with their time",
      "  quarrymark note verify checkpoint --key sum.golang.org+033de0ae+Ac4zctda0e5eza+H…",
      &note_options, &verify_note);
}

void add_proof(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "proof", "Offline proofs of anybody (C2SP tlog-proof)");
  add_command<ProofOptions>(
      group, selection, "verify", "Check that an entry stands in a log",
      "  quarrymark proof verify dig.tlog-proof --entry dig.entry --policy trusted.policy",
      &proof_options, &verify_proof);
}

}  // namespace quarrymark::cli
