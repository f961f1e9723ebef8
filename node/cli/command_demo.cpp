#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"
#include "node/demo/demo.h"
#include "node/demo/summary.h"
#include "node/files/files.h"

#include <filesystem>
#include <vector>

namespace quarrymark::cli {
namespace {

struct DemoCommandOptions {
  std::string directory, data;
  bool force = false;
};

void options(CLI::App& command, DemoCommandOptions& options) {
  command.add_option("--dir", options.directory, "Where everything goes; must be new or empty")
      ->required();
  command.add_option("--data", options.data,
                     "Directory of a data set (schemas/data_set.schema.json); a year of stone "
                     "when left out");
  command.add_flag("--force", options.force, "Empty DIR first, if an earlier demo is in it");
}

// Only what a demo made is ever deleted: every entry must be one of its names.
Status clear(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error))
    entries.push_back(it->path());
  if (error) return {};  // nothing there
  for (const fs::path& entry : entries) {
    const std::string name = entry.filename().string();
    const bool ours = name == "nodes" || name == "devices" || name == "admissions" ||
                      name == "hand-overs" || name == "labels" || name == "authorities" ||
                      name.ends_with("-withheld.json");
    if (!ours)
      return fail(Errc::kRefused,
                  cat(directory, " holds ", name, ", which no demo made; nothing was deleted"));
  }
  for (const fs::path& entry : entries) {
    fs::remove_all(entry, error);
    if (error) return fail(Errc::kIo, cat("cannot delete ", entry.string(), ": ", error.message()));
  }
  return {};
}

// How the reader can call this program from where they are.
std::string program_name() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return "quarrymark";
  const fs::path relative = fs::relative(program, error);
  if (error || relative.empty() || relative.string().starts_with("../..")) return program.string();
  return relative.has_parent_path() ? relative.string() : "./" + relative.string();
}

Result<int> run(const DemoCommandOptions& options, Output& output) {
  demo::DemoOptions request;
  request.directory = options.directory;
  request.data = options.data.empty() ? demo::default_data_set() : options.data;
  if (request.data.empty())
    return fail(Errc::kNotFound, "the data set stone-year is not beside the program; give --data");
  if (options.force) QM_TRY_VOID(clear(options.directory));
  Result<demo::DemoOutcome> outcome = [&] {
    Progress progress(output, "Starting");
    request.progress = [&progress](const std::string& what, std::uint64_t done,
                                   std::uint64_t total) {
      progress.relabel(what);
      progress.update(done, total);
    };
    return demo::run_demo(request);
  }();
  if (!outcome) return tl::unexpected<Error>(std::move(outcome.error()));
  if (output.json())
    output.value(demo::outcome_json(*outcome));
  else
    output.data(demo::outcome_text(*outcome, program_name()));
  return api::kExitSuccess;
}

}  // namespace

void add_demo(CLI::App& app, Selection& selection) {
  add_command<DemoCommandOptions>(
      app, selection, "demo",
      "Play a year of invented stone: record, hand over, print and read labels, check contracts",
      "  quarrymark demo --dir demo\n"
      "  quarrymark demo --dir other --data schemas/examples/two-quarries --json",
      &options, &run);
}

}  // namespace quarrymark::cli
