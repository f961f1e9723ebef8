#include "ledger/log/check_range.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"

#include <bit>
#include <cstring>

namespace quarrymark::log {
namespace {

using store::Table;

constexpr std::size_t kMaxProblems = 100;  // in one place

constexpr std::uint64_t mix(std::uint64_t value) {  // the splitmix64 finaliser
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9U;
  value = (value ^ value >> 27) * 0x94d049bb133111ebU;
  return value ^ value >> 31;
}

// Walks the entries of a range in order. Every seq of the range ends up as one leaf.
class EntryWalk {
 public:
  EntryWalk(const CheckedLog& log, std::uint64_t begin, std::uint64_t end, RangeResult& result)
      : log_(log), next_(begin), end_(end), result_(result) {
    leaves_.reserve(kTileHashes);
    if (log.disclosures) expected_.reserve(end - begin);
  }

  void run() {
    const std::uint64_t begin = next_;
    const Status read = log_.store.scan(
        Table::kEntries, log_prefix(log_.number), seq_key(log_.number, begin),
        [this](std::string_view key, std::string_view value) { return visit(key, value); });
    if (!read)
      result_.problems.add(cat(place(next_), " and following: ", read.error().message));
    else if (next_ < end_)
      missing(end_);
    while (next_ < end_) leaf({}, std::nullopt);
    for (const Hash& hash : leaves_) result_.tail.append(sha256_, hash);
  }

  const std::vector<std::optional<Expected>>& expected() const { return expected_; }

 private:
  std::string place(std::uint64_t seq) const {
    return cat("entries, log ", log_.number, ", seq ", seq);
  }

  bool visit(std::string_view key, std::string_view value) {
    if (key.size() != 12) {
      result_.problems.add(cat("entries, log ", log_.number, ": a key of ", key.size(), " bytes"));
      return true;
    }
    const std::uint64_t seq = store::read_u64(key.substr(4));
    if (seq >= end_) return false;
    if (seq > next_) missing(seq);
    check(seq, value);
    return next_ < end_;
  }

  void missing(std::uint64_t until) {
    result_.problems.add(until == next_ + 1 ? cat(place(next_), ": missing")
                                            : cat(place(next_), " to ", until - 1, ": missing"));
    while (next_ < until) leaf({}, std::nullopt);
    previous_present_ = false;
  }

  void check(std::uint64_t seq, std::string_view bytes) {
    entry::EntryView view;
    std::string_view problem;
    const Hash hash = merkle::leaf_hash(sha256_, as_bytes(bytes));
    if (!entry::parse_entry_view(bytes, view, problem)) {
      result_.problems.add(cat(place(seq), ": not an entry: wrong or missing ", problem));
      leaf(hash, std::nullopt);
      previous_present_ = false;
      return;
    }
    check_links(seq, view);
    note_ends(view, hash);
    if (log_.indexes) result_.events.add(view.event.hash, seq);
    std::optional<Expected> expected;
    if (log_.disclosures) {
      expected = Expected{view.event, std::nullopt, view.spend_count()};
      if (view.has_device) expected->device = view.device;
    }
    leaf(hash, std::move(expected));
    previous_present_ = true;
  }

  void check_links(std::uint64_t seq, const entry::EntryView& view) {
    if (view.log != log_.record.origin)
      result_.problems.add(cat(place(seq), ": of another log, ", view.log));
    if (view.seq != seq) result_.problems.add(cat(place(seq), ": says it is entry ", view.seq));
    if (!previous_present_) return;
    if (!view.has_prev || view.prev.hash != result_.last.hash)
      result_.problems.add(cat(place(seq), ": its prev is not the hash of entry ", seq - 1));
    if (view.time < result_.last.time)
      result_.problems.add(cat(place(seq), ": is dated before entry ", seq - 1));
  }

  void note_ends(const entry::EntryView& view, const Hash& hash) {
    if (first_) {
      result_.first.present = true;
      result_.first.time = view.time;
      if (view.has_prev) result_.first.prev = view.prev.hash;
    }
    result_.last.time = view.time;
    result_.last.hash = hash;
  }

  void leaf(const Hash& hash, std::optional<Expected> expected) {
    if (log_.disclosures) expected_.push_back(std::move(expected));
    leaves_.push_back(hash);
    first_ = false;
    if (++next_ == end_) result_.last.present = hash != Hash{};
    if (leaves_.size() == kTileHashes) finish_tile();
  }

  void finish_tile() {
    const std::uint64_t index = next_ / kTileHashes - 1;
    const std::string where = cat("tiles, log ", log_.number, ", level 0, tile ", index);
    const auto stored = log_.store.get(Table::kTiles, tile_key(log_.number, 0, index));
    const std::string_view wanted(reinterpret_cast<const char*>(leaves_.data()),
                                  leaves_.size() * sizeof(Hash));
    if (!stored)
      result_.problems.add(cat(where, ": ", stored.error().message));
    else if (!*stored)
      result_.problems.add(cat(where, ": missing"));
    else if (**stored != wanted)
      result_.problems.add(cat(where, ": does not hold the hashes of its entries"));
    merkle::CompactTree tile;
    for (const Hash& hash : leaves_) tile.append(sha256_, hash);
    result_.tile_roots.push_back(tile.frontier().front());
    leaves_.clear();
  }

  const CheckedLog& log_;
  std::uint64_t next_;
  const std::uint64_t end_;
  RangeResult& result_;
  crypto::Sha256 sha256_;
  std::vector<Hash> leaves_;
  std::vector<std::optional<Expected>> expected_;
  bool first_ = true;              // the next leaf is the first of the range
  bool previous_present_ = false;  // the entry before was read
};

}  // namespace

void Problems::add(std::string text) {
  if (texts_.size() < kMaxProblems)
    texts_.push_back(std::move(text));
  else
    ++more_;
}

void Problems::move_to(std::vector<std::string>& out) {
  for (std::string& text : texts_) out.push_back(std::move(text));
  if (more_ > 0) out.push_back(cat("… and ", more_, " more like these"));
}

void PairSum::add(const Hash& event, std::uint64_t seq) {
  std::uint64_t value = mix(seq + 1);
  for (std::size_t i = 0; i < event.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, event.data() + i, sizeof word);
    value = mix(value ^ word) + word;
  }
  ++count;
  sum += value;
}

void PairSum::add(const PairSum& other) {
  count += other.count;
  sum += other.sum;
}

RangeResult check_range(const CheckedLog& log, std::uint64_t begin, std::uint64_t end) {
  RangeResult result;
  EntryWalk walk(log, begin, end, result);
  walk.run();
  if (log.disclosures) check_disclosures(log, begin, walk.expected(), result.problems);
  return result;
}

}  // namespace quarrymark::log
