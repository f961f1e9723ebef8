#include "ledger/record/key_rotation.h"

#include "ledger/note/rotation.h"
#include "ledger/record/event_builder.h"
#include "ledger/record/key_files.h"

namespace quarrymark::record {

Result<RotationStep> prepare_rotation(Node& node, OpenLog& log, const crypto::SigningKey& old_key,
                                      const crypto::SigningKey& next) {
  RotationStep step;
  QM_TRY(step.note, note::make_rotation(log.record.origin, old_key, next));
  RecordRequest request;
  request.type = custody::EventType::kRotate;
  Draft draft;
  draft.request = &request;
  draft.at = format_claimed_time(node.clock().now(), 0);
  draft.fields = {{"party", json::Object{{"name", log.record.name}}}, {"rotation", step.note}};
  QM_TRY(BuiltEvent built,
         build_event(draft, log.record.origin, log.log->size(), node.clock().now()));
  step.event = std::move(built.prepared);
  return step;
}

Result<Rotated> rotate_key(Node& node, OpenLog& log) {
  if (node.is_read_only())
    return fail(Errc::kFailedPrecondition, "the node is open for reading only");
  const log::LogNumber number = log.record.number;
  QM_TRY(const crypto::SigningKey old_key,
         load_log_key(node.store(), node.directory(), number, true));
  // The new key is on disk before any entry names it; the entry counts before the old key goes.
  QM_TRY(const crypto::SigningKey next, make_next_key(node.directory(), number));
  QM_TRY(RotationStep step, prepare_rotation(node, log, old_key, next));
  QM_TRY(log::Appended appended, log.log->rotate(std::move(step.event), next, step.note));
  QM_TRY_VOID(settle_next_key(node.directory(), number));
  return Rotated{appended.receipts.front(), std::move(step.note), std::move(appended.checkpoint),
                 log.log->vkeys()};
}

}  // namespace quarrymark::record
