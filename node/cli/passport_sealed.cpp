#include "api/error_json.h"
#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/crypto/reading_key.h"
#include "ledger/entry/disclosure.h"
#include "ledger/passport/completing.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/sealed.h"
#include "node/cli/limits.h"
#include "node/cli/withhold_options.h"
#include "node/files/files.h"

#include <vector>

namespace quarrymark::cli {
namespace {

struct SealOptions {
  std::string file, to, copy, output;
  WithholdChoice choice;
  bool force = false;
};

void seal_options(CLI::App& command, SealOptions& options) {
  command.add_option("FILE", options.file, "Passport that shows what is to be sealed")->required();
  command
      .add_option("--to", options.to,
                  "The reader's key, quarrymark-reader+…, or a file that holds it")
      ->required();
  command.add_option("--all-withheld-from", options.copy,
                     "Passport made from FILE: seal everything it withholds");
  add_withhold_choice(command, options.choice);
  command.add_option("-o,--output", options.output, "Letter to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

Result<passport::Passport> read_passport(const std::string& path) {
  QM_TRY(const api::NamedBytes file, load_passport(path));
  auto parsed = passport::parse_passport(file.bytes);
  if (!parsed) return tl::unexpected<Error>(api::in_file(file.name, parsed.error()));
  return parsed;
}

Result<crypto::ReaderKey> reader_key(const std::string& text) {
  if (text.starts_with("quarrymark-reader+")) {
    auto key = passport::parse_reader_key(text);
    if (!key) return fail(Errc::kInvalidArgument, key.error().message, "--to");
    return key;
  }
  constexpr std::size_t kMaxKeyBytes = 1024;
  QM_TRY(api::NamedBytes file, load(text, kMaxKeyBytes));
  while (!file.bytes.empty() && (file.bytes.back() == '\n' || file.bytes.back() == '\r'))
    file.bytes.pop_back();
  auto key = passport::parse_reader_key(file.bytes);
  if (!key) return tl::unexpected<Error>(api::in_file(file.name, key.error()));
  return key;
}

Result<std::vector<passport::SealedDisclosure>> chosen(const SealOptions& options,
                                                       const passport::Passport& full) {
  if (!options.copy.empty()) {
    QM_TRY(const passport::Passport copy, read_passport(options.copy));
    return passport::withheld_from(full, copy);
  }
  QM_TRY(const passport::Withheld withheld, withhold_from(full, options.file, options.choice));
  return passport::disclosures_of(withheld.dropped);
}

std::string listed_text(const std::vector<passport::SealedDisclosure>& disclosures) {
  std::string out;
  for (const passport::SealedDisclosure& one : disclosures)
    if (const auto parsed = entry::parse_disclosure(one.text))
      out += cat("  ", parsed->name, " of event ", one.event.text(), "\n");
  return out;
}

json::Value listed_json(const std::vector<passport::SealedDisclosure>& disclosures) {
  json::Array out;
  for (const passport::SealedDisclosure& one : disclosures)
    if (const auto parsed = entry::parse_disclosure(one.text))
      out.push_back(json::Object{{"event", one.event.text()}, {"field", parsed->name}});
  return out;
}

Result<int> seal(const SealOptions& options, Output& output) {
  if (options.copy.empty() == options.choice.empty())
    return fail(Errc::kInvalidArgument,
                "say what to seal: --all-withheld-from, or --party, --intermediaries, --field or "
                "--profile",
                kCommandLine);
  QM_TRY(const crypto::ReaderKey to, reader_key(options.to));
  QM_TRY(const passport::Passport full, read_passport(options.file));
  QM_TRY(const auto disclosures, chosen(options, full));
  if (disclosures.empty())
    return fail(Errc::kNotFound,
                "there is nothing to seal: the passport shows no more than the copy", options.file);
  QM_TRY(const passport::Letter letter, passport::seal_letter(disclosures, to));
  const std::string bytes = passport::write_letter(letter);
  if (options.output == "-") {
    output.data(bytes);
    output.message(cat("Sealed:\n", listed_text(disclosures)));
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.output, bytes,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json())
    output.value(json::Object{{"file", options.output},
                              {"bytes", static_cast<std::int64_t>(bytes.size())},
                              {"to", passport::reader_key_text(to)},
                              {"sealed", listed_json(disclosures)}});
  else
    output.data(cat("Wrote ", options.output, ", which only the holder of ",
                    passport::reader_key_text(to), " can open\nSealed: ", disclosures.size(),
                    " facts\n", listed_text(disclosures)));
  return api::kExitSuccess;
}

struct OpenOptions {
  std::string file, key, output;
  std::vector<std::string> letters;
  bool force = false;
};

void open_options(CLI::App& command, OpenOptions& options) {
  command.add_option("FILE", options.file, "Passport that came with the letter")->required();
  command.add_option("--letter", options.letters, "Sealed letter; may be repeated")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--key", options.key, "Your reading key, made by key reader")->required();
  command.add_option("-o,--output", options.output, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

Result<std::vector<passport::SealedDisclosure>> open_file(const std::string& path,
                                                          const crypto::ReadingKey& key) {
  QM_TRY(const api::NamedBytes file, load(path, passport::kMaxLetterBytes));
  auto letter = passport::parse_letter(file.bytes);
  if (!letter) return tl::unexpected<Error>(api::in_file(file.name, letter.error()));
  auto opened = passport::open_letter(*letter, key);
  if (!opened) return tl::unexpected<Error>(api::in_file(file.name, opened.error()));
  return opened;
}

Result<int> open(const OpenOptions& options, Output& output) {
  QM_TRY(const crypto::ReadingKey key, crypto::ReadingKey::load(options.key));
  QM_TRY(passport::Passport passport, read_passport(options.file));
  std::vector<passport::SealedDisclosure> all;
  std::size_t added = 0;
  for (const std::string& path : options.letters) {
    QM_TRY(const auto opened, open_file(path, key));
    auto completed = passport::complete(passport, opened);
    if (!completed) return tl::unexpected<Error>(api::in_file(path, completed.error()));
    added += completed->added;
    passport = std::move(completed->passport);
    all.insert(all.end(), opened.begin(), opened.end());
  }
  const std::string bytes = passport::write_passport(passport);
  if (options.output == "-") {
    output.data(bytes);
    output.message(cat("Opened:\n", listed_text(all)));
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.output, bytes,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json())
    output.value(json::Object{{"file", options.output},
                              {"bytes", static_cast<std::int64_t>(bytes.size())},
                              {"added", static_cast<std::int64_t>(added)},
                              {"opened", listed_json(all)}});
  else
    output.data(cat("Wrote ", options.output, ": ", added,
                    " facts that were not shown before\nOpened:\n", listed_text(all)));
  return api::kExitSuccess;
}

}  // namespace

void add_passport_sealed(CLI::App& group, Selection& selection) {
  add_command<SealOptions>(
      group, selection, "seal", "Seal what a passport withholds to one reader's key",
      "  quarrymark passport seal crates.json --to officer.key.txt --all-withheld-from shown.json "
      "-o officer.letter.json\n"
      "  quarrymark passport seal crates.json --to quarrymark-reader+… --party \"Cutting Works\" "
      "-o officer.letter.json",
      &seal_options, &seal);
  add_command<OpenOptions>(
      group, selection, "open", "Open a sealed letter and put it into the passport it came with",
      "  quarrymark passport open shown.json --letter officer.letter.json --key officer.pem -o "
      "opened.json",
      &open_options, &open);
}

}  // namespace quarrymark::cli
