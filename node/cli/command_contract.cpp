#include "api/check.h"
#include "api/exit_codes.h"
#include "api/report_json.h"
#include "api/report_text.h"
#include "node/cli/check_files.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"

namespace quarrymark::cli {
namespace {

void options(CLI::App& command, CheckFiles& files) {
  command
      .add_option("PASSPORT", files.passports,
                  "Passports of the delivery, and evidence: JSON, or inside HTML or PDF files")
      ->required();
  add_check_options(command, files, Asks::kContract);
}

Result<int> run(const CheckFiles& files, Output& output) {
  QM_TRY(const api::CheckRequest request, load_check_request(files));
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
  add_command<CheckFiles>(
      group, selection, "check", "Check a delivery against a contract; works without a network",
      "  quarrymark contract check --contract K1.json --trust trust.json delivery.json\n"
      "  quarrymark label read --scans photo.jpg > scans.json\n"
      "  quarrymark contract check --contract K1.json --trust trust.json --scans scans.json "
      "--date 2025-06-02 delivery.json",
      &options, &run);
}

}  // namespace quarrymark::cli
