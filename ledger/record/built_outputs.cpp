#include "ledger/record/built_outputs.h"

#include "ledger/base/text.h"
#include "ledger/record/numbers.h"
#include "ledger/record/output_request.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

using custody::EventType;
using custody::Output;

std::string output_place(std::size_t out) { return cat("outputs[", out, "]"); }

bool same(const Output& a, const Output& b) {
  return custody::output_value(a) == custody::output_value(b);
}

// Of the shape that a new output has in a request; its serial is the device's to draw.
Status check_new(const Scene& scene, const Output& output, bool packed) {
  json::Value value = custody::output_value(output);
  json::Object& members = *value.if_object();
  std::erase_if(members, [](const auto& member) { return member.first == "serial"; });
  if (auto read = read_new_output(value, packed); !read) return tl::unexpected<Error>(read.error());
  if (!output.serial.empty() && !is_serial(output.serial))
    return fail(Errc::kMalformed,
                cat("expected a serial of 8 characters, got ", quoted_for_message(output.serial)),
                "serial");
  QM_TRY(const auto known, all_states(scene.rows, output.item));
  if (known.empty()) return {};
  return fail(Errc::kAlreadyExists, cat("there is an item ", output.item, " already"), "item");
}

// Measure and aliases have the shape they have in a request.
Status check_change(const Output& built) {
  json::Object changes;
  const json::Value value = custody::output_value(built);
  for (const std::string_view name : {"aliases", "measure"})
    if (const json::Value* member = value.find(name)) changes.emplace_back(name, *member);
  if (changes.empty()) return {};
  if (auto read = read_change(json::Value(std::move(changes))); !read)
    return tl::unexpected<Error>(read.error());
  return {};
}

tl::unexpected<Error> differs(const Output& expected) {
  return fail(Errc::kRefused, cat("is not what ", expected.item,
                                  " was; only measure and aliases "
                                  "may change where an item carries over"));
}

// What a request could have changed is taken as the device says; all else must be the same.
Status check_again(const Draft& draft, Output expected, const Output& built) {
  QM_TRY_VOID(check_change(built));
  const bool relabelled = draft.request->type == EventType::kLabel;
  if (!relabelled) {
    expected.measure = built.measure;
    expected.aliases = built.aliases;
  }
  if (relabelled && !expected.serial.empty()) {
    // A serial was drawn here; the device drew its own.
    const auto replaced =
        std::find_if(draft.inputs.begin(), draft.inputs.end(),
                     [&](const auto& in) { return in.known.output.item == built.item; });
    if (!is_serial(built.serial) ||
        (replaced != draft.inputs.end() && replaced->known.output.serial == built.serial))
      return fail(Errc::kRefused, "expected a fresh serial of 8 characters", "serial");
    expected.serial = built.serial;
  }
  if (!same(expected, built)) return differs(expected);
  return {};
}

Status check_all_again(const Draft& draft, const std::vector<Output>& built) {
  if (built.size() != draft.outputs.size())
    return fail(Errc::kRefused,
                cat("expected ", draft.outputs.size(),
                    ", one for each item that carries over, got ", built.size()),
                "outputs");
  for (std::size_t out = 0; out < built.size(); ++out)
    if (auto checked = check_again(draft, draft.outputs[out], built[out]); !checked)
      return fail_at(output_place(out), checked.error());
  return {};
}

// A void gives back exactly what was consumed.
Status check_given_back(const Draft& draft, const std::vector<Output>& built) {
  if (built.size() != draft.outputs.size())
    return fail(Errc::kRefused,
                cat("expected the ", draft.outputs.size(), " items that are given back, got ",
                    built.size()),
                "outputs");
  for (std::size_t out = 0; out < built.size(); ++out)
    if (!same(draft.outputs[out], built[out]))
      return fail(Errc::kRefused,
                  cat("expected ", draft.outputs[out].item, " as it was consumed, got ",
                      built[out].item == draft.outputs[out].item ? "it changed" : built[out].item),
                  output_place(out));
  return {};
}

// New things, beside what the node knows to be left over or taken out.
Status check_new_ones(const Scene& scene, const Draft& draft, const std::vector<Output>& built) {
  const EventType type = draft.request->type;
  for (std::size_t out = 0; out < built.size(); ++out) {
    const auto known = std::find_if(draft.outputs.begin(), draft.outputs.end(),
                                    [&](const Output& o) { return o.item == built[out].item; });
    Status checked;
    if (known == draft.outputs.end()) {
      checked = check_new(scene, built[out], type == EventType::kPack);
    } else if (!same(*known, built[out])) {
      checked = fail(Errc::kRefused, cat("expected what is left of ", known->item,
                                         ", or was packed of it, unchanged"));
    }
    if (!checked) return fail_at(output_place(out), checked.error());
  }
  return {};
}

}  // namespace

Status check_built_outputs(const Scene& scene, const Draft& draft,
                           const std::vector<Output>& built) {
  switch (draft.request->type) {
    case EventType::kVoid:
      return check_given_back(draft, built);
    case EventType::kDispatch:
    case EventType::kLabel:
    case EventType::kCorrect:
      return check_all_again(draft, built);
    case EventType::kReceive:
      return draft.inputs.empty() ? check_new_ones(scene, draft, built)
                                  : check_all_again(draft, built);
    default:
      return check_new_ones(scene, draft, built);
  }
}

}  // namespace quarrymark::record
