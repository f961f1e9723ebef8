// passport html, passport pdf: a report for readers that carries the passport it is about.
#include "api/document/document.h"
#include "api/error_json.h"
#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/trust.h"
#include "node/cli/check_files.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"
#include "node/files/files.h"
#include "scanner/label/label.h"

#include <algorithm>

namespace quarrymark::cli {
namespace {

constexpr std::size_t kMaxPresenterBytes = 200;

struct DocumentOptions {
  CheckFiles check;
  std::string passport, language = "en", presenter, host = "LABEL.EXAMPLE", file;
  bool force = false;
};

void options(CLI::App& command, DocumentOptions& options) {
  command
      .add_option("FILE", options.passport,
                  "Passport: JSON, or inside an HTML or PDF file; - is standard input")
      ->required();
  add_check_options(command, options.check, Asks::kMaybeContract);
  std::vector<std::string> languages;
  for (const words::Language language : words::kAllLanguages)
    languages.emplace_back(words::language_code(language));
  command.add_option("--lang", options.language, "Language of the document")
      ->check(CLI::IsMember(languages))
      ->capture_default_str();
  command.add_option("--presenter", options.presenter,
                     "Who says what the document prints; printed beside it");
  command
      .add_option("--host", options.host,
                  "Neutral resolver printed in the labels, at most 27 characters")
      ->envname("QUARRYMARK_LABEL_HOST")
      ->capture_default_str();
  command.add_option("-o,--output", options.file, "File to write; - is standard output")
      ->required();
  command.add_flag("--force", options.force, "Replace the file");
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

Result<document::Presentation> presentation_of(const DocumentOptions& options,
                                               const api::CheckRequest& request) {
  document::Presentation presentation;
  presentation.language =
      words::language_from(options.language).value_or(words::Language::kEnglish);
  if (options.presenter.size() > kMaxPresenterBytes || !is_valid_utf8(options.presenter))
    return fail(Errc::kInvalidArgument,
                cat("expected a name of at most ", kMaxPresenterBytes, " bytes of UTF-8"),
                "--presenter");
  presentation.presenter = options.presenter;
  presentation.label_host = upper(options.host);
  if (auto good = label::check_host(presentation.label_host); !good)
    return fail(Errc::kInvalidArgument, good.error().message, "--host");
  QM_TRY(const passport::Trust trust, passport::parse_trust(request.trust.bytes));
  presentation.asks_witnesses = trust.policy.quorum.has_value();
  return presentation;
}

using MakeDocument = Result<std::string> (*)(const custody::Report&, const document::Presentation&,
                                             std::string_view);

Result<int> write_document(const DocumentOptions& options, Output& output, MakeDocument make) {
  CheckFiles files = options.check;
  files.passports = {options.passport};
  QM_TRY(const api::CheckRequest request, load_check_request(files));
  const api::NamedBytes& passport = request.passports.front();
  // A document is about a passport; bytes that are none are not worth handing on.
  if (auto parsed = passport::parse_passport(passport.bytes); !parsed)
    return tl::unexpected<Error>(api::in_file(passport.name, parsed.error()));
  QM_TRY(const custody::Report report, api::run_check(request));
  QM_TRY(const document::Presentation presentation, presentation_of(options, request));
  std::string bytes;
  {
    const Progress progress(output, "Writing the document");
    QM_TRY(bytes, make(report, presentation, passport.bytes));
  }
  if (options.file == "-") {
    output.data(bytes);
    return api::kExitSuccess;
  }
  QM_TRY_VOID(files::write(options.file, bytes,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  if (output.json())
    output.value(json::Object{
        {"file", options.file},
        {"bytes", static_cast<std::int64_t>(bytes.size())},
        {"language", options.language},
        {"verdict",
         report.verdict ? json::Value(custody::verdict_name(*report.verdict)) : json::Value()}});
  else
    output.data(cat("Wrote ", options.file, ", ", bytes.size(), " bytes, with the verdict of your ",
                    "trust file as your statement: ", words::verdict_key(report.verdict), "\n"));
  return api::kExitSuccess;
}

Result<int> write_html(const DocumentOptions& options, Output& output) {
  return write_document(options, output, &document::html_of);
}
Result<int> write_pdf(const DocumentOptions& options, Output& output) {
  return write_document(options, output, &document::pdf_of);
}

}  // namespace

void add_passport_document(CLI::App& group, Selection& selection) {
  add_command<DocumentOptions>(
      group, selection, "html", "Write a page for readers that carries the passport",
      "  quarrymark passport html crates.json --trust trust.json --contract K1.json --lang nl "
      "--presenter \"Voorbeeld Import\" -o crates.html\n"
      "  quarrymark contract check crates.html --contract K1.json --trust trust.json",
      &options, &write_html);
  add_command<DocumentOptions>(
      group, selection, "pdf", "Write a PDF for readers that carries the passport",
      "  quarrymark passport pdf crates.json --trust trust.json --contract K1.json --lang zh "
      "-o crates.pdf\n"
      "  quarrymark passport verify crates.pdf --trust trust.json",
      &options, &write_pdf);
}

}  // namespace quarrymark::cli
