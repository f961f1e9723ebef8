#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/fsck/fsck.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"

#include <algorithm>
#include <thread>

namespace quarrymark::cli {
namespace {

struct FsckOptions {
  std::string directory;
  bool rebuild = false;
};

void fsck_options(CLI::App& command, FsckOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_flag("--rebuild", options.rebuild,
                   "Make anew what differs, from entries, disclosures and packets");
}

std::string count_of(std::uint64_t count, std::string_view what) {
  return count == 0 ? std::string() : cat(count, " ", what);
}

std::string table_text(const fsck::TableDifferences& table, bool rebuilt) {
  std::string counts;
  for (const std::string& part :
       {count_of(table.missing, "missing"), count_of(table.different, "different"),
        count_of(table.invented, "that no log says")})
    if (!part.empty()) counts += cat(counts.empty() ? "" : ", ", part);
  std::string out = cat(store::table_name(table.table), ": ", table.rows, " rows, ",
                        counts.empty() ? "all as the logs say" : counts,
                        !counts.empty() && rebuilt ? "; made anew\n" : "\n");
  for (const std::string& line : table.named) out += cat("  ", visible_text(line, 1000), "\n");
  if (table.count() > table.named.size())
    out += cat("  and ", table.count() - table.named.size(), " more\n");
  return out;
}

std::string report_text(const fsck::Report& report) {
  std::string out;
  for (const fsck::LogResult& log : report.logs)
    out += cat(log.name, ": ", log.entries, " entries\n");
  if (!report.problems.empty())
    out += cat(report.problems.size(), report.problems.size() == 1 ? " problem" : " problems",
               " that rebuilding does not mend\n");
  for (const std::string& problem : report.problems)
    out += cat("  ", visible_text(problem, 1000), "\n");
  for (const fsck::TableDifferences& table : report.tables)
    out += table_text(table, report.rebuilt);
  if (report.tables.empty())
    out +=
        "Indexes were not compared: what they follow from is damaged. Keep the directory as it is "
        "and restore a backup elsewhere.\n";
  return out;
}

json::Value report_json(const fsck::Report& report) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  json::Array logs, tables;
  for (const fsck::LogResult& log : report.logs)
    logs.push_back(
        json::Object{{"name", log.name}, {"log", log.origin}, {"entries", number(log.entries)}});
  for (const fsck::TableDifferences& table : report.tables)
    tables.push_back(json::Object{{"table", std::string(store::table_name(table.table))},
                                  {"rows", number(table.rows)},
                                  {"missing", number(table.missing)},
                                  {"different", number(table.different)},
                                  {"invented", number(table.invented)},
                                  {"named", json::Array(table.named.begin(), table.named.end())}});
  return json::Object{{"sound", report.sound()},
                      {"rebuilt", report.rebuilt},
                      {"logs", std::move(logs)},
                      {"problems", json::Array(report.problems.begin(), report.problems.end())},
                      {"tables", std::move(tables)}};
}

Result<int> fsck_run(const FsckOptions& options, Output& output) {
  fsck::Options check;
  check.rebuild = options.rebuild;
  check.threads = std::max(1u, std::thread::hardware_concurrency());
  Progress progress(output, "Checking");
  check.progress = [&progress](std::string_view what, std::uint64_t done, std::uint64_t total) {
    progress.relabel(std::string(what));
    progress.update(done, total);
  };
  QM_TRY(const fsck::Report report, fsck::check(options.directory, check));
  if (output.json())
    output.value(report_json(report));
  else
    output.data(report_text(report));
  return report.sound() ? api::kExitSuccess : api::kExitRefuted;
}

}  // namespace

void add_fsck(CLI::App& app, Selection& selection) {
  add_command<FsckOptions>(
      app, selection, "fsck",
      "Compare a node's indexes with its logs, row by row, and make anew what differs",
      "  quarrymark fsck --dir factory\n"
      "  quarrymark fsck --dir factory --rebuild",
      &fsck_options, &fsck_run);
}

}  // namespace quarrymark::cli
