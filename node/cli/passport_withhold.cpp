#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/parties_shown.h"
#include "api/preview.h"
#include "ledger/base/text.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/preview.h"
#include "node/cli/limits.h"
#include "node/cli/withhold_options.h"
#include "node/files/files.h"

#include <vector>

namespace quarrymark::cli {
namespace {

struct WithholdOptions {
  std::string file, output;
  WithholdChoice choice;
  bool force = false;
};

void withhold_options(CLI::App& command, WithholdOptions& options) {
  command
      .add_option("FILE", options.file,
                  "Passport: JSON, or inside an HTML or PDF file; - is standard input")
      ->required();
  add_withhold_choice(command, options.choice);
  command.add_option("-o,--output", options.output, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
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
    "log.\nTwo passports that show the same log can be linked. More: quarrymark passport preview\n";

Result<passport::Passport> read_passport(const api::NamedBytes& file) {
  auto parsed = passport::parse_passport(file.bytes);
  if (!parsed) return tl::unexpected<Error>(api::in_file(file.name, parsed.error()));
  return parsed;
}

Result<int> withhold(const WithholdOptions& options, Output& output) {
  if (options.choice.empty())
    return fail(Errc::kInvalidArgument,
                "nothing to withhold: give --party, --intermediaries, --field or --profile",
                kCommandLine);
  QM_TRY(const api::NamedBytes file, load_passport(options.file));
  QM_TRY(const passport::Passport parsed, read_passport(file));
  QM_TRY(const passport::Withheld withheld, withhold_from(parsed, file.name, options.choice));
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

struct PreviewOptions {
  std::string file;
  WithholdChoice choice;
  std::vector<std::string> with;
};

void preview_options(CLI::App& command, PreviewOptions& options) {
  command
      .add_option("FILE", options.file,
                  "Passport: JSON, or inside an HTML or PDF file; - is standard input")
      ->required();
  add_withhold_choice(command, options.choice);
  command
      .add_option("--with", options.with,
                  "Another passport that a reader may have as well; may be repeated")
      ->allow_extra_args(false);
}

Result<int> preview(const PreviewOptions& options, Output& output) {
  QM_TRY(const api::NamedBytes file, load_passport(options.file));
  QM_TRY(const passport::Passport parsed, read_passport(file));
  QM_TRY(const passport::Withheld withheld, withhold_from(parsed, file.name, options.choice));
  std::vector<passport::Passport> others;
  std::vector<std::string> names;
  for (const std::string& path : options.with) {
    QM_TRY(const api::NamedBytes other, load_passport(path));
    QM_TRY(passport::Passport read, read_passport(other));
    others.push_back(std::move(read));
    names.push_back(other.name);
  }
  QM_TRY(const passport::Preview seen, passport::preview(withheld.passport, others));
  if (output.json())
    output.value(api::preview_json(seen, names));
  else
    output.data(api::preview_text(seen, names));
  return api::kExitSuccess;
}

}  // namespace

void add_passport_withhold(CLI::App& group, Selection& selection) {
  add_command<WithholdOptions>(
      group, selection, "withhold", "Leave names or fields out of a passport; every proof holds",
      "  quarrymark passport withhold crates.json --party \"Example Xiamen Trading\" -o "
      "shown.json\n"
      "  quarrymark passport withhold crates.json --intermediaries --field remarks -o shown.json\n"
      "  quarrymark passport withhold crates.json --profile customer -o shown.json",
      &withhold_options, &withhold);
  add_command<PreviewOptions>(
      group, selection, "preview", "Show what a reader could still infer, without writing anything",
      "  quarrymark passport preview crates.json --profile customer\n"
      "  quarrymark passport preview crates.json --intermediaries --with last-year.json",
      &preview_options, &preview);
}

}  // namespace quarrymark::cli
