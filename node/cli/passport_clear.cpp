#include "api/error_json.h"
#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/note/clear_note.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/signed_note.h"
#include "ledger/passport/packet.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/files/files.h"

namespace quarrymark::cli {
namespace {

struct ClearOptions {
  std::string file, note, output;
  bool force = false;
};

void options(CLI::App& command, ClearOptions& options) {
  command.add_option("FILE", options.file, "Passport; - is standard input")->required();
  command.add_option("--note", options.note, "Clear note, as a monitor gave it")->required();
  command.add_option("-o,--output", options.output, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

Result<note::ClearNote> read_note(const api::NamedBytes& file) {
  const auto read = [&]() -> Result<note::ClearNote> {
    QM_TRY(const note::Note note, note::parse_note(file.bytes));
    return note::parse_clear_note(note.text);
  };
  auto clear = read();
  if (!clear) return tl::unexpected<Error>(api::in_file(file.name, clear.error()));
  return clear;
}

Result<int> run(const ClearOptions& options, Output& output) {
  QM_TRY(const api::NamedBytes file, load(options.file, passport::kMaxPassportBytes));
  auto passport = passport::parse_passport(file.bytes);
  if (!passport) return tl::unexpected<Error>(api::in_file(file.name, passport.error()));
  QM_TRY(const api::NamedBytes note_file, load(options.note, note::kMaxNoteSize));
  QM_TRY(const note::ClearNote clear, read_note(note_file));
  const bool replaced = passport->clear.has_value();
  passport->clear = note_file.bytes;
  const std::string bytes = passport::write_passport(*passport);
  if (bytes.size() > passport::kMaxPassportBytes)
    return fail(Errc::kTooLarge,
                cat("with the note the passport would have ", bytes.size(), " bytes, at most ",
                    passport::kMaxPassportBytes, " are allowed"));
  if (options.output == "-") {
    output.data(bytes);
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.output, bytes,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  const std::string time = format_node_time(note::time_from_posix(clear.time));
  if (output.json())
    output.value(json::Object{{"file", options.output},
                              {"bytes", static_cast<std::int64_t>(bytes.size())},
                              {"time", time},
                              {"markers", static_cast<std::int64_t>(clear.markers.size())},
                              {"replaced", replaced}});
  else
    output.data(cat("Wrote ", options.output, " with a clear note of ", time, ", ",
                    clear.markers.size(), " markers\n"));
  if (replaced) output.message("The clear note that was in it is gone.");
  return api::kExitSuccess;
}

}  // namespace

void add_passport_clear(CLI::App& group, Selection& selection) {
  add_command<ClearOptions>(
      group, selection, "clear", "Put a monitor's clear note into a passport",
      "  quarrymark passport clear crates.json --note crates.clear -o cleared.json", &options,
      &run);
}

}  // namespace quarrymark::cli
