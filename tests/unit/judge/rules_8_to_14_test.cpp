// RULES.md, rules 8 to 14a: over-declared steps, quantities, home work, admissions, verifiers,
// labels, quorums.
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

// 28 slabs of 80 mm out of 1.65 m gross: 18 at most. Returns what a delivery of the tiles gives.
struct OverSawn : Cast {
  OverSawn() {
    const StateRef stone = block_at("F1", khm, "P", {2800, 1550, 1500});
    Recorded sawn = split("F1", {stone}, slabs("P", 28, {2700, 1400, 80}));
    sawn.saw(Axis::kWidth, 8, 80);
    all = sawn.outs();
  }
  std::vector<StateRef> all;
};

TEST(Rule08, EveryItemThatDescendsFromAnOverDeclaredStepCarriesIt) {
  for (const std::size_t slab_number : {std::size_t{0}, std::size_t{27}}) {
    OverSawn cast;
    cast.deliver_from("F1", {cast.all[slab_number]});
    EXPECT_EQ(verdict_of(cast, only_khm()), "over_yield") << slab_number;
  }
}

TEST(Rule08, ExplainedIsDeliveredTimesLimitByCount) {
  OverSawn cast;
  const Recorded cut =
      cast.split("F1", Draws(cast.all.begin(), cast.all.end()), {tiles("T", 336, {600, 400, 80})});
  cast.deliver_from("F1", {cut.out()});
  const Report report = judged(cast, ContractBuilder("K")
                                         .quarry("KHM")
                                         .line({80'000'000, Unit::kSquareMillimetre, {}, 0, 0})
                                         .question());
  // 80.64 m² × 18 ÷ 28
  EXPECT_NE(report.sentence.find("80.64 m² delivered; at most 51.84 m²"), std::string::npos)
      << report.sentence;
}

