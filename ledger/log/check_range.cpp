#include "ledger/log/check_range.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"

#include <bit>
#include <cstring>

namespace quarrymark::log {
namespace {

using store::Table;

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
    result_.chain = entry::ChainCheck(log.record.origin);
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
    result_.chain.skip();
  }

  void check(std::uint64_t seq, std::string_view bytes) {
    entry::EntryView view;
    const Hash hash = merkle::leaf_hash(sha256_, as_bytes(bytes));
    wrong_.clear();
    const bool is_entry = result_.chain.next(seq, bytes, hash, view, wrong_);
    for (const std::string& what : wrong_) result_.problems.add(cat(place(seq), ": ", what));
    if (!is_entry) return leaf(hash, std::nullopt);
    if (log_.indexes) result_.events.add(view.event.hash, seq);
    std::optional<Expected> expected;
    if (log_.disclosures) {
      expected = Expected{view.event, std::nullopt, view.spend_count()};
      if (view.has_device) expected->device = view.device;
    }
    leaf(hash, std::move(expected));
  }

  void leaf(const Hash& hash, std::optional<Expected> expected) {
    if (log_.disclosures) expected_.push_back(std::move(expected));
    leaves_.push_back(hash);
    ++next_;
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
  std::vector<std::string> wrong_;  // with the entry at hand
};

}  // namespace

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
