#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/watch_json.h"
#include "ledger/base/text.h"
#include "ledger/monitor/clear.h"
#include "ledger/passport/packet.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/cli/progress.h"
#include "node/fetch/open_source.h"
#include "node/files/files.h"

#include <optional>
#include <vector>

namespace quarrymark::cli {
namespace {

struct InitOptions {
  std::string directory, name;
};

void init_options(CLI::App& command, InitOptions& options) {
  command.add_option("DIR", options.directory, "Directory to make")->required();
  command
      .add_option("--name", options.name,
                  "Key name, best a host name and path: monitor.example/m1; no spaces")
      ->required();
}

Result<int> init(const InitOptions& options, Output& output) {
  if (auto checked = note::check_key_name(options.name); !checked)
    return fail(Errc::kInvalidArgument, checked.error().message, "--name");
  QM_TRY(const note::VerifierKey vkey, monitor::Monitor::create(options.directory, options.name));
  if (output.json())
    output.value(json::Object{
        {"directory", options.directory}, {"name", options.name}, {"vkey", vkey.text()}});
  else
    output.data(cat("Made the monitor ", options.name, " in ", options.directory, "\nvkey    ",
                    vkey.text(), "\n"));
  return api::kExitSuccess;
}

struct FollowOptions {
  std::string directory, vkey, source;
};

void follow_options(CLI::App& command, FollowOptions& options) {
  command.add_option("DIR", options.directory, "Directory of the monitor")->required();
  command.add_option("--log", options.vkey, "Key of the log")->required();
  command.add_option("--from", options.source, "Its tiles: a directory or a URL")->required();
}

std::string followed_text(const monitor::Followed& followed) {
  switch (followed.outcome) {
    case monitor::Outcome::kStale:
      return cat("Not followed: ", visible_text(followed.reason, 1000), "\n");
    case monitor::Outcome::kConflict:
      return cat("Conflict: ", visible_text(followed.reason, 1000),
                 "\nEvidence: ", followed.evidence, "\n");
    case monitor::Outcome::kFollowed:
      break;
  }
  std::string text = cat("Followed to ", followed.size, " entries, ",
                         followed.size - followed.before, " of them new\n");
  for (const std::string& odd : followed.odd) text += cat("  breaks a rule: ", odd, "\n");
  return text;
}

int followed_code(const monitor::Followed& followed) {
  if (followed.outcome == monitor::Outcome::kStale) return api::kExitFailure;
  const bool sound = followed.outcome == monitor::Outcome::kFollowed && followed.odd.empty();
  return sound ? api::kExitSuccess : api::kExitRefuted;
}

Result<int> follow(const FollowOptions& options, Output& output) {
  const auto log = tiles::make_identity(options.vkey);
  if (!log) return fail(Errc::kInvalidArgument, log.error().message, "--log");
  QM_TRY(const auto source, fetch::open_source(options.source));
  QM_TRY(const auto monitor, monitor::Monitor::open(options.directory, false));
  SystemClock clock;
  Progress progress(output, cat("Following ", options.source));
  auto followed = monitor->follow(
      *log, *source, clock.now(),
      [&progress](std::uint64_t done, std::uint64_t total) { progress.update(done, total); });
  if (!followed) return tl::unexpected<Error>(api::in_file(options.source, followed.error()));
  if (output.json())
    output.value(api::followed_json(log->origin, *followed));
  else
    output.data(followed_text(*followed));
  return followed_code(*followed);
}

struct ClearOptions {
  std::string directory, passport, output;
  bool partial = false, force = false;
};

void clear_options(CLI::App& command, ClearOptions& options) {
  command.add_option("DIR", options.directory, "Directory of the monitor")->required();
  command.add_option("PASSPORT", options.passport, "Passport; - is standard input")->required();
  command.add_flag("--partial", options.partial,
                   "Also when some of the passport's logs are not followed; the note then says "
                   "nothing of those");
  command.add_option("-o,--output", options.output, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

void say_limits(const monitor::ClearMade& made, Output& output) {
  for (const std::string& origin : made.not_followed)
    output.message(cat("Not followed, so not checked: ", origin));
  for (const std::string& origin : made.behind)
    output.message(cat("The passport shows more of ", origin,
                       " than was followed; follow it and make the note again."));
}

Result<int> clear(const ClearOptions& options, Output& output) {
  QM_TRY(const api::NamedBytes file, load(options.passport, passport::kMaxPassportBytes));
  SystemClock clock;
  std::optional<monitor::ClearMade> made;
  {
    QM_TRY(const auto monitor, monitor::Monitor::open(options.directory, true));
    auto result = monitor::make_clear_note(*monitor, file.bytes, clock.now());
    if (!result) return tl::unexpected<Error>(api::in_file(file.name, result.error()));
    made = std::move(*result);
  }
  if (!made->evidence.empty()) {
    output.data(cat("Conflict: the passport shows another history than was followed\nEvidence: ",
                    made->evidence, "\n"));
    return api::kExitRefuted;
  }
  if (!made->not_followed.empty() && !options.partial)
    return fail(Errc::kFailedPrecondition,
                cat("the passport shows the log ", made->not_followed.front(),
                    ", which this monitor does not follow; follow it first, or give --partial"),
                file.name);
  if (options.output == "-") {
    output.data(made->note);
    say_limits(*made, output);
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.output, made->note,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json())
    output.value(api::clear_made_json(options.output, *made));
  else
    output.data(cat("Wrote ", options.output, ": ", made->markers, " markers, ", made->seen,
                    " of them seen, in ", made->logs.size(), " logs\n"));
  say_limits(*made, output);
  return api::kExitSuccess;
}

struct StatusOptions {
  std::string directory;
};

void status_options(CLI::App& command, StatusOptions& options) {
  command.add_option("DIR", options.directory, "Directory of the monitor")->required();
}

std::string log_text(const monitor::FollowedLog& log, const std::vector<std::string>& odd) {
  std::string text = cat("  ", log.origin, ": ", log.indexed, " entries, followed ",
                         format_node_time(log.followed), "\n");
  for (const std::string& one : odd) text += cat("    breaks a rule: ", one, "\n");
  return text;
}

Result<int> status(const StatusOptions& options, Output& output) {
  QM_TRY(const auto monitor, monitor::Monitor::open(options.directory, true));
  QM_TRY(const auto logs, monitor->logs());
  QM_TRY(const auto evidence, witness::list_evidence(options.directory));
  bool sound = evidence.empty();
  std::string text = cat("vkey    ", monitor->identity().vkey.text(), "\n");
  json::Array values;
  for (const monitor::FollowedLog& log : logs) {
    QM_TRY(const auto odd, monitor::load_oddities(monitor->store(), log.number));
    sound = sound && odd.empty();
    text += log_text(log, odd);
    values.push_back(api::followed_log_json(log, odd));
  }
  for (const std::string& path : evidence) {
    QM_TRY(const witness::Conflict conflict, witness::load_evidence(path));
    text += cat("Conflict: ", witness::describe(conflict), "\n  evidence ", path, "\n");
  }
  if (output.json())
    output.value(json::Object{{"vkey", monitor->identity().vkey.text()},
                              {"logs", std::move(values)},
                              {"evidence", json::Array(evidence.begin(), evidence.end())}});
  else
    output.data(text);
  return sound ? api::kExitSuccess : api::kExitRefuted;
}

}  // namespace

void add_monitor(CLI::App& app, Selection& selection) {
  CLI::App& group =
      add_group(app, "monitor", "Follow logs, and tell what was spent in clear notes");
  add_command<InitOptions>(group, selection, "init", "Make a monitor with a key of its own",
                           "  quarrymark monitor init m1 --name monitor.example/m1", &init_options,
                           &init);
  add_command<FollowOptions>(
      group, selection, "follow", "Read what is new in a log and compare it with all seen before",
      "  quarrymark monitor follow m1 --log quarrymark/R2…+0f3b…+AZ… --from public/quarry\n"
      "  quarrymark monitor follow m1 --log quarrymark/R2…+0f3b…+AZ… --from "
      "https://tiles.example/q",
      &follow_options, &follow);
  add_command<ClearOptions>(group, selection, "clear", "Write the clear note of a passport",
                            "  quarrymark monitor clear m1 crates.json -o crates.clear",
                            &clear_options, &clear);
  add_command<StatusOptions>(group, selection, "status",
                             "Show the logs that are followed, and conflicts",
                             "  quarrymark monitor status m1", &status_options, &status);
}

}  // namespace quarrymark::cli
