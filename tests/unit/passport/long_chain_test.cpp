// The largest ordinary passport: ten organisations, forty entries, logs of a million entries.
#include "tests/support/long_chain.h"

#include "ledger/judge/judge.h"
#include "ledger/passport/verify.h"

#include <gtest/gtest.h>

#include <zlib.h>

namespace quarrymark::passport {
namespace {

TEST(LongChain, TakesNoMoreRoomThanAMailAllows) {
  const support::LongChain chain(1'000'000);
  ASSERT_EQ(chain.entries(), 40u);
  const std::string bytes = write_passport(chain.passport);
  EXPECT_LE(bytes.size(), 170'000u);
  auto packed_size = compressBound(static_cast<uLong>(bytes.size()));
  std::vector<Bytef> packed(packed_size);
  ASSERT_EQ(compress2(packed.data(), &packed_size, reinterpret_cast<const Bytef*>(bytes.data()),
                      static_cast<uLong>(bytes.size()), 6),
            Z_OK);
  EXPECT_LE(packed_size, 90'000u);
  RecordProperty("bytes", static_cast<int>(bytes.size()));
  RecordProperty("packed", static_cast<int>(packed_size));

  const std::string_view view = bytes;
  const Checked checked = check_passports(std::span(&view, 1), chain.trust);
  EXPECT_TRUE(checked.findings.empty());
  const custody::Report report = custody::judge(checked.evidence, {}, checked.findings);
  EXPECT_EQ(report.verdict, std::nullopt) << report.sentence;
  EXPECT_EQ(report.hand_overs, 10);
}

}  // namespace
}  // namespace quarrymark::passport
