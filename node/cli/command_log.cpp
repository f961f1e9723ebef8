#include "api/exit_codes.h"
#include "api/log_json.h"
#include "ledger/base/text.h"
#include "ledger/log/cosigned.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/policy.h"
#include "ledger/record/node.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"

#include <vector>

namespace quarrymark::cli {
namespace {

struct CheckpointOptions {
  std::string directory, log, cosigned, policy;
  std::vector<std::string> witnesses;
};

void checkpoint_options(CLI::App& command, CheckpointOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
  CLI::Option* cosigned =
      command.add_option("--cosigned", options.cosigned,
                         "Take in this checkpoint with its cosignatures, for passports to carry");
  command
      .add_option("--witness", options.witnesses,
                  "Key of a witness whose cosignature is checked and kept; may be repeated")
      ->needs(cosigned)
      ->allow_extra_args(false);
  command
      .add_option("--policy", options.policy, "Policy (C2SP tlog-policy) that names the witnesses")
      ->needs(cosigned);
}

Result<std::vector<note::VerifierKey>> witness_keys(const CheckpointOptions& options) {
  std::vector<note::VerifierKey> keys;
  for (const std::string& vkey : options.witnesses) {
    auto key = note::parse_vkey(vkey);
    if (!key) return fail(Errc::kInvalidArgument, key.error().message, "--witness");
    keys.push_back(std::move(*key));
  }
  if (!options.policy.empty()) {
    QM_TRY(const api::NamedBytes file, load(options.policy, note::kMaxPolicySize));
    auto policy = note::parse_policy(file.bytes);
    if (!policy) return fail_at(file.name, std::move(policy.error()));
    for (note::VerifierKey& key : policy->witness_keys()) keys.push_back(std::move(key));
  }
  if (keys.empty())
    return fail(Errc::kInvalidArgument, "say whose cosignatures to keep: --witness or --policy",
                kCommandLine);
  return keys;
}

json::Value taken_json(const log::CosignedTaken& taken) {
  json::Array signatures;
  for (const note::VerifiedSignature& one : taken.cosignatures)
    signatures.push_back(json::Object{
        {"key", one.key.text()}, {"time", format_node_time(note::time_from_posix(one.timestamp))}});
  return json::Object{{"size", static_cast<std::int64_t>(taken.size)},
                      {"cosignatures", std::move(signatures)},
                      {"ignored", static_cast<std::int64_t>(taken.ignored)},
                      {"checkpoint", taken.note}};
}

Result<int> take_in(const CheckpointOptions& options, Output& output) {
  QM_TRY(const auto witnesses, witness_keys(options));
  QM_TRY(const api::NamedBytes file, load(options.cosigned, note::kMaxNoteSize));
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  auto taken = log::take_cosigned(node->store(), *log->log, file.bytes, witnesses);
  if (!taken) return fail_at(file.name, std::move(taken.error()));
  if (output.json()) {
    output.value(taken_json(*taken));
    return api::kExitSuccess;
  }
  std::string text = cat("Kept the checkpoint of ", taken->size, " entries\n");
  for (const note::VerifiedSignature& one : taken->cosignatures)
    text += cat("  cosigned by ", one.key.name, ", ",
                format_node_time(note::time_from_posix(one.timestamp)), "\n");
  output.data(text);
  if (taken->ignored > 0)
    output.message(cat("Left out: ", taken->ignored, " signatures by keys that were not named."));
  return api::kExitSuccess;
}

Result<int> checkpoint(const CheckpointOptions& options, Output& output) {
  if (!options.cosigned.empty()) return take_in(options, output);
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  if (output.json())
    output.value(api::log_checkpoint_json(*log));
  else
    output.data(log->log->checkpoint());
  return api::kExitSuccess;
}

}  // namespace

void add_log(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "log", "An organisation's log as a whole");
  add_log_verify(group, selection);
  add_command<CheckpointOptions>(
      group, selection, "checkpoint",
      "Print the signed checkpoint of a log, or take in one that witnesses cosigned",
      "  quarrymark log checkpoint --dir quarry\n"
      "  quarrymark log checkpoint --dir quarry --cosigned cosigned.note --policy witnesses.policy",
      &checkpoint_options, &checkpoint);
  add_log_files(group, selection);
  add_log_recover(group, selection);
}

}  // namespace quarrymark::cli
