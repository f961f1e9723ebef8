#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/crypto/key.h"
#include "ledger/record/numbers.h"
#include "ledger/trace/trace.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/files/files.h"
#include "scanner/code/code.h"
#include "scanner/label/label.h"
#include "scanner/print/print.h"

#include <filesystem>
#include <vector>

namespace quarrymark::cli {
namespace {

using label::Label;

constexpr std::size_t kMostBlankLabels = 500;

struct MakeOptions {
  std::string directory, host = "LABEL.EXAMPLE", file;
  std::vector<std::string> items, numbers;
  std::size_t blank = 0;
  int module_pixels = print::kDefaultModulePixels;
  bool force = false;
};

void make_options(CLI::App& command, MakeOptions& options) {
  CLI::Option* directory =
      command.add_option("--dir", options.directory, "Directory of the node that knows the items");
  CLI::Option* items =
      command.add_option("--item", options.items, "Items: numbers or aliases; needs --dir")
          ->needs(directory);
  CLI::Option* numbers =
      command.add_option("--number", options.numbers, "ITEM/SERIAL as they stand on a label")
          ->excludes(items);
  command.add_option("--blank", options.blank, "So many new labels, numbered ahead")
      ->check(CLI::Range(std::size_t{1}, kMostBlankLabels))
      ->excludes(items)
      ->excludes(numbers);
  command.add_option("-o,--output", options.file, "File to write: .png, or .svg for one label")
      ->required();
  command
      .add_option("--host", options.host,
                  "Neutral resolver printed in the label, at most 27 characters")
      ->envname("QUARRYMARK_LABEL_HOST")
      ->capture_default_str();
  command.add_option("--module", options.module_pixels, "Pixels for each module of the code")
      ->capture_default_str();
  command.add_flag("--force", options.force, "Replace the file");
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// A node's item with the serial that is on record now.
Result<Label> label_of_item(record::Node& node, const std::string& name) {
  QM_TRY(const trace::ItemView view, trace::show_item(node, name));
  const auto& states = view.current.empty() ? view.history : view.current;
  for (auto state = states.rbegin(); state != states.rend(); ++state)
    if (!state->output.serial.empty()) return Label{{}, view.item, state->output.serial};
  return fail(Errc::kFailedPrecondition,
              "has no label on record; record a label event that binds one", name);
}

Result<std::vector<Label>> labels_to_make(const MakeOptions& options) {
  std::vector<Label> labels;
  if (!options.items.empty()) {
    SystemClock clock;
    QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
    for (const std::string& item : options.items) {
      QM_TRY(Label made, label_of_item(*node, item));
      labels.push_back(std::move(made));
    }
  }
  for (const std::string& number : options.numbers) {
    const auto text = record::read_label_text(number);
    if (!text || text->serial.empty())
      return fail(Errc::kInvalidArgument,
                  cat("expected ITEM/SERIAL, got ", quoted_for_message(number)), "--number");
    labels.push_back(Label{{}, text->item, text->serial});
  }
  for (std::size_t i = 0; i < options.blank; ++i)
    labels.push_back(Label{{},
                           label::make_item_number(crypto::random_bytes),
                           label::make_serial(crypto::random_bytes)});
  if (labels.empty())
    return fail(Errc::kInvalidArgument, "no labels to make: give --item, --number or --blank",
                kCommandLine);
  for (Label& one : labels) one.host = upper(options.host);
  return labels;
}

Result<std::string> draw(const std::vector<Label>& labels, const MakeOptions& options) {
  const std::string extension = std::filesystem::path(options.file).extension().string();
  if (extension == ".svg") {
    if (labels.size() > 1)
      return fail(Errc::kInvalidArgument, "an SVG file holds one label; several go on a .png sheet",
                  "--output");
    return print::label_svg(labels.front(), options.module_pixels);
  }
  if (extension != ".png")
    return fail(
        Errc::kInvalidArgument,
        cat("expected a name ending in .png or .svg, got ", quoted_for_message(options.file)),
        "--output");
  if (labels.size() == 1) {
    QM_TRY(const auto png, print::label_png(labels.front(), options.module_pixels));
    return std::string(as_text(png));
  }
  QM_TRY(const auto png,
         print::sheet_png(labels, print::kDefaultSheetColumns, options.module_pixels));
  return std::string(as_text(png));
}

Result<int> make(const MakeOptions& options, Output& output) {
  QM_TRY(const std::vector<Label> labels, labels_to_make(options));
  QM_TRY(const std::string picture, draw(labels, options));
  QM_TRY_VOID(files::write(options.file, picture,
                           options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  json::Array made;
  for (const Label& one : labels) {
    QM_TRY(std::string text, label::write_label(one));
    if (!output.json())
      output.data(cat(label::in_groups_of_four(one.item), "  ",
                      label::in_groups_of_four(one.serial), "  ", text, "\n"));
    made.push_back(
        json::Object{{"item", one.item}, {"serial", one.serial}, {"text", std::move(text)}});
  }
  if (output.json())
    output.value(json::Object{{"file", options.file}, {"labels", std::move(made)}});
  else
    output.message(
        cat("Wrote ", options.file, ". Print one and scan it before printing the rest."));
  return api::kExitSuccess;
}

struct ReadOptions {
  std::vector<std::string> files;
  bool scans = false;
};

void read_options(CLI::App& command, ReadOptions& options) {
  command.add_option("FILE", options.files, "Pictures, PNG or JPEG; - is standard input")
      ->required();
  command.add_flag("--scans", options.scans, "Print a scans file for contract check");
}

json::Value code_json(const code::CodeFound& found) {
  json::Value label = nullptr;
  if (auto parsed = label::parse_label(found.content))
    label =
        json::Object{{"host", parsed->host}, {"item", parsed->item}, {"serial", parsed->serial}};
  json::Array corners;
  for (const code::Corner& corner : found.corners)
    corners.push_back(json::Array{json::Value(corner.x), json::Value(corner.y)});
  return json::Object{{"content", found.content},
                      {"symbology", code::symbology_name(found.symbology)},
                      {"label", std::move(label)},
                      {"corners", std::move(corners)}};
}

std::string code_text(const std::string& file, const code::CodeFound& found) {
  if (auto parsed = label::parse_label(found.content))
    return cat(file, ": item ", label::in_groups_of_four(parsed->item), ", label ",
               label::in_groups_of_four(parsed->serial), "  ", found.content, "\n");
  return cat(file, ": ", code::symbology_name(found.symbology), " ",
             quoted_for_message(found.content, 400), "\n");
}

Result<int> read(const ReadOptions& options, Output& output) {
  json::Array files, scans;
  std::vector<std::string> without;
  for (const std::string& path : options.files) {
    QM_TRY(const api::NamedBytes file, load(path, kMaxPictureBytes));
    QM_TRY(const auto codes, code::read_codes(as_bytes(file.bytes), file.name));
    if (codes.empty()) without.push_back(file.name);
    json::Array values;
    for (const code::CodeFound& found : codes) {
      values.push_back(code_json(found));
      scans.push_back(found.content);
      if (!options.scans && !output.json()) output.data(code_text(file.name, found));
    }
    files.push_back(json::Object{{"file", file.name}, {"codes", std::move(values)}});
  }
  if (options.scans)
    output.value(std::move(scans));
  else if (output.json() && without.empty())
    output.value(json::Object{{"files", std::move(files)}});
  if (without.empty()) return api::kExitSuccess;
  std::string names = without.front();
  for (std::size_t i = 1; i < without.size(); ++i) names += cat(", ", without[i]);
  return fail(Errc::kNotFound, "no code found", names);
}

}  // namespace

void add_label(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "label", "Print labels and read them from pictures");
  add_command<MakeOptions>(
      group, selection, "make", "Print labels as a picture",
      "  quarrymark label make --dir factory --item 095211410000001011 -o crate.png\n"
      "  quarrymark label make --blank 24 -o sheet.png\n"
      "  quarrymark label make --number 0123456789ABCDEFG/0123ABCD -o label.svg",
      &make_options, &make);
  add_command<ReadOptions>(group, selection, "read", "Read every code in pictures",
                           "  quarrymark label read photo.jpg\n"
                           "  quarrymark label read --scans crates.png > scans.json",
                           &read_options, &read);
}

}  // namespace quarrymark::cli
