#include "ledger/fsck/derive.h"

#include "ledger/base/text.h"
#include "ledger/entry/entry.h"
#include "ledger/log/derive.h"
#include "ledger/log/layout.h"
#include "ledger/record/foreign.h"
#include "ledger/record/index.h"
#include "ledger/record/known_events.h"

#include <set>

namespace quarrymark::fsck {
namespace {

using record::LogId;
using store::Table;

constexpr std::size_t kDeriveBytes = 4u << 20;

// What an event spends, which stands in its head alone.
Result<custody::Event> read_spends(const entry::Disclosure& disclosure, std::uint64_t seq) {
  QM_TRY(entry::Head head, entry::parse_head(disclosure.value));
  custody::Event event;
  event.log = std::move(head.log);
  event.seq = seq;
  event.type = *custody::event_type_from(head.type);  // parse_head has looked
  event.at = std::move(head.at);
  event.inputs = std::move(head.inputs);
  return event;
}

class Deriving {
 public:
  Deriving(const store::Store& from, const std::string& directory, store::Store& into,
           const Options& options)
      : from_(from),
        directory_(directory),
        into_(into),
        options_(options),
        batch_(into),
        rows_(batch_) {}

  // All states first, then all spending, own logs before others: as the guard and the inbox would
  // leave them, whatever order events came in.
  Result<Derived> run() {
    QM_TRY(const auto records, record::load_records(from_));
    for (const record::LogRecord& record : records) {
      QM_TRY(const LogId id, record::log_id(record.origin));
      own_.insert(id);
      QM_TRY_VOID(make_own(record));
    }
    if (!derived_.problems.empty()) return std::move(derived_);
    QM_TRY_VOID(visit_others("Reading packets of other logs", [this](const custody::Event& event) {
      return record::index_makes(rows_, event);
    }));
    if (!derived_.problems.empty()) return std::move(derived_);
    for (const record::LogRecord& record : records) QM_TRY_VOID(spend_own(record));
    const record::IsOwn is_own = [this](const LogId& log) { return own_.contains(log); };
    QM_TRY_VOID(visit_others("Marking what other logs spent", [&](const custody::Event& event) {
      return record::index_spends_elsewhere(rows_, event, is_own);
    }));
    QM_TRY_VOID(write());
    return std::move(derived_);
  }

 private:
  void show(const std::string& what, std::uint64_t done, std::uint64_t total) {
    if (options_.progress && done % 1024 == 0) options_.progress(what, done, total);
  }

  Status write() {
    QM_TRY_VOID(into_.write(batch_, false));
    batch_.clear();
    return {};
  }
  Status write_when_full() { return batch_.byte_size() < kDeriveBytes ? Status() : write(); }

  std::uint64_t size_of(log::LogNumber number) const {
    const auto state = log::load_state(from_, number);
    return state ? state->size : 0;
  }

  Status make_own(const record::LogRecord& record) {
    const std::string what = cat("Reading the log of ", record.name);
    const std::uint64_t total = size_of(record.number);
    const auto visit = [&](std::uint64_t seq, std::string_view entry,
                           std::string_view stored) -> Status {
      show(what, seq, total);
      std::vector<std::string> disclosures;
      for (std::string& text : log::split_disclosures(stored))
        if (!text.empty()) disclosures.push_back(std::move(text));
      auto event = record::read_event(entry, disclosures);
      if (!event)
        return fail(event.error().code, cat("disclosures, log ", record.number, ", seq ", seq, ": ",
                                            to_string(event.error())));
      QM_TRY_VOID(record::index_makes(rows_, *event));
      return write_when_full();
    };
    QM_TRY(log::DerivedLog log,
           log::derive_log(from_, record.number, record::head_path(directory_, record.number),
                           into_, visit));
    derived_.logs.push_back({record.name, record.origin, log.entries});
    for (std::string& problem : log.problems) derived_.problems.push_back(std::move(problem));
    return write();
  }

  Status spend_own(const record::LogRecord& record) {
    const std::string what = cat("Marking what ", record.name, " spent");
    const std::uint64_t total = size_of(record.number);
    Status visited;
    const auto visit = [&](std::string_view key, std::string_view value) -> Status {
      const std::uint64_t seq = store::read_u64(key.substr(4));
      show(what, seq, total);
      QM_TRY(const auto head, entry::parse_disclosure(log::first_disclosure(value)));
      QM_TRY(const custody::Event event, read_spends(head, seq));
      QM_TRY_VOID(record::index_spends(rows_, event));
      return write_when_full();
    };
    QM_TRY_VOID(from_.scan(Table::kDisclosures, log::log_prefix(record.number), {},
                           [&](std::string_view key, std::string_view value) {
                             visited = visit(key, value);
                             return visited.has_value();
                           }));
    return visited;
  }

  Status visit_others(const std::string& what,
                      const std::function<Status(const custody::Event&)>& use) {
    std::uint64_t done = 0;
    return record::visit_foreign_entries(
        from_,
        [&](const LogId& log, std::uint64_t seq, const record::ForeignEntry& entry) -> Status {
          show(what, done++, 0);
          if (entry.disclosures.empty() || own_.contains(log)) return {};
          const auto event = record::read_event(entry.text, entry.disclosures);
          if (!event || event->seq != seq || event->log != record::origin_of(log)) {
            derived_.problems.push_back(
                cat("foreign, log ", record::origin_of(log), ", seq ", seq, ": ",
                    event ? "holds another entry" : to_string(event.error())));
            return {};
          }
          QM_TRY_VOID(use(*event));
          return write_when_full();
        });
  }

  const store::Store& from_;
  const std::string& directory_;
  store::Store& into_;
  const Options& options_;
  store::Batch batch_;
  record::BatchRows rows_;
  std::set<LogId> own_;
  Derived derived_;
};

}  // namespace

Result<Derived> derive_rows(const store::Store& from, const std::string& directory,
                            store::Store& into, const Options& options) {
  return Deriving(from, directory, into, options).run();
}

}  // namespace quarrymark::fsck
