#include "ledger/record/recovery.h"

#include "ledger/base/text.h"
#include "ledger/record/key_files.h"

namespace quarrymark::record {
namespace {

Result<LogRecord> choose(const std::vector<LogRecord>& records, const std::string& directory,
                         std::string_view name) {
  if (name.empty() && records.size() == 1) return records.front();
  std::string listed;
  for (const LogRecord& record : records) {
    if (record.origin == name || same_name(record.name, name)) return record;
    listed += cat(listed.empty() ? "" : ", ", record.name);
  }
  if (name.empty())
    return fail(Errc::kInvalidArgument, cat(directory, " has several logs, say which: ", listed),
                "log");
  return fail(Errc::kNotFound,
              cat(directory, " has no log ", quoted_for_message(name), "; it has ", listed), "log");
}

using Look = Result<log::Remaining> (*)(const store::Store&, log::LogNumber,
                                        const crypto::SigningKey&, const std::string&);

Result<HeadLoss> with_log(const std::string& directory, std::string_view name, Look look) {
  QM_TRY(const auto store, store::Store::open(directory, {}));
  QM_TRY(const auto records, load_records(*store));
  HeadLoss loss;
  QM_TRY(loss.record, choose(records, directory, name));
  QM_TRY(const crypto::SigningKey key, load_log_key(*store, directory, loss.record.number, false));
  QM_TRY(loss.remaining,
         look(*store, loss.record.number, key, head_path(directory, loss.record.number)));
  return loss;
}

}  // namespace

Result<HeadLoss> look_past_head(const std::string& directory, std::string_view log) {
  return with_log(directory, log, &log::look_past_head);
}

Result<HeadLoss> accept_without_head(const std::string& directory, std::string_view log) {
  return with_log(directory, log, &log::accept_without_head);
}

}  // namespace quarrymark::record
