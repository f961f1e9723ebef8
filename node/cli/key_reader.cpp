#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/crypto/reading_key.h"
#include "ledger/passport/sealed.h"
#include "node/cli/command.h"

namespace quarrymark::cli {
namespace {

struct ReaderOptions {
  std::string output, show;
};

void options(CLI::App& command, ReaderOptions& options) {
  CLI::Option* output = command.add_option(
      "-o,--output", options.output, "File for the private half (PKCS#8, PEM); never overwritten");
  command.add_option("--show", options.show, "Print the public half of a key made before")
      ->excludes(output);
}

Result<crypto::ReadingKey> key_for(const ReaderOptions& options) {
  if (!options.show.empty()) return crypto::ReadingKey::load(options.show);
  QM_TRY(crypto::ReadingKey key, crypto::ReadingKey::generate());
  QM_TRY_VOID(key.save(options.output));
  return key;
}

// The public half alone goes to standard output, so that it can be kept in a file.
Result<int> run(const ReaderOptions& options, Output& output) {
  if (options.output.empty() && options.show.empty())
    return fail(Errc::kInvalidArgument, "give -o for a new key, or --show for one made before",
                kCommandLine);
  QM_TRY(const crypto::ReadingKey key, key_for(options));
  const std::string text = passport::reader_key_text(key.public_key());
  if (output.json())
    output.value(json::Object{{"reader_key", text},
                              {"file", options.show.empty() ? options.output : options.show}});
  else
    output.data(cat(text, "\n"));
  if (options.show.empty())
    output.message(cat("Wrote ", options.output,
                       "; keep it to yourself and give the line above to whoever seals for you."));
  return api::kExitSuccess;
}

}  // namespace

void add_key_reader(CLI::App& group, Selection& selection) {
  add_command<ReaderOptions>(group, selection, "reader",
                             "Make a key to which others seal what only you may read",
                             "  quarrymark key reader -o officer.pem >officer.key.txt\n"
                             "  quarrymark key reader --show officer.pem",
                             &options, &run);
}

}  // namespace quarrymark::cli
