#include "ledger/passport/preview.h"

#include "ledger/passport/withhold.h"
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace quarrymark::passport {
namespace {

using support::StoneChain;

const LogClue* log_named(const Preview& preview, const std::string& origin) {
  const auto found = std::find_if(preview.logs.begin(), preview.logs.end(),
                                  [&](const LogClue& log) { return log.log == origin; });
  return found == preview.logs.end() ? nullptr : &*found;
}

std::vector<std::string> values_of(const Preview& preview, ClueKind kind) {
  std::vector<std::string> values;
  for (const Clue& clue : preview.clues)
    if (clue.kind == kind) values.push_back(clue.value);
  return values;
}

using Values = std::vector<std::string>;

TEST(Preview, TellsWhatIsKnownOfAPartyWhoseNameIsWithheld) {
  const StoneChain chain;
  const auto withheld = withhold(
      chain.passport(), {.fields = {}, .parties = {{std::string(support::kFactoryName), {}}}});
  const auto seen = preview(withheld->passport);
  ASSERT_TRUE(seen) << to_string(seen.error());
  const LogClue* factory = log_named(*seen, chain.factory.origin());
  ASSERT_NE(factory, nullptr);
  EXPECT_EQ(factory->name, "");
  EXPECT_EQ(factory->role, "factory");
  EXPECT_EQ(factory->country, "CN");
  EXPECT_EQ(factory->events, 4u);
  EXPECT_EQ(factory->size, 4u);
  EXPECT_EQ(factory->first, "2026-03-02");
  EXPECT_EQ(seen->withheld.at("party"), 5u);
  const LogClue* quarry = log_named(*seen, chain.quarry.origin());
  ASSERT_NE(quarry, nullptr);
  EXPECT_EQ(quarry->name, support::kQuarryName);
}

TEST(Preview, FindsWhatTellsGoodsPlacesAndPersonsApart) {
  StoneChain chain;
  const support::Appended site =
      chain.registrar.append({.type = "site",
                              .fields = {{"site", json::Object{{"country", "IN"},
                                                               {"kind", "yard"},
                                                               {"lat", 250000000},
                                                               {"lon", 760000000},
                                                               {"name", "Back yard"}}}}});
  json::Value block = support::item("7Q2M-0009", "block", 1, "piece", {"0099", "TSTU4001020"});
  block.if_object()->emplace_back(
      "measure", json::Object{{"gross", json::Array{2600, 1700, 1300}}, {"mass", 13000000}});
  chain.quarry.append(
      {.type = "extract",
       .outputs = {block},
       .fields = {{"how", json::Object{{"by", "typed"}, {"second_person", "A. Person"}}},
                  {"remarks", json::Object{{"text", "went into TSTU4001019."}}},
                  {"site", json::Object{{"site", site.id.text()}}},
                  {"transport", json::Object{{"seal", "S-1"}}}}});
  const auto seen = preview(chain.passport());
  ASSERT_TRUE(seen) << to_string(seen.error());
  EXPECT_EQ(values_of(*seen, ClueKind::kContainer), (Values{"TSTU4001019", "TSTU4001020"}));
  EXPECT_EQ(values_of(*seen, ClueKind::kAlias), (Values{"0099", "0417"}));
  EXPECT_EQ(values_of(*seen, ClueKind::kMeasure),
            Values{"block: gross 2600 x 1700 x 1300 mm, 13000000 g"});
  EXPECT_EQ(values_of(*seen, ClueKind::kPerson), Values{"second_person A. Person"});
  EXPECT_EQ(values_of(*seen, ClueKind::kPosition).size(), 1u);
  EXPECT_EQ(values_of(*seen, ClueKind::kTransport), (Values{"carrier Sea Line", "seal S-1"}));
  EXPECT_EQ(values_of(*seen, ClueKind::kDevice).size(), 1u);
}

TEST(Preview, FindsNothingOfWhatIsWithheld) {
  const StoneChain chain;
  const auto withheld =
      withhold(chain.passport(), {.fields = {"transport", "device", "out.0"}, .parties = {}});
  const auto seen = preview(withheld->passport);
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->clues.empty());
  EXPECT_EQ(seen->withheld.at("out"), 6u);
  EXPECT_EQ(seen->withheld.at("transport"), 1u);
}

TEST(Preview, TellsTheLongestPausesBetweenSteps) {
  StoneChain chain;
  chain.factory.append({.type = "dispose", .at = "2026-05-01T10:00:00+08:00"});
  chain.factory.append({.type = "dispose", .at = "2026-05-11T10:00:00+08:00"});
  const auto seen = preview(chain.passport());
  ASSERT_EQ(seen->gaps.size(), 2u);
  EXPECT_EQ(seen->gaps[0].days, 59);
  EXPECT_EQ(seen->gaps[0].from, "2026-03-02");
  EXPECT_EQ(seen->gaps[1].days, 10);
}

TEST(Preview, NamesWitnessesThatMayGiveALogAway) {
  const StoneChain chain;
  EXPECT_TRUE(preview(chain.passport())->signers.empty());
  EXPECT_EQ(preview(chain.cosigned_passport())->signers, Values{"witness.example"});
}

TEST(Preview, TellsWhichLogsAnotherPassportShowsToo) {
  const StoneChain chain;
  const auto withheld = withhold(
      chain.passport(), {.fields = {}, .parties = {{std::string(support::kFactoryName), {}}}});
  const Passport quarry_only =
      support::make_passport({chain.extract.ref(0)}, {chain.quarry.packet()});
  const std::vector<Passport> others{quarry_only, chain.passport()};
  const auto seen = preview(withheld->passport, others);
  ASSERT_TRUE(seen);
  ASSERT_EQ(std::count_if(seen->links.begin(), seen->links.end(),
                          [](const LinkClue& link) { return link.other == 0; }),
            1);
  const auto named = std::find_if(
      seen->links.begin(), seen->links.end(),
      [&](const LinkClue& link) { return link.other == 1 && link.log == chain.factory.origin(); });
  ASSERT_NE(named, seen->links.end());
  EXPECT_EQ(named->name_there, support::kFactoryName);
}

TEST(Preview, RefusesAPassportItCannotRead) {
  const StoneChain chain;
  Passport broken = chain.passport();
  broken.packets[1].disclosures[0][1] = "!";
  EXPECT_EQ(preview(broken).error().code, Errc::kMalformed);
  const std::vector<Passport> others{broken};
  const auto refused = preview(chain.passport(), others);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().field.starts_with("with[0]")) << refused.error().field;
}

}  // namespace
}  // namespace quarrymark::passport
