#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/record/erasing.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"

#include <optional>

namespace quarrymark::cli {
namespace {

struct EraseOptions {
  std::string directory, log;
  record::EraseRequest request;
};

void options(CLI::App& command, EraseOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
  command.add_option("--event", options.request.event, "Event of this log, by its id or key")
      ->required();
  command
      .add_option("--field", options.request.fields,
                  "Field of the event to erase (remarks, how …); may be repeated")
      ->required()
      ->allow_extra_args(false);
  command
      .add_option("--reason", options.request.reason,
                  "Why; it is kept for ever, so it must not repeat what is erased")
      ->required();
}

constexpr std::string_view kNotReached =
    "Not reached from here, and for you to see to: copies at partners that had a passport with it, "
    "backups, exports and print-outs, and disk blocks that the file system has given up but not "
    "overwritten.\n";

std::string checked_text(const store::Store::Residue& residue) {
  return cat(
      "Looked for it in ", residue.rows, " rows and ", residue.files, " files (", residue.bytes,
      " bytes) of the store: ", residue.found.empty() ? "nothing is left\n" : "NOT GONE, still in");
}

std::string result_text(const record::Erased& erased, const store::Store::Residue& residue) {
  std::string fields;
  for (const std::string& field : erased.fields) fields += cat(fields.empty() ? "" : ", ", field);
  std::string out = cat("Erased ", fields, " of the ", erased.type, ", entry ", erased.seq,
                        "; entry ", erased.entry, " says so\n", checked_text(residue));
  for (const std::string& place : residue.found) out += cat(" ", place, ";");
  if (!residue.found.empty()) out += "\n";
  for (const std::string& name : residue.unused)
    out += cat("A table file that is no longer used is still there: ", name, "\n");
  if (!erased.said_elsewhere.empty()) {
    out += "The same words also stand in:\n";
    for (const std::string& place : erased.said_elsewhere) out += cat("  ", place, "\n");
  }
  return out + std::string(kNotReached);
}

json::Value result_json(const record::Erased& erased, const store::Store::Residue& residue) {
  const auto texts = [](const std::vector<std::string>& list) {
    return json::Array(list.begin(), list.end());
  };
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  return json::Object{{"event", erased.event.text()},
                      {"index", number(erased.seq)},
                      {"fields", texts(erased.fields)},
                      {"erase_index", number(erased.entry)},
                      {"searched", json::Object{{"rows", number(residue.rows)},
                                                {"files", number(residue.files)},
                                                {"bytes", number(residue.bytes)}}},
                      {"found", texts(residue.found)},
                      {"unused_files", texts(residue.unused)},
                      {"said_elsewhere", texts(erased.said_elsewhere)}};
}

Result<int> run(const EraseOptions& options, Output& output) {
  SystemClock clock;
  std::optional<record::Erased> erased;
  std::optional<store::Store::Residue> residue;
  {
    const Progress progress(output, "Erasing, and rewriting the files that hold it");
    {
      QM_TRY(const auto node, record::Node::open(options.directory, clock));
      QM_TRY(record::OpenLog * log, node->find_log(options.log));
      auto done = record::erase_fields(*node, *log, options.request);
      if (!done && done.error().code == Errc::kInvalidArgument)
        return fail(Errc::kInvalidArgument, done.error().message, cat("--", done.error().field));
      if (!done) return tl::unexpected<Error>(std::move(done.error()));
      erased = std::move(*done);
    }
    // Opening finishes it, just as it would after a crash.
    QM_TRY(const auto node, record::Node::open(options.directory, clock));
    QM_TRY(residue, record::search_for_erased(*node, *erased));
  }
  if (output.json())
    output.value(result_json(*erased, *residue));
  else
    output.data(result_text(*erased, *residue));
  return residue->found.empty() && residue->unused.empty() ? api::kExitSuccess : api::kExitFailure;
}

}  // namespace

void add_erase(CLI::App& app, Selection& selection) {
  add_command<EraseOptions>(
      app, selection, "erase",
      "Destroy a field for good, in this store and its files (docs/erasure.md)",
      "  quarrymark erase --dir factory --event f1-receive-k1 --field how --reason \"asked for by "
      "the person named\"\n"
      "  quarrymark erase --dir quarry --event dig --field remarks --field how --reason "
      "\"recorded by mistake\"",
      &options, &run);
}

}  // namespace quarrymark::cli