TEST(Rule08, AnotherBlockOfTheSameFactoryIsNotTouched) {
  OverSawn cast;
  cast.deliver_from("F1", {cast.tiles_from("F1", cast.khm_block_at("F1", "other"), "T").out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
}

Report delivered_of_hundred(std::int64_t pieces, std::int64_t tolerance, bool closed) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A", pieces)});
  Question question = only_khm();
  question.contract->lines.push_back({100, Unit::kPiece, {}, 0, tolerance});
  question.contract->closed = closed;
  return judged(cast, question);
}

TEST(Rule09, AShortageIsUnknownUntilTheContractIsClosedThenContradicted) {
  EXPECT_EQ(delivered_of_hundred(99, 0, false).quantity.at(0).standing, "unknown");
  EXPECT_EQ(delivered_of_hundred(99, 0, true).quantity.at(0).standing, "contradicted");
}

TEST(Rule09, ToleranceIsAllowedShortage) {
  EXPECT_EQ(delivered_of_hundred(98, 2, true).quantity.at(0).standing, "supported");
  EXPECT_EQ(delivered_of_hundred(97, 2, true).quantity.at(0).standing, "contradicted");
}

TEST(Rule09, ExcessNeverCountsAgainstAndQuantityNeverMakesTheVerdict) {
  EXPECT_EQ(delivered_of_hundred(150, 0, true).quantity.at(0).standing, "supported");
  EXPECT_EQ(verdict_of(delivered_of_hundred(1, 0, true)), "match");
}

Report with_home_work(std::string_view worker, std::int64_t declared) {
  Cast cast;
  const Recorded cut = cast.tiles_from(worker, cast.khm_block_at(worker), "A").with([&](Event& e) {
    e.home_work = Shown<std::int64_t>::of(declared);
  });
  cast.deliver_from(worker, {cut.out()});
  return judged(cast, ContractBuilder("K").quarry("KHM").factory("F1").question());
}

TEST(Rule10, HomeWorkCountsForTheFactoryThatDeclaresItAsDeclaredForThatShare) {
  const Report report = with_home_work("F1", 350);
  EXPECT_EQ(verdict_of(report), "declared");
  EXPECT_EQ(line(report, "factory").supported, 65);
  EXPECT_EQ(line(report, "factory").declared, 35);
  EXPECT_EQ(line(report, "quarry").supported, 100);
  EXPECT_TRUE(has_code(report, "home_work"));
}

TEST(Rule10, NoneDeclaredOrAnotherFactorysIsNotCounted) {
  EXPECT_EQ(verdict_of(with_home_work("F1", 0)), "match");
  const Report other = with_home_work("F2", 350);
  EXPECT_EQ(verdict_of(other), "partial");
  EXPECT_EQ(line(other, "factory").contradicted, 100);
}

TEST(Rule11, EachNeededFieldThatIsWithheldIsAGap) {
  for (const std::string_view field : {"site", "stone"}) {
    Cast cast;
    Recorded extracted = cast.extract("OPK", cast.khm, block("B"));
    extracted.event().stone = Shown<Stone>::of({"Khammam Black", "dolerite"});
    cast.deliver_from("OPK", {extracted.out()});
    Question question =
        ContractBuilder("K").quarry("KHM").names(CriterionKind::kStone, "Khammam Black").question();
    ASSERT_EQ(verdict_of(cast, question), "match");
    extracted.withhold(field);
    EXPECT_EQ(verdict_of(cast, question), "gap") << field;
  }
}

TEST(Rule11, WithheldOutputsSawsAndSitesOfTheAdmissionAreGaps) {
  const auto verdict_without = [](auto hide) {
    Cast cast;
    const StateRef stone = cast.khm_block_at("F1");
    Recorded sawn = cast.split("F1", {stone}, slabs("S", 3, {2600, 1400, 60}));
    sawn.saw(Axis::kWidth, 7, 60);
    cast.deliver_from("F1", {sawn.out(0)});
    hide(cast, sawn);
    return verdict_of(cast, only_khm());
  };
  EXPECT_EQ(verdict_without([](Cast&, Recorded&) {}), "match");
  EXPECT_EQ(verdict_without([](Cast&, Recorded& sawn) { sawn.withhold("saw"); }), "gap");
  EXPECT_EQ(verdict_without([](Cast&, Recorded& sawn) { sawn.withhold_output(2); }), "gap");
  EXPECT_EQ(verdict_without([](Cast&, Recorded& sawn) { sawn.withhold_output(0); }), "gap");
  EXPECT_EQ(verdict_without([](Cast& cast, Recorded&) {
              for (auto& event : cast.events())
                if (event->sites) event->sites = Shown<std::vector<AdmittedSite>>::withheld();
            }),
            "gap");
}

// What a crate holds stands in the output of its pack; looking for it there ended the reader.
TEST(Rule11, ACrateWhosePackHidesItIsAGapAndOneUnit) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 100).out();
  Recorded packed = cast.pack("F1", {made}, {crate("C", {{100, 0}})});
  cast.deliver_from("F1", {packed.out()});
  packed.withhold_output(0);
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_TRUE(has_code(report, "not_shown"));
  EXPECT_EQ(report.amount, 1);
}

void hide_names(Cast& cast, std::string_view log) {
  for (auto& event : cast.events())
    if (event->member && event->member->log == Cast::log(log))
      event->party = Shown<Party>::withheld();
}

TEST(Rule11, TheOperatorsNameIsNeededOnlyWhenTheContractNamesIt) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  hide_names(cast, "OPK");
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_EQ(report.withheld_parties, 1);
  Question named = ContractBuilder("K").names(CriterionKind::kOperator, "OPK").question();
  EXPECT_EQ(verdict_of(cast, named), "gap");
  named.contract->criteria.front().named = Cast::log("OPK");
  EXPECT_EQ(verdict_of(cast, named), "match");
}

TEST(Rule11, ANameHiddenByTheRegistrarIsNotReplacedByWhatALogCallsItself) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F2", cast.sdq, "A")});
  hide_names(cast, "OPS");
  hide_names(cast, "F2");
  for (auto& event : cast.events())
    if (event->type == EventType::kExtract || event->type == EventType::kSplit)
      event->party = Shown<Party>::of({event->type == EventType::kSplit ? "F1" : "OPK", {}});
  EXPECT_EQ(
      verdict_of(cast, ContractBuilder("K").names(CriterionKind::kOperator, "OPK").question()),
      "gap");
  EXPECT_EQ(verdict_of(cast, ContractBuilder("K").factory("F1").question()), "gap");
}

