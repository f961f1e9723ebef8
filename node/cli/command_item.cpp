#include "api/document/chain_picture.h"
#include "api/exit_codes.h"
#include "api/item_json.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/record/doubts.h"
#include "ledger/trace/recall.h"
#include "ledger/trace/remaining.h"
#include "ledger/trace/stock.h"
#include "ledger/trace/trace.h"
#include "node/cli/command.h"
#include "node/cli/progress.h"
#include "node/files/files.h"
#include "scanner/label/item_number.h"
#include "scanner/paper/flow.h"

#include <array>
#include <string_view>

namespace quarrymark::cli {
namespace {

struct ItemOptions {
  std::string directory, item, picture;
  bool forward = false, back = false, force = false;
};

struct RemainingOptions {
  std::string directory, item, axis;
  trace::RemainingRequest request;
};

struct StockOptions {
  std::string directory, log;
  trace::StockRequest request;
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
  CLI::Option* picture =
      command.add_option("--svg", options.picture, "File to draw the chain into as well");
  command.add_flag("--force", options.force, "Replace that file")->needs(picture);
}

void remaining_options(CLI::App& command, RemainingOptions& options) {
  command.add_option("BLOCK", options.item, "Item number, label text or alias")->required();
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--thickness", options.request.thickness, "Of the slabs, in mm")
      ->capture_default_str();
  command.add_option("--kerf", options.request.kerf,
                     cat("Width of the cut, in mm; as last sawn, else ", trace::kUsualKerf));
  command
      .add_option("--axis", options.axis,
                  "Side that is sawn through: l, w or h; as last sawn, else w")
      ->check(CLI::IsMember({"l", "w", "h"}));
}

void stock_options(CLI::App& command, StockOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the node")->required();
  command.add_option("--log", options.log, "Name or origin of the log, when there are several");
  command.add_option("--site", options.request.site, "Only what is at this site");
  command.add_option("--at", options.request.date,
                     "As it was at the end of this day, by claimed dates (YYYY-MM-DD)");
}

std::string event_text(const trace::EventSummary& event) {
  std::string out = cat(event.at.substr(0, 10), "  ", custody::event_type_name(event.type), " by ",
                        event.log_name.empty() ? event.log : event.log_name, ", entry ", event.seq);
  if (!event.site.empty()) out += cat(", at ", event.site);
  return out;
}

std::string state_text(const trace::StateView& state) {
  std::string out = cat("  ", document::thing_text(state.output), "\n");
  if (!state.output.serial.empty())
    out += cat("    label    ", label::in_groups_of_four(state.output.serial), "\n");
  out += cat("    made     ", event_text(state.made_by), "\n");
  if (state.spent_by)
    out += cat("    consumed ", event_text(*state.spent_by), "\n");
  else if (state.spent)
    out += "    consumed, by an event that is not shown here\n";
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
  QM_TRY(const trace::ItemView view, trace::show_item(*node, options.item));
  QM_TRY(const auto doubts, record::find_doubts(*node, trace::events_of(view)));
  if (output.json()) {
    output.value(api::item_json(view, doubts));
    return api::kExitSuccess;
  }
  std::string out = cat("Item ", label::in_groups_of_four(view.item), "\n");
  if (view.current.empty())
    out += "Nothing of it is open any more.\n";
  else
    out += "Now\n";
  for (const trace::StateView& state : view.current) out += state_text(state);
  out += "All that is known here, oldest first\n";
  for (const trace::StateView& state : view.history) out += state_text(state);
  out += doubts_text(doubts);
  output.data(out);
  return api::kExitSuccess;
}

std::string first_things(const std::vector<trace::StateView>& states) {
  constexpr std::size_t kMost = 6;
  std::string out;
  for (std::size_t i = 0; i < states.size() && i < kMost; ++i)
    out += cat(i ? ", " : "", document::thing_text(states[i].output));
  if (states.size() > kMost) out += cat(" and ", states.size() - kMost, " more");
  return out;
}

std::string trace_text(const trace::Trace& trace) {
  std::string out;
  for (const trace::TraceStep& step : trace.steps) {
    const std::string indent(static_cast<std::size_t>(step.depth) * 2, ' ');
    out += cat(indent, event_text(step.event), "\n");
    if (!step.inputs.empty()) out += cat(indent, "    from ", first_things(step.inputs), "\n");
    if (step.not_shown > 0)
      out += cat(indent, "    and ", step.not_shown, " of which nothing is known here\n");
    if (!step.outputs.empty()) out += cat(indent, "    made ", first_things(step.outputs), "\n");
  }
  if (!trace.complete) out += "There is more; the trace was cut off here.\n";
  return out;
}

Result<int> trace(const ItemOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  const Progress progress(output, "Tracing");
  QM_TRY(const trace::Trace trace, options.forward ? trace::trace_forward(*node, options.item)
                                                   : trace::trace_back(*node, options.item));
  if (!options.picture.empty()) {
    const paper::Flow flow = document::chain_picture(
        trace, cat(options.forward ? "What was made of " : "Where it came from: ", options.item));
    QM_TRY_VOID(files::write(options.picture, paper::flow_svg(flow),
                             options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  }
  if (output.json())
    output.value(api::trace_json(trace));
  else
    output.data(trace_text(trace));
  return api::kExitSuccess;
}

std::string group_text(const trace::RecallGroup& group) {
  const std::string who = group.holder_name.empty() ? group.holder : group.holder_name;
  switch (group.whereabouts) {
    case trace::Whereabouts::kHeld:
      return cat("Held by ", who);
    case trace::Whereabouts::kElsewhere:
      return cat("Held by ", who, " when last heard of");
    case trace::Whereabouts::kOnTheWay:
      return cat("Dispatched to ", who, ", not known to be received");
    case trace::Whereabouts::kLeft:
      return cat("Dispatched to ", who, ", who has no log");
    case trace::Whereabouts::kAccepted:
      return cat("Accepted by ", who);
    case trace::Whereabouts::kDisposed:
      return cat("Disposed of by ", who);
    case trace::Whereabouts::kNotKnown:
      break;
  }
  return cat("Used by ", who, "; what became of it is not known here");
}

std::string recall_text(const trace::Recall& recall) {
  constexpr std::size_t kMostListed = 200;
  std::string out = cat("Everything that came from item ", label::in_groups_of_four(recall.item),
                        ": ", recall.descendants, " other items\n");
  for (const trace::RecallGroup& group : recall.groups) {
    std::vector<const custody::Output*> outputs;
    for (const trace::RecalledItem& item : group.items) outputs.push_back(&item.state.output);
    out += cat(group_text(group), ": ", document::things_text(outputs), "\n");
    for (std::size_t i = 0; i < group.items.size() && i < kMostListed; ++i) {
      const trace::RecalledItem& item = group.items[i];
      out += cat("  ", document::thing_text(item.state.output));
      if (!item.state.output.serial.empty())
        out += cat(", label ", label::in_groups_of_four(item.state.output.serial));
      if (item.mixed) out += ", with stone of other origin";
      if (item.dispatched)
        out += cat(
            "; last dispatched ", item.dispatched->at.substr(0, 10), " by ",
            item.dispatched->log_name.empty() ? item.dispatched->log : item.dispatched->log_name);
      out += "\n";
    }
    if (group.items.size() > kMostListed)
      out += cat("  and ", group.items.size() - kMostListed, " more (--json has them all)\n");
  }
  if (!recall.complete) out += "There is more; it was cut off here.\n";
  return out;
}

Result<int> recall(const ItemOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  const Progress progress(output, "Looking for all that came of it");
  QM_TRY(const trace::Recall found, trace::recall_item(*node, options.item));
  if (output.json())
    output.value(api::recall_json(found));
  else
    output.data(recall_text(found));
  return api::kExitSuccess;
}

std::string slabs_text(std::int64_t count, std::int64_t area) {
  return cat(count, count == 1 ? " slab, " : " slabs, ",
             custody::amount_text(area, custody::Unit::kSquareMillimetre));
}

std::string remaining_text(const trace::Remaining& remaining) {
  static constexpr std::array<std::string_view, 3> kAxes = {"length", "width", "height"};
  std::string out = cat("Slabs of ", remaining.thickness, " mm, sawn through the ",
                        kAxes[static_cast<std::size_t>(remaining.axis)], " with cuts of ",
                        remaining.kerf, " mm\n");
  if (remaining.pieces.empty()) return out + "Nothing of the block is left to saw.\n";
  for (const trace::RemainingPiece& piece : remaining.pieces)
    out += cat("  ", document::thing_text(piece.state.output), ": at most ",
               slabs_text(piece.at_most, piece.at_most * piece.slab_area),
               piece.expected ? cat("; to be expected ",
                                    slabs_text(*piece.expected, *piece.expected * piece.slab_area))
                              : "; its net dimensions are not known",
               "\n");
  if (remaining.pieces.size() > 1)
    out += cat("  together at most ", slabs_text(remaining.at_most, remaining.at_most_area), "\n");
  return out + "One more than \"at most\" would be over_yield.\n";
}

Result<int> remaining(const RemainingOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  trace::RemainingRequest request = options.request;
  if (!options.axis.empty())
    request.axis = options.axis == "l"   ? custody::Axis::kLength
                   : options.axis == "w" ? custody::Axis::kWidth
                                         : custody::Axis::kHeight;
  auto found = trace::remaining_of(*node, options.item, request);
  if (!found && found.error().code == Errc::kInvalidArgument)
    return fail(Errc::kInvalidArgument, found.error().message,
                found.error().field == "ITEM" ? options.item : cat("--", found.error().field));
  if (!found) return tl::unexpected<Error>(std::move(found.error()));
  if (output.json())
    output.value(api::remaining_json(*found));
  else
    output.data(remaining_text(*found));
  return api::kExitSuccess;
}

std::string stock_text(const std::vector<trace::StockLine>& lines) {
  if (lines.empty()) return "Nothing.\n";
  std::string out;
  const std::string* site = nullptr;
  for (const trace::StockLine& line : lines) {
    if (site == nullptr || *site != line.site)
      out += cat(line.site.empty() ? "Site not said" : line.site, "\n");
    site = &line.site;
    out +=
        cat("  ", line.stone.empty() ? "stone not said" : line.stone, ", ",
            custody::item_kind_name(line.kind), ": ", custody::amount_text(line.amount, line.unit),
            " in ", line.items, line.items == 1 ? " item" : " items");
    if (line.mass) out += cat(", ", custody::amount_text(*line.mass, custody::Unit::kGram));
    out += "\n";
  }
  return out;
}

Result<int> stock(const StockOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(const record::OpenLog* log, node->find_log(options.log));
  Progress progress(output, "Reading states");
  trace::StockRequest request = options.request;
  request.progress = [&progress](std::uint64_t read) { progress.update(read, 0); };
  auto lines = trace::stock_of(*node, *log, request);
  if (!lines && lines.error().code == Errc::kInvalidArgument)
    return fail(Errc::kInvalidArgument, lines.error().message, cat("--", lines.error().field));
  if (!lines) return tl::unexpected<Error>(std::move(lines.error()));
  if (output.json())
    output.value(api::stock_json(*lines));
  else
    output.data(stock_text(*lines));
  return api::kExitSuccess;
}

}  // namespace

void add_item(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "item", "See where an item stands and what it came from");
  add_command<ItemOptions>(group, selection, "show", "Where an item stands now, and all its states",
                           "  quarrymark item show --dir factory KHM-0417", &show_options, &show);
  add_command<ItemOptions>(
      group, selection, "trace", "The chain before or after an item",
      "  quarrymark item trace --dir importer 095211410000001011\n"
      "  quarrymark item trace --dir quarry KHM-0417 --forward --svg chain.svg",
      &trace_options, &trace);
  add_command<ItemOptions>(group, selection, "recall",
                           "Everything that came from an item, and who has it",
                           "  quarrymark item recall --dir quarry KHM-0417\n"
                           "  quarrymark item recall --dir quarry KHM-0417 --json",
                           &show_options, &recall);
  add_command<RemainingOptions>(group, selection, "remaining",
                                "What may still come out of a block: slabs, and their area",
                                "  quarrymark item remaining --dir factory KHM-0418 --thickness 20",
                                &remaining_options, &remaining);
  add_command<StockOptions>(
      group, selection, "stock", "What a log holds, by site, stone and kind",
      "  quarrymark item stock --dir factory\n"
      "  quarrymark item stock --dir factory --site \"Hall 1\" --at 2026-03-31",
      &stock_options, &stock);
}

}  // namespace quarrymark::cli
