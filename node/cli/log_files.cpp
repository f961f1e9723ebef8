// A log as files for others: tiles, and proofs that an entry is in it.
#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/log/cosigned.h"
#include "ledger/log/tiles_export.h"
#include "ledger/note/checkpoint.h"
#include "ledger/record/node.h"
#include "ledger/tiles/proof.h"
#include "ledger/witness/add_checkpoint.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"
#include "node/files/files.h"

#include <optional>

namespace quarrymark::cli {
namespace {

struct ExportOptions {
  std::string directory, log, output;
};

void export_options(CLI::App& command, ExportOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
  command
      .add_option("-o,--output", options.output,
                  "Directory of tiles, made when it is not there; only what is new is written")
      ->required();
}

// With its cosignatures, when a witness has seen the whole log.
Result<std::string> checkpoint_to_publish(const record::Node& node, const record::OpenLog& log) {
  QM_TRY(auto cosigned, log::newest_cosigned(node.store(), log.log->number(), log.log->size()));
  return cosigned ? std::move(*cosigned) : log.log->checkpoint();
}

Result<int> export_log(const ExportOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  QM_TRY(const std::string checkpoint, checkpoint_to_publish(*node, *log));
  Progress progress(output, cat("Writing the tiles of ", log->record.name));
  QM_TRY(const log::TilesExport done,
         log::export_tiles(
             *log->log, checkpoint, options.output,
             [&progress](std::uint64_t at, std::uint64_t total) { progress.update(at, total); }));
  if (output.json())
    output.value(json::Object{{"directory", options.output},
                              {"origin", log->record.origin},
                              {"vkey", log->vkey},
                              {"before", static_cast<std::int64_t>(done.before)},
                              {"size", static_cast<std::int64_t>(done.size)},
                              {"tiles", static_cast<std::int64_t>(done.tiles)},
                              {"bundles", static_cast<std::int64_t>(done.bundles)}});
  else
    output.data(cat("Wrote ", options.output, ": ", done.size, " entries, ",
                    done.size - done.before, " of them new; ", done.tiles, " tiles, ", done.bundles,
                    " entry bundles\n"));
  return api::kExitSuccess;
}

struct ProveOptions {
  std::string directory, log, event, file;
  std::optional<std::uint64_t> index, old_size;
  bool newest = false, force = false;
};

void prove_options(CLI::App& command, ProveOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
  CLI::Option* index =
      command.add_option("--index", options.index, "Index of the entry, counting from 0");
  CLI::Option* event =
      command.add_option("--event", options.event, "Event whose entry it is, by its key or id")
          ->excludes(index);
  command
      .add_option("--old", options.old_size,
                  "Instead of an entry: that the first so many entries are the log's beginning, "
                  "as a witness asks for it")
      ->excludes(index)
      ->excludes(event);
  command.add_flag("--newest-checkpoint", options.newest,
                   "Prove under the log's current checkpoint, even where a cosigned one covers it");
  command.add_option("-o,--output", options.file, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

Result<std::uint64_t> index_of(const ProveOptions& options, const log::Log& log) {
  if (options.index) return *options.index;
  std::optional<std::uint64_t> found;
  if (Hash hash; parse_hash_text(options.event, hash)) {
    QM_TRY(found, log.find_event(EventId{hash}));
  }
  if (!found) {
    const std::string_view key = options.event;
    QM_TRY(found, log.find_key(key.starts_with("key:") ? key.substr(4) : key));
  }
  if (found) return *found;
  return fail(Errc::kNotFound, cat("the log has no event ", quoted_for_message(options.event)));
}

Result<std::uint64_t> size_of(const std::string& checkpoint) {
  QM_TRY(const note::Note note, note::parse_note(checkpoint));
  QM_TRY(const note::Checkpoint parsed, note::parse_checkpoint(note.text));
  return parsed.size;
}

Result<std::string> inclusion_text(const ProveOptions& options, const record::Node& node,
                                   const record::OpenLog& log, Output& output) {
  tiles::Proof proof;
  QM_TRY(proof.index, index_of(options, *log.log));
  if (proof.index >= log.log->size())
    return fail(Errc::kNotFound,
                cat("there is no entry ", proof.index, ": the log has ", log.log->size()));
  proof.checkpoint = log.log->checkpoint();
  if (!options.newest) {
    QM_TRY(auto cosigned, log::newest_cosigned(node.store(), log.log->number(), proof.index + 1));
    if (cosigned)
      proof.checkpoint = std::move(*cosigned);
    else
      output.message("No cosigned checkpoint covers this entry; the log's own one is used.");
  }
  QM_TRY(const std::uint64_t size, size_of(proof.checkpoint));
  QM_TRY(proof.hashes, log.log->inclusion_proof(size, proof.index));
  return tiles::write_proof(proof);
}

Result<std::string> consistency_text(std::uint64_t old_size, const record::OpenLog& log) {
  witness::AddCheckpoint request{old_size, {}, log.log->checkpoint()};
  QM_TRY(const std::uint64_t size, size_of(request.checkpoint));
  if (old_size > size)
    return fail(Errc::kInvalidArgument, cat("the log has only ", size, " entries"), "--old");
  QM_TRY(request.proof, log.log->consistency_proof(old_size, size));
  return witness::write_add_checkpoint(request);
}

Result<int> prove(const ProveOptions& options, Output& output) {
  if (!options.index && options.event.empty() && !options.old_size)
    return fail(Errc::kInvalidArgument, "nothing to prove: give --index, --event or --old",
                kCommandLine);
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  const auto text = options.old_size ? consistency_text(*options.old_size, *log)
                                     : inclusion_text(options, *node, *log, output);
  if (!text) return tl::unexpected<Error>(text.error());
  if (options.file == "-") {
    output.data(*text);
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.file, *text,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json())
    output.value(json::Object{{"file", options.file}});
  else
    output.data(cat("Wrote ", options.file, "\n"));
  return api::kExitSuccess;
}

}  // namespace

void add_log_files(CLI::App& group, Selection& selection) {
  add_command<ExportOptions>(
      group, selection, "export", "Write a log as tiles that any web server can serve",
      "  quarrymark log export --dir quarry -o public/quarry", &export_options, &export_log);
  add_command<ProveOptions>(group, selection, "prove",
                            "Write a proof that an entry is in the log; works offline",
                            "  quarrymark log prove --dir quarry --event dig -o dig.tlog-proof\n"
                            "  quarrymark log prove --dir quarry --index 12 -o 12.tlog-proof\n"
                            "  quarrymark log prove --dir quarry --old 40 -o to-witness.txt",
                            &prove_options, &prove);
}

}  // namespace quarrymark::cli
