// DESIGN.md §7: an admission and its end, judged by dates from outside the log.
#include "ledger/custody/dates.h"
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

Question by_f9() { return ContractBuilder("K").quarry("KHM").factory("F9").question(); }

// Factory F9 works in May; its admission ends on 1 June.
struct Worked : Cast {
  Worked() {
    admission = admit("F9", "factory", "CN").on("2025-01-10").number();
    revocation = revoke(Recorded(*this, admission)).on("2025-06-01").number();
    const StateRef stone = khm_block_at("F9");
    Recorded took(*this, events().size() - 1);
    Recorded cut = tiles_from("F9", stone, "A").on("2025-05-10");
    took.on("2025-05-09");
    Recorded sent = dispatch("F9", {cut.out()}, "DUI").on("2025-05-11");
    dispatched = sent.number();
    deliver({sent.out()});
  }
  void witnessed(std::string_view date) {
    base().logs[log("F9")].cosigned[9] = parse_date(date).value();
  }
  std::string verdict() { return verdict_of(*this, by_f9()); }
  std::size_t admission = 0, revocation = 0, dispatched = 0;
};

TEST(Revocation, WithoutADateFromOutsideItsOwnClockShowsNothing) {
  Worked chain;
  EXPECT_EQ(chain.verdict(), "not_verifiable");
}

TEST(Revocation, WhatAWitnessSawBeforeStillCounts) {
  Worked before, after, on_the_day;
  before.witnessed("2025-05-12");
  EXPECT_EQ(before.verdict(), "match");
  after.witnessed("2025-06-02");
  EXPECT_EQ(after.verdict(), "not_verifiable");
  on_the_day.base().logs[Cast::log("F9")].cosigned[9] =
      Recorded(on_the_day, on_the_day.revocation).event().time;
  EXPECT_EQ(on_the_day.verdict(), "not_verifiable") << "not before";
}

TEST(Revocation, ACheckpointThatDoesNotCoverAnEntryDatesItNot) {
  Worked chain;
  chain.base().logs[Cast::log("F9")].cosigned[1] = parse_date("2025-05-12").value();
  EXPECT_EQ(chain.verdict(), "not_verifiable");
}

// The dispatch alone of F9's steps is dated by its receiver.
bool dispatch_counts(Worked& chain) {
  const Evidence evidence = chain.evidence();
  const Graph graph(evidence);
  return Membership(graph).is_known_signer(*graph.event(Recorded(chain, chain.dispatched).id()));
}

TEST(Revocation, TheReceiverDatesTheHandOver) {
  Worked before, after;
  before.receive("DUI", {Recorded(before, before.dispatched).out()}).on("2025-05-20");
  EXPECT_TRUE(dispatch_counts(before));
  after.receive("DUI", {Recorded(after, after.dispatched).out()}).on("2025-06-20");
  EXPECT_FALSE(dispatch_counts(after));
}

TEST(Revocation, AReceiverNobodyKnowsLendsNoDate) {
  Worked chain;
  Recorded sent(chain, chain.dispatched);
  sent.event().to = Shown<To>::of({Cast::log("Puppet"), "", ""});
  chain.receive("Puppet", {sent.out()}).on("2025-05-20");
  EXPECT_FALSE(dispatch_counts(chain));
}

TEST(Revocation, ALogThatNothingWasSentToLendsNoDate) {
  Worked chain;
  chain.receive("T", {Recorded(chain, chain.dispatched).out()}).on("2025-05-20");
  EXPECT_FALSE(dispatch_counts(chain));
  const Evidence evidence = chain.evidence();
  const Graph graph(evidence);
  const Event& sent = *graph.event(Recorded(chain, chain.dispatched).id());
  EXPECT_EQ(counterparty_time(graph, sent), std::nullopt);
  EXPECT_EQ(date_known_by(graph, sent), "not witnessed");
}

TEST(Revocation, TheEarlierOfWitnessAndReceiverCounts) {
  Worked chain;
  chain.witnessed("2025-07-01");
  chain.receive("DUI", {Recorded(chain, chain.dispatched).out()}).on("2025-05-20");
  EXPECT_TRUE(dispatch_counts(chain));
}

TEST(Revocation, OfOneRegistrarLeavesTheAdmissionOfAnother) {
  Worked chain;
  chain.base().reader.registrars.push_back(Cast::log("Second"));
  Recorded again = chain.admit("F9", "factory", "CN").on("2025-01-05");
  again.event().log = Cast::log("Second");
  EXPECT_EQ(chain.verdict(), "match");
}

TEST(Revocation, OfARecordThatWasAlsoCorrectedIsNotMissed) {
  Worked chain;
  // The registrar's log contradicts itself; whoever is shown both goes by the revocation.
  chain.correct(Recorded(chain, chain.admission));
  EXPECT_EQ(chain.verdict(), "not_verifiable");
}

TEST(Readmission, VouchesForWhatCameAfterItAlone) {
  const auto verdict_when = [](std::string_view readmitted, std::string_view witnessed) {
    Worked chain;
    chain.admit("F9", "factory", "CN").on(readmitted);
    if (!witnessed.empty()) chain.witnessed(witnessed);
    return chain.verdict();
  };
  EXPECT_EQ(verdict_when("2025-09-01", ""), "not_verifiable") << "claims of May, no date";
  EXPECT_EQ(verdict_when("2025-09-01", "2025-07-01"), "not_verifiable") << "in between";
  EXPECT_EQ(verdict_when("2025-09-01", "2025-09-02"), "match") << "recorded since";
  EXPECT_EQ(verdict_when("2025-09-01", "2025-05-12"), "match") << "before the end of the first";
}

TEST(Readmission, InTimeLeavesNoHole) {
  Worked chain;
  chain.admit("F9", "factory", "CN").on("2025-05-31");  // before the first ended
  EXPECT_EQ(chain.verdict(), "match");
}

TEST(LateAdmission, MakesALogKnownFromItsBeginning) {
  Cast cast;
  const StateRef stone = cast.khm_block_at("F9");
  cast.deliver({cast.dispatch("F9", {cast.tiles_from("F9", stone, "A").out()}, "DUI").out()});
  EXPECT_TRUE(has_code(judged(cast, by_f9()), "unknown_signer"));
  cast.admit("F9", "factory", "CN").on("2026-01-01");
  EXPECT_EQ(verdict_of(cast, by_f9()), "match");
}

TEST(LateAdmission, GivesASiteOnlyForTheDaysItNames) {
  const auto verdict_from = [](std::string_view from) {
    Cast cast;
    const std::string site = cast.site("quarry", "NEW", "NEW", "Area");
    AdmittedSite admitted{site, "operator", {}, parse_date(from).value(), {}};
    cast.admit("OPN", "quarry operator", "IN", {admitted}).on("2026-01-01");
    Recorded dug = cast.extract("OPN", site, block("N")).on("2025-05-10");
    cast.deliver({cast.dispatch("OPN", {dug.out()}, "DUI").out()});
    return verdict_of(cast, ContractBuilder("K").quarry("NEW").question());
  };
  EXPECT_EQ(verdict_from("2025-05-01"), "match");
  EXPECT_NE(verdict_from("2025-05-11"), "match");
}

}  // namespace
}  // namespace quarrymark::custody
