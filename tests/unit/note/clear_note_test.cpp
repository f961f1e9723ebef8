#include "ledger/note/clear_note.h"

#include "tests/unit/note/keys.h"

#include <gtest/gtest.h>

namespace quarrymark::note {
namespace {

Marker marker(std::uint8_t first_byte) {
  Marker value;
  value.hash[0] = first_byte;
  return value;
}

// Two logs, one marker unseen, one seen twice in one log and once in the other.
ClearNote example() {
  return {1'772'442'843,
          {{"quarrymark/a", 10, Hash{1}}, {"quarrymark/b", 20, Hash{2}}},
          {{marker(1), {}},
           {marker(2), {{"quarrymark/a", 3}, {"quarrymark/a", 9}, {"quarrymark/b", 0}}}}};
}

const std::string kMarker1 = marker(1).text(), kMarker2 = marker(2).text();
const std::string kText = "quarrymark/clear/v1\ntime 1772442843\nlog quarrymark/a 10 " +
                          base64_encode(Hash{1}) + "\nlog quarrymark/b 20 " +
                          base64_encode(Hash{2}) + "\nmarker " + kMarker1 + " unseen\nmarker " +
                          kMarker2 + " quarrymark/a 3\nmarker " + kMarker2 +
                          " quarrymark/a 9\nmarker " + kMarker2 + " quarrymark/b 0\n";

void refused_at(std::string_view line, const std::string& text) {
  const auto note = parse_clear_note(text);
  ASSERT_FALSE(note) << text;
  EXPECT_EQ(note.error().code, Errc::kMalformed);
  EXPECT_EQ(note.error().field, line) << note.error().message;
}

TEST(ClearNote, IsWrittenAndReadAsRuleThirtySays) {
  EXPECT_EQ(*write_clear_note(example()), kText);
  EXPECT_EQ(*parse_clear_note(kText), example());
}

TEST(ClearNote, MayNameNoMarkersAndNoLogs) {
  const ClearNote nothing{5, {}, {}};
  EXPECT_EQ(*write_clear_note(nothing), "quarrymark/clear/v1\ntime 5\n");
  EXPECT_EQ(*parse_clear_note("quarrymark/clear/v1\ntime 5\n"), nothing);
}

TEST(ClearNote, IsRefusedWithoutItsFirstTwoLines) {
  refused_at("", "");
  refused_at("", "quarrymark/clear/v1\n");
  refused_at("", kText.substr(0, kText.size() - 1));
  refused_at("line 1", with(kText, "clear/v1", "clear/v2"));
  refused_at("line 1", "\n" + kText);
  refused_at("line 1", "\xef\xbb\xbf" + kText);
  refused_at("line 1", with(kText, "v1\n", "v1 \n"));
  refused_at("line 2", with(kText, "time 1772442843\n", ""));
  refused_at("line 2", with(kText, "time ", "time  "));
  refused_at("line 2", with(kText, "time 1", "time 01"));
  refused_at("line 2", with(kText, "time 1", "time -1"));
  refused_at("line 2", with(kText, "1772442843", "2026-03-02T09:14:03Z"));
}

TEST(ClearNote, IsRefusedWithLogLinesOfAnotherForm) {
  refused_at("line 3", with(kText, "quarrymark/a 10", "quarrymark/a 010"));
  refused_at("line 3", with(kText, "quarrymark/a 10", "quarrymark/a  10"));
  refused_at("line 3", with(kText, "quarrymark/a 10", "quarrymark/a"));
  refused_at("line 3", with(kText, "quarrymark/a", "quarry+mark"));
  refused_at("line 3", with(kText, " " + base64_encode(Hash{1}), " " + base64url_encode(Hash{1})));
  refused_at("line 3", with(kText, base64_encode(Hash{1}), base64_encode(Hash{1}) + " "));
  refused_at("line 3", with(kText, "log ", "Log "));
  refused_at("line 3", with(kText, "log ", "\nlog "));
}

TEST(ClearNote, IsRefusedWhenLogsDoNotAscend) {
  refused_at("line 4", with(kText, "log quarrymark/b", "log quarrymark/a"));
  refused_at("line 4", with(kText, "log quarrymark/b", "log quarrymark/A"));
}

TEST(ClearNote, IsRefusedWithALogAfterMarkers) {
  refused_at("line 9", kText + "log quarrymark/c 1 " + base64_encode(Hash{}) + "\n");
}

TEST(ClearNote, IsRefusedWithMarkerLinesOfAnotherForm) {
  refused_at("line 5", with(kText, "unseen", "Unseen"));
  refused_at("line 5", with(kText, "unseen", "unseen "));
  refused_at("line 5", with(kText, "unseen", ""));
  refused_at("line 5", with(kText, " unseen", ""));
  refused_at("line 5", with(kText, "unseen", "unseen 3"));
  refused_at("line 5",
             with(kText, "marker " + kMarker1, "marker " + base64_encode(marker(1).hash)));
  refused_at("line 5", with(kText, "marker " + kMarker1, "marker " + kMarker1.substr(1)));
  refused_at("line 6", with(kText, "a 3", "a 03"));
  refused_at("line 6", with(kText, "a 3", "a -1"));
  refused_at("line 6", with(kText, "a 3", "a 3 4"));
  refused_at("line 9", kText + "\n");
}

TEST(ClearNote, IsRefusedWhenMarkersDoNotAscend) {
  refused_at("line 9", kText + "marker " + kMarker1 + " unseen\n");
  refused_at("line 9", kText + "marker " + kMarker1 + " quarrymark/a 1\n");
  refused_at("line 6", with(kText, "unseen\n", "unseen\nmarker " + kMarker1 + " unseen\n"));
}

// 0xf8… begins with "-" in base64url and 0x00… with "A": text order is not byte order.
TEST(ClearNote, OrdersMarkersByTheirText) {
  const ClearNote note{5, {}, {{marker(0xf8), {}}, {marker(0x00), {}}}};
  const auto text = write_clear_note(note);
  ASSERT_TRUE(text);
  EXPECT_EQ(*parse_clear_note(*text), note);
  EXPECT_FALSE(write_clear_note({5, {}, {{marker(0x00), {}}, {marker(0xf8), {}}}}));
}

TEST(ClearNote, IsRefusedWhenAMarkerIsUnseenAndSeen) {
  refused_at("line 6", with(kText, "unseen\n", "unseen\nmarker " + kMarker1 + " quarrymark/a 1\n"));
  refused_at("line 9", kText + "marker " + kMarker2 + " unseen\n");
}

TEST(ClearNote, IsRefusedWhenPlacesDoNotAscend) {
  refused_at("line 7", with(kText, "a 9", "a 3"));
  refused_at("line 7", with(kText, "a 9", "a 2"));
  refused_at("line 9", kText + "marker " + kMarker2 + " quarrymark/a 9\n");
}

TEST(ClearNote, TakesPlacesOnlyInLogsItLists) {
  refused_at("line 6", with(kText, "quarrymark/a 3", "quarrymark/0 3"));
  refused_at("line 8", with(kText, "quarrymark/b 0", "quarrymark/c 0"));
  refused_at("line 7", with(kText, "a 9", "a 10"));
}

TEST(ClearNote, IsNotWrittenAgainstItsRules) {
  const auto not_written = [](auto change) {
    ClearNote note = example();
    change(note);
    const auto text = write_clear_note(note);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, Errc::kInvalidArgument);
  };
  not_written([](ClearNote& note) { std::swap(note.logs[0], note.logs[1]); });
  not_written([](ClearNote& note) { note.logs[1].origin = note.logs[0].origin; });
  not_written([](ClearNote& note) { note.logs[0].origin = "a b"; });
  not_written([](ClearNote& note) { std::swap(note.markers[0], note.markers[1]); });
  not_written([](ClearNote& note) { note.markers[0] = note.markers[1]; });
  not_written([](ClearNote& note) { note.markers[1].places[1].seq = 3; });
  not_written([](ClearNote& note) { note.markers[1].places[0].origin = "quarrymark/0"; });
  not_written([](ClearNote& note) { note.markers[1].places[2].seq = 20; });
}

}  // namespace
}  // namespace quarrymark::note
