#include "ledger/judge/judge.h"
#include "ledger/log/check.h"
#include "ledger/passport/verify.h"
#include "ledger/record/erasing.h"
#include "node_fixture.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

// The salt's place in a disclosure's text.
// Of its salt, as the store writes it.
std::string piece_of(const std::string& disclosure) {
  return base64url_decode(disclosure)->substr(2, 14);
}

class Erasing : public ::testing::Test {
 protected:
  Erasing() {
    node_.must_record(quarry_events());
    node_.must_record(
        event("attest", R"("key": "says", "fields": {"about": {"event": "key:extract-1"},
      "kind": "confirm", "statement": {"text": "seen by J. Janssen himself"}})"));
  }

  Result<Erased> erase(const std::string& event, std::vector<std::string> fields,
                       const std::string& reason = "asked for by the person named") {
    return erase_fields(node_.node(), node_.log(), {event, std::move(fields), reason});
  }
  std::string disclosure(std::uint64_t seq, std::string_view words) {
    const auto disclosures = node_.log().log->disclosures(seq);
    for (const std::string& text : *disclosures)
      if (!text.empty() && base64url_decode(text)->find(words) != std::string::npos) return text;
    return {};
  }
  std::uint64_t seq_of(const std::string& key) { return **node_.log().log->find_key(key); }
  void expect_refused(const Result<Erased>& erased, Errc code, std::string_view word) {
    ASSERT_FALSE(erased);
    EXPECT_EQ(erased.error().code, code);
    EXPECT_NE(to_string(erased.error()).find(word), std::string::npos) << to_string(erased.error());
    EXPECT_EQ(node_.size(), size_before_);
  }

  TestNode node_;
  std::uint64_t size_before_ = 4;
};

TEST_F(Erasing, LeavesAnEntryThatSaysSoAndNoBytes) {
  ASSERT_EQ(node_.size(), size_before_);
  const std::uint64_t seq = seq_of("says");
  const std::string before = disclosure(seq, "Janssen");
  ASSERT_FALSE(before.empty());
  const auto erased = erase("says", {"statement"});
  ASSERT_TRUE(erased) << to_string(erased.error());
  EXPECT_EQ(erased->seq, seq);
  EXPECT_EQ(erased->entry, size_before_);
  EXPECT_EQ(disclosure(seq, "Janssen"), "");
  EXPECT_FALSE(disclosure(erased->entry, "asked for by").empty());

  // Gone from the rows at once; from the files after the next opening.
  node_.reopen();
  const auto residue = search_for_erased(node_.node(), *erased);
  ASSERT_TRUE(residue) << to_string(residue.error());
  EXPECT_TRUE(residue->found.empty()) << residue->found.front();
  EXPECT_TRUE(residue->unused.empty());
  EXPECT_GT(residue->files, 3u);
  EXPECT_EQ(disclosure(seq, "Janssen"), "");
}

TEST_F(Erasing, TheSearchFindsWhatWasNotErased) {
  const std::string kept = disclosure(seq_of("says"), "Janssen");
  const auto rows = node_.node().store().search({piece_of(kept)});
  ASSERT_TRUE(rows);
  // In its row, and in the write-ahead log.
  EXPECT_GE(rows->found.size(), 2u);
  node_.reopen();
  EXPECT_FALSE(node_.node().store().search({piece_of(kept)})->found.empty());
}

TEST_F(Erasing, BeforeReopeningOldFilesMayStillHoldIt) {
  const auto erased = erase("says", {"statement"});
  ASSERT_TRUE(erased);
  const auto residue = search_for_erased(node_.node(), *erased);
  ASSERT_TRUE(residue);
  // That is what the second opening is for: the write-ahead log has it, the rows have not.
  EXPECT_FALSE(residue->found.empty());
  for (const std::string& place : residue->found) EXPECT_TRUE(place.starts_with("file ")) << place;
}

TEST_F(Erasing, TakesTheNameOutOfTheIndex) {
  const auto erased = erase("site", {"site"});
  ASSERT_TRUE(erased) << to_string(erased.error());
  EXPECT_GT(erased->needles.size(), 3u);  // the row of the site's name as well
  node_.reopen();
  EXPECT_TRUE(search_for_erased(node_.node(), *erased)->found.empty());
  EXPECT_NE(node_.refusal(R"({"type": "extract", "outputs": [{"kind": "block"}], "fields": {"site":
      {"site": "Serra"}, "stone": {"name": "A", "family": "granite"}}})"),
            "");
}

TEST_F(Erasing, TheLogIsWholeAfterwards) {
  ASSERT_TRUE(erase("says", {"statement"}));
  node_.reopen();
  const auto problems = log::check_log(node_.node().store(), node_.log().record.number, {});
  ASSERT_TRUE(problems) << to_string(problems.error());
  EXPECT_TRUE(problems->problems.empty()) << problems->problems.front();
}

