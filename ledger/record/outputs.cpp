#include "ledger/record/outputs.h"

#include "ledger/base/text.h"
#include "ledger/record/field_catalogue.h"
#include "ledger/record/numbers.h"
#include "ledger/record/packing.h"

namespace quarrymark::record {
namespace {

using custody::EventType;
using custody::Output;

std::string counted(std::string_view pattern, std::int64_t n) {
  std::string text;
  for (std::size_t at = 0;;) {
    const auto found = pattern.find("{n}", at);
    text += pattern.substr(at, found - at);
    if (found == std::string_view::npos) return text;
    text += std::to_string(n);
    at = found + 3;
  }
}

Output made(const OutputRequest& request, std::int64_t n) {
  Output output;
  output.item = request.item.empty() ? draw_item_number() : request.item;
  output.kind = *request.kind;
  output.amount = request.amount;
  output.unit = request.unit;
  output.measure = request.measure;
  output.contents = request.contents;
  output.serial = request.label ? draw_serial() : request.serial;
  if (request.aliases)
    for (const std::string& alias : *request.aliases)
      output.aliases.push_back(request.count ? counted(alias, n) : alias);
  return output;
}

Status check_size(const Draft& draft) {
  if (draft.outputs.size() <= static_cast<std::size_t>(entry::kMaxOutputs)) return {};
  return fail(Errc::kTooLarge,
              cat("expected at most ", entry::kMaxOutputs, " outputs, got ", draft.outputs.size()),
              "outputs");
}

Status make_new(const Scene& scene, Draft& draft) {
  for (std::size_t i = 0; i < draft.request->outputs.size(); ++i) {
    const OutputRequest& request = draft.request->outputs[i];
    if (!request.item.empty()) {
      QM_TRY(const auto known, all_states(scene.rows, request.item));
      if (!known.empty())
        return fail(Errc::kAlreadyExists, cat("there is an item ", request.item, " already"),
                    cat("outputs[", i, "].item"));
    }
    const std::int64_t count = request.count.value_or(1);
    for (std::int64_t n = 1; n <= count; ++n) draft.outputs.push_back(made(request, n));
    QM_TRY_VOID(check_size(draft));
  }
  return {};
}

Status leave_remainders(Draft& draft) {
  for (const Consumed& input : draft.inputs) {
    const Output& whole = input.known.output;
    // What draws more than there is, is the rules' to refuse.
    if (input.amount >= whole.amount) continue;
    Output rest = custody::remainder_of(whole, input.amount);
    rest.contents.clear();
    draft.outputs.push_back(std::move(rest));
  }
  return check_size(draft);
}

void apply(const OutputRequest& change, Output& output) {
  if (change.measure.gross) output.measure.gross = change.measure.gross;
  if (change.measure.net) output.measure.net = change.measure.net;
  if (change.measure.size) output.measure.size = change.measure.size;
  if (change.measure.mass) output.measure.mass = change.measure.mass;
  if (change.aliases) output.aliases = *change.aliases;
}

// Each item input again, with the changes stated for it.
Status remake(Draft& draft) {
  const auto& changes = draft.request->outputs;
  for (const Consumed& input : draft.inputs)
    if (!input.known.record) {
      Output output = input.known.output;
      output.contents.clear();  // they counted the inputs of another event
      draft.outputs.push_back(std::move(output));
    }
  if (!changes.empty() && changes.size() != draft.outputs.size())
    return fail(Errc::kInvalidArgument,
                cat("expected one for each of the ", draft.outputs.size(),
                    " items that carry over, got ", changes.size()),
                "outputs");
  for (std::size_t i = 0; i < changes.size(); ++i) apply(changes[i], draft.outputs[i]);
  return {};
}

Status relabel(Draft& draft) {
  QM_TRY_VOID(remake(draft));
  std::string action;
  for (const auto& [name, value] : draft.fields)
    if (name == "label") action = *value.find("action")->if_string();
  for (std::size_t i = 0; i < draft.outputs.size(); ++i) {
    Output& output = draft.outputs[i];
    const std::string field = cat("inputs[", i, "]");
    if (action == "bind" && !output.serial.empty())
      return fail(Errc::kRefused,
                  cat("has a label already, serial ", output.serial, "; replace it"), field);
    if (action != "bind" && output.serial.empty())
      return fail(Errc::kRefused, cat("has no label on record to ", action), field);
    output.serial = action == "withdraw" ? "" : draw_serial();
  }
  return {};
}

bool has_field(const Draft& draft, std::string_view name) {
  for (const auto& [field, value] : draft.fields)
    if (field == name) return true;
  return false;
}

}  // namespace

Status resolve_outputs(const Scene& scene, Draft& draft) {
  switch (draft.request->type) {
    case EventType::kExtract:
    case EventType::kAcquire:
      return make_new(scene, draft);
    case EventType::kSplit:
    case EventType::kPack:
      QM_TRY_VOID(make_new(scene, draft));
      return leave_remainders(draft);
    case EventType::kUnpack:
      return draft.request->outputs.empty() ? unpack(scene, draft) : make_new(scene, draft);
    case EventType::kDispatch:
      // A late dispatch makes nothing: the receiver has the goods already.
      return has_field(draft, "received") ? Status() : remake(draft);
    case EventType::kReceive:
      return draft.inputs.empty() ? make_new(scene, draft) : remake(draft);
    case EventType::kLabel:
      return relabel(draft);
    case EventType::kCorrect:
      return remake(draft);
    default:
      return {};
  }
}

}  // namespace quarrymark::record
