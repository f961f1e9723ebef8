// The check values of the worked data set (DOMAIN.md §4), each from the numbers it is made of.
#include "ledger/balance/balance.h"
#include "ledger/balance/travel.h"
#include "ledger/custody/measures.h"
#include "ledger/judge/delivery.h"
#include "tests/support/cases.h"

#include <cmath>

namespace quarrymark::custody {
namespace {

Output measured(std::string_view name, Dimensions gross, Dimensions net, std::int64_t grams) {
  Output stone = block(name, net, grams);
  stone.measure.gross = gross;
  return stone;
}
const Output k0417 = measured("KHM-0417", {2800, 1700, 1600}, {2700, 1600, 1500}, 20'600'000);
const Output k0418 = measured("KHM-0418", {2700, 1600, 4250}, {2600, 1500, 4150}, 18'000'000);
const Output k221 = measured("P-221", {2950, 1850, 1650}, {2850, 1750, 1550}, 21'900'000);
const Output k1180 = measured("1180", {2600, 1700, 1300}, {2500, 1600, 1200}, 13'900'000);
const Output k7731 = measured("BM-7731", {2600, 1600, 1500}, {2500, 1500, 1400}, 14'900'000);

YieldCheck stack_of(const Output& stone, int count, Dimensions size, std::int64_t kerf) {
  Cast cast;
  const StateRef held =
      cast.hand_over("OPK", "F1", {cast.extract("OPK", cast.khm, stone).out()}).front();
  cast.split("F1", {held}, slabs("S", count, size)).saw(Axis::kWidth, kerf, size.h);
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  for (const YieldCheck& check : check_yields(graph))
    if (check.unit == Unit::kPiece) return check;
  ADD_FAILURE() << "no stack";
  return {};
}

DensityCheck density_of(const Output& stone, std::string_view family) {
  Cast cast;
  Recorded extracted = cast.extract("OPK", cast.khm, stone);
  extracted.event().stone = Shown<Stone>::of({"", std::string(family)});
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  return check_density(graph, extracted.out()).value();
}

TEST(WorkedValues, Block0417Gives23SlabsNetAnd25Gross) {
  const YieldCheck check = stack_of(k0417, 22, {2650, 1450, 60}, 7);
  EXPECT_EQ(check.expected, 23);
  EXPECT_EQ(check.limit, 25);
  EXPECT_FALSE(check.over());
  EXPECT_FALSE(check.above_expected());
}

TEST(WorkedValues, BlockP221Gives19SlabsNetAnd21GrossNot28) {
  const YieldCheck check = stack_of(k221, 28, {2800, 1500, 80}, 8);
  EXPECT_EQ(check.expected, 19);
  EXPECT_EQ(check.limit, 21);
  EXPECT_TRUE(check.over());
  EXPECT_EQ(28 * 80 + 27 * 8, 2456);  // mm of the 1850 there are
}

TEST(WorkedValues, Of8064SquareMetres6048AreExplained) {
  Cast cast;
  const StateRef held =
      cast.hand_over("OPS", "F2", {cast.extract("OPS", cast.sdq, k221, "P").out()}).front();
  const auto sawn =
      cast.split("F2", {held}, slabs("S", 28, {2800, 1500, 80})).saw(Axis::kWidth, 8, 80).outs();
  const Recorded cut =
      cast.split("F2", Draws(sawn.begin(), sawn.end()), {tiles("T", 336, {600, 400, 80})});
  std::vector<Output> crates;
  for (int i = 0; i < 8; ++i) crates.push_back(crate(cat("C", i), {{42, 0}}));
  const auto packed = cast.pack("F2", {cut.out()}, crates).outs();
  cast.deliver_from("F2", packed);
  const Report report =
      judged(cast, ContractBuilder("K5")
                       .quarry("SDQ")
                       .line({80'000'000, Unit::kSquareMillimetre, Dimensions{600, 400, 80}, 0, 0})
                       .question());
  EXPECT_EQ(verdict_of(report), "over_yield");
  EXPECT_EQ(report.amount, 80'640'000);
  EXPECT_EQ(report.covered, 80'640'000);
  EXPECT_NE(report.sentence.find("60.48 m²"), std::string::npos) << report.sentence;
  EXPECT_EQ(report.quantity.at(0).standing, "supported");
}

TEST(WorkedValues, Block1180GivesAtMost18OfWhich17AreTaken) {
  const YieldCheck check = stack_of(k1180, 17, {2450, 1150, 80}, 8);
  EXPECT_EQ(check.expected, 18);
  EXPECT_FALSE(check.over());
}

TEST(WorkedValues, TheDensityOf0417AlsoAdmitsGranite) {
  const DensityCheck check = density_of(k0417, "dolerite");
  EXPECT_EQ(density_text(check.lowest), "2.70");
  EXPECT_EQ(density_text(check.highest), "3.18");
  EXPECT_FALSE(check.contradicts);
  EXPECT_NE(std::find(check.also_admits.begin(), check.also_admits.end(), "granite"),
            check.also_admits.end());
}

TEST(WorkedValues, TheSwappedHeightOf0418IsFoundAndSuggested) {
  const DensityCheck check = density_of(k0418, "dolerite");
  EXPECT_EQ(density_text(check.lowest), "0.98");
  EXPECT_TRUE(check.contradicts);
  EXPECT_EQ(check.suggestion, "a height of 1.45 m would fit");
}

TEST(WorkedValues, TheCorrectionOf0418EndsTheAlarm) {
  Cast cast;
  Recorded extracted = cast.extract("OPK", cast.khm, k0418);
  extracted.event().stone = Shown<Stone>::of({"", "dolerite"});
  cast.correct(extracted, {0}, [](Output& output) {
    output.measure.net = Dimensions{2600, 1500, 1450};
    output.measure.gross = Dimensions{2700, 1600, 1550};
  });
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  const DensityCheck check = check_density(graph, extracted.out()).value();
  EXPECT_FALSE(check.contradicts);
  EXPECT_EQ(density_text(check.lowest), "2.69");
  EXPECT_EQ(density_text(check.highest), "3.18");
}

TEST(WorkedValues, BM7731IsTooLightForBlackGranite) {
  const DensityCheck check = density_of(k7731, "dolerite");
  EXPECT_EQ(density_text(check.lowest), "2.39");
  EXPECT_EQ(density_text(check.highest), "2.84");
  EXPECT_TRUE(check.contradicts);
  EXPECT_EQ(check.suggestion, "");
}

TEST(WorkedValues, K3Is75To25With35PerCentHomeWork) {
  Cast cast;
  const std::string bud2 = cast.quarry("B2", "BUD-02", "Budhpura"),
                    bud5 = cast.quarry("B5", "BUD-05", "Budhpura");
  cast.admit("CY", "factory", "IN");
  const StateRef a =
      cast.hand_over("B2", "CY", {cast.extract("B2", bud2, loose("W2", 30'000'000)).out()}).front();
  const StateRef b =
      cast.hand_over("B5", "CY", {cast.extract("B5", bud5, loose("W5", 10'000'000)).out()}).front();
  Output lot = tiles("CB-55", 13'520, {100, 100, 80});
  lot.measure.mass = 25'960'000;
  Recorded split = cast.split("CY", {a, b}, {lot}).with([](Event& e) {
    e.home_work = Shown<std::int64_t>::of(350);
  });
  std::vector<Output> crates;
  for (int i = 0; i < 26; ++i) crates.push_back(crate(cat("C", i), {{520, 0}}));
  cast.deliver_from("CY", cast.pack("CY", {split.out()}, crates).outs());
  const Report report = judged(
      cast, ContractBuilder("K3")
                .quarry("BUD-02")
                .line({160'000'000, Unit::kSquareMillimetre, Dimensions{100, 100, 80}, 10, 0})
                .question());
  EXPECT_EQ(verdict_of(report), "mixed");
  EXPECT_EQ(report.amount_text, "163.59 m²");
  EXPECT_EQ(report.quantity.at(0).standing, "supported");
  EXPECT_EQ(line(report, "quarry").supported * 4, line(report, "quarry").contradicted * 12);
  ASSERT_EQ(report.units.at(0).shares.size(), 2u);
  EXPECT_EQ(report.units.at(0).shares.at(0).per_mille, 750);
  EXPECT_EQ(report.units.at(0).shares.at(1).per_mille, 250);
  EXPECT_NE(report.sentence.find("75 % from BUD-02, 25 % from BUD-05"), std::string::npos)
      << report.sentence;
  ASSERT_TRUE(has_code(report, "home_work"));
  EXPECT_NE(finding(report, "home_work")->sentence.find("35 %"), std::string::npos);
}

TEST(WorkedValues, K1Is6336Of63SquareMetresAndFourHandOvers) {
  Cast cast;
  const StateRef at_f1 =
      cast.hand_over("OPK", "F1", {cast.extract("OPK", cast.khm, k0417).out()}).front();
  const auto sawn =
      cast.split("F1", {at_f1}, slabs("S", 22, {2650, 1450, 60})).saw(Axis::kWidth, 7, 60).outs();
  const Recorded cut = cast.split("F1", Draws(sawn.begin(), sawn.end()), {tiles("T", 264)});
  std::vector<Output> crates;
  for (int i = 0; i < 6; ++i) crates.push_back(crate(cat("C", i), {{44, 0}}));
  const auto at_t = cast.hand_over("F1", "T", cast.pack("F1", {cut.out()}, crates).outs());
  cast.deliver_from("IA", cast.hand_over("T", "IA", at_t));
  const Report report =
      judged(cast, ContractBuilder("K1")
                       .quarry("KHM")
                       .factory("F1")
                       .line({63'000'000, Unit::kSquareMillimetre, Dimensions{600, 400, 60}, 0, 0})
                       .question());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_EQ(report.quantity.at(0).text, "63.36 m² of 63 m²");
  EXPECT_EQ(report.hand_overs, 4);
  EXPECT_FALSE(report.at_least);
}

TEST(WorkedValues, K2IsQuarry160FactoryAndOperator96Of160) {
  Cast cast;
  cast.admit("OPQ", "quarry operator", "CN", {{cast.sdq, "operator", {"Q"}, {}, {}}});
  const auto kerbs = [&](std::string_view op, std::string_view parcel, std::string_view factory,
                         std::int64_t count, Dimensions net) {
    const StateRef held =
        cast.hand_over(op, factory,
                       {cast.extract(op, cast.sdq, block(cat("block ", op), net), parcel).out()})
            .front();
    const Recorded cut =
        cast.split(factory, {held}, {tiles(cat("kerbs ", op), count, {1000, 250, 150})});
    return cast.dispatch(factory, {cut.out()}, "DUI").out();
  };
  cast.deliver({kerbs("OPS", "P", "F1", 96, {2600, 1600, 1500}),
                kerbs("OPQ", "Q", "F2", 64, {2200, 1500, 1400})});
  const Report report = judged(cast, ContractBuilder("K2")
                                         .quarry("SDQ")
                                         .factory("F1")
                                         .names(CriterionKind::kOperator, "OPS")
                                         .question());
  EXPECT_EQ(line(report, "quarry").supported, 160);
  EXPECT_EQ(line(report, "factory").supported, 96);
  EXPECT_EQ(line(report, "factory").contradicted, 64);
  EXPECT_EQ(line(report, "operator").supported, 96);
  EXPECT_EQ(verdict_of(judged(cast, ContractBuilder("K2").quarry("SDQ").factory("F1").question())),
            "partial");
}

TEST(WorkedValues, K2VolumesAreOf577And519PerCent) {
  const Dimensions kerb{1000, 250, 150};
  EXPECT_EQ(scaled(96 * kerb.volume(), 1000, Dimensions{2600, 1600, 1500}.volume()), 576);
  EXPECT_EQ(scaled(64 * kerb.volume(), 1000, Dimensions{2200, 1500, 1400}.volume()), 519);
}

Sighting seen(std::string_view log, std::int64_t lat, std::int64_t lon, std::string_view at,
              std::uint8_t number) {
  Sighting sighting;
  sighting.alias = "095211410000001066";
  sighting.lat = lat;
  sighting.lon = lon;
  sighting.at = at;
  sighting.time = parse_claimed_time(at).value();
  sighting.log = Cast::log(log);
  sighting.key = log;
  sighting.signature_valid = true;
  sighting.digest.hash[0] = number;
  return sighting;
}

// The label of one crate seen 96 km apart within half an hour.
struct SeenTwice : Cast {
  SeenTwice() {
    for (auto& event : events())
      if (event->member && (event->member->log == log("DUI") || event->member->log == log("IA")))
        event->enrol = Shown<std::string>::of(event->member->log == log("DUI") ? "DUI" : "IA");
    const StateRef cut = tiles_from("F1", khm_block_at("F1"), "T", 44).out();
    Output box = crate("C6", {{44, 0}});
    box.aliases = {"095211410000001066"};
    deliver_from("F1", {pack("F1", {cut}, {box}).out()});
  }
  Question question() const {
    Question asked = ContractBuilder("K1").quarry("KHM").question();
    // 96 km of latitude: 96 ÷ 111.195 degrees.
    asked.sightings = {seen("DUI", 516'000'000, 44'000'000, "2025-06-20T09:10:00+02:00", 1),
                       seen("IA", 524'633'000, 44'000'000, "2025-06-20T09:40:00+02:00", 2)};
    return asked;
  }
};

TEST(WorkedValues, NinetySixKilometresInThirtyMinutesIsADuplicate) {
  const SeenTwice cast;
  const Question question = cast.question();
  const Sighting &first = question.sightings[0], &second = question.sightings[1];
  EXPECT_NEAR(static_cast<double>(
                  distance_mm(Place{first.lat, first.lon, 0}, Place{second.lat, second.lon, 0})) /
                  1e6,
              96, 0.1);
  const Report report = judged(cast, question);
  EXPECT_EQ(verdict_of(report), "duplicate");
  EXPECT_NE(report.sentence.find(" km in 30 minutes"), std::string::npos) << report.sentence;
}

TEST(WorkedValues, AResolveReturnsTheGenuineCrateToMatchAndNeverTheCopy) {
  SeenTwice cast;
  cast.admit("VER", "verifier");
  cast.base().reader.verifiers = {Cast::log("VER")};
  Question question = cast.question();
  About about;
  for (const Sighting& sighting : question.sightings)
    about.sightings.push_back(sighting.digest.text());
  about.genuine = about.sightings.front();
  cast.attest("VER", "resolve", about);
  EXPECT_EQ(verdict_of(cast, question), "match");
  Scan copy;
  copy.alias = "095211410000001066";
  copy.sighting = question.sightings[1];
  question.scans = std::vector<Scan>{copy};
  EXPECT_EQ(verdict_of(cast, question), "duplicate");
  question.scans->front().sighting = question.sightings[0];
  EXPECT_EQ(verdict_of(cast, question), "match");
}

TEST(WorkedValues, AmountsAreWrittenForPeople) {
  EXPECT_EQ(amount_text(63'360'000, Unit::kSquareMillimetre), "63.36 m²");
  EXPECT_EQ(amount_text(1, Unit::kPiece), "1 piece");
  EXPECT_EQ(amount_text(160, Unit::kPiece), "160 pieces");
  EXPECT_EQ(amount_text(25'960'000, Unit::kGram), "25.96 t");
  EXPECT_EQ(amount_text(7'616'000'000, Unit::kCubicMillimetre), "7.62 m³");
  EXPECT_EQ(amount_text(995, Unit::kMillimetre), "1 m");
  EXPECT_EQ(amount_text(1100, Unit::kMillimetre), "1.1 m");
}

}  // namespace
}  // namespace quarrymark::custody
