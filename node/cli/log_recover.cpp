#include "api/exit_codes.h"
#include "api/log_json.h"
#include "ledger/base/text.h"
#include "ledger/record/recovery.h"
#include "node/cli/command.h"

namespace quarrymark::cli {
namespace {

struct RecoverOptions {
  std::string directory, log;
  bool accept_loss = false;
};

void recover_options(CLI::App& command, RecoverOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
  command.add_flag("--accept-loss", options.accept_loss,
                   "Go on from what the store holds, whatever may have been lost");
}

constexpr std::string_view kSecondHistory =
    "The checkpoint kept beside the store is gone, so nothing here tells whether these are all the "
    "entries there ever were.\nIf later ones were handed out, going on makes a second history of "
    "this log: witnesses and partners who hold the first will find it, and every passport of the "
    "log becomes invalid for them.\nFirst look for a backup of heads/, and ask witnesses and "
    "partners for the largest checkpoint they hold.\n";

Result<int> recover(const RecoverOptions& options, Output& output) {
  QM_TRY(const record::HeadLoss loss,
         options.accept_loss ? record::accept_without_head(options.directory, options.log)
                             : record::look_past_head(options.directory, options.log));
  if (output.json()) {
    json::Value value = api::log_record_json(loss.record);
    json::Object& object = *value.if_object();
    object.emplace_back("entries", static_cast<std::int64_t>(loss.remaining.entries));
    object.emplace_back("checkpoint", loss.remaining.checkpoint);
    object.emplace_back("accepted", options.accept_loss);
    output.value(value);
  } else {
    output.data(cat(loss.record.name, ": ", loss.remaining.entries, " entries, the last of ",
                    format_node_time(loss.remaining.time), "\n", loss.remaining.checkpoint));
  }
  if (options.accept_loss) {
    output.message("The log goes on from there.");
    return api::kExitSuccess;
  }
  output.message(cat(kSecondHistory, "Nothing was changed. --accept-loss goes on all the same."));
  return api::kExitFailure;
}

}  // namespace

void add_log_recover(CLI::App& group, Selection& selection) {
  add_command<RecoverOptions>(
      group, selection, "recover",
      "Open a log whose checkpoint beside the store is gone, knowing what that may mean",
      "  quarrymark log recover --dir quarry\n"
      "  quarrymark log recover --dir quarry --accept-loss",
      &recover_options, &recover);
}

}  // namespace quarrymark::cli
