#include "api/exit_codes.h"
#include "api/recorded_json.h"
#include "ledger/base/text.h"
#include "ledger/record/devices.h"
#include "ledger/record/recorder.h"
#include "node/cli/command.h"

#include <filesystem>
#include <optional>

namespace quarrymark::cli {
namespace {

struct DeviceOptions {
  std::string directory, log, key_file, key, by;
};

void node_options(CLI::App& command, DeviceOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
}

void enrol_options(CLI::App& command, DeviceOptions& options) {
  node_options(command, options);
  command
      .add_option("--key-file", options.key_file,
                  "Key file of the device; made, for its owner alone to read, when it is not there")
      ->required();
  command.add_option("--by", options.by,
                     "Key file of an enrolled device, which signs the enrolment; left out: the "
                     "first device, which a registrar's admission names");
}

void withdraw_options(CLI::App& command, DeviceOptions& options) {
  node_options(command, options);
  command.add_option("--key", options.key, "Key of the device, as `device show` prints it")
      ->required();
  command.add_option("--by", options.by,
                     "Key file of an enrolled device that signs this; not needed to withdraw");
}

Result<crypto::SigningKey> load_or_make(const std::string& path, bool& made) {
  std::error_code ignored;
  made = !std::filesystem::exists(path, ignored);
  if (!made) return crypto::SigningKey::load(path);
  QM_TRY(const crypto::SigningKey key, crypto::SigningKey::generate());
  QM_TRY_VOID(key.save(path));
  return key;
}

// Records one event with a field that names a device's key.
Result<record::Recorded> record_device_event(const DeviceOptions& options, std::string_view field,
                                             const std::string& key) {
  std::optional<crypto::SigningKey> by;
  if (!options.by.empty()) {
    QM_TRY(by, crypto::SigningKey::load(options.by));
  }
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock));
  QM_TRY(record::OpenLog * log, node->find_log(options.log));
  QM_TRY(auto request,
         record::parse_request(json::Object{{"type", "device"},
                                            {"fields", json::Object{{std::string(field), key}}}}));
  const record::NumberedRequest numbered{1, std::move(request)};
  auto recorded =
      record::record_requests(*node, *log, {&numbered, 1}, nullptr, by ? &*by : nullptr);
  if (recorded) return recorded;
  Error error = std::move(recorded.error());
  error.field.clear();  // nobody wrote the line it counts
  return tl::unexpected<Error>(std::move(error));
}

void print_recorded(const record::Recorded& recorded, const std::string& key, Output& output) {
  const log::Receipt& receipt = recorded.events.front().receipt;
  if (output.json())
    output.value(json::Object{{"key", key},
                              {"recorded", true},
                              {"index", static_cast<std::int64_t>(receipt.index)},
                              {"event", receipt.event.text()},
                              {"checkpoint", recorded.checkpoint}});
  else
    output.data(cat("entry ", receipt.index, "  device\nkey  ", key, "\n"));
}

Result<int> enrol(const DeviceOptions& options, Output& output) {
  bool made = false;
  QM_TRY(const crypto::SigningKey device, load_or_make(options.key_file, made));
  const std::string key = base64url_encode(device.public_key());
  if (made)
    output.message(cat("Made the key file ", options.key_file, "; it stays on the device."));
  if (!options.by.empty()) {
    QM_TRY(const record::Recorded recorded, record_device_event(options, "enrol", key));
    print_recorded(recorded, key, output);
    return api::kExitSuccess;
  }
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  if (output.json()) {
    output.value(json::Object{
        {"key", key}, {"recorded", false}, {"name", log->record.name}, {"vkey", log->vkey}});
    return api::kExitSuccess;
  }
  output.data(cat("key  ", key, "\n"));
  output.message(cat("Nothing is recorded yet. Give the key to the registrar, who admits ",
                     log->record.name, " with it (registrar admit --device ", key,
                     "), and take in the passport of that admission (record --passport)."));
  return api::kExitSuccess;
}

Result<int> withdraw(const DeviceOptions& options, Output& output) {
  QM_TRY(const record::Recorded recorded, record_device_event(options, "withdrawn", options.key));
  print_recorded(recorded, options.key, output);
  return api::kExitSuccess;
}

json::Value devices_json(const record::OpenLog& log,
                         const std::vector<record::DeviceStanding>& devices) {
  json::Array values;
  for (const record::DeviceStanding& device : devices)
    values.push_back(json::Object{{"key", device.key},
                                  {"enrolled", device.enrolled},
                                  {"by_admission", device.by_admission},
                                  {"last_number", static_cast<std::int64_t>(device.last_number)}});
  return json::Object{
      {"name", log.record.name}, {"origin", log.record.origin}, {"devices", std::move(values)}};
}

Result<int> show(const DeviceOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  record::Overlay rows(node->store());
  record::KnownEvents events(*node, rows);
  QM_TRY(const record::LogId id, record::log_id(log->record.origin));
  QM_TRY(const auto devices, record::devices_of(rows, events, id));
  if (output.json()) {
    output.value(devices_json(*log, devices));
    return api::kExitSuccess;
  }
  std::string text;
  for (const record::DeviceStanding& device : devices)
    text += cat(device.key, "  ",
                !device.enrolled      ? "withdrawn or not enrolled"
                : device.by_admission ? "enrolled by the registrar"
                                      : "enrolled by another device",
                ", last number ", device.last_number, "\n");
  output.data(text.empty() ? cat("no device of ", log->record.name, " is known here\n") : text);
  return api::kExitSuccess;
}

}  // namespace

void add_device(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "device", "Phones that sign the events of a log");
  add_command<DeviceOptions>(
      group, selection, "enrol", "Make a device's key and enrol it",
      "  quarrymark device enrol --dir quarry --key-file phone.pem\n"
      "  quarrymark device enrol --dir quarry --key-file second.pem --by phone.pem",
      &enrol_options, &enrol);
  add_command<DeviceOptions>(
      group, selection, "withdraw", "Say that a device no longer signs, for one that was lost",
      "  quarrymark device withdraw --dir quarry --key KEY", &withdraw_options, &withdraw);
  add_command<DeviceOptions>(group, selection, "show", "List the devices known for a log",
                             "  quarrymark device show --dir quarry", &node_options, &show);
}

}  // namespace quarrymark::cli
