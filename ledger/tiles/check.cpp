#include "ledger/tiles/check.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/tiles/check_range.h"
#include "ledger/tiles/fold.h"
#include "ledger/tiles/parallel.h"
#include "ledger/tiles/reading.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>

namespace quarrymark::tiles {
namespace {

using note::kTileWidth;

constexpr std::uint64_t kRangeTiles = 64;  // that one thread checks at a time

std::string text_of(const Hash& hash) { return base64_encode(hash); }

class Check {
 public:
  Check(const TileSource& source, const CheckOptions& options, SignedCheckpoint opened)
      : source_(source), options_(options), size_(opened.checkpoint.size) {
    report_.origin = opened.checkpoint.origin;
    report_.checkpoint = std::move(opened.bytes);
    report_.entries = size_;
    report_.root = opened.checkpoint.root;
  }

  CheckReport run() {
    if (size_ > 0) {
      check_ranges();
      compute_levels();
      settle_edge();
      settle_levels();
    } else if (report_.root != merkle::empty_root()) {
      problems_.add(cat(kCheckpointPath, ": an empty tree has root ", text_of(merkle::empty_root()),
                        ", got ", text_of(report_.root)));
    }
    problems_.move_to(report_.problems);
    unanswered_.move_to(report_.unanswered);
    finish_audit();
    return std::move(report_);
  }

 private:
  void check_ranges() {
    const std::uint64_t tiles = (size_ + kTileWidth - 1) / kTileWidth;
    ranges_.resize((tiles + kRangeTiles - 1) / kRangeTiles);
    std::mutex mutex;
    std::uint64_t done = 0;
    run_parallel(ranges_.size(), options_.threads, [&](std::size_t i) {
      const std::uint64_t begin = i * kRangeTiles, end = std::min(begin + kRangeTiles, tiles);
      ranges_[i] = check_range(source_, size_, begin, end, options_.audit);
      if (!options_.progress) return;
      const std::lock_guard lock(mutex);
      done += std::min(end * kTileWidth, size_) - begin * kTileWidth;
      options_.progress(done, size_);
    });
    levels_.emplace_back();
    for (RangeResult& range : ranges_)
      std::move(range.tiles.begin(), range.tiles.end(), std::back_inserter(levels_[0]));
    report_.files = 2 * tiles;
  }

  // From below: what each tile should hold, by the best that is known of the tiles under it.
  void compute_levels() {
    for (unsigned level = 1; level < tile_levels(size_); ++level) {
      std::vector<TileState>& tiles = levels_.emplace_back();
      const std::vector<TileState>& below = levels_[level - 1];
      const std::uint64_t children = full_tiles(size_, level - 1);
      for (std::uint64_t index = 0; index * kTileWidth < children; ++index) {
        TileState tile;
        tile.path = tile_at(size_, level, index);
        load_stored(source_, tile);
        ++report_.files;
        tile.has_computed = true;
        for (std::uint64_t i = index * kTileWidth; i < index * kTileWidth + tile.path.width; ++i) {
          const TileState& child = below[i];
          tile.has_computed &= child.has_stored || child.has_computed;
          tile.computed.push_back(child.has_stored ? child.stored_root : child.computed_root);
        }
        if (tile.has_stored) tile.difference = find_difference(tile.stored, tile.computed);
        if (tile.path.width == kTileWidth) {
          if (tile.has_stored) tile.stored_root = fold(tile.stored);
          if (tile.has_computed) tile.computed_root = fold(tile.computed);
        }
        tiles.push_back(std::move(tile));
      }
    }
  }

  // The partial tile at the end of a level; null when the level ends with a full one.
  TileState* edge_of(unsigned level) {
    TileState& last = levels_[level].back();
    return last.path.width == kTileWidth ? nullptr : &last;
  }

  // Which of the two readings of each partial tile together lead to the root. Files come first, so
  // that nothing is called wrong which need not be.
  void settle_edge() {
    const auto levels = static_cast<unsigned>(levels_.size());
    for (unsigned choice = 0; choice < 1u << levels; ++choice)
      if (try_edge(choice)) return settle_edge_as(choice, true);
    say_unreached_root();
    settle_edge_as(0, false);
  }

  void say_unreached_root() {
    const std::string start = cat(kCheckpointPath, ": its root is ", text_of(report_.root));
    const auto stored = edge_root_of(0), computed = edge_root_of((1u << levels_.size()) - 1);
    if (!stored && !computed) {
      bool asked_in_vain = false;
      for (unsigned level = 0; level < levels_.size(); ++level)
        if (const TileState* tile = edge_of(level)) asked_in_vain |= tile->unanswered;
      (asked_in_vain ? unanswered_ : problems_)
          .add(start + "; the last tiles cannot be read to compare it");
      return;
    }
    std::string leads;
    if (stored) leads = cat("; the tiles lead to ", text_of(*stored));
    if (computed && computed != stored) leads += cat("; the entries lead to ", text_of(*computed));
    problems_.add(start + leads);
  }

  // nullopt: not every partial tile can be read in that way. Bit `level` set: as computed.
  std::optional<Hash> edge_root_of(unsigned choice) {
    std::vector<std::vector<Hash>> edge(levels_.size());
    for (unsigned level = 0; level < levels_.size(); ++level) {
      const TileState* tile = edge_of(level);
      if (tile == nullptr) continue;
      const bool computed = (choice >> level & 1) != 0;
      if (computed ? !tile->has_computed : !tile->has_stored) return std::nullopt;
      edge[level] = computed ? tile->computed : tile->stored;
    }
    return edge_root(size_, edge);
  }

