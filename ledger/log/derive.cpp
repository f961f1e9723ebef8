#include "ledger/log/derive.h"

#include "ledger/base/text.h"
#include "ledger/disk/files.h"
#include "ledger/entry/chain_check.h"
#include "ledger/log/check_range.h"
#include "ledger/log/head_file.h"
#include "ledger/log/log_keys.h"
#include "ledger/log/tree_state.h"
#include "ledger/merkle/node.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"

#include <algorithm>

namespace quarrymark::log {
namespace {

using store::Table;

constexpr std::size_t kBatchBytes = 4u << 20;

class Derivation {
 public:
  Derivation(const store::Store& from, LogNumber number, LogRecord record, store::Store& into,
             const VisitEntry& visit)
      : from_(from),
        into_(into),
        number_(number),
        record_(std::move(record)),
        visit_(visit),
        batch_(into),
        chain_(record_.origin) {}

  Result<DerivedLog> run(const std::string& head_file) {
    derived_.origin = record_.origin;
    Status visited;
    QM_TRY_VOID(from_.scan(Table::kEntries, log_prefix(number_), {},
                           [&](std::string_view key, std::string_view value) {
                             visited = take(key, value);
                             return visited && derived_.problems.empty();
                           }));
    QM_TRY_VOID(std::move(visited));
    derived_.entries = size();
    if (derived_.problems.empty()) QM_TRY_VOID(finish(head_file));
    return std::move(derived_);
  }

 private:
  std::uint64_t size() const { return tree_.tree().size(); }
  void problem(std::string text) { derived_.problems.push_back(std::move(text)); }

  Status take(std::string_view key, std::string_view bytes) {
    const std::string log = cat("log ", number_, ", seq ");
    if (key.size() != 12 || store::read_u64(key.substr(4)) != size()) {
      problem(cat("entries, ", log, size(), ": missing"));
      return {};
    }
    const Hash leaf = merkle::leaf_hash(sha256_, as_bytes(bytes));
    entry::EntryView view;
    std::vector<std::string> wrong;
    const bool is_entry = chain_.next(size(), bytes, leaf, view, wrong);
    for (const std::string& what : wrong) problem(cat("entries, ", log, size(), ": ", what));
    if (!is_entry || !wrong.empty()) return {};
    QM_TRY(const auto disclosures, from_.get(Table::kDisclosures, seq_key(number_, size())));
    Expected expected{view.event, {}, view.spend_count()};
    if (view.has_device) expected.device = view.device;
    const std::string what =
        disclosures ? disclosures_problem(record_.origin, *disclosures, expected) : "missing";
    if (!what.empty()) {
      problem(cat("disclosures, ", log, size(), ": ", what));
      return {};
    }
    QM_TRY_VOID(visit_(size(), bytes, *disclosures));
    batch_.put(Table::kEvents, event_key(number_, view.event), write_seq(size()));
    tree_.append(std::span(&leaf, 1), number_, batch_);
    last_ = leaf;
    time_ = view.time;
    return batch_.byte_size() < kBatchBytes ? Status() : write();
  }

  Status write() {
    QM_TRY_VOID(into_.write(batch_, false));
    batch_.clear();
    return {};
  }

  Status finish(const std::string& head_file) {
    QM_TRY_VOID(write());
    QM_TRY(const std::uint64_t covered, check_stored_checkpoint());
    QM_TRY_VOID(check_head(head_file));
    if (!derived_.problems.empty()) return {};
    const auto frontier = tree_.tree().frontier();
    StateRecord state{size(), covered, time_, last_, {frontier.begin(), frontier.end()}};
    // A log that an earlier version closed has the size before its last group there.
    const auto stored = load_state(from_, number_);
    if (stored && covered == size() && stored->before <= size()) state.before = stored->before;
    batch_.put(Table::kMeta, state_key(number_), write_state(state));
    return write();
  }

  // The size of the stored checkpoint; the size of the log where there is none that counts.
  Result<std::uint64_t> check_stored_checkpoint() {
    QM_TRY(const auto stored, from_.get(Table::kMeta, checkpoint_key(number_)));
    if (!stored) return size();
    const auto signed_note = note::parse_note(*stored);
    if (!signed_note) return size();
    const auto checkpoint = note::parse_checkpoint(signed_note->text);
    QM_TRY(const auto keys, keys_of(record_));
    if (!checkpoint || !note::verify_note(*signed_note, keys)) return size();
    check_covered(*checkpoint, "the stored checkpoint");
    return std::min(checkpoint->size, size());
  }

  Status check_head(const std::string& head_file) {
    if (!disk::exists(head_file)) return {};
    QM_TRY(const auto keys, keys_of(record_));
    QM_TRY(HeadFile head, HeadFile::open(head_file));
    QM_TRY(const auto kept, head.read(keys));
    if (kept) check_covered(*kept, head_file);
    return {};
  }

  void check_covered(const note::Checkpoint& checkpoint, std::string_view where) {
    const std::string place = cat("entries, log ", number_, ": ");
    if (checkpoint.size > size())
      return problem(cat(place, "a checkpoint of ", checkpoint.size, " entries was signed (", where,
                         "), and there are ", size()));
    const auto root = merkle::root_at(checkpoint.size, [&](unsigned level, std::uint64_t index) {
      return tree_.node(into_, number_, level, index);
    });
    if (!root || *root != checkpoint.root)
      problem(cat(place, "they do not give the tree of the checkpoint of ", checkpoint.size,
                  " entries that was signed (", where, ")"));
  }

  const store::Store& from_;
  store::Store& into_;
  const LogNumber number_;
  const LogRecord record_;
  const VisitEntry& visit_;
  store::Batch batch_;
  entry::ChainCheck chain_;
  crypto::Sha256 sha256_;
  TreeState tree_;
  Hash last_{};
  UtcTime time_;
  DerivedLog derived_;
};

}  // namespace

Result<DerivedLog> derive_log(const store::Store& from, LogNumber number,
                              const std::string& head_file, store::Store& into,
                              const VisitEntry& visit) {
  QM_TRY(LogRecord record, load_record(from, number));
  return Derivation(from, number, std::move(record), into, visit).run(head_file);
}

}  // namespace quarrymark::log
