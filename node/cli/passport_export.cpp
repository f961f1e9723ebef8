#include "api/exit_codes.h"
#include "api/parties_shown.h"
#include "ledger/base/text.h"
#include "ledger/record/export.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"
#include "node/files/files.h"

#include <optional>
#include <vector>

namespace quarrymark::cli {
namespace {

struct ExportOptions {
  std::string directory, log, event, file;
  std::vector<std::string> items;
  bool with_transport = false, with_photos = false, evidence = false, force = false, newest = false;
};

void options(CLI::App& command, ExportOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
  CLI::Option* items =
      command.add_option("--item", options.items, "Items: numbers, labels or aliases");
  CLI::Option* event =
      command
          .add_option("--event", options.event,
                      "All that an event of this log made, by its key or id; an event that made "
                      "nothing goes as evidence")
          ->excludes(items);
  command
      .add_flag("--evidence", options.evidence,
                "The event itself as evidence, whatever it made: a site, an attestation")
      ->needs(event);
  command.add_flag("--with-transport", options.with_transport,
                   "Show container and seal numbers, which are left out otherwise");
  command.add_flag("--with-photos", options.with_photos,
                   "Show the digests of photos, which are left out otherwise");
  command.add_flag("--newest-checkpoint", options.newest,
                   "Prove under the log's current checkpoint, even where a cosigned one covers it");
  command.add_option("-o,--output", options.file, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

Result<record::Exported> make_passport(const ExportOptions& options, record::Node& node,
                                       record::OpenLog& log) {
  const record::ExportOptions shown{.include_transport = options.with_transport,
                                    .include_photos = options.with_photos,
                                    .newest_checkpoint = options.newest};
  if (!options.items.empty()) {
    QM_TRY(const auto states, record::find_states(node, log, options.items));
    return record::export_passport(node, states, shown);
  }
  if (options.event.empty())
    return fail(Errc::kInvalidArgument, "nothing to export: give --item or --event", kCommandLine);
  if (options.evidence) return record::export_event(node, log, options.event, shown);
  QM_TRY(const auto states, record::states_of_event(node, log, options.event));
  if (states.empty()) return record::export_event(node, log, options.event, shown);
  return record::export_passport(node, states, shown);
}

// Empty when nothing stayed behind.
std::string left_out_text(const record::LeftOut& left_out) {
  std::string out;
  if (left_out.transport > 0)
    out += cat("Left out: container, seal and carrier of ", left_out.transport,
               left_out.transport == 1 ? " event" : " events", " (--with-transport shows them)\n");
  if (left_out.photos > 0)
    out += cat("Left out: ", left_out.photos, left_out.photos == 1 ? " photo" : " photos",
               " (--with-photos shows their digests)\n");
  return out;
}

void say_what_lacks(const record::Exported& made, Output& output) {
  if (!made.unnamed.empty())
    output.message(cat("For ", made.unnamed.size(),
                       " of these no admission is known here: readers cannot know who they are."));
  for (const custody::Origin& origin : made.uncosigned)
    output.message(cat("No cosigned checkpoint of ", origin,
                       " covers these entries: their dates rest on that log alone."));
}

Result<int> run(const ExportOptions& options, Output& output) {
  SystemClock clock;
  std::optional<record::Exported> made;
  {
    QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
    QM_TRY(record::OpenLog * log, node->find_log(options.log));
    const Progress progress(output, "Collecting the chain");
    QM_TRY(made, make_passport(options, *node, *log));
  }
  QM_TRY(const auto parties, api::parties_shown(made->passport));
  if (options.file == "-") {
    output.data(made->passport);
    output.message(
        cat(left_out_text(made->left_out), "A reader learns:\n", api::parties_text(parties)));
    say_what_lacks(*made, output);
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.file, made->passport,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json()) {
    output.value(json::Object{
        {"file", options.file},
        {"bytes", static_cast<std::int64_t>(made->passport.size())},
        {"entries", static_cast<std::int64_t>(made->entries)},
        {"items", static_cast<std::int64_t>(made->items.size())},
        {"left_out",
         json::Object{{"transport", static_cast<std::int64_t>(made->left_out.transport)},
                      {"photos", static_cast<std::int64_t>(made->left_out.photos)}}},
        {"not_admitted", json::Array(made->unnamed.begin(), made->unnamed.end())},
        {"not_cosigned", json::Array(made->uncosigned.begin(), made->uncosigned.end())},
        {"parties", api::parties_json(parties)}});
    return api::kExitSuccess;
  }
  output.data(cat("Wrote ", options.file, ": ", made->items.size(), " items, ", made->entries,
                  " entries, ", made->passport.size(), " bytes\n", left_out_text(made->left_out),
                  "A reader learns:\n", api::parties_text(parties)));
  say_what_lacks(*made, output);
  return api::kExitSuccess;
}

}  // namespace

void add_passport_export(CLI::App& group, Selection& selection) {
  add_command<ExportOptions>(
      group, selection, "export", "Write the passport of items, or an event as evidence",
      "  quarrymark passport export --dir quarry --item KHM-0417 -o block.json\n"
      "  quarrymark passport export --dir factory --event f1-dispatch-k1 -o crates.json\n"
      "  quarrymark passport export --dir verifier --event ver-resolve-1066 -o resolve.json",
      &options, &run);
}

}  // namespace quarrymark::cli
