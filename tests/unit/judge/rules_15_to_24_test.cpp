// RULES.md, rules 15 to 24: dates, balance, travel, the shape of a chain.
#include "ledger/balance/balance.h"
#include "ledger/custody/dates.h"
#include "ledger/judge/sighting.h"
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

TEST(Rule15, AReceiveDatesTheHandOverItNamesByItsTime) {
  Cast cast;
  const Recorded extracted = cast.extract("OPK", cast.khm, block("B"));
  const Recorded sent = cast.dispatch("OPK", {extracted.out()}, "F1");
  const Recorded taken = cast.receive("F1", {sent.out()}).on("2025-03-18");
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  EXPECT_EQ(counterparty_time(graph, *graph.event(sent.id())), taken.event().time);
  EXPECT_EQ(date_known_by(graph, *graph.event(sent.id())), "counterparty");
  EXPECT_EQ(date_known_by(graph, *graph.event(extracted.id())), "not witnessed");
}

TEST(Rule15, AReceiveIntoOnesOwnLogDatesNothing) {
  Cast cast;
  const Recorded extracted = cast.extract("OPK", cast.khm, block("B"));
  const Recorded sent = cast.dispatch("OPK", {extracted.out()}, "OPK");
  cast.receive("OPK", {sent.out()});
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  EXPECT_EQ(counterparty_time(graph, *graph.event(sent.id())), std::nullopt);
}

std::optional<std::int64_t> lateness(std::int64_t hours_to_entry,
                                     std::vector<std::pair<std::uint64_t, std::int64_t>> cosigned) {
  Cast cast;
  Recorded event = cast.attest("T", "confirm", {});
  event.event().time.ms = event.event().at_time.ms + hours_to_entry * kMsPerHour;
  for (const auto& [size, hours] : cosigned)
    cast.base().logs[Cast::log("T")].cosigned[size] =
        UtcTime{event.event().at_time.ms + hours * kMsPerHour};
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  return lateness_days(graph, *graph.event(event.id()));
}

TEST(Rule15, AClaimMoreThan72HoursBeforeItsEntryIsLate) {
  EXPECT_EQ(lateness(72, {}), std::nullopt);
  EXPECT_EQ(lateness(73, {}), 3);
}

TEST(Rule15, ItIsLateByTheEarliestCosignedCheckpointThatCoversIt) {
  EXPECT_EQ(lateness(0, {{1, 72}}), std::nullopt);
  EXPECT_EQ(lateness(0, {{1, 96}}), 4);
  EXPECT_EQ(lateness(0, {{1, 24}, {5, 960}}), std::nullopt);
  EXPECT_EQ(lateness(0, {{0, 1}, {1, 96}}), 4);  // size 0 does not cover entry 0
  EXPECT_EQ(lateness(100, {{1, 1}}), 4);         // its own time can only count against it
}

