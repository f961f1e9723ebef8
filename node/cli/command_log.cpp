#include "api/exit_codes.h"
#include "api/log_json.h"
#include "ledger/base/text.h"
#include "ledger/log/check.h"
#include "ledger/record/node.h"
#include "ledger/record/recovery.h"
#include "ledger/store/store.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace quarrymark::cli {
namespace {

struct LogOptions {
  std::string directory, log;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
};

void checkpoint_options(CLI::App& command, LogOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
}

void verify_options(CLI::App& command, LogOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of one log; all when left out");
  command.add_option("--threads", options.threads, "Threads to check with")
      ->check(CLI::Range(1u, 256u));
}

// A ledger to be checked. One that does not open is looked at as far as its store can be read, so
// that the reason is not all there is to go by.
struct Ledger {
  std::unique_ptr<record::Node> node;
  std::unique_ptr<store::Store> alone;
  std::optional<Error> refused;  // why it does not open
  const store::Store& store() const { return node ? node->store() : *alone; }
};
Result<Ledger> open_ledger(const std::string& directory, Clock& clock) {
  Ledger ledger;
  auto node = record::Node::open(directory, clock, {.read_only = true});
  if (node) {
    ledger.node = std::move(*node);
    return ledger;
  }
  ledger.refused = node.error();
  auto alone = store::Store::open(directory, {.read_only = true});
  if (!alone) return tl::unexpected<Error>(std::move(*ledger.refused));
  ledger.alone = std::move(*alone);
  return ledger;
}

Result<std::vector<record::LogRecord>> chosen_logs(const Ledger& ledger,
                                                   const std::string& directory,
                                                   const std::string& name) {
  QM_TRY(std::vector<record::LogRecord> records, record::load_records(ledger.store()));
  if (name.empty()) return records;
  std::string listed;
  for (const record::LogRecord& record : records) {
    if (record.origin == name || same_name(record.name, name))
      return std::vector<record::LogRecord>{record};
    listed += cat(listed.empty() ? "" : ", ", record.name);
  }
  return fail(Errc::kNotFound,
              cat(directory, " has no log ", quoted_for_message(name), "; it has ", listed), "log");
}

std::string check_text(const record::LogRecord& record, const log::CheckReport& report) {
  std::string out = cat(record.name, ": ", report.entries, " entries, ");
  if (report.problems.empty())
    return out + "every entry, link, tree hash, disclosure and the checkpoint hold\n";
  out += cat(report.problems.size(), report.problems.size() == 1 ? " problem\n" : " problems\n");
  for (const std::string& problem : report.problems) out += cat("  ", problem, "\n");
  return out;
}

Result<int> verify(const LogOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const Ledger ledger, open_ledger(options.directory, clock));
  QM_TRY(const auto logs, chosen_logs(ledger, options.directory, options.log));
  bool sound = !ledger.refused;
  json::Array values;
  for (const record::LogRecord& log : logs) {
    log::CheckOptions check;
    check.threads = options.threads;
    Progress progress(output, cat("Checking the log of ", log.name));
    check.progress = [&progress](std::uint64_t done, std::uint64_t total) {
      progress.update(done, total);
    };
    QM_TRY(const log::CheckReport report, log::check_log(ledger.store(), log.number, check));
    sound = sound && report.problems.empty();
    if (output.json())
      values.push_back(api::log_check_json(log, report));
    else
      output.data(check_text(log, report));
  }
  const std::string refused = ledger.refused ? to_string(*ledger.refused) : "";
  if (output.json())
    output.value(json::Object{
        {"sound", sound},
        {"does_not_open", ledger.refused ? json::Value(refused) : json::Value(nullptr)},
        {"logs", std::move(values)}});
  else if (ledger.refused)
    output.data(cat("The ledger does not open: ", refused, "\n"));
  return sound ? api::kExitSuccess : api::kExitRefuted;
}

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

Result<int> checkpoint(const LogOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  if (output.json())
    output.value(api::log_checkpoint_json(*log));
  else
    output.data(log->log->checkpoint());
  return api::kExitSuccess;
}

}  // namespace

void add_log(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "log", "An organisation's log as a whole");
  add_command<LogOptions>(group, selection, "verify",
                          "Check every entry, proof and disclosure of a node's logs",
                          "  quarrymark log verify --dir factory\n"
                          "  quarrymark log verify --dir host --log \"Telangana Operator A\" "
                          "--threads 8",
                          &verify_options, &verify);
  add_command<LogOptions>(group, selection, "checkpoint", "Print the signed checkpoint of a log",
                          "  quarrymark log checkpoint --dir quarry", &checkpoint_options,
                          &checkpoint);
  add_command<RecoverOptions>(
      group, selection, "recover",
      "Open a log whose checkpoint beside the store is gone, knowing what that may mean",
      "  quarrymark log recover --dir quarry\n"
      "  quarrymark log recover --dir quarry --accept-loss",
      &recover_options, &recover);
}

}  // namespace quarrymark::cli
