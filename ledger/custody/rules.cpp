#include "ledger/custody/rules.h"

#include "ledger/base/text.h"
#include "ledger/custody/wide.h"

#include <algorithm>
#include <map>

namespace quarrymark::custody {
namespace {

using Inputs = std::span<const InputState>;

tl::unexpected<Error> refuse(std::string message, std::string field = {}) {
  return fail(Errc::kRefused, std::move(message), std::move(field));
}

std::string input_field(std::size_t index) { return cat("inputs[", index, "]"); }
std::string output_field(std::size_t index) { return cat("outputs[", index, "]"); }

// What each type takes and makes. Anything finer is checked by its own function below.
struct Shape {
  EventType type;
  bool takes_items, needs_items;    // inputs that are items
  bool makes_items, needs_outputs;  // outputs
  bool takes_record;                // first input is a record state
};
constexpr Shape kShapes[] = {
    {EventType::kExtract, false, false, true, true, false},
    {EventType::kSplit, true, true, true, true, false},
    {EventType::kPack, true, true, true, true, false},
    {EventType::kUnpack, true, true, true, true, false},
    {EventType::kDispatch, true, true, true, false, false},
    {EventType::kReceive, true, false, true, true, false},
    {EventType::kAcquire, false, false, true, true, false},
    {EventType::kAccept, true, false, false, false, false},
    {EventType::kDispose, true, true, true, false, false},
    {EventType::kLabel, true, true, true, true, false},
    {EventType::kAttest, false, false, false, false, false},
    {EventType::kCorrect, true, false, true, false, true},
    {EventType::kVoid, true, false, true, false, true},
    {EventType::kDocument, false, false, false, false, false},
    {EventType::kContract, false, false, false, false, false},
    {EventType::kSite, false, false, false, false, false},
    {EventType::kAdmit, false, false, false, false, false},
    {EventType::kRevoke, false, false, false, false, true},
    {EventType::kRotate, false, false, false, false, false},
    {EventType::kDevice, false, false, false, false, false},
    {EventType::kErase, false, false, false, false, false},
};

const Shape& shape_of(EventType type) { return kShapes[static_cast<std::size_t>(type)]; }

Status check_shape(const Event& event, Inputs inputs) {
  const Shape& shape = shape_of(event.type);
  const std::string_view name = event_type_name(event.type);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].record != (shape.takes_record && i == 0))
      return fail(Errc::kInvalidArgument,
                  inputs[i].record ? cat(name, " does not consume the record of an event")
                                   : cat(name, " first consumes the record of the event it names"),
                  input_field(i));
  }
  const std::size_t items = inputs.size() - (shape.takes_record && !inputs.empty() ? 1 : 0);
  if (shape.takes_record && inputs.empty())
    return fail(Errc::kInvalidArgument, cat(name, " needs the record of the event it names"),
                "inputs");
  if (items > 0 && !shape.takes_items)
    return fail(Errc::kInvalidArgument, cat(name, " consumes no items, got ", items), "inputs");
  if (items == 0 && shape.needs_items)
    return fail(Errc::kInvalidArgument, cat(name, " needs at least one item"), "inputs");
  if (!event.outputs.empty() && !shape.makes_items)
    return fail(Errc::kInvalidArgument, cat(name, " makes no items, got ", event.outputs.size()),
                "outputs");
  if (event.outputs.empty() && shape.needs_outputs)
    return fail(Errc::kInvalidArgument, cat(name, " needs at least one output"), "outputs");
  return {};
}

Status check_holder(const Event& event, const InputState& input, std::size_t index) {
  bool holds = input.made_by == event.log;
  if (!input.record && input.made_in == EventType::kDispatch)
    holds = (holds && event.type == EventType::kVoid) || input.to.log == event.log;
  if (holds) return {};
  const std::string holder = input.record || input.made_in != EventType::kDispatch ? input.made_by
                             : input.to.log.empty() ? cat(input.to.name, " (a name without a log)")
                                                    : input.to.log;
  return refuse(cat("is held by ", holder, ", not by this log"), input_field(index));
}

