#include "node/cli/withhold_options.h"

#include "api/error_json.h"
#include "ledger/base/text.h"

namespace quarrymark::cli {

void add_withhold_choice(CLI::App& command, WithholdChoice& choice) {
  command.add_option("--party", choice.parties, "Party to hide: name or origin; may be repeated")
      ->allow_extra_args(false);
  command
      .add_option("--alias", choice.aliases,
                  "Another name of a hidden party, which may not appear either; may be repeated")
      ->allow_extra_args(false);
  command.add_flag("--intermediaries", choice.intermediaries,
                   "Hide everybody between whoever extracted the stone and you");
  command.add_option("--me", choice.me,
                     "You, by name or origin; left out: who made the passport's items");
  command
      .add_option("--field", choice.fields,
                  "Field to leave out everywhere (transport), or in one type of event "
                  "(extract.site); may be repeated")
      ->allow_extra_args(false);
  command.add_option("--profile", choice.profile,
                     "What customer, public or assessor need not see; docs/withholding.md");
}

Result<passport::WithholdRequest> request_of(const WithholdChoice& choice) {
  if (!choice.aliases.empty() && choice.parties.empty())
    return fail(Errc::kInvalidArgument, "an alias needs the --party it belongs to", "--alias");
  passport::WithholdRequest request;
  request.fields = choice.fields;
  for (const std::string& party : choice.parties)
    request.parties.push_back({party, choice.aliases});
  request.intermediaries = choice.intermediaries;
  request.me = choice.me;
  if (choice.profile.empty()) return request;
  request.profile = passport::find_profile(choice.profile);
  if (request.profile != nullptr) return request;
  std::string listed;
  for (const passport::Profile& known : passport::profiles())
    listed += cat(listed.empty() ? "" : ", ", known.name);
  return fail(Errc::kInvalidArgument,
              cat("expected one of ", listed, ", got ", quoted_for_message(choice.profile)),
              "--profile");
}

Result<passport::Withheld> withhold_from(const passport::Passport& passport,
                                         const std::string& file, const WithholdChoice& choice) {
  QM_TRY(const passport::WithholdRequest request, request_of(choice));
  auto withheld = passport::withhold(passport, request);
  if (!withheld && withheld.error().field == "me")
    return fail(Errc::kInvalidArgument, withheld.error().message, "--me");
  if (!withheld) return tl::unexpected<Error>(api::in_file(file, withheld.error()));
  if (!withheld->unmatched.empty())
    return fail(Errc::kNotFound,
                cat("nothing in the passport answers to ",
                    quoted_for_message(withheld->unmatched.front()), "; nothing was written"),
                file);
  return withheld;
}

}  // namespace quarrymark::cli