TEST(Rule17, ALateDispatchThatNamesAReceiveIsJoinedAsIfItWereItsInput) {
  Cast cast;
  const Recorded extracted = cast.extract("OPK", cast.khm, block("B"));
  const Recorded taken = cast.add(EventType::kReceive, "F1", {}, {block("B")});
  cast.deliver_from("F1", {taken.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
  Recorded late = cast.add(EventType::kDispatch, "OPK", {extracted.out()});
  late.event().to = Shown<To>::of({Cast::log("F1"), "", ""});
  late.event().received = Shown<Received>::of({taken.id(), {0}});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_EQ(report.hand_overs, 2);
  EXPECT_FALSE(has_code(report, "one_sided"));
}

// A one-sided receive of two blocks, and late dispatches that name them.
struct LateJoin : Cast {
  LateJoin() {
    a = extract("OPK", khm, block("A")).out();
    b = extract("OPS", sdq, block("B"), "P").out();
    received = add(EventType::kReceive, "F1", {}, {block("A"), block("B")}).number();
  }
  Recorded taken() { return Recorded(*this, received); }
  Recorded late(std::string_view by, const StateRef& state, std::int64_t out,
                std::string_view to = "F1") {
    return add(EventType::kDispatch, by, {state}).with([&](Event& e) {
      e.to = Shown<To>::of({log(to), "", ""});
      e.received = Shown<Received>::of({taken().id(), {out}});
    });
  }
  std::string verdict_of_out(std::int32_t out, std::string_view quarry) {
    deliver_from("F1", {taken().out(out)});
    return verdict_of(*this, ContractBuilder("K").quarry(quarry).question());
  }
  StateRef a, b;
  std::size_t received = 0;
};

TEST(Rule17, SeveralSendersMayEachNameTheirPart) {
  LateJoin cast;
  cast.late("OPS", cast.b, 1);
  cast.late("OPK", cast.a, 0);
  EXPECT_EQ(cast.verdict_of_out(0, "KHM"), "match");
  EXPECT_EQ(cast.verdict_of_out(1, "SDQ"), "match");
}

TEST(Rule17, ALateDispatchOfAnotherItemOrToAnotherLogOrByAStrangerSaysNothing) {
  const auto with = [](auto add_late) {
    LateJoin cast;
    add_late(cast);
    return cast.verdict_of_out(0, "KHM");
  };
  EXPECT_EQ(with([](LateJoin& cast) { cast.late("OPK", cast.a, 0); }), "match");
  EXPECT_EQ(with([](LateJoin& cast) { cast.late("OPS", cast.b, 0); }), "gap");
  EXPECT_EQ(with([](LateJoin& cast) { cast.late("OPK", cast.a, 0, "F2"); }), "gap");
  EXPECT_EQ(with([](LateJoin& cast) { cast.late("T", cast.a, 0); }), "gap");
  // A stranger that names the receive first does not shut the sender out.
  EXPECT_EQ(with([](LateJoin& cast) {
              cast.late("T", cast.a, 0);
              cast.late("OPK", cast.a, 0);
            }),
            "match");
}

TEST(Rule17, AVoidedLateDispatchIsNoLongerJoined) {
  LateJoin cast;
  const Recorded late = cast.late("OPK", cast.a, 0);
  cast.void_of(late);
  EXPECT_EQ(cast.verdict_of_out(0, "KHM"), "gap");
}

// Splits of one 1.60 m gross block across its width, thickness 100 and kerf 10: 14 slabs net, 14
// gross (1600 + 10) ÷ 110.
struct Stack : Cast {
  Stack() { stone = block_at("F1", khm, "B", {2000, 1500, 1000}); }
  Recorded sawn(const StateRef& from, std::string_view name, int count,
                std::int64_t remnant_width = 0, std::string_view by = "F1",
                Axis axis = Axis::kWidth) {
    auto outputs = slabs(name, count, {1900, 900, 100});
    if (remnant_width > 0) {
      Output remnant = block(cat(name, " rest"), {2000, remnant_width, 1000});
      remnant.measure.gross.reset();
      outputs.push_back(std::move(remnant));
    }
    return split(by, {from}, std::move(outputs)).saw(axis, 10, 100);
  }
  std::string verdict(const StateRef& delivered, std::string_view by = "F1") {
    deliver_from(by, {delivered});
    return verdict_of(*this, only_khm());
  }
  StateRef stone;
};

TEST(Rule18, GrossIsTheHardLimitAndNetTheExpectedOne) {
  // Net 1500: ⌊1510 ÷ 110⌋ = 13; gross 1600: ⌊1610 ÷ 110⌋ = 14.
  const auto with_slabs = [](int count) {
    Stack cast;
    cast.deliver_from("F1", {cast.sawn(cast.stone, "S", count).out()});
    return judged(cast, only_khm());
  };
  EXPECT_FALSE(has_code(with_slabs(13), "above_expected_yield"));
  const Report warned = with_slabs(14);
  EXPECT_EQ(verdict_of(warned), "match");
  EXPECT_TRUE(has_code(warned, "above_expected_yield"));
  EXPECT_EQ(verdict_of(with_slabs(15)), "over_yield");
}

TEST(Rule18, AllSawStepsOfOneBlockCountInOneStack) {
  Stack cast;
  const Recorded first = cast.sawn(cast.stone, "S", 7, 770);
  const Recorded second = cast.sawn(first.out(7), "R", 7);
  EXPECT_EQ(cast.verdict(second.out()), "match");  // 14 in all
  Stack more;
  const Recorded one = more.sawn(more.stone, "S", 8, 770);
  const Recorded two = more.sawn(one.out(8), "R", 7);
  EXPECT_EQ(more.verdict(two.out()), "over_yield");
  EXPECT_EQ(more.verdict(one.out()), "over_yield");
}

TEST(Rule18, ARemnantThatIsKeptTakesItsPlace) {
  Stack fits;
  EXPECT_EQ(fits.verdict(fits.sawn(fits.stone, "S", 10, 480).out()),
            "match");  // 10·110 + 490 = 1590
  Stack over;
  EXPECT_EQ(over.verdict(over.sawn(over.stone, "S", 11, 480).out()), "over_yield");
}

TEST(Rule18, ARemnantSoldOnAndSawnByAnotherCountsOnce) {
  Stack cast;
  const Recorded first = cast.sawn(cast.stone, "S", 7, 770);
  const StateRef sold = cast.hand_over("F1", "F2", {first.out(7)}).front();
  const Recorded second = cast.sawn(sold, "R", 7, 0, "F2");
  EXPECT_EQ(cast.verdict(second.out(), "F2"), "match");
  EXPECT_EQ(cast.verdict(first.out(), "F1"), "match");
}

TEST(Rule18, ThePartsOfABlockCutAcrossAnotherAxisHaveStacksOfTheirOwn) {
  Stack cast;
  Output left = block("L", {990, 1500, 1000}), right = block("R", {990, 1500, 1000});
  const Recorded halves = cast.split("F1", {cast.stone}, {left, right}).saw(Axis::kLength, 10, 990);
  const auto saw_half = [&](std::int32_t half, std::string_view name) {
    return cast.split("F1", {halves.out(half)}, slabs(name, 13, {900, 900, 100}))
        .saw(Axis::kWidth, 10, 100);
  };
  const Recorded a = saw_half(0, "A"), b = saw_half(1, "B");
  EXPECT_EQ(cast.verdict(a.out()), "match");
  EXPECT_EQ(cast.verdict(b.out()), "match");
}

TEST(Rule18, ARemnantCannotBeLargerThanWhatIsLeft) {
  // 12 slabs, and the "rest" is the whole block again: cut without a stated saw, then sawn.
  Stack cast;
  auto outputs = slabs("S", 12, {1900, 900, 100});
  Output rest = block("rest", {2000, 1500, 1000});
  rest.measure.net.reset();
  outputs.push_back(rest);
  const Recorded first = cast.split("F1", {cast.stone}, std::move(outputs));
  const Recorded second = cast.sawn(first.out(12), "R", 12);
  EXPECT_EQ(cast.verdict(second.out()), "over_yield");
}

TEST(Rule18, ARemnantSawnAcrossAnotherAxisStillTakesItsPlaceInTheFirstStack) {
  Stack cast;
  const Recorded first = cast.sawn(cast.stone, "S", 12, 770);
  cast.split("F1", {first.out(12)}, slabs("R", 3, {700, 900, 100})).saw(Axis::kHeight, 10, 100);
  EXPECT_EQ(cast.verdict(first.out()), "over_yield");
}

TEST(Rule18, TwoBlocksSawnTogetherAndApartAreOneStack) {
  Stack cast;
  const StateRef other = cast.block_at("F1", cast.khm, "C", {2000, 1500, 1000});
  const Recorded one = cast.sawn(cast.stone, "S", 7, 770);
  const Recorded both = cast.split("F1", {one.out(7), other}, slabs("T", 21, {1900, 900, 100}))
                            .saw(Axis::kWidth, 10, 100);
  EXPECT_EQ(cast.verdict(both.out()), "match");  // 28 of 28
  Stack more;
  const StateRef another = more.block_at("F1", more.khm, "C", {2000, 1500, 1000});
  const Recorded first = more.sawn(more.stone, "S", 8, 770);
  const Recorded second =
      more.split("F1", {first.out(8), another}, slabs("T", 21, {1900, 900, 100}))
          .saw(Axis::kWidth, 10, 100);
  EXPECT_EQ(more.verdict(second.out()), "over_yield");
}

TEST(Rule18, MixedThicknessCountsTheWholeStack) {
  // 5·200 + 4·100 + 8·10 = 1480 fits in 1600; with 6 more of 100 it does not.
  const auto mixed = [](int thin) {
    Stack cast;
    auto outputs = slabs("A", 5, {1900, 900, 200});
    for (Output& output : slabs("B", thin, {1900, 900, 100})) outputs.push_back(output);
    return cast.verdict(
        cast.split("F1", {cast.stone}, std::move(outputs)).saw(Axis::kWidth, 10, 100).out());
  };
  EXPECT_EQ(mixed(4), "match");
  EXPECT_EQ(mixed(5), "match");  // 1590
  EXPECT_EQ(mixed(6), "over_yield");
}

TEST(Rule18, OtherProductsAreJudgedByVolumeKerfIncludedWhereStated) {
  // Gross 2.1 × 1.6 × 1.1 = 3.696 m³; a kerb of 1000×250×150 is 0.0375 m³: 98 by volume alone.
  const auto kerbs = [](std::int64_t count, std::int64_t kerf) {
    Stack cast;
    Recorded cut = cast.split("F1", {cast.stone}, {tiles("K", count, {1000, 250, 150})});
    if (kerf > 0) cut.saw(Axis::kWidth, kerf, 150);
    return cast.verdict(cut.out());
  };
  EXPECT_EQ(kerbs(98, 0), "match");
  EXPECT_EQ(kerbs(99, 0), "over_yield");
  // 92 · 0.0375 + 10 mm · (92 · 0.25 − 2.31) m² = 3.657 m³; of 93 it is 3.697.
  EXPECT_EQ(kerbs(92, 10), "match");
  EXPECT_EQ(kerbs(93, 10), "over_yield");
  EXPECT_EQ(kerbs(98, 10), "over_yield");
}

TEST(Rule18, SlabsDeclaredAsABatchDoNotEscapeTheKerf) {
  // 14 fit; as a batch of pieces 18 × 2.0·1.0·0.1 = 3.6 m³ would fit by volume alone.
  Stack cast;
  Recorded cut = cast.split("F1", {cast.stone}, {tiles("K", 18, {2000, 1000, 100})})
                     .saw(Axis::kWidth, 10, 100);
  EXPECT_EQ(cast.verdict(cut.out()), "over_yield");
}

TEST(Rule18, ACorrectionThatRestatesMoreIsJudgedAsCorrected) {
  Cast cast;
  const Recorded cut = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 100);
  const Recorded corrected = cast.correct(cut, {0}, [](Output& output) { output.amount = 1000; });
  cast.deliver_from("F1", {corrected.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "over_yield");
}

DensityCheck density_of(std::string_view family, std::int64_t grams, Dimensions gross,
                        Dimensions net) {
  Cast cast;
  Output stone = block("B", net, grams);
  stone.measure.gross = gross;
  Recorded extracted = cast.extract("OPK", cast.khm, stone);
  if (!family.empty()) extracted.event().stone = Shown<Stone>::of({"", std::string(family)});
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  return check_density(graph, extracted.out()).value();
}

TEST(Rule19, TheImpliedIntervalMustOverlapTheFamilysRangeWithTwoPerCent) {
  // A cubic metre without allowance: the density is the mass.
  const Dimensions cube{1000, 1000, 1000};
  EXPECT_TRUE(density_of("granite", 2'547'000, cube, cube).contradicts);  // 2600 × 0.98 = 2548
  EXPECT_FALSE(density_of("granite", 2'548'000, cube, cube).contradicts);
  EXPECT_FALSE(density_of("granite", 2'805'000, cube, cube).contradicts);  // 2750 × 1.02 = 2805
  EXPECT_TRUE(density_of("granite", 2'806'000, cube, cube).contradicts);
  EXPECT_FALSE(density_of("dolerite", 2'891'000, cube, cube).contradicts);
  EXPECT_TRUE(density_of("dolerite", 2'890'000, cube, cube).contradicts);
}

TEST(Rule19, AnUnknownFamilyIsOnlyHeldAgainstTheWindowOfAllStone) {
  const Dimensions cube{1000, 1000, 1000};
  for (const std::string_view family : {"", "slate"}) {
    EXPECT_TRUE(density_of(family, 1'999'000, cube, cube).contradicts);
    EXPECT_FALSE(density_of(family, 2'000'000, cube, cube).contradicts);
    EXPECT_FALSE(density_of(family, 3'300'000, cube, cube).contradicts);
    EXPECT_TRUE(density_of(family, 3'301'000, cube, cube).contradicts);
  }
}

TEST(Rule19, EveryFamilyHasItsDefaultRange) {
  const Dimensions cube{1000, 1000, 1000};
  const std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> ranges{
      {"granite", 2600, 2750},   {"dolerite", 2950, 3050},  {"gabbro", 2950, 3050},
      {"sandstone", 2300, 2500}, {"bluestone", 2680, 2700}, {"limestone", 2300, 2750},
      {"marble", 2600, 2850},    {"basalt", 2700, 3100}};
  for (const auto& [family, low, high] : ranges) {
    EXPECT_FALSE(density_of(family, low * 1000, cube, cube).contradicts) << family;
    EXPECT_FALSE(density_of(family, high * 1000, cube, cube).contradicts) << family;
    EXPECT_TRUE(density_of(family, low * 970, cube, cube).contradicts) << family;
    EXPECT_TRUE(density_of(family, high * 1030, cube, cube).contradicts) << family;
  }
}

Sighting sighting_at(std::int64_t lat, UtcTime time, std::int64_t error_mm = 0) {
  Sighting sighting;
  sighting.item = "CRATE";
  sighting.lat = lat;
  sighting.time = time;
  sighting.error_mm = error_mm;
  sighting.log = Cast::log("IA");
  sighting.key = "device";
  sighting.signature_valid = true;
  sighting.digest.hash[0] = static_cast<std::uint8_t>(lat % 251);
  return sighting;
}

std::size_t impossible(const std::vector<Sighting>& sightings) {
  Cast cast;
  cast.admit("IA", "importer").with([](Event& e) { e.enrol = Shown<std::string>::of("device"); });
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  return impossible_travels(sightings, Membership(graph)).size();
}

TEST(Rule22, TravelIsJudgedAfterTheFloorOrThePositionErrorsComeOff) {
  // One minute of latitude is 1.853 km; 50 minutes of it are 92.66 km.
  const std::int64_t far = 8'333'333;                                               // 92.66 km
  EXPECT_EQ(impossible({sighting_at(0, {}), sighting_at(far, {kMsPerHour})}), 0u);  // 87.7 km/h
  EXPECT_EQ(impossible({sighting_at(0, {}), sighting_at(far, {kMsPerHour * 9 / 10})}), 1u);  // 97
  EXPECT_EQ(impossible({sighting_at(0, {}, 5'000'000),
                        sighting_at(far, {kMsPerHour * 9 / 10}, 4'000'000)}),
            1u);
  EXPECT_EQ(impossible({sighting_at(0, {}, 6'000'000),
                        sighting_at(far, {kMsPerHour * 9 / 10}, 6'000'000)}),
            0u);
}

TEST(Rule22, WithinTheFloorNothingIsImpossibleAndTheOrderDoesNotMatter) {
  EXPECT_EQ(impossible({sighting_at(0, {}), sighting_at(440'000, {})}), 0u);  // 4.9 km at once
  EXPECT_EQ(impossible({sighting_at(0, {}), sighting_at(460'000, {})}), 1u);  // 5.1 km at once
  EXPECT_EQ(impossible({sighting_at(460'000, {}), sighting_at(0, {})}), 1u);
}

TEST(Rule22, UnsignedOrNotEnrolledSightingsDoNotCount) {
  Sighting unsigned_one = sighting_at(90'000'000, {});
  unsigned_one.signature_valid = false;
  EXPECT_EQ(impossible({sighting_at(0, {}), unsigned_one}), 0u);
  Sighting stranger = sighting_at(90'000'000, {});
  stranger.key = "another";
  EXPECT_EQ(impossible({sighting_at(0, {}), stranger}), 0u);
}

TEST(Rule22, AReplacedLabelIsAnotherLabel) {
  Sighting old_label = sighting_at(0, {}), new_label = sighting_at(90'000'000, {});
  old_label.serial = "OLDOLDOL";
  new_label.serial = "NEWNEWNE";
  EXPECT_EQ(impossible({old_label, new_label}), 0u);
  new_label.serial = "OLDOLDOL";
  EXPECT_EQ(impossible({old_label, new_label}), 1u);
}

TEST(Rule23, TheCustodyModelFollowsFromTheSources) {
  Cast one;
  one.deliver({one.delivered_tiles("F1", one.khm, "A")});
  EXPECT_EQ(judged(one, only_khm()).custody_model, "identity_preserved");
  const auto of_two = [](bool same_quarry, std::size_t outputs) {
    Cast cast;
    const StateRef a = cast.khm_block_at("F1", "A");
    const StateRef b =
        same_quarry ? cast.khm_block_at("F1", "B") : cast.block_at("F1", cast.sdq, "B");
    std::vector<Output> made;
    for (std::size_t i = 0; i < outputs; ++i) made.push_back(tiles(cat("S", i), 40));
    cast.deliver_from("F1", {cast.split("F1", {a, b}, made).out()});
    return judged(cast, only_khm()).custody_model;
  };
  EXPECT_EQ(of_two(true, 1), "segregated");
  EXPECT_EQ(of_two(false, 1), "controlled_blending");
  EXPECT_EQ(of_two(false, 2), "mass_balance");
}

TEST(Rule24, LengthCountsHandOversOnTheLongestBranchDeliveryIncluded) {
  Cast cast;
  const StateRef near = cast.khm_block_at("F1", "A");
  const StateRef far = cast.hand_over("F2", "F1", {cast.khm_block_at("F2", "B")}).front();
  cast.deliver_from("F1", {cast.split("F1", {near, far}, {tiles("S", 40)}).out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(report.hand_overs, 3);
  EXPECT_FALSE(report.at_least);
}

TEST(Rule24, AnAcquireCountsAsOneAndAnUnknownEndMakesItAtLeast) {
  Cast cast;
  cast.deliver_from("F1", {cast.acquire("F1", block("X")).out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(report.hand_overs, 2);
  EXPECT_TRUE(report.at_least);
  Cast declared;
  Source source;
  source.operator_name = "OPK";
  source.block = "7";
  declared.deliver_from("F1", {declared.acquire("F1", block("X"), source).out()});
  EXPECT_FALSE(judged(declared, only_khm()).at_least);
}

}  // namespace
}  // namespace quarrymark::custody
