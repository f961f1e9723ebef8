// Clear notes: what a passport leaves out is found with one, and not without.
#include "ledger/monitor/clear.h"

#include "ledger/base/text.h"
#include "ledger/custody/spending.h"
#include "ledger/log/tiles_export.h"
#include "ledger/note/clear_note.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/verify.h"
#include "tests/unit/record/node_fixture.h"

#include <gtest/gtest.h>

namespace quarrymark::monitor {
namespace {

constexpr UtcTime kToday{1'772'442'843'120};

class Clear : public ::testing::Test {
 protected:
  Clear() {
    EXPECT_TRUE(Monitor::create(scratch_.path() + "/m", "monitor.example/m1"));
    monitor_ = std::move(*Monitor::open(scratch_.path() + "/m", false));
    quarry_.must_record(record::quarry_events());
  }
  void follow(record::TestNode& node) {
    const std::string tiles =
        cat(scratch_.path(), "/", node.log().record.number, "-", node.log().record.name);
    const log::Log& log = *node.log().log;
    const auto done = log::export_tiles(log, log.checkpoint(), tiles);
    ASSERT_TRUE(done) << to_string(done.error());
    const auto followed = monitor_->follow(*tiles::make_identity(node.log().vkey),
                                           tiles::DirectorySource(tiles), kToday);
    ASSERT_TRUE(followed) << to_string(followed.error());
    ASSERT_EQ(followed->outcome, Outcome::kFollowed);
  }
  ClearMade made_for(const std::string& passport) {
    auto made = make_clear_note(*monitor_, passport, kToday);
    if (made) return std::move(*made);
    ADD_FAILURE() << to_string(made.error());
    return {};
  }
  note::ClearNote parsed(const ClearMade& made) {
    const auto note = note::parse_note(made.note);
    EXPECT_TRUE(note && note::verify_note(*note, {&monitor_->identity().vkey, 1}));
    return *note::parse_clear_note(note->text);
  }
  // What a reader who knows the monitor finds beyond the passport, with its clear note in it.
  std::vector<custody::Use> uses_found(const std::string& bytes, const std::string& note) {
    auto passport = *passport::parse_passport(bytes);
    if (!note.empty()) passport.clear = note;
    const std::string with_note = passport::write_passport(passport);
    const std::string_view view = with_note;
    passport::Trust trust;
    trust.monitors.push_back(monitor_->identity().vkey);
    const auto checked = passport::check_passports({&view, 1}, trust);
    EXPECT_TRUE(checked.findings.empty());
    const custody::Graph graph(checked.evidence);
    std::vector<custody::Use> found;
    for (const custody::Event& event : checked.evidence.events)
      for (std::int32_t out = -1; out < static_cast<std::int32_t>(event.outputs.size()); ++out)
        for (const custody::Use& use : custody::uses_seen_elsewhere(graph, {event.id, out}))
          found.push_back(use);
    return found;
  }

