#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/watch_json.h"
#include "ledger/base/text.h"
#include "ledger/disk/files.h"
#include "ledger/note/lines.h"
#include "ledger/tiles/verified_tree.h"
#include "ledger/witness/witness.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/fetch/open_source.h"
#include "node/files/files.h"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace quarrymark::cli {
namespace {

struct InitOptions {
  std::string directory, name;
};

void init_options(CLI::App& command, InitOptions& options) {
  command.add_option("DIR", options.directory, "Directory to make")->required();
  command
      .add_option("--name", options.name,
                  "Key name, best a host name and path: witness.example/w1; no spaces")
      ->required();
}

Result<int> init(const InitOptions& options, Output& output) {
  if (auto checked = note::check_key_name(options.name); !checked)
    return fail(Errc::kInvalidArgument, checked.error().message, "--name");
  QM_TRY(const witness::Witness made, witness::Witness::create(options.directory, options.name));
  if (output.json())
    output.value(json::Object{
        {"directory", options.directory}, {"name", options.name}, {"vkey", made.vkey().text()}});
  else
    output.data(cat("Made the witness ", options.name, " in ", options.directory, "\nvkey    ",
                    made.vkey().text(), "\n"));
  return api::kExitSuccess;
}

struct AddOptions {
  std::string directory, vkey, origin;
};

void add_options(CLI::App& command, AddOptions& options) {
  command.add_option("DIR", options.directory, "Directory of the witness")->required();
  command.add_option("--log", options.vkey, "Key of a log it will cosign")->required();
  command.add_option("--origin", options.origin,
                     "Origin of that log, where it is not the name of its key");
}

Result<int> add(const AddOptions& options, Output& output) {
  const auto log = tiles::make_identity(options.vkey, options.origin);
  if (!log) return fail(Errc::kInvalidArgument, log.error().message, "--log");
  QM_TRY(witness::Witness witness, witness::Witness::open(options.directory));
  QM_TRY_VOID(witness.add_log(*log));
  if (output.json())
    output.value(json::Object{{"origin", log->origin}});
  else
    output.data(cat("Will cosign ", visible_text(log->origin, 200), "\n"));
  return api::kExitSuccess;
}

struct CosignOptions {
  std::string directory, source, proof, output;
  std::optional<std::uint64_t> old_size;
  bool force = false;
};

void cosign_options(CLI::App& command, CosignOptions& options) {
  command.add_option("DIR", options.directory, "Directory of the witness")->required();
  command
      .add_option("SOURCE", options.source,
                  "A log's tiles (directory or URL), which show by themselves that it only grew; "
                  "or a file: a checkpoint, or an add-checkpoint request (C2SP tlog-witness)")
      ->required();
  CLI::Option* old = command.add_option("--old", options.old_size,
                                        "With a checkpoint: the size the proof starts from");
  command
      .add_option("--proof", options.proof, "With a checkpoint: hashes of the proof, one a line")
      ->needs(old);
  command.add_option("-o,--output", options.output,
                     "File for the checkpoint with the cosignature; left out, the signature line "
                     "is printed");
  command.add_flag("--force", options.force, "Replace the file");
}

// The request that a log's tiles make possible, for what this witness cosigned last.
Result<witness::AddCheckpoint> request_from_tiles(const std::string& place,
                                                  const witness::Witness& witness) {
  QM_TRY(const auto source, fetch::open_source(place));
  QM_TRY(const std::string bytes, source->read(tiles::kCheckpointPath, note::kMaxNoteSize));
  witness::AddCheckpoint request{0, {}, bytes};
  // Whatever is wrong with it the witness says itself.
  const auto parsed = tiles::parse_signed_checkpoint(bytes);
  if (!parsed) return request;
  QM_TRY(const auto known, witness.find_log(parsed->checkpoint.origin));
  if (!known || !known->latest) return request;
  const note::Checkpoint& latest = known->latest->checkpoint;
  // Of a shorter log the witness says itself what is wrong.
  request.old_size = std::min(latest.size, parsed->checkpoint.size);
  if (latest.size == 0 || latest.size >= parsed->checkpoint.size) return request;
  QM_TRY(tiles::VerifiedTree tree, tiles::VerifiedTree::open(*source, parsed->checkpoint));
  QM_TRY(auto relation, tree.relation_to(latest.size, latest.root));
  request.proof = std::move(relation.proof);
  return request;
}

Result<witness::AddCheckpoint> request_from_file(const CosignOptions& options,
                                                 const witness::Witness& witness) {
  QM_TRY(const api::NamedBytes file, load(options.source, witness::kMaxAddCheckpointBytes));
  if (file.bytes.starts_with("old ")) {
    auto request = witness::parse_add_checkpoint(file.bytes);
    if (!request) return tl::unexpected<Error>(api::in_file(file.name, request.error()));
    return request;
  }
  witness::AddCheckpoint request{0, {}, file.bytes};
  if (options.old_size) {
    request.old_size = *options.old_size;
  } else if (const auto parsed = tiles::parse_signed_checkpoint(file.bytes)) {
    // Without a proof only a first checkpoint or the same one again can be cosigned.
    QM_TRY(const auto known, witness.find_log(parsed->checkpoint.origin));
    if (known && known->latest)
      request.old_size = std::min(known->latest->checkpoint.size, parsed->checkpoint.size);
  }
  if (options.proof.empty()) return request;
  QM_TRY(const api::NamedBytes proof, load(options.proof, kMaxTrustBytes));
  auto lines = note::split_lines(proof.bytes);
  if (proof.bytes.empty()) return request;
  if (!lines) return tl::unexpected<Error>(api::in_file(proof.name, lines.error()));
  for (const std::string_view line : *lines) {
    auto hash = note::parse_base64_hash(line);
    if (!hash) return tl::unexpected<Error>(api::in_file(proof.name, hash.error()));
    request.proof.push_back(*hash);
  }
  return request;
}

Result<witness::AddCheckpoint> make_request(const CosignOptions& options,
                                            const witness::Witness& witness) {
  std::error_code ignored;
  if (fetch::is_url(options.source) || std::filesystem::is_directory(options.source, ignored))
    return request_from_tiles(options.source, witness);
  return request_from_file(options, witness);
}

Result<int> refused(const witness::Answer& answer, Output& output) {
  if (output.json()) {
    output.value(api::witness_answer_json(answer));
  } else {
    std::string text = cat("Not cosigned: ", visible_text(answer.reason, 1000), "\n");
    if (answer.evidence) text += cat("Evidence: ", *answer.evidence, "\n");
    output.data(text);
  }
  // Two trees of one size are proved; anything else may be a wrong request.
  return answer.evidence ? api::kExitRefuted : api::kExitFailure;
}

Result<int> cosign(const CosignOptions& options, Output& output) {
  QM_TRY(witness::Witness witness, witness::Witness::open(options.directory));
  QM_TRY(const witness::AddCheckpoint request, make_request(options, witness));
  SystemClock clock;
  QM_TRY(const witness::Answer answer, witness.add_checkpoint(request, clock.now()));
  if (answer.outcome != witness::Outcome::kCosigned) return refused(answer, output);
  if (!options.output.empty() && options.output != "-")
    QM_TRY_VOID(files::write(options.output, request.checkpoint + answer.body,
                             options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json())
    output.value(api::witness_answer_json(answer));
  else if (options.output == "-")
    output.data(request.checkpoint + answer.body);
  else if (options.output.empty())
    output.data(answer.body);
  else
    output.data(cat("Cosigned ", answer.size, " entries\nWrote ", options.output, "\n"));
  return api::kExitSuccess;
}

struct StatusOptions {
  std::string directory;
};

void status_options(CLI::App& command, StatusOptions& options) {
  command.add_option("DIR", options.directory, "Directory of the witness")->required();
}

Result<int> status(const StatusOptions& options, Output& output) {
  QM_TRY(const witness::Witness witness, witness::Witness::open(options.directory));
  QM_TRY(const auto logs, witness.logs());
  QM_TRY(const auto evidence, witness::list_evidence(options.directory));
  if (output.json()) {
    output.value(api::witness_status_json(witness.vkey(), logs, evidence));
    return evidence.empty() ? api::kExitSuccess : api::kExitRefuted;
  }
  std::string text = cat("vkey    ", witness.vkey().text(), "\n");
  for (const witness::KnownLog& log : logs)
    text += cat("  ", visible_text(log.log.origin, 200), ": ",
                log.latest ? cat(log.latest->checkpoint.size, " entries cosigned")
                           : std::string("nothing cosigned yet"),
                "\n");
  for (const std::string& path : evidence) {
    QM_TRY(const witness::Conflict conflict, witness::load_evidence(path));
    text += cat("Conflict: ", witness::describe(conflict), "\n  evidence ", path, "\n");
  }
  output.data(text);
  return evidence.empty() ? api::kExitSuccess : api::kExitRefuted;
}

}  // namespace

void add_witness(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "witness", "Cosign the checkpoints of logs, anybody's");
  add_command<InitOptions>(group, selection, "init", "Make a witness with a key of its own",
                           "  quarrymark witness init w1 --name witness.example/w1", &init_options,
                           &init);
  add_command<AddOptions>(group, selection, "add", "Add a log that will be cosigned",
                          "  quarrymark witness add w1 --log quarrymark/R2…+0f3b…+AZ…\n"
                          "  quarrymark witness add w1 --log "
                          "sum.golang.org+033de0ae+Ac4zctda0e5eza+H… --origin \"go.sum "
                          "database tree\"",
                          &add_options, &add);
  add_command<CosignOptions>(
      group, selection, "cosign", "Cosign a checkpoint that continues the last one",
      "  quarrymark witness cosign w1 public/quarry -o cosigned.note\n"
      "  quarrymark witness cosign w1 https://log.example/tiles\n"
      "  quarrymark witness cosign w1 checkpoint.note --old 40 --proof proof.txt",
      &cosign_options, &cosign);
  add_command<StatusOptions>(group, selection, "status",
                             "Show the logs, how far each is cosigned, and conflicts",
                             "  quarrymark witness status w1", &status_options, &status);
}

}  // namespace quarrymark::cli
