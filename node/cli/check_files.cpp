#include "node/cli/check_files.h"

#include "node/cli/command.h"
#include "node/cli/limits.h"

#include <algorithm>

namespace quarrymark::cli {
namespace {

Status at_most_one_standard_input(const CheckFiles& files) {
  std::vector<std::string> all = files.passports;
  all.insert(all.end(), {files.contract, files.trust, files.scans, files.sightings});
  if (std::count(all.begin(), all.end(), "-") > 1)
    return fail(Errc::kInvalidArgument, "only one file can be standard input", kCommandLine);
  return {};
}

}  // namespace

void add_check_options(CLI::App& command, CheckFiles& files, Asks asks) {
  CLI::Option* contract = command.add_option("--contract", files.contract, "What was required");
  if (asks == Asks::kContract) contract->required();
  command.add_option("--trust", files.trust, "Trust file: whose word the reader takes")->required();
  command.add_option("--scans", files.scans,
                     "Labels that were scanned at the delivery (label read --scans)");
  command.add_option("--sightings", files.sightings,
                     "Signed sightings that were sent to the reader");
  command.add_option("--date", files.date, "Date of the check, YYYY-MM-DD; today when left out");
}

Result<api::CheckRequest> load_check_request(const CheckFiles& files) {
  QM_TRY_VOID(at_most_one_standard_input(files));
  api::CheckRequest request;
  if (files.date.empty()) {
    SystemClock clock;
    request.date = clock.now();
  } else {
    auto date = parse_date(files.date);
    if (!date) return fail(Errc::kInvalidArgument, date.error().message, "--date");
    request.date = *date;
  }
  QM_TRY(request.trust, load(files.trust, kMaxTrustBytes));
  if (!files.contract.empty()) {
    QM_TRY(request.contract, load(files.contract, kMaxContractBytes));
  }
  if (!files.scans.empty()) {
    QM_TRY(request.scans, load(files.scans, kMaxScansBytes));
  }
  if (!files.sightings.empty()) {
    QM_TRY(request.sightings, load(files.sightings, kMaxScansBytes));
  }
  for (const std::string& path : files.passports) {
    QM_TRY(api::NamedBytes file, load_passport(path));
    request.passports.push_back(std::move(file));
  }
  return request;
}

}  // namespace quarrymark::cli
