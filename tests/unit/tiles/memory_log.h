// A tlog-tiles log in memory, written without the product's own writer: entries in, files out,
// and any file can be spoilt.
#pragma once

#include "ledger/crypto/key.h"
#include "ledger/tiles/signed_checkpoint.h"
#include "ledger/tiles/source.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace quarrymark::tiles {

class MemoryLog final : public TileSource {
 public:
  explicit MemoryLog(std::string origin = "log.example/one");

  Result<std::string> read(std::string_view path, std::size_t limit) const override;
  std::string name() const override { return "memory"; }

  // Adds entries "entry <n>" until there are `size`, and writes all files of that tree.
  void grow(std::uint64_t size);
  // Replaces the entries from `from` on by others: another history, signed by the same key.
  void rewrite(std::uint64_t from, std::uint64_t size, const std::string& word);
  void publish();  // all files for `entries`

  // Exclusive-or of one byte. The file has to be there.
  void flip(const std::string& path, std::size_t at);
  void save(const std::string& directory) const;

  LogIdentity identity() const;
  std::string checkpoint() const { return files.at("checkpoint"); }
  note::Checkpoint parsed() const { return parse_signed_checkpoint(checkpoint())->checkpoint; }
  Hash root(std::uint64_t size) const;  // by the definition, from the entries

  std::string origin;
  crypto::SigningKey key;
  std::vector<std::string> entries;
  std::map<std::string, std::string> files;
  std::set<std::string> silent;  // paths nobody answers for
};

}  // namespace quarrymark::tiles
