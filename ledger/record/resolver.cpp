#include "ledger/record/resolver.h"

#include "ledger/base/text.h"
#include "ledger/record/built_resolution.h"
#include "ledger/record/built_shape.h"
#include "ledger/record/devices.h"
#include "ledger/record/event_builder.h"
#include "ledger/record/outputs.h"
#include "ledger/record/references.h"
#include "ledger/record/undoing.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

using custody::EventType;

bool is_undoing(EventType type) {
  return type == EventType::kCorrect || type == EventType::kVoid || type == EventType::kRevoke;
}

Status find_inputs(const Scene& scene, Draft& draft) {
  for (std::size_t i = 0; i < draft.request->inputs.size(); ++i) {
    const InputRequest& request = draft.request->inputs[i];
    const std::string field = cat("inputs[", i, "]");
    auto found = scene.items.held(request.item, scene.log_id);
    if (!found) return fail_at(field, found.error());
    for (std::size_t before = 0; before < draft.inputs.size(); ++before)
      if (draft.inputs[before].state == found->state)
        return fail(Errc::kRefused, cat("is the same item as inputs[", before, "]"), field);
    Consumed consumed;
    consumed.state = found->state;
    consumed.amount = request.amount.value_or(found->output.amount);
    consumed.known = input_state(found->state, found->row);
    consumed.marker = found->row.marker;
    draft.inputs.push_back(std::move(consumed));
  }
  return {};
}

void name_party(const Scene& scene, Draft& draft) {
  const auto place =
      std::lower_bound(draft.fields.begin(), draft.fields.end(), "party",
                       [](const auto& field, std::string_view name) { return field.first < name; });
  if (place != draft.fields.end() && place->first == "party") return;
  draft.fields.insert(place, {"party", json::Object{{"name", scene.log.record.name}}});
}

}  // namespace

struct Resolver::Inner {
  Inner(Node& n, OpenLog& l, const NameSource* e, const crypto::SigningKey* d)
      : node(n), log(l), extra(e), device(d), rows(n.store()), events(n, rows) {}

  Result<log::Prepared> resolve(const RecordRequest& request);
  Result<log::Prepared> resolve(const BuiltRequest& request);
  Status prepare();
  Result<std::optional<log::Prepared>> replay(const RecordRequest& request);
  Result<log::Prepared> resolve_new(const RecordRequest& request);
  Result<log::Prepared> take(BuiltEvent built);

  Node& node;
  OpenLog& log;
  const NameSource* extra;
  const crypto::SigningKey* device;
  std::uint64_t device_number = 0;  // the last one given
  Overlay rows;
  KnownEvents events;
  std::optional<Directory> directory;
  std::optional<ItemFinder> items;
  std::optional<Scene> scene;
  std::map<std::string, EventId> keys;
  std::map<std::string, log::Prepared> prepared_by_key;
  std::uint64_t next_seq = 0;
};

// Reading contacts may fail, so it waits for the first request.
Status Resolver::Inner::prepare() {
  if (scene) return {};
  QM_TRY(directory, Directory::open(node, rows, events));
  items.emplace(rows, *directory);
  QM_TRY(const LogId id, log_id(log.record.origin));
  scene.emplace(Scene{log, id, rows, events, *directory, *items, extra, keys});
  next_seq = log.log->size();
  if (device != nullptr) {
    QM_TRY(device_number, last_number(rows, id, base64url_encode(device->public_key())));
  }
  return {};
}

