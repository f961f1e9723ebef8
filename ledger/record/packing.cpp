#include "ledger/record/packing.h"

#include "ledger/base/text.h"
#include "ledger/record/numbers.h"

namespace quarrymark::record {
namespace {

using custody::EventType;
using custody::Output;
using entry::StateRef;

// The output of the pack that a crate's state goes back to, through every remake between.
Result<StateRef> packed_state(const Scene& scene, StateRef state) {
  for (;;) {
    QM_TRY(const KnownEvent* maker, scene.events.find(state.event));
    if (maker == nullptr || state.out < 0) break;
    const custody::Event& event = maker->event;
    if (event.type == EventType::kPack) return state;
    const std::size_t shift = event.type == EventType::kCorrect ? 1 : 0;
    const std::size_t input = static_cast<std::size_t>(state.out) + shift;
    if (!(event.remakes() || shift == 1) || input >= event.inputs.size()) break;
    state = event.inputs[input].state;
  }
  return fail(Errc::kRefused, "what was packed is not known here; say the outputs");
}

Status take_out(const Scene& scene, const custody::Event& pack, const Output& crate, Draft& draft) {
  for (const custody::Content& content : crate.contents) {
    if (static_cast<std::size_t>(content.in) >= pack.inputs.size())
      return fail(Errc::kDataLoss, "the contents of that pack are damaged");
    const StateRef& source = pack.inputs[static_cast<std::size_t>(content.in)].state;
    QM_TRY(const auto row, load_state(scene.rows, source));
    if (!row) return fail(Errc::kRefused, "what was packed is not shown here; say the outputs");
    Output output = row->output;
    output.contents.clear();
    if (content.amount != output.amount) {
      output = custody::remainder_of(output, output.amount - content.amount);
      output.item = draw_item_number();
      output.serial.clear();
      output.aliases.clear();
    }
    draft.outputs.push_back(std::move(output));
  }
  return {};
}

}  // namespace

Status unpack(const Scene& scene, Draft& draft) {
  for (std::size_t i = 0; i < draft.inputs.size(); ++i) {
    const std::string field = cat("inputs[", i, "]");
    auto packed = packed_state(scene, draft.inputs[i].state);
    if (!packed) return fail_at(field, packed.error());
    QM_TRY(const KnownEvent* pack, scene.events.find(packed->event));
    const auto& crate = pack->event.outputs[static_cast<std::size_t>(packed->out)];
    if (!crate || crate->contents.empty())
      return fail(Errc::kRefused, "is no crate or bundle with known contents; say the outputs",
                  field);
    if (auto done = take_out(scene, pack->event, *crate, draft); !done)
      return fail_at(field, done.error());
  }
  if (draft.outputs.size() > static_cast<std::size_t>(entry::kMaxOutputs))
    return fail(
        Errc::kTooLarge,
        cat("expected at most ", entry::kMaxOutputs, " outputs, got ", draft.outputs.size()),
        "outputs");
  return {};
}

}  // namespace quarrymark::record
