#include "api/check.h"
#include "api/exit_codes.h"
#include "api/report_json.h"
#include "api/report_text.h"
#include "ledger/base/text.h"
#include "ledger/judge/sampling.h"
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

struct SampleOptions {
  std::int64_t crates = 0, bad = custody::kSampledBad, confidence = custody::kSampledConfidence;
};

void sample_options(CLI::App& command, SampleOptions& options) {
  command.add_option("--crates", options.crates, "How many there are")->required();
  command.add_option("--bad", options.bad, "How many bad ones may be among them")
      ->capture_default_str();
  command
      .add_option("--confidence", options.confidence,
                  "Chance to find at least one of these, per mille")
      ->capture_default_str();
}

std::string per_cent(std::int64_t per_mille) {
  return cat(per_mille / 10, per_mille % 10 ? cat(".", per_mille % 10) : "", " %");
}

Result<int> sample(const SampleOptions& options, Output& output) {
  auto scan = custody::crates_to_scan(options.crates, options.bad, options.confidence);
  if (!scan)
    return fail(Errc::kInvalidArgument, cat("--", scan.error().field, ": ", scan.error().message),
                kCommandLine);
  const std::int64_t chance =
      custody::floor_per_mille(custody::chance_to_find(options.crates, options.bad, *scan));
  const std::int64_t single =
      custody::floor_per_mille(custody::chance_to_find(options.crates, 1, *scan));
  if (output.json())
    output.value(json::Object{{"crates", options.crates},
                              {"bad", options.bad},
                              {"confidence_per_mille", options.confidence},
                              {"scan", *scan},
                              {"chance_per_mille", chance},
                              {"one_bad_per_mille", single}});
  else
    output.data(cat("Scan ", *scan, " of ", options.crates, ", chosen at random: at least one of ",
                    options.bad, " bad is then found with ", per_cent(chance),
                    ", a single bad one with ", per_cent(single), ".\n"));
  return api::kExitSuccess;
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
  add_command<SampleOptions>(group, selection, "sample",
                             "How many crates to scan to find a bad one",
                             "  quarrymark contract sample --crates 26\n"
                             "  quarrymark contract sample --crates 200 --bad 1 --confidence 500",
                             &sample_options, &sample);
}

}  // namespace quarrymark::cli
