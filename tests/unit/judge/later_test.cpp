// docs/later_events.md, row by row: what a later entry does to an earlier passport, with it shown,
// with a clear note that saw it, with one that saw nothing, and without a note.
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

Question only_khm() { return ContractBuilder("K").quarry("KHM").question(); }

constexpr std::string_view kUnchecked = "not_checked_for_later";

// Tiles of KHM, cut at F1 and on their way to DUI: what a passport showed at the time.
struct Earlier : Cast {
  Earlier() {
    stone = khm_block_at("F1");
    cut = tiles_from("F1", stone, "A").number();
    sent = dispatch("F1", {step(cut).out()}, "DUI").number();
    deliver({step(sent).out()});
  }
  Recorded step(std::size_t number) { return Recorded(*this, number); }
  Recorded admit_of(std::string_view name) {
    for (std::size_t i = 0; i < events().size(); ++i)
      if (events()[i]->type == EventType::kAdmit && events()[i]->member->log == log(name))
        return step(i);
    ADD_FAILURE() << name;
    return step(0);
  }
  // The four ways in which a reader may meet what happened later.
  std::string shown() { return verdict_of(*this, only_khm()); }
  Report seen_by_note(const Recorded& later) {
    omit(later);
    base().clear = clear_note();
    return judged(*this, only_khm());
  }
  StateRef stone;
  std::size_t cut = 0, sent = 0;
};

TEST(Later, ANoteThatReachesAllThatIsShownAndSawNothingLeavesNoDoubt) {
  Earlier chain;
  EXPECT_TRUE(has_code(judged(chain, only_khm()), kUnchecked));
  chain.base().clear = chain.clear_note();
  const Report report = judged(chain, only_khm());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_FALSE(has_code(report, kUnchecked));
}

TEST(Later, AnEarlierPassportWithoutANoteMatchesAndSaysThatItIsUnchecked) {
  Earlier chain;
  chain.omit(chain.void_of(chain.step(chain.sent)));
  const Report report = judged(chain, only_khm());
  EXPECT_EQ(verdict_of(report), "match");
  ASSERT_TRUE(has_code(report, kUnchecked));
  EXPECT_EQ(finding(report, kUnchecked)->sentence,
            "not checked for later corrections or other use");
}

TEST(Later, AVoidOfTheDispatchIsShownOrFound) {
  Earlier shown;
  shown.void_of(shown.step(shown.sent));
  EXPECT_TRUE(has_code(judged(shown, only_khm()), "voided"));
  EXPECT_NE(shown.shown(), "match");
  Earlier left_out;
  const Report report = left_out.seen_by_note(left_out.void_of(left_out.step(left_out.sent)));
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_TRUE(has_code(report, "link_missing"));
}

// Sent to the town, used by it, taken back on paper, and sent to another town.
struct TakenBack : Earlier {
  explicit TakenBack(bool used) {
    if (used) use = receive("DUI", {step(sent).out()}).number();
    const Recorded voided = void_of(step(sent));
    again = dispatch("F1", {voided.out()}, "NOO").number();
    base().items.clear();
    deliver({step(again).out()});
  }
  std::size_t use = 0, again = 0;
};

TEST(Later, WhatAVoidTookBackAfterItsReceiverUsedItIsADuplicateOrFoundByANote) {
  EXPECT_EQ(TakenBack(false).shown(), "match");
  EXPECT_EQ(TakenBack(true).shown(), "duplicate");
  TakenBack silent(true);
  silent.omit(silent.step(silent.use));
  EXPECT_EQ(silent.shown(), "match");
  const Report report = silent.seen_by_note(silent.step(silent.use));
  EXPECT_EQ(verdict_of(report), "duplicate");
  EXPECT_TRUE(has_code(report, "spent_twice"));
}

TEST(Later, ACorrectionIsShownOrFound) {
  Earlier shown;
  shown.correct(shown.step(shown.cut));
  EXPECT_TRUE(has_code(judged(shown, only_khm()), "corrected"));
  EXPECT_EQ(shown.shown(), "match");
  Earlier left_out;
  const Report report = left_out.seen_by_note(left_out.correct(left_out.step(left_out.cut)));
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_TRUE(has_code(report, "link_missing"));
}

