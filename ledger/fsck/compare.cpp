#include "ledger/fsck/compare.h"

#include "ledger/base/text.h"
#include "ledger/fsck/row_names.h"

#include <deque>

namespace quarrymark::fsck {
namespace {

constexpr std::size_t kChunkBytes = 1u << 20;

// The rows of a store in order, a piece at a time.
class Cursor {
 public:
  Cursor(const store::Store& store, store::Table table, std::string_view prefix)
      : store_(store), table_(table), prefix_(prefix) {}

  struct Row {
    std::string key, value;
  };
  // Null at the end.
  Result<const Row*> at() {
    if (rows_.empty() && !ended_) QM_TRY_VOID(fill());
    return rows_.empty() ? nullptr : &rows_.front();
  }
  void next() { rows_.pop_front(); }

 private:
  Status fill() {
    std::size_t bytes = 0;
    QM_TRY_VOID(
        store_.scan(table_, prefix_, from_, [&](std::string_view key, std::string_view value) {
          rows_.push_back({std::string(key), std::string(value)});
          bytes += key.size() + value.size();
          return bytes < kChunkBytes;
        }));
    ended_ = bytes < kChunkBytes;
    if (!rows_.empty()) from_ = rows_.back().key + '\0';
    return {};
  }

  const store::Store& store_;
  const store::Table table_;
  const std::string prefix_;
  std::string from_;
  std::deque<Row> rows_;
  bool ended_ = false;
};

class Comparison {
 public:
  Comparison(store::Table table, const VisitDifference& visit) : visit_(visit) {
    found_.table = table;
  }

  Status run(Cursor stored, Cursor derived) {
    while (true) {
      QM_TRY(const Cursor::Row* is, stored.at());
      QM_TRY(const Cursor::Row* should, derived.at());
      if (is == nullptr && should == nullptr) return {};
      const bool only_is = should == nullptr || (is != nullptr && is->key < should->key);
      const bool only_should = is == nullptr || (should != nullptr && should->key < is->key);
      found_.rows += only_is ? 0 : 1;
      if (only_is)
        QM_TRY_VOID(note(found_.invented, "no log says so", is->key, std::nullopt));
      else if (only_should)
        QM_TRY_VOID(note(found_.missing, "missing", should->key, should->value));
      else if (is->value != should->value)
        QM_TRY_VOID(note(found_.different, "not what the logs say", should->key, should->value));
      if (!only_should) stored.next();
      if (!only_is) derived.next();
    }
  }

  TableDifferences take() { return std::move(found_); }

 private:
  Status note(std::uint64_t& count, std::string_view what, const std::string& key,
              std::optional<std::string_view> value) {
    ++count;
    if (found_.named.size() < kMostNamed)
      found_.named.push_back(
          cat(store::table_name(found_.table), ", ", row_name(found_.table, key), ": ", what));
    return visit_ ? visit_(key, value) : Status();
  }

  const VisitDifference& visit_;
  TableDifferences found_;
};

}  // namespace

Result<TableDifferences> compare_table(const store::Store& stored, const store::Store& derived,
                                       store::Table table, std::string_view prefix,
                                       const VisitDifference& visit) {
  Comparison comparison(table, visit);
  QM_TRY_VOID(comparison.run(Cursor(stored, table, prefix), Cursor(derived, table, prefix)));
  return comparison.take();
}

}  // namespace quarrymark::fsck
