#include "api/exit_codes.h"
#include "ledger/base/text.h"
#include "ledger/record/key_rotation.h"
#include "node/cli/command.h"

namespace quarrymark::cli {
namespace {

struct KeyOptions {
  std::string directory, log;
};

void options(CLI::App& command, KeyOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
}

json::Value keys_json(const record::OpenLog& log, const std::vector<std::string>& vkeys) {
  return json::Object{{"name", log.record.name},
                      {"origin", log.record.origin},
                      {"vkeys", json::Array(vkeys.begin(), vkeys.end())}};
}

Result<int> show(const KeyOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  const std::vector<std::string> vkeys = log->log->vkeys();
  if (output.json()) {
    output.value(keys_json(*log, vkeys));
    return api::kExitSuccess;
  }
  std::string text = cat("Keys of ", log->record.name, ", first to last\n");
  for (std::size_t i = 0; i < vkeys.size(); ++i)
    text += cat(vkeys[i], i + 1 == vkeys.size() ? "  (signs now)\n" : "\n");
  output.data(text);
  output.message("Readers may hold any of them; the first names the log for good.");
  return api::kExitSuccess;
}

Result<int> rotate(const KeyOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock));
  QM_TRY(record::OpenLog * log, node->find_log(options.log));
  QM_TRY(const record::Rotated rotated, record::rotate_key(*node, *log));
  if (output.json()) {
    json::Value value = keys_json(*log, rotated.vkeys);
    json::Object& object = *value.if_object();
    object.emplace_back("index", static_cast<std::int64_t>(rotated.receipt.index));
    object.emplace_back("event", rotated.receipt.event.text());
    object.emplace_back("rotation", rotated.rotation);
    object.emplace_back("checkpoint", rotated.checkpoint);
    output.value(value);
    return api::kExitSuccess;
  }
  output.data(
      cat("entry ", rotated.receipt.index, "  rotate\nnew vkey  ", rotated.vkeys.back(), "\n"));
  output.message(
      cat("The old key is gone. The log is still ", log->record.origin,
          ": contacts, admissions and passports made before go on counting. Make a backup of ",
          options.directory, "/keys now."));
  return api::kExitSuccess;
}

}  // namespace

void add_key(CLI::App& app, Selection& selection) {
  CLI::App& group =
      add_group(app, "key", "Keys that sign a log's checkpoints, and keys to read letters with");
  add_command<KeyOptions>(group, selection, "show", "Print the keys of a log, first to last",
                          "  quarrymark key show --dir quarry", &options, &show);
  add_command<KeyOptions>(
      group, selection, "rotate",
      "Put a fresh key in the place of the one in force; both sign that they do",
      "  quarrymark key rotate --dir quarry", &options, &rotate);
  add_key_reader(group, selection);
}

}  // namespace quarrymark::cli