// The event recorded under the request's key, so that appending gives the first receipt again.
Result<std::optional<log::Prepared>> Resolver::Inner::replay(const RecordRequest& request) {
  if (request.key.empty()) return std::optional<log::Prepared>();
  if (const auto before = prepared_by_key.find(request.key); before != prepared_by_key.end()) {
    if (before->second.content != request.content)
      return fail(
          Errc::kAlreadyExists,
          cat("the key ", quoted_for_message(request.key), " stands for other content above"),
          "key");
    return std::optional(before->second);
  }
  QM_TRY(const auto seq, log.log->find_key(request.key));
  if (!seq) return std::optional<log::Prepared>();
  QM_TRY(const KnownEvent* known, events.at(scene->log_id, *seq));
  log::Prepared first;
  first.event = known->event.id;
  first.head = known->event.head_text;
  first.disclosures.assign(known->disclosures.begin() + 1, known->disclosures.end());
  if (!known->event.device_key.empty()) {
    first.device = std::move(first.disclosures.back());
    first.disclosures.pop_back();
  }
  first.spends = known->event.spends;
  first.key = request.key;
  first.content = request.content;  // the log compares it and refuses another
  return std::optional(std::move(first));
}

Result<log::Prepared> Resolver::Inner::resolve_new(const RecordRequest& request) {
  Draft draft;
  draft.request = &request;
  draft.at = request.at.empty() ? format_claimed_time(node.clock().now(), 0) : request.at;
  draft.fields = request.fields;
  QM_TRY_VOID(find_inputs(*scene, draft));
  QM_TRY_VOID(resolve_references(*scene, draft));
  name_party(*scene, draft);
  if (is_undoing(request.type)) QM_TRY_VOID(resolve_undoing(*scene, draft));
  if (request.type != EventType::kVoid) QM_TRY_VOID(resolve_outputs(*scene, draft));
  std::optional<DeviceStamp> stamp;
  if (device != nullptr) {
    QM_TRY_VOID(
        check_enrolled(rows, events, scene->log_id, base64url_encode(device->public_key())));
    stamp.emplace(DeviceStamp{*device, device_number + 1});
  }
  QM_TRY(BuiltEvent built,
         build_event(draft, log.record.origin, next_seq, node.clock().now(), stamp));
  QM_TRY_VOID(custody::check_event(built.meaning->event, built.meaning->inputs));
  if (stamp) ++device_number;
  return take(std::move(built));
}

// Lets later requests see it.
Result<log::Prepared> Resolver::Inner::take(BuiltEvent built) {
  QM_TRY_VOID(index_makes(rows, built.meaning->event));
  QM_TRY_VOID(index_spends(rows, built.meaning->event));
  events.add_prepared(built.meaning->event, built.prepared, log);
  if (!built.prepared.key.empty()) {
    keys[built.prepared.key] = built.prepared.event;
    prepared_by_key[built.prepared.key] = built.prepared;
  }
  ++next_seq;
  return std::move(built.prepared);
}

Result<log::Prepared> Resolver::Inner::resolve(const RecordRequest& request) {
  QM_TRY_VOID(prepare());
  QM_TRY(auto known, replay(request));
  if (known) return std::move(*known);
  return resolve_new(request);
}

Result<log::Prepared> Resolver::Inner::resolve(const BuiltRequest& request) {
  QM_TRY_VOID(prepare());
  QM_TRY(const SignedEvent built, open_built(request, log.record.origin));
  QM_TRY(const RecordRequest stated, stated_by(built, request.key));
  QM_TRY(auto known, replay(stated));
  if (known) return std::move(*known);
  QM_TRY(BuiltEvent event, resolve_built(*scene, built, stated, next_seq, node.clock().now()));
  return take(std::move(event));
}

Resolver::Resolver(Node& node, OpenLog& log, const NameSource* extra,
                   const crypto::SigningKey* device)
    : inner_(std::make_unique<Inner>(node, log, extra, device)) {}
Resolver::~Resolver() = default;

Result<log::Prepared> Resolver::resolve(const RecordRequest& request) {
  return inner_->resolve(request);
}
Result<log::Prepared> Resolver::resolve(const BuiltRequest& request) {
  return inner_->resolve(request);
}

Result<std::vector<EventDoubts>> Resolver::doubts(std::span<const EventId> about) {
  return find_doubts(inner_->node, inner_->rows, inner_->events, about);
}

}  // namespace quarrymark::record