Status check_amount(const Event& event, const InputState& input, std::size_t index) {
  if (input.record) return {};
  const std::int64_t drawn = event.inputs[index].amount;
  if (drawn < 1 || drawn > input.output.amount)
    return refuse(cat("expected at most the ", input.output.amount, " ",
                      unit_name(input.output.unit), " it holds, got ", drawn),
                  input_field(index) + ".amount");
  const bool may_draw_part = event.type == EventType::kSplit || event.type == EventType::kPack;
  if (drawn < input.output.amount && !may_draw_part)
    return refuse(cat(event_type_name(event.type), " takes the whole: expected ",
                      input.output.amount, ", got ", drawn),
                  input_field(index) + ".amount");
  return {};
}

bool same_item(const Output& a, const Output& b) {
  return a.item == b.item && a.kind == b.kind && a.amount == b.amount && a.unit == b.unit;
}

Status check_remake(const Event& event, Inputs inputs, std::size_t first_input) {
  const std::size_t expected = inputs.size() - first_input;
  if (event.outputs.size() != expected)
    return fail(Errc::kInvalidArgument,
                cat("expected one output for each of the ", expected, " inputs, got ",
                    event.outputs.size()),
                "outputs");
  for (std::size_t i = 0; i < expected; ++i) {
    const Output& before = inputs[first_input + i].output;
    const auto& after = event.outputs[i];
    // A correction may restate an amount that was wrong, never what the thing is.
    const bool same = event.type == EventType::kCorrect
                          ? after && after->item == before.item && after->kind == before.kind
                          : after && same_item(*after, before);
    if (!same)
      return refuse(
          cat("is not the item, kind", event.type == EventType::kCorrect ? "" : ", amount",
              " of its input ", before.item),
          output_field(i));
    if (event.type != EventType::kLabel && !before.serial.empty() && after->serial != before.serial)
      return refuse(cat("expected label ", before.serial, ", got ",
                        after->serial.empty() ? "none" : after->serial,
                        "; a label is replaced by a label event"),
                    output_field(i) + ".serial");
  }
  return {};
}

bool is_portion_of(const Output& output, const Output& input) {
  return output.kind == ItemKind::kBatch && input.kind == ItemKind::kBatch &&
         output.unit == input.unit &&
         (output.unit != Unit::kPiece || output.measure.size == input.measure.size);
}

// Finds the remainder each part draw must leave; `taken` marks the outputs that are remainders.
Status check_remainders(const Event& event, Inputs inputs, std::vector<bool>& taken) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::int64_t left = inputs[i].output.amount - event.inputs[i].amount;
    if (left == 0) continue;
    bool found = false;
    for (std::size_t o = 0; o < event.outputs.size() && !found; ++o) {
      const auto& output = event.outputs[o];
      if (taken[o] || !output || output->item != inputs[i].output.item) continue;
      found = output->amount == left && output->unit == inputs[i].output.unit &&
              output->kind == inputs[i].output.kind;
      if (found) taken[o] = true;
    }
    if (!found)
      return refuse(cat("draws a part and must leave the remainder of ", left, " ",
                        unit_name(inputs[i].output.unit), " as an output of the same item"),
                    input_field(i));
  }
  return {};
}

Status check_new_items(const Event& event, Inputs inputs, const std::vector<bool>& remainder) {
  std::vector<std::string_view> seen;
  for (std::size_t o = 0; o < event.outputs.size(); ++o) {
    const auto& output = event.outputs[o];
    if (!output) return fail(Errc::kInvalidArgument, "is not disclosed", output_field(o));
    if (std::find(seen.begin(), seen.end(), output->item) != seen.end())
      return refuse(cat("item ", output->item, " is made twice"), output_field(o));
    seen.push_back(output->item);
    if (remainder[o]) continue;
    for (const InputState& input : inputs)
      if (input.output.item == output->item)
        return refuse(cat("item ", output->item, " is consumed here and cannot be made anew"),
                      output_field(o));
  }
  return {};
}

