#include "ledger/entry/entry.h"

#include "ledger/base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark::entry {
namespace {

Hash filled(std::uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

Entry sample() {
  Entry entry;
  entry.log = "quarrymark/abc";
  entry.seq = 7;
  entry.prev = EntryHash{filled(1)};
  entry.time = *parse_node_time("2026-03-02T09:14:03.120Z");
  entry.event = EventId{filled(2)};
  entry.spends = {Marker{filled(3)}, Marker{filled(4)}};
  entry.device = FieldDigest{filled(5)};
  return entry;
}

TEST(Entry, HasTheExactBytesOfTheFormat) {
  const std::string d1 = EntryHash{filled(1)}.text(), d2 = EventId{filled(2)}.text(),
                    d3 = Marker{filled(3)}.text(), d4 = Marker{filled(4)}.text(),
                    d5 = FieldDigest{filled(5)}.text();
  EXPECT_EQ(write_entry(sample()),
            cat(R"({"v":1,"log":"quarrymark/abc","seq":7,"prev":")", d1,
                R"(","time":"2026-03-02T09:14:03.120Z","event":")", d2, R"(","spends":[")", d3,
                R"(",")", d4, R"("],"device":")", d5, R"("})"));
}

TEST(Entry, ComesBack) {
  const auto parsed = parse_entry(write_entry(sample()));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->seq, 7U);
  EXPECT_EQ(parsed->prev, sample().prev);
  EXPECT_EQ(parsed->time, sample().time);
  EXPECT_EQ(parsed->spends, sample().spends);
  EXPECT_EQ(parsed->device, sample().device);
}

TEST(Entry, TheFirstHasNoPredecessorAndOnlyTheFirst) {
  Entry first = sample();
  first.seq = 0;
  first.prev.reset();
  EXPECT_TRUE(parse_entry(write_entry(first)));
  first.seq = 1;
  EXPECT_FALSE(parse_entry(write_entry(first)));
  first.seq = 0;
  first.prev = sample().prev;
  EXPECT_FALSE(parse_entry(write_entry(first)));
}

TEST(Entry, RefusesEveryOtherSpelling) {
  const std::string good = write_entry(sample());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, from.size(), to);
  };
  for (const std::string& bad : {with("\"v\":1", "\"v\":2"),
                                 with("\"seq\":7", "\"seq\":07"),
                                 with("\"seq\":7", "\"seq\":-7"),
                                 with("\"seq\":7", "\"seq\":7.0"),
                                 with("\"seq\":7", "\"seq\":9007199254740992"),
                                 with("\"seq\":7", "\"seq\": 7"),
                                 with("quarrymark/abc", "quarrymark\\/abc"),
                                 with("quarrymark/abc", "quarry\xc3\xa9"),
                                 with("quarrymark/abc", ""),
                                 with(".120Z", ".12Z"),
                                 with("],\"device\"", ",],\"device\""),
                                 with("\"spends\":[", "\"spends\":[,"),
                                 with(",\"device\"", ",\"divice\""),
                                 with("\"event\"", "\"evint\""),
                                 good + " ",
                                 " " + good,
                                 good + "\n",
                                 good.substr(0, good.size() - 1),
                                 std::string(),
                                 std::string("{}")})
    EXPECT_FALSE(parse_entry(bad)) << bad;
}

TEST(Entry, AMarkerNeverStandsTwice) {
  Entry entry = sample();
  entry.spends = {Marker{filled(3)}, Marker{filled(4)}, Marker{filled(3)}};
  EXPECT_FALSE(parse_entry(write_entry(entry)));
}

TEST(Entry, IsAtMost65535BytesLong) {
  Entry entry = sample();
  entry.spends.clear();
  for (int i = 0; i < 1500; ++i) {
    Hash hash = filled(9);
    hash[0] = static_cast<std::uint8_t>(i);
    hash[1] = static_cast<std::uint8_t>(i >> 8);
    entry.spends.push_back(Marker{hash});
  }
  EXPECT_FALSE(parse_entry(write_entry(entry)));
  entry.spends.resize(1000);
  EXPECT_TRUE(parse_entry(write_entry(entry)));
}

// Whatever byte is changed: refused, or another entry whose text is what was given.
RC_GTEST_PROP(Entry, WhatIsAcceptedIsTheOneSpelling, ()) {
  std::string text = write_entry(sample());
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = static_cast<char>(*rc::gen::inRange(0, 256));
  if (const auto parsed = parse_entry(text)) RC_ASSERT(write_entry(*parsed) == text);
}

}  // namespace
}  // namespace quarrymark::entry