TEST_F(Erasing, APassportShowsItAsWithheldAndSaysItWasErased) {
  const auto erased = erase("extract-1", {"stone"});
  ASSERT_TRUE(erased) << to_string(erased.error());
  const std::string passport = node_.passport_of("extract-1");
  const std::string_view view = passport;
  const auto checked = passport::check_passports(std::span(&view, 1), passport::Trust{});
  EXPECT_TRUE(checked.findings.empty());
  bool withheld = false, said = false;
  for (const custody::Event& event : checked.evidence.events) {
    if (event.id == erased->event) withheld = event.stone.is_withheld();
    if (event.type == custody::EventType::kErase)
      said = event.erased && event.erased->fields.front().name == "stone" &&
             event.erased->fields.front().event == erased->event;
  }
  EXPECT_TRUE(withheld);
  EXPECT_TRUE(said);
  const custody::Report report = custody::judge(checked.evidence, {}, {});
  EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(),
                          [](const auto& finding) { return finding.code == "erased"; }));
}

TEST_F(Erasing, ARetryOfTheRequestDoesNotBringItBack) {
  const std::string request =
      event("attest", R"("key": "says", "fields": {"about": {"event": "key:extract-1"},
      "kind": "confirm", "statement": {"text": "seen by J. Janssen himself"}})");
  ASSERT_TRUE(erase("says", {"statement"}));
  // Nor does its digest let anybody confirm a guess.
  EXPECT_NE(node_.refusal(request).find("used before with other content"), std::string::npos);
}

TEST_F(Erasing, TellsWhereTheSameWordsStandAsWell) {
  node_.must_record(event("attest", R"("fields": {"about": {"event": "key:extract-1"},
      "kind": "confirm", "statement": {"text": "seen by J. Janssen himself"}})"));
  const auto erased = erase("says", {"statement"});
  ASSERT_TRUE(erased);
  ASSERT_EQ(erased->said_elsewhere.size(), 1u);
  EXPECT_NE(erased->said_elsewhere[0].find("statement of entry 4"), std::string::npos)
      << erased->said_elsewhere[0];
}

TEST_F(Erasing, HeadsOutputsReceiversAndSignaturesAreRefused) {
  for (const char* field : {"event", "out.0", "to", "device"})
    expect_refused(erase("extract-1", {field}), Errc::kRefused, "never erased");
}

TEST_F(Erasing, FieldsAndEventsThatAreNotThereAreRefused) {
  expect_refused(erase("extract-1", {"waste"}), Errc::kNotFound, "it has");
  expect_refused(erase("nothing", {"party"}), Errc::kNotFound, "nothing");
  expect_refused(erase(std::string(43, 'A'), {"party"}), Errc::kNotFound, "AAAA");
}

TEST_F(Erasing, ARequestThatLacksSomethingIsRefused) {
  expect_refused(erase("says", {}), Errc::kInvalidArgument, "field");
  expect_refused(erase("says", {"statement"}, "  "), Errc::kInvalidArgument, "reason");
  expect_refused(erase("says", {"statement"}, std::string(4001, 'x')), Errc::kInvalidArgument,
                 "reason");
  expect_refused(erase("says", {"statement", "statement"}), Errc::kInvalidArgument, "twice");
}

TEST_F(Erasing, WhatWasErasedCannotBeErasedAgain) {
  ASSERT_TRUE(erase("says", {"statement"}));
  size_before_ = 5;
  expect_refused(erase("says", {"statement"}), Errc::kRefused, "before");
  node_.reopen();
  expect_refused(erase("says", {"statement"}), Errc::kRefused, "before");
}

TEST_F(Erasing, AnotherLogsEventIsRefused) {
  TestNode factory("Cutting Works", "factory", "PT");
  node_.knows(factory);
  node_.must_record(
      event("dispatch",
            R"("key": "send", "inputs": ["B-1"], "fields": {"to": {"log": "Cutting Works"}})"));
  node_.hand_over(factory, "send");
  const std::string entry = *node_.log().log->entry(seq_of("extract-1"));
  const std::size_t at = entry.find("\"event\":\"") + 9;
  const auto refused =
      erase_fields(factory.node(), factory.log(), {entry.substr(at, 43), {"party"}, "not mine"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kRefused);
  EXPECT_NE(refused.error().message.find(node_.log().record.origin), std::string::npos);
  EXPECT_EQ(factory.size(), 0u);
}

TEST_F(Erasing, IsNoEventOfRecord) {
  EXPECT_NE(node_.refusal(R"({"type": "erase", "fields": {}})"), "");
}

}  // namespace
}  // namespace quarrymark::record