Status check_split(const Event& event, Inputs inputs) {
  std::vector<bool> remainder(event.outputs.size(), false);
  QM_TRY_VOID(check_remainders(event, inputs, remainder));
  QM_TRY_VOID(check_new_items(event, inputs, remainder));
  // Portions of one unit and size together never exceed what was drawn of it. Outputs of another
  // unit or size are products; physics doubts those, the rules do not.
  for (std::size_t o = 0; o < event.outputs.size(); ++o) {
    if (remainder[o]) continue;
    std::int64_t drawn = 0, portioned = 0;
    bool is_portion = false;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (is_portion_of(*event.outputs[o], inputs[i].output)) {
        is_portion = true;
        drawn += event.inputs[i].amount;
      }
    if (!is_portion) continue;
    for (std::size_t other = 0; other < event.outputs.size(); ++other)
      if (!remainder[other] && is_portion_of(*event.outputs[other], *event.outputs[o]))
        portioned += event.outputs[other]->amount;
    if (portioned > drawn)
      return refuse(cat("portions add up to ", portioned, " ", unit_name(event.outputs[o]->unit),
                        ", but only ", drawn, " were drawn"),
                    output_field(o));
  }
  return {};
}

Status check_pack(const Event& event, Inputs inputs) {
  std::vector<bool> remainder(event.outputs.size(), false);
  QM_TRY_VOID(check_remainders(event, inputs, remainder));
  QM_TRY_VOID(check_new_items(event, inputs, remainder));
  std::vector<std::int64_t> packed(inputs.size(), 0);
  for (std::size_t o = 0; o < event.outputs.size(); ++o) {
    if (remainder[o]) continue;
    const Output& output = *event.outputs[o];
    if (output.kind != ItemKind::kCrate && output.kind != ItemKind::kBundle)
      return fail(Errc::kInvalidArgument,
                  cat("a pack makes crates and bundles, got ", item_kind_name(output.kind)),
                  output_field(o) + ".kind");
    if (output.contents.empty())
      return fail(Errc::kInvalidArgument, "missing: say what it holds",
                  output_field(o) + ".contents");
    for (const Content& content : output.contents) {
      if (content.in < 0 || static_cast<std::size_t>(content.in) >= inputs.size())
        return fail(Errc::kInvalidArgument,
                    cat("expected an input from 0 to ", inputs.size() - 1, ", got ", content.in),
                    output_field(o) + ".contents.in");
      packed[static_cast<std::size_t>(content.in)] += content.amount;
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (packed[i] != event.inputs[i].amount)
      return refuse(cat("contents add up to ", packed[i], " ", unit_name(inputs[i].output.unit),
                        ", but ", event.inputs[i].amount, " were drawn"),
                    input_field(i));
  return {};
}

Status check_dispatch(const Event& event, Inputs inputs) {
  if (event.to.is_absent()) return fail(Errc::kInvalidArgument, "missing", "fields.to");
  // A late dispatch names a receive that has the goods already, and makes nothing.
  if (!event.received.is_absent()) {
    if (!event.outputs.empty())
      return fail(Errc::kInvalidArgument, "a late dispatch has no outputs", "outputs");
    if (event.received && event.received->outs.size() != inputs.size())
      return fail(Errc::kInvalidArgument,
                  cat("expected one output for each of the ", inputs.size(), " inputs, got ",
                      event.received->outs.size()),
                  "fields.received.outs");
    return {};
  }
  return check_remake(event, inputs, 0);
}

Status check_receive(const Event& event, Inputs inputs) {
  // Without inputs it is one-sided: the taker alone says what arrived.
  if (inputs.empty())
    return check_new_items(event, inputs, std::vector<bool>(event.outputs.size(), false));
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].made_in != EventType::kDispatch)
      return fail(Errc::kInvalidArgument,
                  cat("expected something dispatched, got what a ",
                      event_type_name(inputs[i].made_in), " made"),
                  input_field(i));
  return check_remake(event, inputs, 0);
}