TEST(Rule11, AFactoryNamedByItsSiteMustBeAdmittedForIt) {
  Cast cast;
  const std::string works = cast.site("factory", "Works 1");
  cast.admit("F1", "factory", "CN", {{works, "factory", {}, {}, {}}});
  const auto made_at = [&](std::string_view by, bool shown) {
    Recorded cut = cast.tiles_from(by, cast.khm_block_at(by, by), by);
    cut.event().place = shown ? Shown<SitePlace>::of({works, ""}) : Shown<SitePlace>::withheld();
    cast.deliver_from(by, {cut.out()});
    return verdict_of(cast, ContractBuilder("K").quarry("KHM").factory(works).question());
  };
  EXPECT_EQ(made_at("F1", true), "match");
  EXPECT_EQ(made_at("F2", true), "partial");
  EXPECT_EQ(made_at("F2", false), "gap");
}

std::string extracted_by(std::string_view log, std::string_view parcel, std::string_view number,
                         std::string_view own_name = "") {
  Cast cast;
  Recorded extracted = cast.extract(log, cast.sdq, block("B"), parcel);
  Event& event = extracted.event();
  event.block = Shown<std::string>::of(std::string(number));
  if (number.empty()) event.outputs[0]->aliases.clear();
  if (!own_name.empty()) event.party = Shown<Party>::of({std::string(own_name), {}});
  cast.deliver_from(log, {extracted.out()});
  Report report = judged(cast, ContractBuilder("K").quarry("SDQ").question());
  for (Finding& finding : report.findings)
    if (finding.code == "unknown_signer") finding.verdict.reset();
  return verdict_of(report);
}

TEST(Rule12, ExtractFromALogAdmittedForSiteAndParcelIsAnOrigin) {
  EXPECT_EQ(extracted_by("OPS", "P", "7"), "match");
}

TEST(Rule12, ExtractFromALogNotAdmittedForThatSiteOrParcelIsDeclared) {
  EXPECT_EQ(extracted_by("OPS", "R", "7"), "declared");
  EXPECT_EQ(extracted_by("OPK", "P", "7"), "declared");
}

TEST(Rule12, WithoutABlockNumberItIsUnknown) { EXPECT_EQ(extracted_by("OPK", "P", ""), "gap"); }

TEST(Rule12, AStrangerIsNotVerifiableAtBest) {
  EXPECT_EQ(extracted_by("Nobody", "P", "7", "OPS"), "not_verifiable");
  EXPECT_EQ(extracted_by("Nobody", "P", "7"), "gap");
}

