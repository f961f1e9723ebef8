#include "api/exit_codes.h"
#include "api/log_json.h"
#include "ledger/base/text.h"
#include "ledger/record/node.h"
#include "node/cli/command.h"

namespace quarrymark::cli {
namespace {

struct InitOptions {
  std::string directory, name, role, country;
};

void options(CLI::App& command, InitOptions& options) {
  command.add_option("DIR", options.directory, "Directory of the node; made when it is not there")
      ->required();
  command.add_option("--name", options.name, "Name of the organisation")->required();
  command
      .add_option("--role", options.role,
                  "quarry operator, factory, trader, agent, importer, contractor, authority, "
                  "registrar, witness, monitor or verifier")
      ->required();
  command.add_option("--country", options.country, "ISO 3166 code, as IN")->required();
}

// What is wrong with a name, role or country is wrong with the option that gave it.
tl::unexpected<Error> of_option(Error error) {
  if (error.code == Errc::kInvalidArgument &&
      (error.field == "name" || error.field == "role" || error.field == "country"))
    error.field.insert(0, "--");
  return tl::unexpected<Error>(std::move(error));
}

Result<int> run(const InitOptions& options, Output& output) {
  auto made =
      record::Node::create_log(options.directory, options.name, options.role, options.country);
  if (!made) return of_option(std::move(made.error()));
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock));
  QM_TRY(const record::OpenLog* log, node->find_log(made->origin));
  if (output.json()) {
    json::Value value = api::log_record_json(*made);
    value.if_object()->emplace_back("vkey", log->vkey);
    value.if_object()->emplace_back("directory", options.directory);
    output.value(value);
    return api::kExitSuccess;
  }
  output.data(cat("Made the log of ", made->name, " (", made->role, ", ", made->country, ") in ",
                  options.directory, "\n", "origin  ", made->origin, "\n", "vkey    ", log->vkey,
                  "\n"));
  output.message(cat("Give the vkey to partners and to a registrar; put theirs, by name, into ",
                     node->contacts_path(), "."));
  return api::kExitSuccess;
}

}  // namespace

void add_init(CLI::App& app, Selection& selection) {
  add_command<InitOptions>(
      app, selection, "init", "Make a log for an organisation, with its key",
      "  quarrymark init quarry --name \"Telangana Operator A\" --role \"quarry operator\" "
      "--country IN",
      &options, &run);
}

}  // namespace quarrymark::cli
