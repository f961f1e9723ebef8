#include "node/cli/app.h"

#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "node/cli/command.h"
#include "node/cli/suggestions.h"

#include <csignal>
#include <exception>
#include <new>
#include <sstream>
#include <vector>

namespace quarrymark::cli {
namespace {

constexpr std::string_view kShortHelp =
    "quarrymark: a traceability ledger for natural stone\n"
    "\n"
    "  quarrymark demo --dir demo            see the whole job on a year of invented stone\n"
    "  quarrymark init DIR --name \"My quarry\" --role \"quarry operator\" --country IN\n"
    "  quarrymark record --dir DIR events.ndjson\n"
    "  quarrymark passport export --dir DIR --item KHM-0417 -o block.json\n"
    "  quarrymark contract check --contract K1.json --trust trust.json block.json\n"
    "\n"
    "`quarrymark --help` lists all commands, `quarrymark COMMAND --help` explains one.\n";

constexpr const char* kExitCodes =
    "Exit codes: 0 match or success, 1 failure, 2 wrong command line,\n"
    "  3 invalid, mismatch, duplicate or over_yield, 4 gap, mixed, partial or declared,\n"
    "  5 not_verifiable.";

bool has_flag(int argc, char** argv, std::string_view flag) {
  for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i)
    if (argv[i] == flag) return true;
  return false;
}

void build(CLI::App& app, Selection& selection) {
  app.name("quarrymark");
  app.set_version_flag("--version", "quarrymark " QUARRYMARK_VERSION, "Print the version");
  app.footer(kExitCodes);
  app.require_subcommand(0, 1);
  add_common_options(app, selection);
  add_init(app, selection);
  add_record(app, selection);
  add_label(app, selection);
  add_item(app, selection);
  add_passport(app, selection);
  add_contract(app, selection);
  add_log(app, selection);
  add_registrar(app, selection);
  add_trust(app, selection);
  add_key(app, selection);
  add_device(app, selection);
  add_erase(app, selection);
  add_fsck(app, selection);
  add_note(app, selection);
  add_proof(app, selection);
  add_witness(app, selection);
  add_monitor(app, selection);
  add_demo(app, selection);
}

// The command that the words of the command line lead to, and how many words that took.
struct Reached {
  CLI::App* command;
  int words = 0;
};
Reached reached_command(CLI::App& app, int argc, char** argv) {
  Reached reached{&app};
  for (int i = 1; i < argc; ++i) {
    const auto named = [&](const CLI::App* sub) { return sub->check_name(argv[i]); };
    const std::vector<CLI::App*> next = reached.command->get_subcommands(named);
    if (next.empty()) break;
    reached = {next.front(), i};
  }
  return reached;
}

std::string full_name(const CLI::App& command) {
  return command.get_parent() ? cat(full_name(*command.get_parent()), " ", command.get_name())
                              : command.get_name();
}

// "passport verify: ", and nothing for the program itself.
std::string place_of(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  if (!parent) return {};
  return cat(parent->get_parent() ? cat(parent->get_name(), " ") : std::string(),
             command.get_name(), ": ");
}

std::vector<std::string> command_names(CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* sub : command.get_subcommands({})) names.push_back(sub->get_name());
  return names;
}

std::vector<std::string> option_names(CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string best = nearest(word, known);
  return best.empty() ? std::string() : cat("; did you mean ", best, "?");
}

// The first option that the command does not have; empty: they are all known.
std::string_view unknown_option(int argc, char** argv, int first,
                                const std::vector<std::string>& known) {
  for (int i = first; i < argc; ++i) {
    const std::string_view word(argv[i]);
    if (word == "--") break;
    const std::string_view option = word.substr(0, word.find('='));
    if (word.starts_with("--") && std::find(known.begin(), known.end(), option) == known.end())
      return option;
  }
  return {};
}

