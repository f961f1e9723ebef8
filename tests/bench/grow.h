// A large ledger for measuring, as it would be after years: several logs (quarries, traders,
// factories, importers), chains of some ten steps from blocks over slabs and tiles to crates and
// deliveries, and one block with 2,000 descendants.
//
// Shares with the real path: build_event (disclosures, heads, markers, read back as a verifier
// would), the guard with all its rules, every index, the committer, its durable groups and signed
// checkpoints. Not shared: reading requests and finding states by name, because the generator
// still holds the states it goes on with.
#pragma once

#include "ledger/record/node.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace quarrymark::bench {

struct Grown {
  std::uint64_t events = 0, outputs = 0;
  std::vector<std::string> crates;  // item numbers spread over the ledger, ten hops and more each
  std::string block;                // item number of the one with 2,000 descendants
};

struct GrowOptions {
  std::uint64_t events = 100'000;
  std::function<void(std::uint64_t done)> progress;  // may be empty
};

// Into a new or empty directory. Writes what it returns beside the ledger as `grown.json`.
Grown grow(const std::string& directory, const GrowOptions& options);
// Reads it back.
Grown load_grown(const std::string& directory);

}  // namespace quarrymark::bench