TEST(Rule12, AdmissionForAYardOrFactoryIsNoAdmissionToQuarry) {
  Cast cast;
  cast.admit("CY", "factory", "IN", {{cast.khm, "yard", {}, {}, {}}});
  cast.deliver_from("CY", {cast.extract("CY", cast.khm, block("B")).out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "declared");
}

TEST(Rule12, TheAdmissionMustCoverTheDateToTheDay) {
  const auto verdict_on = [](std::string_view date, std::string_view recorded) {
    Cast cast;
    cast.admit("OPN", "quarry operator", "IN",
               {{cast.khm,
                 "operator",
                 {},
                 parse_date("2025-03-01").value(),
                 parse_date("2025-03-31").value()}});
    Recorded extracted = cast.extract("OPN", cast.khm, block("B"));
    extracted.on(recorded).claims(date);
    cast.deliver_from("OPN", {extracted.out()});
    return verdict_of(cast, only_khm());
  };
  EXPECT_EQ(verdict_on("2025-03-01", "2025-03-01"), "match");
  EXPECT_EQ(verdict_on("2025-03-31", "2025-03-31"), "match");
  EXPECT_EQ(verdict_on("2025-02-28", "2025-02-28"), "declared");
  EXPECT_EQ(verdict_on("2025-04-01", "2025-04-01"), "declared");
  EXPECT_EQ(verdict_on("2025-03-31", "2025-04-02"), "match");     // offline for two days
  EXPECT_EQ(verdict_on("2025-03-31", "2025-04-30"), "declared");  // set back by a month
}

// A block of an operator whose admission was revoked on 1 June.
struct Revoked : Cast {
  Revoked() {
    auto admission = admit("OPR", "quarry operator", "IN", {{khm, "operator", {}, {}, {}}});
    extracted = extract("OPR", khm, block("B")).on("2025-05-01").number();
    revoke(admission).on("2025-06-01");
    deliver_from("OPR", {Recorded(*this, extracted).out()});
  }
  void cosigned(std::string_view date) {
    base().logs[log("OPR")].cosigned[2] = parse_date(date).value();
  }
  std::size_t extracted = 0;
};

TEST(Rule12, RevocationIsJudgedByDatesFromOutsideTheLog) {
  Revoked before;
  before.cosigned("2025-05-20");
  EXPECT_EQ(verdict_of(before, only_khm()), "match");
  Revoked after;
  after.cosigned("2025-06-02");
  EXPECT_EQ(verdict_of(after, only_khm()), "not_verifiable");
  Revoked unseen;  // its own clock is all there is
  EXPECT_EQ(verdict_of(unseen, only_khm()), "not_verifiable");
}

TEST(Rule12, ACorrectedAdmissionCountsAsCorrectedAndIsRevokedThroughItsCorrection) {
  Cast cast;
  auto admission = cast.admit("OPC", "quarry operator", "IN", {{cast.khm, "operator", {}, {}, {}}});
  cast.deliver_from("OPC", {cast.extract("OPC", cast.khm, block("B")).out()});
  ASSERT_EQ(verdict_of(cast, only_khm()), "match");
  Recorded correction = cast.correct(admission);
  correction.event().sites =
      Shown<std::vector<AdmittedSite>>::of({{cast.sdq, "operator", {}, {}, {}}});
  EXPECT_EQ(verdict_of(cast, only_khm()), "declared");
  correction.event().sites = Shown<std::vector<AdmittedSite>>::absent();
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  cast.revoke(correction);
  EXPECT_EQ(verdict_of(cast, only_khm()), "not_verifiable");
}

// A crate used twice; VER resolves for the use that was delivered.
struct Resolved : Cast {
  explicit Resolved(std::string_view verifier_role = "verifier") {
    verifier = admit("VER", verifier_role).number();
    base().reader.verifiers = {log("VER")};
    const StateRef stone = khm_block_at("F1");
    const Recorded genuine = tiles_from("F1", stone, "A");
    tiles_from("F1", stone, "copy");
    resolve = attest("VER", "resolve", {"", "", "", marker(stone).text(), {}, genuine.id().text()})
                  .number();
    deliver_from("F1", {genuine.out()});
  }
  std::size_t verifier = 0, resolve = 0;
};

TEST(Rule13, AResolveByATrustedVerifierClosesADuplicateVisibly) {
  const Report report = judged(Resolved(), only_khm());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_TRUE(has_code(report, "resolved"));
}

TEST(Rule13, ARoleAnAdmissionAndAPlaceInTheTrustFileAreAllNeeded) {
  EXPECT_EQ(verdict_of(Resolved("authority"), only_khm()), "duplicate");
  Resolved unlisted;
  unlisted.base().reader.verifiers.clear();
  EXPECT_EQ(verdict_of(unlisted, only_khm()), "duplicate");
  Resolved not_admitted;
  not_admitted.omit(Recorded(not_admitted, not_admitted.verifier));
  EXPECT_EQ(verdict_of(not_admitted, only_khm()), "duplicate");
}

TEST(Rule13, AResolveMadeAfterTheVerifierWasRevokedDoesNotCount) {
  const auto with_date = [](std::string_view cosigned) {
    Resolved cast;
    cast.revoke(Recorded(cast, cast.verifier)).on("2025-06-01");
    if (!cosigned.empty())
      cast.base().logs[Cast::log("VER")].cosigned[1] = parse_date(cosigned).value();
    return verdict_of(cast, only_khm());
  };
  EXPECT_EQ(with_date("2025-05-01"), "match");
  EXPECT_EQ(with_date("2025-06-02"), "duplicate");
  EXPECT_EQ(with_date(""), "duplicate");
}

TEST(Rule13, AResolveForTheOtherUseDoesNotHelpThisOne) {
  Resolved cast;
  Recorded(cast, cast.resolve).event().about = Shown<About>::of({"", "", "", "", {}, ""});
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
}

Report relabelled(LabelAction action, std::string_view serial = "NEWNEWNE") {
  Cast cast;
  const Recorded extracted = cast.extract("OPK", cast.khm, labelled(block("B"), "OLDOLDOL"));
  cast.deliver_from("OPK", {cast.label("OPK", extracted.out(), serial, std::move(action)).out()});
  return judged(cast, only_khm());
}

TEST(Rule14, ARelabelWithEverythingIsARemark) {
  const Report report = relabelled({"replace", "OLDOLDOL", "torn", "photo", "second"});
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_NE(finding(report, "relabelled"), nullptr);
}

TEST(Rule14, WithoutPhotoOrSecondPersonItIsAFinding) {
  const Report report = relabelled({"replace", "OLDOLDOL", "torn", "", ""});
  EXPECT_EQ(verdict_of(report), "match");
  ASSERT_NE(finding(report, "relabelled"), nullptr);
  EXPECT_NE(finding(report, "relabelled")->sentence.find("without a photo or a second person"),
            std::string::npos);
}

TEST(Rule14, WithoutTheOldSerialItIsAGap) {
  EXPECT_EQ(verdict_of(relabelled({"replace", "", "torn", "photo", "second"})), "gap");
  EXPECT_EQ(verdict_of(relabelled({"replace", "OTHEROTH", "torn", "photo", "second"})), "gap");
  EXPECT_EQ(verdict_of(relabelled({"withdraw", "", "", "", ""}, "")), "gap");
}

TEST(Rule14, AReceiveOrACorrectionThatSwapsTheLabelIsAGapToo) {
  for (const EventType type : {EventType::kReceive, EventType::kCorrect}) {
    Cast cast;
    const Recorded extracted = cast.extract("OPK", cast.khm, labelled(block("B"), "OLDOLDOL"));
    Recorded swap = type == EventType::kCorrect
                        ? cast.correct(extracted, {0})
                        : cast.receive("F1", {cast.dispatch("OPK", {extracted.out()}, "F1").out()});
    swap.event().outputs[0]->serial = "NEWNEWNE";
    cast.deliver_from(type == EventType::kCorrect ? "OPK" : "F1", {swap.out()});
    EXPECT_EQ(verdict_of(cast, only_khm()), "gap") << event_type_name(type);
  }
}

TEST(Rule14, TheFirstLabelNeedsNoOldSerial) {
  Cast cast;
  const Recorded extracted = cast.extract("OPK", cast.khm, block("B"));
  cast.deliver_from(
      "OPK", {cast.label("OPK", extracted.out(), "NEWNEWNE", {"bind", "", "", "", ""}).out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
}

TEST(Rule14, HoldAndRecallFlagAndNeverBlock) {
  for (const std::string_view kind : {"hold", "recall"}) {
    Cast cast;
    cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
    cast.attest("T", kind, {"", "A", "", "", {}, ""});
    const Report report = judged(cast, only_khm());
    EXPECT_EQ(verdict_of(report), "match") << kind;
    EXPECT_TRUE(has_code(report, kind)) << kind;
  }
}

TEST(Rule14a, AQuorumThatIsNotMetMakesItNotVerifiableAtBest) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  cast.base().reader.asks_quorum = true;
  cast.base().logs[Cast::log("F1")].quorum_met = false;
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "not_verifiable");
  EXPECT_EQ(line(report, "quarry").supported, 100);
}

TEST(Rule14a, WhateverElseWasFoundStillCounts) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.sdq, "A")});
  cast.base().logs[Cast::log("F1")].quorum_met = false;
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "mismatch");
  EXPECT_TRUE(has_code(report, "quorum_not_met"));
}

TEST(Rule14a, AnUnknownSignerOnTheWayMakesItNotVerifiable) {
  Cast cast;
  const auto held =
      cast.hand_over("F1", "Stranger", {cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out()});
  cast.deliver_from("Stranger", held);
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "not_verifiable");
  EXPECT_TRUE(has_code(report, "unknown_signer"));
}

// Else hiding whom an admission admits would turn what it contradicts into "could not be checked".
TEST(Rule14a, AnAdmissionThatHidesWhomItAdmitsIsAGap) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  cast.admit("Somebody else", "trader").withhold("member");
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");  // everybody in this chain is known
  const auto held =
      cast.hand_over("F1", "Stranger", {cast.tiles_from("F1", cast.khm_block_at("F1"), "B").out()});
  cast.deliver_from("Stranger", held);
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_TRUE(has_code(report, "not_shown"));
  EXPECT_FALSE(has_code(report, "unknown_signer"));
}

}  // namespace
}  // namespace quarrymark::custody
