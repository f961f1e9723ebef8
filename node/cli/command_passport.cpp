#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/parties_shown.h"
#include "api/report_json.h"
#include "api/report_text.h"
#include "ledger/base/text.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/withhold.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/cli/progress.h"
#include "node/files/files.h"

#include <vector>

namespace quarrymark::cli {
namespace {

struct WithholdOptions {
  std::string file, output;
  std::vector<std::string> parties, aliases, fields;
  bool force = false;
};

void withhold_options(CLI::App& command, WithholdOptions& options) {
  command.add_option("FILE", options.file, "Passport; - is standard input")->required();
  command.add_option("--party", options.parties, "Party to hide: name or origin; may be repeated")
      ->allow_extra_args(false);
  command
      .add_option("--alias", options.aliases,
                  "Another name of a hidden party, which may not appear either; may be repeated")
      ->allow_extra_args(false);
  command
      .add_option("--field", options.fields,
                  "Field to leave out everywhere (transport), or in one type of event "
                  "(extract.site); may be repeated")
      ->allow_extra_args(false);
  command.add_option("-o,--output", options.output, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

passport::WithholdRequest request_of(const WithholdOptions& options) {
  passport::WithholdRequest request;
  request.fields = options.fields;
  for (const std::string& party : options.parties)
    request.parties.push_back({party, options.aliases});
  return request;
}

json::Value dropped_json(const std::vector<passport::Dropped>& dropped) {
  json::Array out;
  for (const passport::Dropped& one : dropped)
    out.push_back(json::Object{{"log", one.log},
                               {"index", static_cast<std::int64_t>(one.seq)},
                               {"type", one.type},
                               {"field", one.field},
                               {"asked", one.asked}});
  return out;
}

std::string dropped_text(const std::vector<passport::Dropped>& dropped) {
  std::string out = cat("Left out: ", dropped.size(), " facts\n");
  for (const passport::Dropped& one : dropped)
    out += cat("  ", one.field, " of ", one.type, ", entry ", one.seq, " of ", one.log, "\n");
  return out;
}

constexpr std::string_view kStillInferred =
    "A reader still learns, of everybody: role and country, the dates, and which events are of one "
    "log.\nTwo passports that show the same log can be linked.\n";

Result<passport::Withheld> withhold_from(const api::NamedBytes& file,
                                         const WithholdOptions& options) {
  auto parsed = passport::parse_passport(file.bytes);
  if (!parsed) return tl::unexpected<Error>(api::in_file(file.name, parsed.error()));
  auto withheld = passport::withhold(*parsed, request_of(options));
  if (!withheld) return tl::unexpected<Error>(api::in_file(file.name, withheld.error()));
  // A misspelt name would leave the real one readable.
  if (!withheld->unmatched.empty())
    return fail(Errc::kNotFound,
                cat("nothing in the passport answers to ",
                    quoted_for_message(withheld->unmatched.front()), "; nothing was written"),
                file.name);
  return withheld;
}

Result<int> withhold(const WithholdOptions& options, Output& output) {
  if (options.parties.empty() && options.fields.empty())
    return fail(Errc::kInvalidArgument, "nothing to withhold: give --party or --field",
                kCommandLine);
  if (!options.aliases.empty() && options.parties.empty())
    return fail(Errc::kInvalidArgument, "an alias needs the --party it belongs to", "--alias");
  QM_TRY(const api::NamedBytes file, load(options.file, passport::kMaxPassportBytes));
  QM_TRY(const passport::Withheld withheld, withhold_from(file, options));
  const std::string bytes = passport::write_passport(withheld.passport);
  QM_TRY(const auto parties, api::parties_shown(bytes));
  if (options.output == "-") {
    output.data(bytes);
    output.message(cat(dropped_text(withheld.dropped), kStillInferred));
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.output, bytes,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json())
    output.value(json::Object{{"file", options.output},
                              {"bytes", static_cast<std::int64_t>(bytes.size())},
                              {"dropped", dropped_json(withheld.dropped)},
                              {"parties", api::parties_json(parties)}});
  else
    output.data(cat(dropped_text(withheld.dropped), "Wrote ", options.output,
                    "\nA reader learns:\n", api::parties_text(parties), kStillInferred));
  return api::kExitSuccess;
}

struct VerifyOptions {
  std::vector<std::string> files;
  std::string trust;
};

void verify_options(CLI::App& command, VerifyOptions& options) {
  command.add_option("FILE", options.files, "Passports; - is standard input")->required();
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
  add_command<WithholdOptions>(
      group, selection, "withhold", "Leave names or fields out of a passport; every proof holds",
      "  quarrymark passport withhold crates.json --party \"Example Xiamen Trading\" -o "
      "shown.json\n"
      "  quarrymark passport withhold crates.json --field remarks --field extract.party -o "
      "shown.json",
      &withhold_options, &withhold);
  add_command<VerifyOptions>(
      group, selection, "verify", "Check passports and show the origin; works without a network",
      "  quarrymark passport verify crates.json --trust trust.json", &verify_options, &verify);
  add_passport_clear(group, selection);
}

}  // namespace quarrymark::cli