  record::ScratchDirectory scratch_;
  record::TestNode quarry_;
  std::unique_ptr<Monitor> monitor_;
};

TEST_F(Clear, NothingLaterIsUnseen) {
  const std::string passport = quarry_.passport_of("extract-1");
  follow(quarry_);
  const ClearMade made = made_for(passport);
  const note::ClearNote note = parsed(made);
  EXPECT_EQ(note.time, static_cast<std::uint64_t>(kToday.ms / 1000));
  ASSERT_EQ(note.logs.size(), 1U);
  EXPECT_EQ(note.logs[0].origin, quarry_.log().record.origin);
  EXPECT_EQ(note.logs[0].size, quarry_.size());
  // The block, and the records of the extraction and of the site it names.
  EXPECT_EQ(note.markers.size(), 3U);
  for (const note::ClearMarker& marker : note.markers) EXPECT_TRUE(marker.places.empty());
  EXPECT_TRUE(uses_found(passport, made.note).empty());
}

TEST_F(Clear, LaterVoidLeftOutOfThePassportIsFound) {
  const std::string passport = quarry_.passport_of("extract-1");
  quarry_.must_record(
      R"({"type":"void","key":"void-1","fields":{"voids":{"event":"key:extract-1"},"reason":{"text":"wrong block"}}})");
  follow(quarry_);
  const ClearMade made = made_for(passport);
  EXPECT_EQ(made.seen, 2U) << "the record and the block";
  EXPECT_EQ(uses_found(passport, made.note).size(), 2U);
  EXPECT_TRUE(uses_found(passport, "").empty()) << "without the note nobody can tell";
}

TEST_F(Clear, LaterSpendingIsFoundAndNamesItsEntry) {
  const std::string passport = quarry_.passport_of("extract-1");
  quarry_.must_record(record::event(
      "split",
      R"("key":"saw","inputs":["B-1"],"outputs":[{"kind":"block","measure":{"gross":[1400,1700,1600]}}])"));
  follow(quarry_);
  const auto uses = uses_found(passport, made_for(passport).note);
  ASSERT_EQ(uses.size(), 1U);
  EXPECT_EQ(uses[0].log, quarry_.log().record.origin);
  EXPECT_EQ(uses[0].seq, quarry_.size() - 1);
}

TEST_F(Clear, UseInAnotherFollowedLogIsFound) {
  record::TestNode factory("Test Works", "factory", "PT");
  quarry_.knows(factory);
  quarry_.must_record(record::event(
      "dispatch", R"("key":"send","inputs":["B-1"],"fields":{"to":{"log":"Test Works"}})"));
  const std::string passport = quarry_.passport_of("send");
  quarry_.hand_over(factory, "send");
  follow(quarry_);
  follow(factory);
  EXPECT_TRUE(uses_found(passport, made_for(passport).note).empty());
  factory.must_record(record::event("receive", R"("inputs":["B-1"])"));
  follow(factory);
  const ClearMade made = made_for(passport);
  const auto uses = uses_found(passport, made.note);
  ASSERT_EQ(uses.size(), 1U);
  EXPECT_EQ(uses[0].log, factory.log().record.origin);
  EXPECT_EQ(parsed(made).logs.size(), 2U) << "the log it was dispatched to is spoken of too";
}

TEST_F(Clear, SaysWhichLogsItKnowsNothingOf) {
  const std::string passport = quarry_.passport_of("extract-1");
  EXPECT_EQ(make_clear_note(*monitor_, passport, kToday).error().code, Errc::kRefused);
  follow(quarry_);
  quarry_.must_record(
      R"({"type":"attest","fields":{"kind":"confirm","about":{"item":"B-1"},"statement":{"text":"seen"}}})");
  const ClearMade made = made_for(quarry_.passport_of("extract-1"));
  EXPECT_EQ(made.behind, std::vector<std::string>{quarry_.log().record.origin});
}

TEST_F(Clear, RefusesAForgedPassport) {
  follow(quarry_);
  std::string passport = quarry_.passport_of("extract-1");
  const std::size_t at = passport.find("\"proof\":[\"");
  if (at != passport.npos) passport[at + 12] = passport[at + 12] == 'A' ? 'B' : 'A';
  EXPECT_EQ(make_clear_note(*monitor_, passport, kToday).error().code, Errc::kRefused);
  EXPECT_EQ(make_clear_note(*monitor_, "{}", kToday).error().code, Errc::kRefused);
  EXPECT_EQ(make_clear_note(*monitor_, "", kToday).error().code, Errc::kRefused);
}

TEST_F(Clear, OtherMonitorsNoteSaysNothing) {
  const std::string passport = quarry_.passport_of("extract-1");
  quarry_.must_record(record::event(
      "split",
      R"("inputs":["B-1"],"outputs":[{"kind":"block","measure":{"gross":[1400,1700,1600]}}])"));
  follow(quarry_);
  std::string note = made_for(passport).note;
  const auto stranger = *crypto::SigningKey::generate();
  note = *note::sign_note(note::parse_note(note)->text, "monitor.example/other", stranger);
  EXPECT_TRUE(uses_found(passport, note).empty());
}

}  // namespace
}  // namespace quarrymark::monitor
