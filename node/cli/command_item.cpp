#include "api/exit_codes.h"
#include "api/item_json.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/record/doubts.h"
#include "ledger/record/trace.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"
#include "scanner/label/item_number.h"

namespace quarrymark::cli {
namespace {

struct ItemOptions {
  std::string directory, item;
  bool forward = false, back = false;
};

void show_options(CLI::App& command, ItemOptions& options) {
  command.add_option("ITEM", options.item, "Item number, label text or alias")->required();
  command.add_option("--dir", options.directory, "Directory of the node")->required();
}

void trace_options(CLI::App& command, ItemOptions& options) {
  show_options(command, options);
  CLI::Option* back = command.add_flag("--back", options.back,
                                       "To where it came from (what is done without a flag)");
  command.add_flag("--forward", options.forward, "On to what was made of it")->excludes(back);
}

std::string event_text(const record::EventSummary& event) {
  std::string out = cat(event.at.substr(0, 10), "  ", custody::event_type_name(event.type), " by ",
                        event.log_name.empty() ? event.log : event.log_name, ", entry ", event.seq);
  if (!event.site.empty()) out += cat(", at ", event.site);
  if (!event.remarks.empty()) out += cat(": ", event.remarks);
  return out;
}

std::string thing_text(const custody::Output& output) {
  std::string out(custody::item_kind_name(output.kind));
  out += cat(
      " ", output.aliases.empty() ? label::in_groups_of_four(output.item) : output.aliases.front());
  if (output.amount != 1 || output.unit != custody::Unit::kPiece)
    out += cat(" (", custody::amount_text(output.amount, output.unit), ")");
  return out;
}

std::string state_text(const record::StateView& state) {
  std::string out = cat("  ", thing_text(state.output), "\n");
  if (!state.output.serial.empty())
    out += cat("    label    ", label::in_groups_of_four(state.output.serial), "\n");
  out += cat("    made     ", event_text(state.made_by), "\n");
  if (state.spent_by)
    out += cat("    consumed ", event_text(*state.spent_by), "\n");
  else
    out += cat("    held by  ", state.holder_name.empty() ? state.holder : state.holder_name, "\n");
  return out;
}

std::string doubts_text(const std::vector<record::EventDoubts>& doubts) {
  if (doubts.empty()) return {};
  std::string out = "Doubtful\n";
  for (const record::EventDoubts& event : doubts)
    for (const custody::Doubt& doubt : event.doubts)
      out +=
          cat("  ", doubt.words, doubt.suggestion.empty() ? "" : cat("; ", doubt.suggestion), "\n");
  return out;
}

Result<int> show(const ItemOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::ItemView view, record::show_item(*node, options.item));
  QM_TRY(const auto doubts, record::find_doubts(*node, record::events_of(view)));
  if (output.json()) {
    output.value(api::item_json(view, doubts));
    return api::kExitSuccess;
  }
  std::string out = cat("Item ", label::in_groups_of_four(view.item), "\n");
  if (view.current.empty())
    out += "Nothing of it is open any more.\n";
  else
    out += "Now\n";
  for (const record::StateView& state : view.current) out += state_text(state);
  out += "All that is known here, oldest first\n";
  for (const record::StateView& state : view.history) out += state_text(state);
  out += doubts_text(doubts);
  output.data(out);
  return api::kExitSuccess;
}

std::string things_text(const std::vector<record::StateView>& states) {
  constexpr std::size_t kMost = 6;
  std::string out;
  for (std::size_t i = 0; i < states.size() && i < kMost; ++i)
    out += cat(i ? ", " : "", thing_text(states[i].output));
  if (states.size() > kMost) out += cat(" and ", states.size() - kMost, " more");
  return out;
}

std::string trace_text(const record::Trace& trace) {
  std::string out;
  for (const record::TraceStep& step : trace.steps) {
    const std::string indent(static_cast<std::size_t>(step.depth) * 2, ' ');
    out += cat(indent, event_text(step.event), "\n");
    if (!step.inputs.empty()) out += cat(indent, "    from ", things_text(step.inputs), "\n");
    if (step.not_shown > 0)
      out += cat(indent, "    and ", step.not_shown, " of which nothing is known here\n");
    if (!step.outputs.empty()) out += cat(indent, "    made ", things_text(step.outputs), "\n");
  }
  if (!trace.complete) out += "There is more; the trace was cut off here.\n";
  return out;
}

Result<int> trace(const ItemOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  const Progress progress(output, "Tracing");
  QM_TRY(const record::Trace trace, options.forward ? record::trace_forward(*node, options.item)
                                                    : record::trace_back(*node, options.item));
  if (output.json())
    output.value(api::trace_json(trace));
  else
    output.data(trace_text(trace));
  return api::kExitSuccess;
}

}  // namespace

void add_item(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "item", "See where an item stands and what it came from");
  add_command<ItemOptions>(group, selection, "show", "Where an item stands now, and all its states",
                           "  quarrymark item show --dir factory KHM-0417", &show_options, &show);
  add_command<ItemOptions>(group, selection, "trace", "The chain before or after an item",
                           "  quarrymark item trace --dir importer 095211410000001011\n"
                           "  quarrymark item trace --dir quarry KHM-0417 --forward",
                           &trace_options, &trace);
}

}  // namespace quarrymark::cli