  bool try_edge(unsigned choice) {
    for (unsigned level = 0; level < levels_.size(); ++level) {
      const TileState* tile = edge_of(level);
      // No second reading to try.
      const bool differs = tile != nullptr && (tile->difference || !tile->has_stored);
      if ((choice >> level & 1) != 0 && !differs) return false;
    }
    return edge_root_of(choice) == report_.root;
  }

  void settle_edge_as(unsigned choice, bool authentic) {
    for (auto level = static_cast<unsigned>(levels_.size()); level-- > 0;) {
      TileState* tile = edge_of(level);
      if (tile == nullptr) continue;
      const bool computed = (choice >> level & 1) != 0 || !tile->has_stored;
      settle(*tile, computed, authentic);
    }
  }

  // Level by level downwards: each full tile by the hash that the tile above has for it.
  void settle_levels() {
    for (auto level = static_cast<unsigned>(levels_.size()); level-- > 0;)
      for (std::uint64_t index = 0; index < full_tiles(size_, level); ++index)
        settle_full(levels_[level][index]);
  }

  void settle_full(TileState& tile) {
    const std::optional<Hash> expected = hash_above(tile.path.level, tile.path.index);
    if (tile.has_stored && (!expected || tile.stored_root == *expected))
      return settle(tile, false, expected.has_value());
    if (tile.has_computed && (!expected || tile.computed_root == *expected))
      return settle(tile, true, expected.has_value());
    if (tile.has_stored || tile.has_computed) {
      const Hash& got = tile.has_stored ? tile.stored_root : tile.computed_root;
      problems_.add(cat(note::write_tile_path(tile.path), ": leads to ", text_of(got),
                        ", expected ", text_of(*expected),
                        tile.has_stored && tile.has_computed && !tile.difference
                            ? cat("; what lies below agrees with it")
                            : std::string()));
    }
    settle(tile, !tile.has_stored, false);
  }

  std::optional<Hash> hash_above(unsigned level, std::uint64_t index) const {
    if (level + 1 >= levels_.size()) return std::nullopt;
    const TileState& above = levels_[level + 1][index / kTileWidth];
    const std::vector<Hash>& hashes = above.stored;  // what settle() left as the right ones
    if (hashes.empty()) return std::nullopt;
    return hashes[index % kTileWidth];
  }

  // Says what is wrong with a tile whose right reading is known, or taken for right, and keeps
  // that one for the tiles below.
  void settle(TileState& tile, bool computed, bool authentic) {
    const std::string path = note::write_tile_path(tile.path);
    if (!tile.has_stored)
      (tile.unanswered ? unanswered_ : problems_).add(cat(path, ": ", tile.problem));
    if (!tile.bundle_problem.empty())
      (tile.bundle_unanswered ? unanswered_ : problems_)
          .add(cat(bundle_path(tile), ": ", tile.bundle_problem));
    if (tile.difference && tile.has_computed) say_difference(tile, path, computed, authentic);
    if (tile.path.level == 0) return;
    if (computed) tile.stored = tile.has_computed ? std::move(tile.computed) : std::vector<Hash>();
  }

  void say_difference(const TileState& tile, const std::string& path, bool computed,
                      bool authentic) {
    const Difference& found = *tile.difference;
    const std::string more =
        found.count > 1 ? cat(" (and ", found.count - 1, " more in this file)") : std::string();
    if (computed) {
      problems_.add(cat(path, ": hash ", found.at, ": expected ", text_of(found.computed), ", got ",
                        text_of(found.stored), more));
    } else if (tile.path.level == 0) {
      problems_.add(cat(bundle_path(tile), ": entry ", tile.path.index * kTileWidth + found.at,
                        ": expected leaf hash ", text_of(found.stored),
                        authentic ? "" : cat(" as in ", path), ", got ", text_of(found.computed),
                        more));
    }
    // Above level 0 the tile below is the wrong one, and is named in its turn.
  }

  static std::string bundle_path(const TileState& tile) {
    note::TilePath path = tile.path;
    path.entries = true;
    return note::write_tile_path(path);
  }

  void finish_audit() {
    if (options_.audit == nullptr) return;
    Problems problems;
    std::vector<std::unique_ptr<RangeAudit>> audits;
    for (RangeResult& range : ranges_) {
      range.problems.move_to(report_.problems);
      audits.push_back(std::move(range.audit));
    }
    options_.audit->finish(audits, problems);
    problems.move_to(report_.problems);
  }

  const TileSource& source_;
  const CheckOptions& options_;
  const std::uint64_t size_;
  std::vector<RangeResult> ranges_;
  std::vector<std::vector<TileState>> levels_;
  Problems problems_, unanswered_;
  CheckReport report_;
};

}  // namespace

Result<CheckReport> check_log(const TileSource& source, const LogIdentity& log,
                              const CheckOptions& options) {
  auto bytes = source.read(kCheckpointPath, note::kMaxNoteSize);
  if (!bytes && bytes.error().code != Errc::kTooLarge)
    return tl::unexpected<Error>(std::move(bytes.error()));
  auto opened = bytes ? open_checkpoint(*bytes, log)
                      : Result<SignedCheckpoint>(tl::unexpected<Error>(bytes.error()));
  if (!opened) {
    CheckReport report;
    report.origin = log.origin;
    report.problems.push_back(cat(kCheckpointPath, ": ", to_string(opened.error())));
    return report;
  }
  return Check(source, options, std::move(*opened)).run();
}

}  // namespace quarrymark::tiles
