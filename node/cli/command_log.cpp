#include "api/exit_codes.h"
#include "api/log_json.h"
#include "ledger/base/text.h"
#include "ledger/log/check.h"
#include "ledger/record/node.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"

#include <algorithm>
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

Result<std::vector<const record::OpenLog*>> chosen_logs(record::Node& node,
                                                        const std::string& name) {
  std::vector<const record::OpenLog*> logs;
  if (!name.empty()) {
    QM_TRY(const record::OpenLog* log, node.find_log(name));
    logs.push_back(log);
  } else {
    for (const auto& log : node.logs()) logs.push_back(log.get());
  }
  return logs;
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
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const auto logs, chosen_logs(*node, options.log));
  bool sound = true;
  json::Array values;
  for (const record::OpenLog* log : logs) {
    log::CheckOptions check;
    check.threads = options.threads;
    Progress progress(output, cat("Checking the log of ", log->record.name));
    check.progress = [&progress](std::uint64_t done, std::uint64_t total) {
      progress.update(done, total);
    };
    QM_TRY(const log::CheckReport report, log::check_log(node->store(), log->record.number, check));
    sound = sound && report.problems.empty();
    if (output.json())
      values.push_back(api::log_check_json(log->record, report));
    else
      output.data(check_text(log->record, report));
  }
  if (output.json()) output.value(json::Object{{"sound", sound}, {"logs", std::move(values)}});
  return sound ? api::kExitSuccess : api::kExitRefuted;
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
}

}  // namespace quarrymark::cli
