#include "api/exit_codes.h"
#include "api/log_json.h"
#include "ledger/base/text.h"
#include "ledger/disk/files.h"
#include "ledger/log/check.h"
#include "ledger/log/entry_audit.h"
#include "ledger/record/node.h"
#include "ledger/record/recovery.h"
#include "ledger/store/store.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"
#include "node/fetch/open_source.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace quarrymark::cli {
namespace {

struct VerifyOptions {
  std::string source, directory, log, vkey, origin;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
};

void options(CLI::App& command, VerifyOptions& options) {
  CLI::Option* source =
      command.add_option("SOURCE", options.source,
                         "A node's directory; or, with --vkey, a directory of tiles or its URL");
  CLI::Option* directory =
      command.add_option("--dir", options.directory, "Directory of the node")->excludes(source);
  command.add_option("--log", options.log,
                     "Name or origin of one log of the node; all when left out");
  CLI::Option* vkey =
      command
          .add_option("--vkey", options.vkey, "Key of the log whose tiles are checked, anybody's")
          ->excludes(directory);
  command
      .add_option("--origin", options.origin,
                  "Origin of that log, where it is not the name of its key")
      ->needs(vkey);
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

std::string listed(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += cat("  ", visible_text(line, 1000), "\n");
  return out;
}

std::string count_text(std::size_t count, std::string_view one) {
  return cat(count, " ", one, count == 1 ? "\n" : "s\n");
}

std::string check_text(const record::LogRecord& record, const log::CheckReport& report) {
  const std::string out = cat(record.name, ": ", report.entries, " entries, ");
  if (report.problems.empty())
    return out + "every entry, link, tree hash, disclosure and the checkpoint hold\n";
  return cat(out, count_text(report.problems.size(), "problem"), listed(report.problems));
}

Result<int> verify_node(const std::string& directory, const VerifyOptions& options,
                        Output& output) {
  SystemClock clock;
  QM_TRY(const Ledger ledger, open_ledger(directory, clock));
  QM_TRY(const auto logs, chosen_logs(ledger, directory, options.log));
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

std::string tiles_text(const tiles::CheckReport& report, bool audited) {
  std::string out = cat(visible_text(report.origin, 200), ": ", report.entries, " entries, ");
  if (report.problems.empty() && report.unanswered.empty())
    return cat(out, "every entry, tile, the root and the signature hold",
               audited ? "; chain, places, times and event ids too\n" : "\n");
  if (!report.problems.empty())
    out += cat(count_text(report.problems.size(), "problem"), listed(report.problems));
  else
    out += "nothing wrong was found, but it could not all be checked\n";
  if (!report.unanswered.empty()) out += cat("Could not be read:\n", listed(report.unanswered));
  return out;
}

Result<int> verify_tiles(const VerifyOptions& options, Output& output) {
  auto identity = tiles::make_identity(options.vkey, options.origin);
  if (!identity) return fail(Errc::kInvalidArgument, identity.error().message, "--vkey");
  QM_TRY(const auto source, fetch::open_source(options.source));
  log::EntryAudit audit(identity->origin);
  const bool own = log::is_own_origin(identity->origin);
  tiles::CheckOptions check;
  check.threads = options.threads;
  if (own) check.audit = &audit;
  Progress progress(output, cat("Checking ", options.source));
  check.progress = [&progress](std::uint64_t done, std::uint64_t total) {
    progress.update(done, total);
  };
  QM_TRY(const tiles::CheckReport report, tiles::check_log(*source, *identity, check));
  const bool sound = report.problems.empty() && report.unanswered.empty();
  if (output.json())
    output.value(
        json::Object{{"sound", sound}, {"logs", json::Array{api::tiles_check_json(report)}}});
  else
    output.data(tiles_text(report, own));
  if (!report.problems.empty()) return api::kExitRefuted;
  return sound ? api::kExitSuccess : api::kExitNotVerifiable;
}

Result<int> verify(const VerifyOptions& options, Output& output) {
  if (!options.directory.empty()) return verify_node(options.directory, options, output);
  if (options.source.empty())
    return fail(Errc::kInvalidArgument, "name a log: a node's directory, or tiles and --vkey",
                kCommandLine);
  if (!options.vkey.empty()) return verify_tiles(options, output);
  if (fetch::is_url(options.source) || disk::exists(options.source + "/checkpoint"))
    return fail(Errc::kInvalidArgument, "say with which key its checkpoint has to be signed",
                "--vkey");
  return verify_node(options.source, options, output);
}

}  // namespace

void add_log_verify(CLI::App& group, Selection& selection) {
  add_command<VerifyOptions>(
      group, selection, "verify",
      "Check a whole log: a node's own, or anybody's tiles, each file against the others",
      "  quarrymark log verify factory\n"
      "  quarrymark log verify --dir host --log \"Telangana Operator A\" --threads 8\n"
      "  quarrymark log verify https://log.example/tiles --vkey log.example/tiles+530d903a+AekyeR…",
      &options, &verify);
}

}  // namespace quarrymark::cli
