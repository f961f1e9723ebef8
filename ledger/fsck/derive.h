// Every derived row of a node's directory, made anew from entries, disclosures and packets.
#pragma once

#include "ledger/fsck/fsck.h"
#include "ledger/record/node.h"

#include <string>
#include <vector>

namespace quarrymark::fsck {

struct Derived {
  std::vector<LogResult> logs;
  std::vector<std::string> problems;  // with what is never rebuilt; then the rows are not complete
};

// Into `into`, which is empty.
Result<Derived> derive_rows(const store::Store& from, const std::string& directory,
                            store::Store& into, const Options& options);

}  // namespace quarrymark::fsck