TEST(Later, ASecondDispatchOfTheSameGoodsIsADuplicateEitherWay) {
  Earlier shown;
  shown.dispatch("F1", {shown.step(shown.cut).out()}, "T");
  EXPECT_EQ(shown.shown(), "duplicate");
  Earlier left_out;
  const Recorded second = left_out.dispatch("F1", {left_out.step(left_out.cut).out()}, "T");
  const Report report = left_out.seen_by_note(second);
  EXPECT_EQ(verdict_of(report), "duplicate");
  EXPECT_TRUE(has_code(report, "spent_twice"));
}

TEST(Later, WhatTheReceiverDoesWithItIsARemark) {
  Earlier left_out;
  const Recorded received = left_out.receive("DUI", {left_out.step(left_out.sent).out()});
  const Report report = left_out.seen_by_note(received);
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_TRUE(has_code(report, "undecided_use"));
}

TEST(Later, WhatItsHolderSentElsewhereSinceIsAGap) {
  Cast chain;
  const Recorded cut = chain.tiles_from("F1", chain.khm_block_at("F1"), "A");
  chain.deliver({cut.out()});  // the passport of what the factory still held
  chain.omit(chain.dispatch("F1", {cut.out()}, "T"));
  EXPECT_EQ(verdict_of(chain, only_khm()), "match");
  chain.base().clear = chain.clear_note();
  EXPECT_EQ(verdict_of(chain, only_khm()), "gap");
}

TEST(Later, ARevocationIsJudgedByDatesOrFound) {
  Earlier shown;
  shown.revoke(shown.admit_of("F1"));
  EXPECT_EQ(shown.shown(), "not_verifiable");  // nothing shows that F1 worked before
  shown.base().logs[Cast::log("F1")].cosigned[9] = UtcTime{0};
  EXPECT_EQ(shown.shown(), "match");
  Earlier left_out;
  const Report report = left_out.seen_by_note(left_out.revoke(left_out.admit_of("F1")));
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_NE(finding(report, "link_missing")->sentence.find("admission"), std::string::npos);
}

TEST(Later, ARevocationOfSomebodyElseIsNobodysBusiness) {
  Earlier chain;
  EXPECT_EQ(verdict_of(chain.seen_by_note(chain.revoke(chain.admit_of("F2")))), "match");
}

TEST(Later, AnAdmissionThatWasRevokedDoesNotTouchAKeyPinnedByHand) {
  Earlier chain;
  chain.base().reader.pinned.push_back({Cast::log("F1"), "F1", "factory", "CN"});
  EXPECT_EQ(verdict_of(chain.seen_by_note(chain.revoke(chain.admit_of("F1")))), "match");
}

TEST(Later, ACorrectionOfTheSiteIsFound) {
  Earlier chain;
  std::size_t site = 0;
  for (std::size_t i = 0; i < chain.events().size(); ++i)
    if (chain.events()[i]->id.text() == chain.khm) site = i;
  const Report report = chain.seen_by_note(chain.correct(chain.step(site)));
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_NE(finding(report, "link_missing")->sentence.find("site"), std::string::npos);
}

TEST(Later, ACorrectionOfAnAdmissionIsShownOrFound) {
  Earlier shown;
  shown.correct(shown.admit_of("F1"));
  EXPECT_EQ(shown.shown(), "match") << "an admission that was corrected still admits";
  Earlier left_out;
  const Report report = left_out.seen_by_note(left_out.correct(left_out.admit_of("F1")));
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_NE(finding(report, "link_missing")->sentence.find("admission"), std::string::npos);
}

TEST(Later, AVoidOfAnAdmissionIsShownOrFound) {
  Earlier shown;
  shown.void_of(shown.admit_of("F1"));
  EXPECT_EQ(shown.shown(), "not_verifiable") << "nobody says any more whose log it is";
  EXPECT_TRUE(has_code(judged(shown, only_khm()), "unknown_signer"));
  Earlier left_out;
  const Report report = left_out.seen_by_note(left_out.void_of(left_out.admit_of("F1")));
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_NE(finding(report, "link_missing")->sentence.find("admission"), std::string::npos);
}

