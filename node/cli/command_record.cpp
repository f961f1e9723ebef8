#include "api/error_json.h"
#include "api/exit_codes.h"
#include "api/recorded_json.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/record/inbox.h"
#include "ledger/record/recorder.h"
#include "ledger/record/resolver.h"
#include "node/cli/command.h"
#include "node/cli/limits.h"
#include "node/cli/progress.h"
#include "node/cli/record_check.h"
#include "node/cli/record_doubts.h"
#include "node/files/files.h"
#include "scanner/label/item_number.h"

#include <optional>

namespace quarrymark::cli {
namespace {

constexpr std::size_t kMostOutputs = 12;  // of one event, for people; --json has them all

struct RecordOptions {
  std::string directory, log, file, device;
  std::vector<std::string> passports;
  bool dry_run = false;
  bool heads = false;
  bool check = false;
};

void options(CLI::App& command, RecordOptions& options) {
  command.add_option("FILE", options.file, "Events as JSON or NDJSON; - is standard input");
  CLI::Option* directory =
      command.add_option("--dir", options.directory, "Directory of the node; --check needs none");
  command.add_option("--log", options.log, "Name or origin of the log, when there are several")
      ->needs(directory);
  CLI::Option* passports =
      command
          .add_option("--passport", options.passports,
                      "Passport that came with the goods, taken in first; may be repeated, and "
                      "may come without FILE")
          ->allow_extra_args(false);
  command
      .add_flag("--dry-run", options.dry_run,
                "Check everything, say what is doubtful, record nothing")
      ->excludes(passports);
  CLI::Option* device = command.add_option(
      "--device", options.device,
      "Key file of an enrolled device, which signs each event with its next number");
  command
      .add_flag("--heads", options.heads,
                "FILE holds events that devices built and signed elsewhere")
      ->excludes(device);
  command
      .add_flag(
          "--check", options.check,
          "Say what is wrong with the shape of any event in FILE, without a ledger; with --dir "
          "what --dry-run says")
      ->excludes(passports)
      ->excludes(device);
}

// What there is to record: stated by item, or built elsewhere.
struct Requests {
  std::vector<record::NumberedRequest> stated;
  std::vector<record::NumberedBuilt> built;
  std::size_t size() const { return stated.size() + built.size(); }
};

tl::unexpected<Error> of_file(const RecordOptions& options, const Error& error) {
  return tl::unexpected<Error>(
      api::in_file(options.file == "-" ? "standard input" : options.file, error));
}

// Nothing to record is an error, unless passports came and were the point.
Result<Requests> read(const RecordOptions& options) {
  if (options.file.empty()) {
    if (!options.passports.empty()) return Requests{};
    return fail(Errc::kInvalidArgument, "nothing to record: give a FILE, or - for standard input",
                kCommandLine);
  }
  Requests requests;
  Status read;
  if (options.heads) {
    auto built = record::read_built_requests(options.file);
    if (built)
      requests.built = std::move(*built);
    else
      read = tl::unexpected<Error>(built.error());
  } else {
    auto stated = record::read_requests(options.file);
    if (stated)
      requests.stated = std::move(*stated);
    else
      read = tl::unexpected<Error>(stated.error());
  }
  if (read) return requests;
  if (read.error().code == Errc::kInvalidArgument && !options.passports.empty()) return Requests{};
  return of_file(options, read.error());
}

Result<record::AcceptedPassports> accept(const RecordOptions& options, record::Node& node) {
  std::vector<std::string> bytes;
  for (const std::string& path : options.passports) {
    QM_TRY(api::NamedBytes file, load_passport(path));
    bytes.push_back(std::move(file.bytes));
  }
  const std::vector<std::string_view> views(bytes.begin(), bytes.end());
  auto accepted = record::accept_passports(node, views);
  if (!accepted && options.passports.size() == 1)
    return tl::unexpected<Error>(api::in_file(options.passports.front(), accepted.error()));
  return accepted;
}

std::string output_text(const custody::Output& output) {
  std::string out =
      cat(custody::item_kind_name(output.kind), " ", label::in_groups_of_four(output.item));
  if (!output.serial.empty()) out += cat(" label ", label::in_groups_of_four(output.serial));
  if (!output.aliases.empty()) out += cat("  ", output.aliases.front());
  if (output.amount != 1 || output.unit != custody::Unit::kPiece)
    out += cat("  ", custody::amount_text(output.amount, output.unit));
  return out;
}

std::string recorded_text(const record::Recorded& recorded) {
  std::string out;
  for (const record::RecordedEvent& event : recorded.events) {
    out += cat("entry ", event.receipt.index, "  ", custody::event_type_name(event.type));
    if (!event.key.empty()) out += cat("  ", event.key);
    if (event.receipt.replayed) out += "  (recorded before, under this key)";
    out += "\n";
    std::size_t shown = 0;
    for (const custody::Output& output : event.outputs) {
      if (shown++ == kMostOutputs) {
        out += cat("  and ", event.outputs.size() - kMostOutputs, " more\n");
        break;
      }
      out += cat("  ", output_text(output), "\n");
    }
  }
  return out;
}

std::string accepted_text(const record::AcceptedPassports& accepted) {
  std::string out = cat("taken in: ", accepted.entries, " new entries");
  if (accepted.arrived.empty()) return out + "\n";
  out += cat(", ", accepted.arrived.size(), " items to receive\n");
  for (const record::Arrived& arrived : accepted.arrived)
    out += cat("  ", output_text(arrived.output), "\n");
  return out;
}

Result<int> dry_run(const RecordOptions& options, const Requests& requests,
                    const crypto::SigningKey* device, record::Node& node, record::OpenLog& log,
                    Output& output) {
  record::Resolver resolver(node, log, nullptr, device);
  return check_requests_here(
      resolver, log, requests.stated, requests.built,
      [&](std::size_t line, const Error& error) {
        return of_file(options, record::at_line(line, error));
      },
      output);
}

Result<int> run(const RecordOptions& options, Output& output) {
  if (options.check && options.directory.empty()) {
    if (options.file.empty())
      return fail(Errc::kInvalidArgument, "nothing to check: give a FILE, or - for standard input",
                  kCommandLine);
    return check_record_file(options.file, options.heads, output);
  }
  if (options.directory.empty())
    return fail(Errc::kInvalidArgument, "missing: --dir, the directory of the node", kCommandLine);
  // The file first: what is wrong with it is said without touching the node.
  QM_TRY(const Requests requests, read(options));
  std::optional<crypto::SigningKey> key;
  if (!options.device.empty()) {
    QM_TRY(key, crypto::SigningKey::load(options.device));
  }
  const crypto::SigningKey* device = key ? &*key : nullptr;
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock));
  QM_TRY(record::OpenLog * log, node->find_log(options.log));
  if (options.dry_run || options.check)
    return dry_run(options, requests, device, *node, *log, output);

