#include "ledger/log/check.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/log/check_range.h"
#include "ledger/log/log_keys.h"
#include "ledger/log/tree_state.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "ledger/tiles/parallel.h"

#include <algorithm>
#include <mutex>

namespace quarrymark::log {
namespace {

using store::Table;

constexpr std::uint64_t kMaxRange = 65'536;  // entries that one thread checks at a time
constexpr unsigned kIndexParts = 16;         // of the event index, by the first bits of the id

struct IndexResult {
  PairSum sum;
  std::vector<std::string> problems;
};

// Part `part` of the event index.
IndexResult sum_index(const CheckedLog& log, unsigned part) {
  IndexResult result;
  constexpr unsigned kStep = 256 / kIndexParts;
  std::string from = log_prefix(log.number);
  from += static_cast<char>(part * kStep);
  const Status read = log.store.scan(
      Table::kEvents, log_prefix(log.number), from,
      [&](std::string_view key, std::string_view value) {
        if (static_cast<unsigned char>(key[4]) >= (part + 1) * kStep) return false;
        EventId event;
        const auto seq = read_seq(value);
        if (key.size() != 4 + event.hash.size() || !seq) {
          result.problems.push_back(cat("events, log ", log.number, ": a row of another form"));
          return true;
        }
        std::copy(key.begin() + 4, key.end(), reinterpret_cast<char*>(event.hash.data()));
        result.sum.add(event.hash, *seq);
        return true;
      });
  if (!read) result.problems.push_back(cat("events, log ", log.number, ": ", read.error().message));
  return result;
}

class Check {
 public:
  Check(CheckedLog log, const CheckOptions& options, StateRecord state)
      : log_(std::move(log)), options_(options), state_(std::move(state)) {
    report_.origin = log_.record.origin;
    check_ends();
    const std::uint64_t share = size_ / (std::max(1u, options.threads) * 4) + 1;
    range_ =
        std::clamp((share + kTileHashes - 1) / kTileHashes * kTileHashes, kTileHashes, kMaxRange);
    ranges_.resize((size_ + range_ - 1) / range_);
    index_.resize(log_.indexes ? kIndexParts : 0);
    report_.entries = size_;
  }

  CheckReport run() {
    tiles::run_parallel(ranges_.size() + index_.size(), options_.threads, [this](std::size_t i) {
      if (i < ranges_.size())
        check_entries(i);
      else
        index_[i - ranges_.size()] = sum_index(log_, static_cast<unsigned>(i - ranges_.size()));
    });
    join_ranges();
    check_tree();
    check_checkpoint();
    check_rotations();
    if (log_.indexes) {
      check_events();
      check_keys();
    }
    return std::move(report_);
  }

 private:
  void problem(std::string text) { report_.problems.push_back(std::move(text)); }

  // How far the entries reach, whatever the state says: rows behind its end were never left there
  // by an append, and a damaged size must not send the check after entries that never were.
  void check_ends() {
    size_ = state_.size;
    for (const Table table : {Table::kEntries, Table::kDisclosures}) {
      const std::string where = cat(store::table_name(table), ", log ", log_.number);
      const auto last = log_.store.last(table, log_prefix(log_.number));
      if (!last) {
        problem(cat(where, ": ", last.error().message));
        continue;
      }
      const bool any = *last && (*last)->first.size() == 12;
      const std::uint64_t rows = any ? store::read_u64((*last)->first.substr(4)) + 1 : 0;
      if (rows > state_.size)
        problem(cat(where, ", seq ", rows - 1, ": beyond the end of the log (", state_.size,
                    " entries)"));
      if (table != Table::kEntries || rows >= state_.size) continue;
      problem(cat(where, ", seq ", rows, " to ", state_.size - 1, ": missing at the end"));
      size_ = rows;
    }
  }

  void check_entries(std::size_t i) {
    const std::uint64_t begin = i * range_;
    const std::uint64_t end = std::min(begin + range_, size_);
    ranges_[i] = check_range(log_, begin, end);
    if (!options_.progress) return;
    std::lock_guard lock(progress_mutex_);
    done_ += end - begin;
    options_.progress(done_, size_);
  }