// After the record come outputs of the same event, ascending (FORMATS.md rules 19 and 20).
Status check_taken_back(Inputs inputs) {
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    if (inputs[i].state.event != inputs[0].state.event)
      return fail(Errc::kInvalidArgument,
                  "expected an output of the event whose record is consumed", input_field(i));
    if (i > 1 && inputs[i].state.out <= inputs[i - 1].state.out)
      return fail(Errc::kInvalidArgument,
                  cat("expected outputs in ascending order, got ", inputs[i].state.out, " after ",
                      inputs[i - 1].state.out),
                  input_field(i));
  }
  return {};
}

Status check_correct(const Event& event, Inputs inputs) {
  QM_TRY_VOID(check_taken_back(inputs));
  return check_remake(event, inputs, 1);
}

Status check_void(const Event& event, Inputs inputs) {
  if (event.voids && *event.voids != inputs[0].state.event)
    return refuse("names another event than the one whose record is consumed", "fields.voids");
  if (inputs[0].made_in == EventType::kReceive)
    return refuse("a receive is not voided; goods go back by dispatch", input_field(0));
  return check_taken_back(inputs);
}

Status check_revoke(Inputs inputs) {
  // A corrected admit is revoked through its correction.
  if (inputs[0].made_in == EventType::kAdmit || inputs[0].made_in == EventType::kCorrect) return {};
  return refuse(
      cat("expected the record of an admit, got that of ", event_type_name(inputs[0].made_in)),
      input_field(0));
}

Status check_by_type(const Event& event, Inputs inputs) {
  switch (event.type) {
    case EventType::kSplit:
      return check_split(event, inputs);
    case EventType::kPack:
      return check_pack(event, inputs);
    case EventType::kDispatch:
      return check_dispatch(event, inputs);
    case EventType::kLabel:
      return check_remake(event, inputs, 0);
    case EventType::kReceive:
      return check_receive(event, inputs);
    case EventType::kCorrect:
      return check_correct(event, inputs);
    case EventType::kVoid:
      return check_void(event, inputs);
    case EventType::kRevoke:
      return check_revoke(inputs);
    case EventType::kExtract:
    case EventType::kAcquire:
    case EventType::kUnpack:
      return check_new_items(event, inputs, std::vector<bool>(event.outputs.size(), false));
    case EventType::kAccept: {
      const bool refused = event.accept && event.accept->result == "refused";
      if (refused && !inputs.empty())
        return fail(Errc::kInvalidArgument, "a refusal consumes nothing", "inputs");
      if (!refused && inputs.empty())
        return fail(Errc::kInvalidArgument, "accept needs at least one item", "inputs");
      return {};
    }
    default:
      return {};
  }
}

}  // namespace

Status check_event(const Event& event, std::span<const InputState> inputs) {
  QM_CHECK(event.inputs.size() == inputs.size(), "check_event needs a state for each input");
  QM_TRY_VOID(check_shape(event, inputs));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    QM_TRY_VOID(check_holder(event, inputs[i], i));
    QM_TRY_VOID(check_amount(event, inputs[i], i));
  }
  return check_by_type(event, inputs);
}

Output remainder_of(const Output& output, std::int64_t drawn) {
  Output rest = output;
  rest.amount = output.amount - drawn;
  if (output.measure.mass) {
    // 128 bits: mass and amount may both be near 2^53.
    const auto share = static_cast<Wide>(*output.measure.mass) * static_cast<Wide>(rest.amount) /
                       static_cast<Wide>(output.amount);
    rest.measure.mass = static_cast<std::int64_t>(share);
    if (*rest.measure.mass == 0) rest.measure.mass.reset();
  }
  return rest;
}

}  // namespace quarrymark::custody
