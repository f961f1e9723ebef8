// Proof cases of github.com/transparency-dev/merkle, mostly negative, kept outside this project.
#include "ledger/merkle/proof.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace quarrymark::merkle {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kVectors = fs::path(QUARRYMARK_VECTORS_DIR) / "merkle";

std::vector<fs::path> cases_in(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::exists(folder))
    for (const auto& file : fs::recursive_directory_iterator(folder))
      if (file.path().extension() == ".json") files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

Json load(const fs::path& file) {
  std::ifstream in(file);
  return Json::parse(in);
}

// Some cases hold byte strings of another length. Here a hash always has 32 bytes, so they are
// padded and the case has to fail for another reason.
Hash hash_from(const Json& text) {
  const auto bytes = base64_decode(text.get<std::string>());
  EXPECT_TRUE(bytes) << text;
  Hash hash{};
  if (bytes) std::copy_n(bytes->begin(), std::min(bytes->size(), hash.size()), hash.begin());
  return hash;
}

std::vector<Hash> proof_from(const Json& json) {
  std::vector<Hash> proof;
  if (!json.is_null())
    for (const Json& text : json) proof.push_back(hash_from(text));
  return proof;
}

TEST(ProofVectors, InclusionCasesEndAsTheirAuthorsSay) {
  const auto files = cases_in(kVectors / "inclusion");
  if (files.empty()) GTEST_SKIP() << "NO THIRD-PARTY VECTORS at " << kVectors;
  EXPECT_GE(files.size(), 31U);
  for (const fs::path& file : files) {
    const Json json = load(file);
    const auto verified = verify_inclusion(
        hash_from(json["leafHash"]), json["leafIdx"].get<std::uint64_t>(),
        json["treeSize"].get<std::uint64_t>(), proof_from(json["proof"]), hash_from(json["root"]));
    EXPECT_EQ(!verified, json["wantErr"].get<bool>()) << file;
  }
}

TEST(ProofVectors, ConsistencyCasesEndAsTheirAuthorsSay) {
  const auto files = cases_in(kVectors / "consistency");
  if (files.empty()) GTEST_SKIP() << "NO THIRD-PARTY VECTORS at " << kVectors;
  EXPECT_GE(files.size(), 22U);
  for (const fs::path& file : files) {
    const Json json = load(file);
    const auto verified = verify_consistency(
        json["size1"].get<std::uint64_t>(), json["size2"].get<std::uint64_t>(),
        proof_from(json["proof"]), hash_from(json["root1"]), hash_from(json["root2"]));
    EXPECT_EQ(!verified, json["wantErr"].get<bool>()) << file;
  }
}

}  // namespace
}  // namespace quarrymark::merkle
