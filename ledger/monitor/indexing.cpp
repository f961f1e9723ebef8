#include "ledger/monitor/indexing.h"

#include "ledger/base/text.h"
#include "ledger/entry/chain_check.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/tiles/reading.h"

namespace quarrymark::monitor {
namespace {

using note::kTileWidth;
using store::Table;

constexpr std::uint64_t kPieceTiles = 64;   // in one durable write
constexpr std::size_t kMaxOddities = 1000;  // told in one go; all of them are kept

class Indexing {
 public:
  Indexing(store::Store& store, const tiles::TileSource& source, tiles::VerifiedTree& tree,
           FollowedLog& log, std::vector<std::string>& odd)
      : store_(store),
        source_(source),
        tree_(tree),
        log_(log),
        odd_(odd),
        origin_(log.origin),
        chain_(log.last ? entry::ChainCheck(origin_, *log.last, log.last_time)
                        : entry::ChainCheck(origin_)) {}

  Status run(const Progress& progress) {
    while (log_.indexed < tree_.size()) {
      QM_TRY_VOID(index_piece());
      if (progress) progress(log_.indexed, tree_.size());
    }
    return {};
  }

 private:
  Status index_piece() {
    store::Batch batch(store_);
    FollowedLog after = log_;
    const std::uint64_t begin = log_.indexed / kTileWidth;
    for (std::uint64_t tile = begin; tile < begin + kPieceTiles && after.indexed < tree_.size();
         ++tile)
      QM_TRY_VOID(index_tile(tile, after, batch));
    after.last.reset();
    if (chain_.last().present) {
      after.last = chain_.last().hash;
      after.last_time = chain_.last().time;
    }
    batch.put(Table::kMeta, followed_key(after.number), write_followed(after));
    QM_TRY_VOID(store_.write(batch, true));
    log_ = std::move(after);
    return {};
  }

  Status index_tile(std::uint64_t tile, FollowedLog& after, store::Batch& batch) {
    QM_TRY(const std::vector<Hash> leaves, tree_.leaves(tile));
    const note::TilePath path = tiles::bundle_at(tree_.size(), tile);
    QM_TRY(const tiles::Bundle bundle, tiles::read_bundle(source_, path));
    for (std::size_t i = after.indexed % kTileWidth; i < bundle.entries.size(); ++i) {
      const Hash leaf = merkle::leaf_hash(sha256_, as_bytes(bundle.entries[i]));
      if (leaf != leaves[i])
        return fail(Errc::kMalformed,
                    cat("entry ", after.indexed, ": expected leaf hash ", base64_encode(leaves[i]),
                        ", got ", base64_encode(leaf)),
                    note::write_tile_path(path));
      QM_TRY_VOID(index_entry(after.indexed, bundle.entries[i], leaf, batch));
      ++after.indexed;
    }
    return {};
  }

  Status index_entry(std::uint64_t seq, std::string_view bytes, const Hash& leaf,
                     store::Batch& batch) {
    entry::EntryView view;
    wrong_.clear();
    if (chain_.next(seq, bytes, leaf, view, wrong_)) {
      const std::string key = event_key(log_.number, view.event);
      QM_TRY(const auto known, batch.get(Table::kEvents, key));
      if (known) {
        wrong_.push_back(cat("event ", view.event.text(), " stands in entry ",
                             store::read_u64(*known), " already"));
      } else {
        std::string value;
        store::append_u64(value, seq);
        batch.put_readable(Table::kEvents, key, value);
      }
      for (std::size_t i = 0; i < view.spend_count(); ++i)
        batch.put(Table::kStates, marker_key(view.spend(i), log_.number, seq), {});
    }
    if (wrong_.empty()) return {};
    std::string text;
    for (const std::string& what : wrong_) text += cat(text.empty() ? "" : "; ", what);
    if (odd_.size() < kMaxOddities) odd_.push_back(cat("entry ", seq, ": ", text));
    batch.put(Table::kMeta, oddity_key(log_.number, seq), text);
    return {};
  }

  store::Store& store_;
  const tiles::TileSource& source_;
  tiles::VerifiedTree& tree_;
  FollowedLog& log_;
  std::vector<std::string>& odd_;
  const std::string origin_;  // the chain check refers to it
  entry::ChainCheck chain_;
  crypto::Sha256 sha256_;
  std::vector<std::string> wrong_;
};

}  // namespace

Status index_entries(store::Store& store, const tiles::TileSource& source,
                     tiles::VerifiedTree& tree, FollowedLog& log, std::vector<std::string>& odd,
                     const Progress& progress) {
  return Indexing(store, source, tree, log, odd).run(progress);
}

}  // namespace quarrymark::monitor
