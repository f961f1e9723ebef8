// What physics and dates doubt stands beside a verdict and never changes it (RULES.md, rule 7).
// The rules themselves are tested in tests/unit/balance.
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

// Tiles of KHM by F1, delivered in one crate, with everything doubtful that a reader can find.
struct Doubtful : Cast {
  Doubtful() {
    for (auto& event : events())
      if (event->id.text() == khm) quarry_ = event.get();
    taken = Recorded(*this, extract("OPK", khm, block("B1"), "").number());
    const auto at_f1 = hand_over("OPK", "F1", {taken.out()});
    const StateRef made = tiles_from("F1", at_f1.front(), "T").out();
    packed = pack("F1", {made}, {crate("C", {{100, 0}})});
    sent = dispatch("F1", packed.outs(), "DUI");
    deliver(sent.outs());
  }
  Event& quarry() { return *quarry_; }

  Recorded taken{*this, 0}, packed{*this, 0}, sent{*this, 0};

 private:
  Event* quarry_ = nullptr;
};

void expect_remark(const Doubtful& cast, std::string_view code, std::string_view ask) {
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(verdict_of(report), "match") << code;
  const Finding* found = finding(report, code);
  ASSERT_NE(found, nullptr) << code;
  EXPECT_FALSE(found->verdict);
  EXPECT_EQ(found->ask, ask);
  EXPECT_NE(std::find(report.remarks.begin(), report.remarks.end(), found->sentence),
            report.remarks.end());
  expect_no_banned_words(report);
}

TEST(Remarks, AnHonestChainHasNoneOfThem) {
  const Doubtful cast;
  const Report report = judged(cast, khm_by_f1());
  for (const std::string_view code :
       {"out_of_season", "site_closed", "permit_missing", "container_number_wrong",
        "vgm_contradiction", "count_contradiction", "time_order", "travel_too_fast"})
    EXPECT_FALSE(has_code(report, code)) << code;
}

TEST(Remarks, OfTheQuarrysCalendar) {
  Doubtful cast;
  cast.taken.on("2025-02-01");
  cast.quarry().seasons = Shown<std::vector<Season>>::of({{"01-15", "02-15", {}}});
  expect_remark(cast, "out_of_season", "OPK");
  cast.quarry().closures = Shown<std::vector<Closure>>::of({{"2025-01-31", "", "strike", {}}});
  expect_remark(cast, "site_closed", "OPK");
  cast.quarry().permits = Shown<std::vector<SitePermit>>::of({{"M-1", "2025-02-02", "", {}, {}}});
  expect_remark(cast, "permit_missing", "OPK");
}

TEST(Remarks, OfTheLoad) {
  Doubtful cast;
  cast.packed.event().outputs[0]->measure.mass = 1'000'000;
  cast.sent.event().outputs[0]->measure.mass = 1'000'000;
  cast.sent.event().transport = Shown<Transport>::of({"TSTU4001018", 9'000'000, 2'200'000, {}, 2});
  expect_remark(cast, "container_number_wrong", "F1");
  expect_remark(cast, "vgm_contradiction", "F1");
  expect_remark(cast, "count_contradiction", "F1");
  // RULES.md, rule 11 and DESIGN §9: nothing of it is needed, so withholding it says nothing.
  cast.sent.event().transport = Shown<Transport>::withheld();
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_FALSE(has_code(report, "container_number_wrong"));
}

TEST(Remarks, OfOrderAndTravel) {
  Doubtful cast;
  cast.packed.claims("2024-12-31");
  expect_remark(cast, "time_order", "F1");
  Doubtful far;
  const std::string hall = far.site("factory", "Hall");
  for (auto& event : far.events())
    if (event->id.text() == hall || event->id.text() == far.khm) {
      SiteFacts facts = *event->site;
      facts.lat = event->id.text() == hall ? 400'000'000 : 100'000'000;
      facts.lon = 0;
      event->site = Shown<SiteFacts>::of(facts);
    }
  far.packed.event().place = Shown<SitePlace>::of({hall, ""});
  expect_remark(far, "travel_too_fast", "F1");
}

TEST(Remarks, AreSaidOnceForAllUnitsTheyHoldFor) {
  Doubtful cast;
  cast.taken.on("2025-02-01");
  cast.quarry().closures = Shown<std::vector<Closure>>::of({{"2025-01-31", "", "strike", {}}});
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(std::count_if(report.findings.begin(), report.findings.end(),
                          [](const Finding& found) { return found.code == "site_closed"; }),
            1);
}

// RULES.md, rule 20: only who holds all extracts of a month can say it.
TEST(Remarks, PermitVolumeIsNoneOfThem) {
  Doubtful cast;
  cast.quarry().permits = Shown<std::vector<SitePermit>>::of({{"M-1", "2020-01-01", "", {}, 1}});
  EXPECT_FALSE(has_code(judged(cast, khm_by_f1()), "permit_exceeded"));
}

}  // namespace
}  // namespace quarrymark::custody
