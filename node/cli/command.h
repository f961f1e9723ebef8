// How a command is put together: its options fill a struct while the command line is read, and
// its action runs afterwards, so that nothing of CLI11 and none of its exceptions reach it.
#pragma once

#include "ledger/base/result.h"
#include "node/cli/output.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>

namespace quarrymark::cli {

// Does a command's work and returns the exit code (api/exit_codes.h).
using Action = std::function<Result<int>(Output&)>;

// The `field` of an error about the command line as a whole; one about an option has its name,
// "--date". Both end with exit code 2 when the code is kInvalidArgument.
inline constexpr const char* kCommandLine = "command line";

// What reading the command line settles on.
struct Selection {
  Action action;  // empty: no command was named
  bool json = false, quiet = false;
};

// Adds the options that every command has.
void add_common_options(CLI::App& command, Selection& selection);

// A command with its help, examples (one a line) and action. `add_options` gets the command and
// the options to bind.
template <class Options>
void add_command(CLI::App& parent, Selection& selection, const std::string& name,
                 const std::string& what, const std::string& examples,
                 void (*add_options)(CLI::App&, Options&),
                 Result<int> (*run)(const Options&, Output&)) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand(name, what);
  add_options(*command, *options);
  add_common_options(*command, selection);
  command->footer("Examples:\n" + examples);
  command->callback([options, run, &selection] {
    selection.action = [options, run](Output& output) { return run(*options, output); };
  });
}

// A word with commands of its own ("passport").
CLI::App& add_group(CLI::App& app, const std::string& name, const std::string& what);

// One file each.
void add_init(CLI::App& app, Selection& selection);
void add_record(CLI::App& app, Selection& selection);
void add_label(CLI::App& app, Selection& selection);
void add_item(CLI::App& app, Selection& selection);
void add_passport(CLI::App& app, Selection& selection);
void add_passport_export(CLI::App& group, Selection& selection);
void add_passport_withhold(CLI::App& group, Selection& selection);  // and preview
void add_passport_sealed(CLI::App& group, Selection& selection);    // seal and open
void add_passport_document(CLI::App& group, Selection& selection);  // html and pdf
void add_key_reader(CLI::App& group, Selection& selection);
void add_erase(CLI::App& app, Selection& selection);
void add_contract(CLI::App& app, Selection& selection);
void add_log(CLI::App& app, Selection& selection);
void add_key(CLI::App& app, Selection& selection);
void add_device(CLI::App& app, Selection& selection);
void add_registrar(CLI::App& app, Selection& selection);
void add_trust(CLI::App& app, Selection& selection);
void add_passport_clear(CLI::App& group, Selection& selection);
void add_log_verify(CLI::App& group, Selection& selection);
void add_log_files(CLI::App& group, Selection& selection);
void add_log_recover(CLI::App& group, Selection& selection);
void add_note(CLI::App& app, Selection& selection);
void add_proof(CLI::App& app, Selection& selection);
void add_witness(CLI::App& app, Selection& selection);
void add_monitor(CLI::App& app, Selection& selection);
void add_fsck(CLI::App& app, Selection& selection);
void add_demo(CLI::App& app, Selection& selection);

}  // namespace quarrymark::cli
