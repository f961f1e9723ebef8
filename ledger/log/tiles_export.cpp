#include "ledger/log/tiles_export.h"

#include "ledger/base/text.h"
#include "ledger/disk/files.h"
#include "ledger/tiles/bundle.h"
#include "ledger/tiles/reading.h"
#include "ledger/tiles/signed_checkpoint.h"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace quarrymark::log {
namespace {

namespace fs = std::filesystem;
using note::kTileWidth;
using note::TilePath;

class TileWriter {
 public:
  TileWriter(const Log& log, std::string directory, std::uint64_t before, std::uint64_t size)
      : log_(log), directory_(std::move(directory)) {
    done_.before = before;
    done_.size = size;
  }

  Status write(const ExportProgress& progress) {
    const std::uint64_t end = (done_.size + kTileWidth - 1) / kTileWidth;
    for (std::uint64_t index = done_.before / kTileWidth; index < end; ++index) {
      QM_TRY_VOID(write_bundle(index));
      if (progress) progress(std::min((index + 1) * kTileWidth, done_.size), done_.size);
    }
    for (unsigned level = 0; level < tiles::tile_levels(done_.size); ++level)
      QM_TRY_VOID(write_level(level));
    return disk::sync_file_system(directory_);
  }

  // Files of smaller trees whose full file is there now.
  void remove_outgrown() const {
    std::error_code ignored;
    for (unsigned level = 0; level < tiles::tile_levels(done_.size); ++level)
      for (std::uint64_t index = tiles::full_tiles(done_.before, level);
           index < tiles::full_tiles(done_.size, level); ++index) {
        fs::remove_all(file(TilePath{false, level, index, kTileWidth}) + ".p", ignored);
        if (level == 0) fs::remove_all(file(TilePath{true, 0, index, kTileWidth}) + ".p", ignored);
      }
  }

  const TilesExport& done() const { return done_; }

 private:
  std::string file(const TilePath& path) const {
    return cat(directory_, "/", note::write_tile_path(path));
  }

  Status put(const TilePath& path, std::string_view bytes) {
    const std::string name = file(path);
    std::error_code error;
    fs::create_directories(fs::path(name).parent_path(), error);
    if (error)
      return fail(Errc::kIo, cat("cannot make the directory of ", name, ": ", error.message()));
    return disk::replace(name, bytes);
  }

  Status write_bundle(std::uint64_t index) {
    const TilePath path = tiles::bundle_at(done_.size, index);
    std::string bundle;
    for (std::uint64_t i = 0; i < path.width; ++i) {
      QM_TRY(const std::string entry, log_.entry(index * kTileWidth + i));
      QM_TRY_VOID(tiles::append_entry(bundle, entry));
    }
    ++done_.bundles;
    return put(path, bundle);
  }

  Status write_level(unsigned level) {
    for (std::uint64_t index = tiles::full_tiles(done_.before, level);; ++index) {
      const TilePath path = tiles::tile_at(done_.size, level, index);
      if (path.width == 0) return {};
      QM_TRY(const std::vector<Hash> hashes, log_.tile(level, index, path.width));
      QM_TRY_VOID(put(path, tiles::write_tile(hashes)));
      ++done_.tiles;
    }
  }

  const Log& log_;
  const std::string directory_;
  TilesExport done_;
};

// Entries that the directory holds of this log; 0: it is new.
Result<std::uint64_t> size_in(const Log& log, const std::string& directory) {
  const std::string path = cat(directory, "/", tiles::kCheckpointPath);
  QM_TRY(const auto bytes, disk::read_file(path, note::kMaxNoteSize));
  if (!bytes) return std::uint64_t{0};
  const auto known = tiles::parse_signed_checkpoint(*bytes);
  if (!known) return fail_at(path, known.error());
  if (known->checkpoint.origin != log.origin())
    return fail(Errc::kRefused, cat(directory, " holds another log, ",
                                    quoted_for_message(known->checkpoint.origin, 100)));
  const std::uint64_t size = known->checkpoint.size;
  if (size > log.size())
    return fail(Errc::kRefused, cat(directory, " holds ", size, " entries of this log, which has ",
                                    log.size(), ": its newest entries are lost"));
  QM_TRY(const Hash root, log.root(size));
  if (root != known->checkpoint.root)
    return fail(Errc::kRefused,
                cat(directory, " holds another history of this log: its tree of ", size,
                    " entries has root ", base64_encode(known->checkpoint.root), ", the log's has ",
                    base64_encode(root)));
  return size;
}

}  // namespace

Result<TilesExport> export_tiles(const Log& log, std::string_view checkpoint,
                                 const std::string& directory, const ExportProgress& progress) {
  QM_TRY(const tiles::SignedCheckpoint opened, tiles::parse_signed_checkpoint(checkpoint));
  QM_TRY_VOID(disk::make_directory(directory));
  QM_TRY(const std::uint64_t before, size_in(log, directory));
  const std::uint64_t size = opened.checkpoint.size;
  if (before > size)
    return fail(Errc::kRefused,
                cat(directory, " holds ", before, " entries already, more than the ", size,
                    " of the checkpoint"));
  TileWriter writer(log, directory, before, size);
  if (before < size) QM_TRY_VOID(writer.write(progress));
  QM_TRY_VOID(disk::replace_durably(cat(directory, "/", tiles::kCheckpointPath), checkpoint));
  writer.remove_outgrown();
  return writer.done();
}

}  // namespace quarrymark::log