  record::AcceptedPassports accepted;
  if (!options.passports.empty()) {
    QM_TRY(accepted, accept(options, *node));
  }
  record::Recorded recorded;
  if (requests.size() > 0) {
    const Progress progress(output, cat("Recording ", requests.size(), " events"));
    auto done = options.heads
                    ? record::record_built(*node, *log, requests.built)
                    : record::record_requests(*node, *log, requests.stated, nullptr, device);
    if (!done) return of_file(options, done.error());
    recorded = std::move(*done);
    QM_TRY_VOID(record::add_doubts(*node, recorded));
  } else {
    recorded.checkpoint = log->log->checkpoint();
  }
  if (output.json()) {
    json::Value value = api::recorded_json(log->record.origin, recorded);
    value.if_object()->emplace_back("passports", api::accepted_json(accepted));
    output.value(value);
    return api::kExitSuccess;
  }
  if (!options.passports.empty()) output.data(accepted_text(accepted));
  output.data(recorded_text(recorded));
  print_doubts(recorded, output);
  return api::kExitSuccess;
}

}  // namespace

void add_record(CLI::App& app, Selection& selection) {
  add_command<RecordOptions>(
      app, selection, "record",
      "Record events in a log, everything or nothing (docs/record_input.md)",
      "  quarrymark record --dir quarry events.ndjson\n"
      "  echo '{\"type\":\"attest\",\"fields\":{\"kind\":\"confirm\",…}}' | quarrymark record "
      "--dir quarry -\n"
      "  quarrymark record --dir factory --passport block.json received.ndjson\n"
      "  quarrymark record --check events.ndjson\n"
      "  quarrymark record --dir quarry --device phone.pem events.ndjson\n"
      "  quarrymark record --dir quarry --heads from_phone.ndjson",
      &options, &run);
}

}  // namespace quarrymark::cli