  // The links between ranges, which no range can see.
  void join_ranges() {
    for (std::size_t i = 0; i < ranges_.size(); ++i) {
      RangeResult& range = ranges_[i];
      std::vector<std::string> wrong;
      if (i > 0) entry::ChainCheck::join(ranges_[i - 1].chain, range.chain, i * range_, wrong);
      for (const std::string& what : wrong)
        problem(cat("entries, log ", log_.number, ", seq ", i * range_, ": ", what));
      range.problems.move_to(report_.problems);
      events_.add(range.events);
      tile_roots_.insert(tile_roots_.end(), range.tile_roots.begin(), range.tile_roots.end());
    }
  }

  // Level by level: the roots of full tiles are the hashes in the tiles above.
  void check_tiles_above(std::vector<Hash> nodes) {
    for (unsigned level = 1; nodes.size() >= kTileHashes; ++level) {
      std::vector<Hash> roots;
      for (std::uint64_t tile = 0; (tile + 1) * kTileHashes <= nodes.size(); ++tile) {
        const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(tile * kTileHashes);
        const std::vector<Hash> hashes(begin, begin + kTileHashes);
        const std::string where =
            cat("tiles, log ", log_.number, ", level ", level, ", tile ", tile);
        const auto stored = log_.store.get(Table::kTiles, tile_key(log_.number, level, tile));
        if (!stored)
          problem(cat(where, ": ", stored.error().message));
        else if (!*stored)
          problem(cat(where, ": missing"));
        else if (**stored != write_tile(hashes))
          problem(cat(where, ": does not hold the roots of the tiles below"));
        merkle::CompactTree tree;
        for (const Hash& hash : hashes) tree.append(hash);
        roots.push_back(tree.frontier().front());
      }
      nodes = std::move(roots);
    }
  }

  void check_tree() {
    merkle::CompactTree above;
    for (const Hash& root : tile_roots_) above.append(root);
    std::vector<Hash> frontier(above.frontier().begin(), above.frontier().end());
    if (!ranges_.empty()) {
      const auto tail = ranges_.back().tail.frontier();
      frontier.insert(frontier.end(), tail.begin(), tail.end());
      const auto& last = ranges_.back().chain.last();
      if (last.present && last.hash != state_.last)
        problem(cat("meta, log ", log_.number, ": the state names another last entry"));
    }
    check_tiles_above(std::move(tile_roots_));
    if (frontier != state_.frontier)
      problem(cat("meta, log ", log_.number, ": the entries do not give the tree of the state"));
    const auto tree = merkle::CompactTree::restore(size_, std::move(frontier));
    QM_CHECK(tree.has_value(), "every seq of the log became one leaf");
    report_.root = tree->root();
  }

  void check_checkpoint() {
    const std::string where = cat("meta, log ", log_.number, ", checkpoint");
    const auto stored = log_.store.get(Table::kMeta, checkpoint_key(log_.number));
    if (!stored) return problem(cat(where, ": ", stored.error().message));
    if (!*stored) return problem(cat(where, ": missing"));
    report_.checkpoint = **stored;
    const auto keys = keys_of(log_.record);
    if (!keys) return problem(cat("meta, log ", log_.number, ": ", keys.error().message));
    const auto signed_note = note::parse_note(report_.checkpoint);
    if (!signed_note) return problem(cat(where, ": ", signed_note.error().message));
    const auto checkpoint = note::parse_checkpoint(signed_note->text);
    if (!checkpoint) return problem(cat(where, ": ", checkpoint.error().message));
    if (!note::verify_note(*signed_note,
                           {&(*keys)[key_for_size(log_.record, checkpoint->size)], 1}))
      return problem(cat(where, ": the log's signature does not hold"));
    if (checkpoint->origin != log_.record.origin)
      problem(cat(where, ": of another log, ", checkpoint->origin));
    if (checkpoint->size != state_.size && checkpoint->size != state_.before)
      return problem(cat(where, ": covers ", checkpoint->size, " entries, expected ", state_.before,
                         state_.before == state_.size ? "" : " as before the newest group"));
    const auto root = root_at(checkpoint->size);
    if (!root)
      problem(cat(where, ": its root cannot be compared: ", root.error().message));
    else if (checkpoint->root != *root)
      problem(cat(where, ": has root ", base64_encode(checkpoint->root), ", the entries give ",
                  base64_encode(*root)));
    else
      report_.signed_entries = checkpoint->size;
  }