// Says that F1 destroyed the stated cuts of `target`.
Recorded erase_saw(Earlier& chain, const Recorded& target, std::string_view by = "F1") {
  return chain.add(EventType::kErase, by).with([&](Event& event) {
    event.erased = Shown<Erasure>::of(Erasure{{{target.id(), "saw"}}, "asked for by law"});
  });
}

TEST(Later, AnErasureConsumesNothingSoNoNoteFindsIt) {
  Earlier shown;
  shown.step(shown.cut).saw(Axis::kWidth, 5, 60).withhold("saw");
  erase_saw(shown, shown.step(shown.cut));
  const Report with_it = judged(shown, only_khm());
  ASSERT_TRUE(has_code(with_it, "erased"));
  EXPECT_NE(finding(with_it, "erased")->sentence.find("asked for by law"), std::string::npos);
  Earlier left_out;
  left_out.step(left_out.cut).saw(Axis::kWidth, 5, 60).withhold("saw");
  const Report without = left_out.seen_by_note(erase_saw(left_out, left_out.step(left_out.cut)));
  EXPECT_FALSE(has_code(without, "erased"));
  EXPECT_EQ(verdict_of(without), verdict_of(with_it)) << "erased is a kind of withheld";
}

TEST(Later, NobodyErasesWhatAnotherLogRecorded) {
  Earlier chain;
  chain.step(chain.cut).saw(Axis::kWidth, 5, 60).withhold("saw");
  erase_saw(chain, chain.step(chain.cut), "F2");
  EXPECT_FALSE(has_code(judged(chain, only_khm()), "erased"));
}

TEST(Later, AStatementConsumesNothingSoNoNoteFindsIt) {
  Earlier shown;
  shown.attest("DUI", "recall", {shown.step(shown.cut).id().text(), "", "", "", {}, ""});
  EXPECT_TRUE(has_code(judged(shown, only_khm()), "recall"));
  Earlier left_out;
  const Report report = left_out.seen_by_note(left_out.attest(
      "DUI", "recall", {left_out.step(left_out.cut).id().text(), "", "", "", {}, ""}));
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_FALSE(has_code(report, "recall"));
}

// Why the note of an otherwise checked chain leaves something open; empty: it does not.
std::string left_open(void (*edit)(Earlier&, ClearFacts&)) {
  Earlier chain;
  ClearFacts note = chain.clear_note();
  edit(chain, note);
  chain.base().clear = std::move(note);
  const Report report = judged(chain, only_khm());
  EXPECT_EQ(verdict_of(report), "match") << "what is unchecked is not bad";
  const Finding* open = finding(report, kUnchecked);
  return open == nullptr ? "" : open->sentence;
}

TEST(ClearNote, ThatDoesNotCoverAnEntryIsNoClearance) {
  EXPECT_EQ(left_open([](Earlier&, ClearFacts&) {}), "");
  const std::string text =
      left_open([](Earlier&, ClearFacts& note) { --note.sizes[Cast::log("F1")]; });
  EXPECT_NE(text.find("it covers 2 entries of the log of F1, of which 3 are shown"),
            std::string::npos)
      << text;
}

TEST(ClearNote, ThatIsOlderThanThePassportsCheckpointIsNoClearance) {
  const std::string text =
      left_open([](Earlier& chain, ClearFacts&) { chain.base().logs[Cast::log("F1")].size = 7; });
  EXPECT_NE(text.find("it covers 3 entries of the log of F1, of which 7 are shown"),
            std::string::npos)
      << text;
}

TEST(ClearNote, ThatLacksAMarkerIsNoClearance) {
  const std::string text = left_open([](Earlier& chain, ClearFacts& note) {
    note.markers.erase(chain.marker(chain.step(chain.cut).record()));
  });
  EXPECT_NE(text.find("it does not answer for 1 of the states shown"), std::string::npos) << text;
}

TEST(ClearNote, ThatAnsweredForAMarkerOnlyEarlierIsNoClearance) {
  const std::string text = left_open(
      [](Earlier& chain, ClearFacts& note) { note.earlier.insert(chain.marker(chain.stone)); });
  EXPECT_NE(text.find("it does not answer for 1 of the states shown"), std::string::npos) << text;
}

