#include "tests/unit/tiles/memory_log.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <span>

namespace quarrymark::tiles {
namespace {

// RFC 9162 §2.1.1, word for word.
Hash tree_hash(std::span<const Hash> leaves) {
  if (leaves.empty()) return merkle::empty_root();
  if (leaves.size() == 1) return leaves.front();
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return merkle::node_hash(tree_hash(leaves.first(k)), tree_hash(leaves.subspan(k)));
}

std::string number(std::uint64_t index) {
  std::string digits = std::to_string(index);
  while (digits.size() % 3 != 0) digits.insert(0, "0");
  std::string path;
  for (std::size_t at = 0; at < digits.size(); at += 3)
    path += at + 3 == digits.size() ? digits.substr(at, 3) : cat("x", digits.substr(at, 3), "/");
  return path;
}

std::string file_name(const std::string& level, std::uint64_t index, std::size_t width) {
  return cat("tile/", level, "/", number(index), width == 256 ? "" : cat(".p/", width));
}

}  // namespace

MemoryLog::MemoryLog(std::string name)
    : origin(std::move(name)), key(*crypto::SigningKey::generate()) {
  publish();
}

Result<std::string> MemoryLog::read(std::string_view path, std::size_t limit) const {
  if (silent.count(std::string(path)) > 0) return fail(Errc::kIo, "nobody answers");
  const auto found = files.find(std::string(path));
  if (found == files.end()) return fail(Errc::kNotFound, "not here");
  if (found->second.size() > limit) return fail(Errc::kTooLarge, "too large");
  return found->second;
}

void MemoryLog::grow(std::uint64_t size) {
  while (entries.size() < size) entries.push_back(cat("entry ", entries.size()));
  publish();
}

void MemoryLog::rewrite(std::uint64_t from, std::uint64_t size, const std::string& word) {
  entries.resize(from);
  while (entries.size() < size) entries.push_back(cat(word, " ", entries.size()));
  publish();
}

void MemoryLog::publish() {
  std::vector<Hash> hashes;
  for (const std::string& entry : entries) hashes.push_back(merkle::leaf_hash(as_bytes(entry)));
  files["checkpoint"] = *note::sign_checkpoint(origin, entries.size(), tree_hash(hashes), key);
  for (std::size_t first = 0; first < entries.size(); first += 256) {
    std::string bundle;
    const std::size_t width = std::min<std::size_t>(256, entries.size() - first);
    for (std::size_t i = first; i < first + width; ++i) {
      bundle += static_cast<char>(entries[i].size() >> 8);
      bundle += static_cast<char>(entries[i].size());
      bundle += entries[i];
    }
    files[file_name("entries", first / 256, width)] = bundle;
  }
  for (int level = 0; !hashes.empty(); ++level) {
    std::vector<Hash> above;
    for (std::size_t first = 0; first < hashes.size(); first += 256) {
      const std::size_t width = std::min<std::size_t>(256, hashes.size() - first);
      const std::span<const Hash> tile = std::span(hashes).subspan(first, width);
      files[file_name(std::to_string(level), first / 256, width)] =
          std::string(reinterpret_cast<const char*>(tile.data()), tile.size_bytes());
      if (width == 256) above.push_back(tree_hash(tile));
    }
    hashes = std::move(above);
  }
}

void MemoryLog::flip(const std::string& path, std::size_t at) {
  ASSERT_TRUE(files.count(path)) << path;
  ASSERT_LT(at, files[path].size()) << path;
  files[path][at] = static_cast<char>(files[path][at] ^ 1);
}

void MemoryLog::save(const std::string& directory) const {
  for (const auto& [path, bytes] : files) {
    const std::filesystem::path file = std::filesystem::path(directory) / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
}

LogIdentity MemoryLog::identity() const {
  return {origin, {*note::make_vkey(origin, note::kEd25519, key.public_key())}};
}

Hash MemoryLog::root(std::uint64_t size) const {
  std::vector<Hash> hashes;
  for (std::uint64_t i = 0; i < size; ++i)
    hashes.push_back(merkle::leaf_hash(as_bytes(entries[i])));
  return tree_hash(hashes);
}

}  // namespace quarrymark::tiles
