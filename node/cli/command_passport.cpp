#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/report_json.h"
#include "api/report_text.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/cli/progress.h"

#include <vector>

namespace quarrymark::cli {
namespace {

struct VerifyOptions {
  std::vector<std::string> files;
  std::string trust;
};

void verify_options(CLI::App& command, VerifyOptions& options) {
  command
      .add_option("FILE", options.files,
                  "Passports: JSON, or inside HTML or PDF files; - is standard input")
      ->required();
  command.add_option("--trust", options.trust, "Trust file: whose word the reader takes")
      ->required();
}

Result<int> verify(const VerifyOptions& options, Output& output) {
  api::CheckRequest request;
  QM_TRY(request.trust, load(options.trust, kMaxTrustBytes));
  for (const std::string& path : options.files) {
    QM_TRY(api::NamedBytes file, load_passport(path));
    request.passports.push_back(std::move(file));
  }
  SystemClock clock;
  request.date = clock.now();
  const Progress progress(output, "Checking the proofs");
  QM_TRY(const custody::Report report, api::run_check(request));
  if (output.json())
    output.value(api::report_json(report));
  else
    output.data(api::report_text(report, {.colour = output.colour()}));
  return api::exit_code(report.verdict);
}

}  // namespace

void add_passport(CLI::App& app, Selection& selection) {
  CLI::App& group =
      add_group(app, "passport", "The file that proves where items come from, without a server");
  add_passport_export(group, selection);
  add_passport_withhold(group, selection);
  add_passport_sealed(group, selection);
  add_passport_document(group, selection);
  add_command<VerifyOptions>(
      group, selection, "verify", "Check passports and show the origin; works without a network",
      "  quarrymark passport verify crates.json --trust trust.json", &verify_options, &verify);
  add_passport_clear(group, selection);
}

}  // namespace quarrymark::cli
