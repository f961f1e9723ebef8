#include "api/check.h"
#include "api/exit_codes.h"
#include "api/report_json.h"
#include "api/report_text.h"
#include "ledger/base/text.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/cli/progress.h"

#include <algorithm>
#include <vector>

namespace quarrymark::cli {
namespace {

struct CheckOptions {
  std::string contract, trust, scans, sightings, date;
  std::vector<std::string> passports;
};

void options(CLI::App& command, CheckOptions& options) {
  command.add_option("PASSPORT", options.passports, "Passports of the delivery, and evidence")
      ->required();
  command.add_option("--contract", options.contract, "What was required")->required();
  command.add_option("--trust", options.trust, "Trust file: whose word the reader takes")
      ->required();
  command.add_option("--scans", options.scans,
                     "Labels that were scanned at the delivery (label read --scans)");
  command.add_option("--sightings", options.sightings,
                     "Signed sightings that were sent to the reader");
  command.add_option("--date", options.date, "Date of the check, YYYY-MM-DD; today when left out");
}

Status at_most_one_standard_input(const CheckOptions& options) {
  std::vector<std::string> all = options.passports;
  all.insert(all.end(), {options.contract, options.trust, options.scans, options.sightings});
  if (std::count(all.begin(), all.end(), "-") > 1)
    return fail(Errc::kInvalidArgument, "only one file can be standard input", kCommandLine);
  return {};
}

Result<api::CheckRequest> load_request(const CheckOptions& options) {
  QM_TRY_VOID(at_most_one_standard_input(options));
  api::CheckRequest request;
  if (options.date.empty()) {
    SystemClock clock;
    request.date = clock.now();
  } else {
    auto date = parse_date(options.date);
    if (!date) return fail(Errc::kInvalidArgument, date.error().message, "--date");
    request.date = *date;
  }
  QM_TRY(request.trust, load(options.trust, kMaxTrustBytes));
  QM_TRY(request.contract, load(options.contract, kMaxContractBytes));
  if (!options.scans.empty()) {
    QM_TRY(request.scans, load(options.scans, kMaxScansBytes));
  }
  if (!options.sightings.empty()) {
    QM_TRY(request.sightings, load(options.sightings, kMaxScansBytes));
  }
  for (const std::string& path : options.passports) {
    QM_TRY(api::NamedBytes file, load_passport(path));
    request.passports.push_back(std::move(file));
  }
  return request;
}

Result<int> run(const CheckOptions& options, Output& output) {
  QM_TRY(const api::CheckRequest request, load_request(options));
  const Progress progress(output, "Checking the proofs");
  QM_TRY(const custody::Report report, api::run_check(request));
  if (output.json())
    output.value(api::report_json(report));
  else
    output.data(api::report_text(report, {.colour = output.colour()}));
  return api::exit_code(report.verdict);
}

}  // namespace

void add_contract(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "contract", "What was required, against what the records show");
  add_command<CheckOptions>(
      group, selection, "check", "Check a delivery against a contract; works without a network",
      "  quarrymark contract check --contract K1.json --trust trust.json delivery.json\n"
      "  quarrymark label read --scans photo.jpg > scans.json\n"
      "  quarrymark contract check --contract K1.json --trust trust.json --scans scans.json "
      "--date 2025-06-02 delivery.json",
      &options, &run);
}

}  // namespace quarrymark::cli