// What is wrong with the command line, in one sentence.
std::string usage_problem(const CLI::ParseError& error, CLI::App& app, int argc, char** argv) {
  const Reached reached = reached_command(app, argc, argv);
  const std::string place = place_of(*reached.command);
  const std::vector<std::string> commands = command_names(*reached.command);
  const int next = reached.words + 1;
  if (!commands.empty() && next < argc && argv[next][0] != '-')
    return cat(place, "there is no command ", quoted_for_message(argv[next]),
               did_you_mean(argv[next], commands));
  const bool extras = error.get_name() == "ExtrasError";
  const bool missing = error.get_name() == "RequiredError";
  if (extras || missing) {
    // A misspelt option shows as something missing; its own name says more.
    const std::vector<std::string> known = option_names(*reached.command);
    const std::string_view option = unknown_option(argc, argv, next, known);
    if (!option.empty())
      return cat(place, "there is no option ", quoted_for_message(option),
                 did_you_mean(option, known));
  }
  if (!commands.empty() && missing)
    return cat(place, "name a command: ", CLI::detail::join(commands, ", "));
  return cat(place, error.what());
}

int report_usage(const CLI::ParseError& error, CLI::App& app, int argc, char** argv,
                 Output& output) {
  std::string problem = usage_problem(error, app, argc, argv);
  const Reached reached = reached_command(app, argc, argv);
  output.error(Error{Errc::kInvalidArgument, std::move(problem), {}});
  if (!output.json()) output.message(cat("Try `", full_name(*reached.command), " --help`."));
  return api::kExitUsage;
}

// The exit code, unless what was printed did not arrive.
int finished(Output& output, int code) {
  if (Status written = output.finish(); !written) {
    output.error(written.error());
    return api::kExitFailure;
  }
  return code;
}

// A value on the command line that only the command itself could judge.
bool is_usage(const Error& error) {
  return error.code == Errc::kInvalidArgument &&
         (error.field.starts_with("--") || error.field == kCommandLine);
}

int run_action(const Action& action, Output& output) {
  const Result<int> outcome = action(output);
  if (outcome) return finished(output, *outcome);
  output.error(outcome.error());
  return finished(
      output, is_usage(outcome.error()) ? api::kExitUsage : api::exit_code(outcome.error().code));
}

int parse_and_run(int argc, char** argv) {
  Output early(has_flag(argc, argv, "--json"), has_flag(argc, argv, "--quiet"));
  if (argc <= 1) {
    early.data(kShortHelp);
    return finished(early, api::kExitSuccess);
  }
  Selection selection;
  CLI::App app(
      "A traceability ledger for natural stone: record what happens to blocks, slabs and "
      "crates, hand over passports, check them offline against a contract.");
  build(app, selection);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion&) {
    if (early.json())
      early.value(json::Object{{"version", QUARRYMARK_VERSION}});
    else
      early.data("quarrymark " QUARRYMARK_VERSION "\n");
    return finished(early, api::kExitSuccess);
  } catch (const CLI::Success& help) {
    std::ostringstream text, unused;
    app.exit(help, text, unused);
    early.data(text.str());
    return finished(early, api::kExitSuccess);
  } catch (const CLI::ParseError& error) {
    return report_usage(error, app, argc, argv, early);
  }
  Output output(selection.json, selection.quiet);
  if (!selection.action) {
    output.data(kShortHelp);
    return finished(output, api::kExitSuccess);
  }
  return run_action(selection.action, output);
}

}  // namespace

void add_common_options(CLI::App& command, Selection& selection) {
  command.set_help_flag("-h,--help", "Print this help");
  command.add_flag("--json", selection.json, "Print JSON, errors too");
  command.add_flag("--quiet", selection.quiet, "Print no messages besides results and errors");
}

CLI::App& add_group(CLI::App& app, const std::string& name, const std::string& what) {
  CLI::App* group = app.add_subcommand(name, what);
  group->set_help_flag("-h,--help", "Print this help");
  group->require_subcommand(1);
  return *group;
}

int run(int argc, char** argv) {
  // A reader that goes away shows as a failed write, in the middle of no other work.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return parse_and_run(argc, argv);
  } catch (const std::bad_alloc&) {
    Output(has_flag(argc, argv, "--json"), false)
        .error(Error{Errc::kResourceExhausted, "not enough memory", {}});
  } catch (const std::exception&) {
    // Only a bug can get here; what it says may hold anything, so it is not repeated.
    Output(has_flag(argc, argv, "--json"), false)
        .error(Error{Errc::kInternal, "an unexpected failure stopped the command", {}});
  }
  return api::kExitFailure;
}

}  // namespace quarrymark::cli