TEST(ClearNote, ThatDoesNotFollowALogIsNoClearance) {
  for (const std::string_view name : {"OPK", "F1", "DUI", "Registrar"}) {
    Earlier chain;
    chain.base().clear = chain.clear_note();
    chain.base().clear->sizes.erase(Cast::log(name));
    const Report report = judged(chain, only_khm());
    ASSERT_TRUE(has_code(report, kUnchecked)) << name;
    EXPECT_NE(finding(report, kUnchecked)->sentence.find("it does not follow the log of"),
              std::string::npos);
  }
}

TEST(ClearNote, SaysNothingOfAHolderWhoIsWithheld) {
  const std::string text =
      left_open([](Earlier& chain, ClearFacts&) { chain.step(chain.sent).withhold("to"); });
  EXPECT_NE(text.find("who holds 1 of the states shown is withheld"), std::string::npos) << text;
}

TEST(ClearNote, FindingsStandInTheOrderOfTheEntriesTheyConcern) {
  Earlier chain;
  chain.base().clear = chain.clear_note();
  auto& markers = chain.base().clear->markers;
  for (const StateRef& state : {chain.step(chain.sent).record(), chain.step(chain.cut).record()})
    markers[chain.marker(state)] = {{Cast::log("F1"), static_cast<std::uint64_t>(90 + state.out)}};
  markers[chain.marker(chain.step(chain.cut).record())].front().seq = 77;
  const Report report = judged(chain, only_khm());
  ASSERT_GE(report.findings.size(), 2U);
  EXPECT_NE(report.findings[0].sentence.find("entry 77"), std::string::npos);
  EXPECT_NE(report.findings[1].sentence.find("entry 89"), std::string::npos);
}

TEST(DeviceCounter, NamesTheNumbersThatAreNotShown) {
  const auto report_of = [](const std::vector<std::int64_t>& numbers, bool same_device = true) {
    Cast cast;
    cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      Recorded said = cast.attest("F1", "confirm", {});
      said.event().device_counter = numbers[i];
      said.event().device_key = same_device || i % 2 == 0 ? "one" : "another";
    }
    return judged(cast, only_khm());
  };
  EXPECT_FALSE(has_code(report_of({}), "device_counter_hole"));
  EXPECT_FALSE(has_code(report_of({5}), "device_counter_hole"));
  EXPECT_FALSE(has_code(report_of({7, 5, 6}), "device_counter_hole"));
  EXPECT_FALSE(has_code(report_of({3, 9}, false), "device_counter_hole"));
  const Report holes = report_of({3, 5, 9, 10});
  ASSERT_TRUE(has_code(holes, "device_counter_hole"));
  EXPECT_EQ(*finding(holes, "device_counter_hole")->facts.back().second.if_string(), "4, 6 to 8");
  EXPECT_EQ(verdict_of(holes), "match") << "a remark";
  EXPECT_FALSE(has_code(holes, "device_counter_repeated"));
}

TEST(DeviceCounter, ANumberGivenTwiceIsNamed) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  for (const std::int64_t number : {1, 2, 2, 3})
    cast.attest("F1", "confirm", {}).with([&](Event& event) {
      event.device_key = "phone";
      event.device_counter = number;
    });
  const Report report = judged(cast, only_khm());
  ASSERT_TRUE(has_code(report, "device_counter_repeated"));
  EXPECT_EQ(*finding(report, "device_counter_repeated")->facts.back().second.if_string(), "2");
  EXPECT_FALSE(has_code(report, "device_counter_hole"));
}

TEST(DeviceCounter, OfTwoLogsAreTwoCounters) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  for (const auto& [log, number] : std::vector<std::pair<std::string, std::int64_t>>{
           {"F1", 1}, {"F2", 2}, {"F1", 2}, {"F2", 3}})
    cast.attest(log, "confirm", {}).with([&](Event& event) {
      event.device_key = "phone";
      event.device_counter = number;
    });
  EXPECT_FALSE(has_code(judged(cast, only_khm()), "device_counter_hole"));
}

}  // namespace
}  // namespace quarrymark::custody
