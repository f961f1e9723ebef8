#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/trust_words.h"
#include "ledger/base/text.h"
#include "ledger/note/vkey.h"
#include "ledger/passport/trust.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/files/files.h"

#include <tuple>
#include <vector>

namespace quarrymark::cli {
namespace {

using Pin = std::tuple<std::string, std::string, std::string, std::string>;

struct TrustOptions {
  std::vector<std::string> registrars, monitors, verifiers, witnesses;
  std::vector<Pin> pins;
  std::size_t quorum = 0;
  std::string policy, output;
  bool force = false;
};

void trust_options(CLI::App& command, TrustOptions& options) {
  const auto many = [&](const char* name, std::vector<std::string>& values, const char* what) {
    return command.add_option(name, values, what)->allow_extra_args(false);
  };
  many("--registrar", options.registrars, "vkey of a registrar's log; may be repeated");
  many("--monitor", options.monitors, "vkey of a monitor, for clear notes; may be repeated");
  many("--verifier", options.verifiers,
       "Origin of the log of a verifier whose `resolve` counts; may be repeated");
  command
      .add_option("--pin", options.pins,
                  "VKEY NAME ROLE COUNTRY of a log whose owner is known; may be repeated")
      ->allow_extra_args(false);
  CLI::Option* witness =
      many("--witness", options.witnesses, "vkey of a witness (type 0x04); may be repeated");
  CLI::Option* quorum = command.add_option(
      "--quorum", options.quorum, "How many of the witnesses have to cosign; all when left out");
  quorum->needs(witness)->check(CLI::Range(1, 256));
  command
      .add_option("--policy", options.policy,
                  "File with a policy in tlog-policy form, in place of --witness and --quorum")
      ->excludes(witness);
  command.add_option("-o,--output", options.output, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

Result<note::VerifierKey> parse_key(const std::string& text, const char* option) {
  auto key = note::parse_vkey(text);
  if (!key) return fail(Errc::kInvalidArgument, key.error().message, option);
  return key;
}

// A policy of these witnesses, each called by the name in its key.
Result<std::string> policy_of(const TrustOptions& options) {
  if (!options.policy.empty()) return files::read(options.policy, note::kMaxPolicySize);
  if (options.witnesses.empty()) return std::string();
  std::string text, members;
  for (const std::string& vkey : options.witnesses) {
    QM_TRY(const note::VerifierKey key, parse_key(vkey, "--witness"));
    text += cat("witness ", key.name, " ", vkey, "\n");
    members += cat(" ", key.name);
  }
  if (options.quorum > options.witnesses.size())
    return fail(Errc::kInvalidArgument,
                cat("expected at most the number of witnesses, ", options.witnesses.size(),
                    ", got ", options.quorum),
                "--quorum");
  const std::string threshold = options.quorum == 0 ? "all" : cat(options.quorum);
  return cat(text, "group asked-for ", threshold, members, "\nquorum asked-for\n");
}

Result<passport::Trust> gather(const TrustOptions& options) {
  passport::Trust trust;
  for (const std::string& vkey : options.registrars) {
    QM_TRY(note::VerifierKey key, parse_key(vkey, "--registrar"));
    trust.registrars.push_back(std::move(key));
  }
  for (const std::string& vkey : options.monitors) {
    QM_TRY(note::VerifierKey key, parse_key(vkey, "--monitor"));
    trust.monitors.push_back(std::move(key));
  }
  trust.verifiers = options.verifiers;
  for (const auto& [vkey, name, role, country] : options.pins) {
    QM_TRY(note::VerifierKey key, parse_key(vkey, "--pin"));
    trust.pinned.push_back({std::move(key), name, role, country});
  }
  QM_TRY(trust.policy_text, policy_of(options));
  return trust;
}

// "registrars[0]" of the file was an option here.
tl::unexpected<Error> of_option(Error error) {
  static constexpr std::pair<std::string_view, std::string_view> kOptions[] = {
      {"registrars", "--registrar"},
      {"monitors", "--monitor"},
      {"verifiers", "--verifier"},
      {"pinned", "--pin"}};
  for (const auto& [field, option] : kOptions)
    if (error.field.starts_with(field)) {
      error.field = option;
      error.code = Errc::kInvalidArgument;
    }
  return tl::unexpected<Error>(std::move(error));
}

Result<int> make_trust_file(const TrustOptions& options, Output& output) {
  QM_TRY(const passport::Trust gathered, gather(options));
  const std::string bytes = passport::write_trust(gathered);
  // Read back as a verifier will read it.
  auto trust = passport::parse_trust(bytes);
  if (!trust) return of_option(std::move(trust.error()));
  if (options.output == "-") {
    output.data(bytes + "\n");
    output.message(api::trust_text(*trust));
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.output, bytes + "\n",
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json()) {
    json::Value value = api::trust_json(*trust);
    value.if_object()->emplace_back("file", options.output);
    output.value(value);
  } else {
    output.data(cat("Wrote ", options.output, "\n", api::trust_text(*trust)));
  }
  return api::kExitSuccess;
}

struct ShowOptions {
  std::string file;
};

void show_options(CLI::App& command, ShowOptions& options) {
  command.add_option("FILE", options.file, "Trust file; - is standard input")->required();
}

Result<int> show(const ShowOptions& options, Output& output) {
  QM_TRY(const api::NamedBytes file, load(options.file, kMaxTrustBytes));
  auto trust = passport::parse_trust(file.bytes);
  if (!trust) return tl::unexpected<Error>(api::in_file(file.name, trust.error()));
  if (output.json())
    output.value(api::trust_json(*trust));
  else
    output.data(api::trust_text(*trust));
  return api::kExitSuccess;
}

}  // namespace

void add_trust(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "trust", "Trust files: whose word a reader takes, and for what");
  add_command<TrustOptions>(
      group, selection, "make", "Write a trust file from keys",
      "  quarrymark trust make --registrar \"$(cat register.vkey)\" --monitor \"$(cat "
      "monitor.vkey)\" \\\n      --witness \"$(cat w1.vkey)\" --witness \"$(cat w2.vkey)\" "
      "--quorum 1 -o trust.json\n"
      "  quarrymark trust make --pin \"$(cat quarry.vkey)\" \"Hill Quarry Ltd\" \"quarry "
      "operator\" BE -o trust.json",
      &trust_options, &make_trust_file);
  add_command<ShowOptions>(group, selection, "show", "Say in words what a trust file means",
                           "  quarrymark trust show trust.json", &show_options, &show);
}

}  // namespace quarrymark::cli
