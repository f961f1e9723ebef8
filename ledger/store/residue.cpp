#include "ledger/base/text.h"
#include "ledger/store/inner.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

namespace quarrymark::store {
namespace {

constexpr std::size_t kChunk = 1 << 20;

bool holds_any(std::string_view bytes, const std::vector<std::string>& needles) {
  return std::any_of(needles.begin(), needles.end(),
                     [&](const std::string& needle) { return bytes.find(needle) != bytes.npos; });
}

// Reads in chunks that overlap by as much as a needle can hang over.
Result<bool> file_holds(const std::string& path, const std::vector<std::string>& needles,
                        std::uint64_t& bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in && errno == ENOENT) return false;  // gone since the files were listed
  if (!in) return fail(Errc::kIo, cat("cannot read ", path, ": ", std::strerror(errno)));
  std::size_t longest = 1;
  for (const std::string& needle : needles) longest = std::max(longest, needle.size());
  std::string window;
  bool found = false;
  while (in && !found) {
    std::string chunk(kChunk, '\0');
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    chunk.resize(static_cast<std::size_t>(in.gcount()));
    bytes += chunk.size();
    window += chunk;
    found = holds_any(window, needles);
    if (window.size() >= longest) window.erase(0, window.size() - longest + 1);
  }
  if (in.bad()) return fail(Errc::kIo, cat("cannot read ", path));
  return found;
}

// Files come and go while tables are merged; not while they are looked through.
class Pause {
 public:
  explicit Pause(rocksdb::DB& db) : db_(db), paused_(db.PauseBackgroundWork().ok()) {}
  ~Pause() {
    // Fails only when nothing was paused.
    if (paused_) static_cast<void>(db_.ContinueBackgroundWork().ok());
  }
  Pause(const Pause&) = delete;

 private:
  rocksdb::DB& db_;
  bool paused_;
};

}  // namespace

Status Store::compact(Table table, std::string_view first, std::string_view last) {
  const rocksdb::Slice begin(first.data(), first.size()), end(last.data(), last.size());
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  const bool all = first.empty() && last.empty();
  const auto status = inner_->db->CompactRange(options, inner_->handle(table),
                                               all ? nullptr : &begin, all ? nullptr : &end);
  if (!status.ok()) return tl::unexpected<Error>(inner_->error_of(status, "compacting"));
  return {};
}

Result<Store::Residue> Store::search(const std::vector<std::string>& needles) const {
  const Pause pause(*inner_->db);
  Residue residue;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<Table>(i);
    bool found = false;
    QM_TRY_VOID(scan(table, {}, {}, [&](std::string_view key, std::string_view value) {
      ++residue.rows;
      found = found || holds_any(key, needles) || holds_any(value, needles);
      return true;
    }));
    if (found) residue.found.push_back(cat("table ", table_name(table)));
  }
  std::vector<rocksdb::LiveFileMetaData> live;
  inner_->db->GetLiveFilesMetaData(&live);
  std::set<std::string> used;
  for (const auto& file : live) used.insert(file.name.substr(file.name.rfind('/') + 1));

  std::error_code problem;
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(inner_->path, problem))
    if (file.is_regular_file()) names.push_back(file.path().filename().string());
  if (problem) return fail(Errc::kIo, cat("cannot list ", inner_->path, ": ", problem.message()));
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    ++residue.files;
    QM_TRY(const bool found, file_holds(cat(inner_->path, "/", name), needles, residue.bytes));
    if (found) residue.found.push_back(cat("file ", name));
    if (name.ends_with(".sst") && !used.contains(name)) residue.unused.push_back(name);
  }
  return residue;
}

}  // namespace quarrymark::store