  // Each later key stands in the entry that the log's record names for it.
  void check_rotations() {
    for (const KeyChange& change : log_.record.rotations) {
      const auto row = log_.store.get(Table::kDisclosures, seq_key(log_.number, change.seq));
      bool recorded = false;
      if (row && *row)
        for (const std::string& text : split_disclosures(**row)) {
          const auto field = entry::parse_disclosure(text);
          recorded |=
              field && field->name == "rotation" && field->value == json::Value(change.note);
        }
      if (!recorded)
        problem(cat("meta, log ", log_.number, ", seq ", change.seq,
                    ": is said to record a change of key, and does not"));
    }
  }

  Result<Hash> root_at(std::uint64_t size) const {
    if (size == size_) return report_.root;
    QM_TRY(const TreeState tree,
           TreeState::load(log_.store, log_.number, state_.size, state_.frontier));
    return merkle::root_at(size, [&](unsigned level, std::uint64_t index) {
      return tree.node(log_.store, log_.number, level, index);
    });
  }

  void check_events() {
    PairSum indexed;
    for (IndexResult& part : index_) {
      indexed.add(part.sum);
      for (std::string& text : part.problems) problem(std::move(text));
    }
    if (indexed == events_) return;
    // Something differs: now each pair is looked at, in both directions.
    Problems problems;
    compare_entries(problems);
    compare_index(problems);
    problems.move_to(report_.problems);
  }

  void compare_entries(Problems& problems) {
    const Status read = log_.store.scan(
        Table::kEntries, log_prefix(log_.number), {},
        [&](std::string_view key, std::string_view value) {
          entry::EntryView view;
          std::string_view what;
          if (key.size() != 12 || !entry::parse_entry_view(value, view, what)) return true;
          const std::uint64_t seq = store::read_u64(key.substr(4));
          const auto row = log_.store.get(Table::kEvents, event_key(log_.number, view.event));
          if (!row || !*row || **row != write_seq(seq))
            problems.add(cat("events, log ", log_.number, ", seq ", seq, ": event ",
                             view.event.text(), " is not indexed there"));
          return true;
        });
    if (!read) problems.add(cat("events, log ", log_.number, ": ", read.error().message));
  }

  void compare_index(Problems& problems) {
    const Status read = log_.store.scan(
        Table::kEvents, log_prefix(log_.number), {},
        [&](std::string_view key, std::string_view value) {
          const auto seq = read_seq(value);
          if (!seq || key.size() != 36) return true;  // reported already
          const auto bytes = log_.store.get(Table::kEntries, seq_key(log_.number, *seq));
          entry::EntryView view;
          std::string_view what;
          if (!bytes || !*bytes || !entry::parse_entry_view(**bytes, view, what) ||
              as_text(view.event.hash) != key.substr(4))
            problems.add(cat("events, log ", log_.number, ", seq ", *seq,
                             ": a row for an event that is not there"));
          return true;
        });
    if (!read) problems.add(cat("events, log ", log_.number, ": ", read.error().message));
  }

  void check_keys() {
    Problems problems;
    const Status read = log_.store.scan(
        Table::kKeys, log_prefix(log_.number), {},
        [&](std::string_view key, std::string_view value) {
          const auto record = read_key(value);
          if (!record)
            problems.add(cat("keys, log ", log_.number, ": ", record.error().message));
          else if (record->seq >= state_.size)
            problems.add(cat("keys, log ", log_.number, ", seq ", record->seq, ": the key ",
                             quoted_for_message(key.substr(4)), " stands for no entry"));
          return true;
        });
    if (!read) problems.add(cat("keys, log ", log_.number, ": ", read.error().message));
    problems.move_to(report_.problems);
  }

  const CheckedLog log_;
  const CheckOptions& options_;
  const StateRecord state_;
  std::uint64_t size_ = 0;  // of the log as the entries show it, at most as the state says
  std::uint64_t range_ = 0;
  std::vector<RangeResult> ranges_;
  std::vector<IndexResult> index_;
  std::vector<Hash> tile_roots_;
  PairSum events_;
  std::mutex progress_mutex_;
  std::uint64_t done_ = 0;
  CheckReport report_;
};

}  // namespace

Result<CheckReport> check_log(const store::Store& store, LogNumber number,
                              const CheckOptions& options) {
  QM_TRY(LogRecord record, load_record(store, number));
  auto state = load_state(store, number);
  if (!state) {
    CheckReport report;
    report.origin = record.origin;
    report.problems.push_back(cat("meta, log ", number, ": ", state.error().message));
    return report;
  }
  CheckedLog log{store, number, std::move(record), options.disclosures, options.indexes};
  return Check(std::move(log), options, std::move(*state)).run();
}

}  // namespace quarrymark::log
