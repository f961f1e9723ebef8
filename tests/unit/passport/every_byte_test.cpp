// A passport of ten hand-overs, as large as they come: whatever byte of it is changed, the verdict
// is no longer `match`, or says that nobody looked for later use. Every seventh byte; all of them
// with QUARRYMARK_FULL set, as scripts/test --full does.
#include "ledger/custody/contract.h"
#include "ledger/judge/judge.h"
#include "ledger/passport/trust.h"
#include "ledger/passport/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace quarrymark::passport {
namespace {

std::string vector_file(const std::string& name) {
  std::ifstream file(std::string(QUARRYMARK_VECTORS) + "/files/" + name, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

class TenHops {
 public:
  TenHops() {
    trust_ = parse_trust(vector_file("ten-hops.trust.json")).value();
    question_.contract =
        custody::parse_contract_file(vector_file("ten-hops.contract.json")).value();
  }

  // Proved wrong, or judged to be less than a match that somebody looked after.
  bool is_noticed(const std::string& bytes) const {
    const std::string_view view = bytes;
    Checked checked = check_passports(std::span(&view, 1), trust_);
    if (!checked.findings.empty()) return true;
    const auto report = custody::judge(checked.evidence, question_, {});
    return report.verdict != custody::Verdict::kMatch ||
           std::any_of(report.findings.begin(), report.findings.end(),
                       [](const auto& finding) { return finding.code == "not_checked_for_later"; });
  }

  const std::string bytes = vector_file("ten-hops.json");

 private:
  Trust trust_;
  custody::Question question_;
};

TEST(EveryByte, OfATenHopPassportCounts) {
  const TenHops good;
  ASSERT_GT(good.bytes.size(), 50'000U);
  ASSERT_FALSE(good.is_noticed(good.bytes));
  const std::size_t step = std::getenv("QUARRYMARK_FULL") != nullptr ? 1 : 61;

  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::vector<std::size_t> unnoticed;
  const auto work = [&] {
    std::string changed = good.bytes;
    for (std::size_t at; (at = next.fetch_add(step)) < changed.size();) {
      changed[at] = static_cast<char>(good.bytes[at] ^ (1 << at % 7));
      if (!good.is_noticed(changed)) {
        const std::lock_guard lock(mutex);
        unnoticed.push_back(at);
      }
      changed[at] = good.bytes[at];
    }
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
    workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();

  std::sort(unnoticed.begin(), unnoticed.end());
  for (const std::size_t at : unnoticed)
    ADD_FAILURE() << "byte " << at << ": " << good.bytes.substr(at < 40 ? 0 : at - 40, 80);
}

}  // namespace
}  // namespace quarrymark::passport
