#include "ledger/passport/profiles.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"
#include "ledger/passport/withhold.h"
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace quarrymark::passport {
namespace {

using support::kFactoryName;
using support::kQuarryName;
using support::StoneChain;
using support::TestLog;

json::Value table_of_the_schemas() {
  std::ifstream file(QUARRYMARK_SOURCE_DIR "/schemas/profiles.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto value = json::parse_input(text.str());
  EXPECT_TRUE(value) << (value ? "" : to_string(value.error()));
  return value ? *value : json::Value();
}

TEST(Profiles, AreTheOnesOfTheSchemas) {
  const json::Value table = table_of_the_schemas();
  const json::Array& listed = *table.find("profiles")->if_array();
  ASSERT_EQ(listed.size(), profiles().size());
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const Profile& profile = profiles()[i];
    EXPECT_EQ(*listed[i].find("name")->if_string(), profile.name);
    EXPECT_EQ(*listed[i].find("names")->if_string(), hidden_names_word(profile.names));
    json::Array fields;
    for (const ProfileField& field : profile.fields) {
      json::Object object{{"field", field.field}};
      json::Array where;
      for (const std::string_view member : field.where) where.emplace_back(member);
      if (!where.empty()) object.emplace_back("where", std::move(where));
      if (!field.kind.empty()) object.emplace_back("kind", field.kind);
      fields.emplace_back(std::move(object));
    }
    EXPECT_EQ(*listed[i].find("fields")->if_array(), fields) << profile.name;
  }
}

TEST(Profiles, OfAnotherNameAreUnknown) {
  EXPECT_EQ(find_profile("everybody"), nullptr);
  EXPECT_EQ(find_profile(""), nullptr);
  ASSERT_NE(find_profile("customer"), nullptr);
}

std::string disclosed_text(const Passport& passport) {
  std::string text;
  for (const Packet& packet : passport.packets)
    for (const auto& list : packet.disclosures)
      for (const std::string& disclosure : list) text += base64url_decode(disclosure).value();
  return text;
}

bool shows(const Passport& passport, std::string_view words) {
  return disclosed_text(passport).find(words) != std::string::npos;
}

// The chain with a trader between factory and buyer, and everything that profiles look at.
struct TradedChain : StoneChain {
  TradedChain() {
    admit_trader = registrar.append(
        {.type = "admit",
         .fields = {{"member",
                     json::Object{{"country", "CN"}, {"log", trader.origin()}, {"role", "trader"}}},
                    {"party", json::Object{{"name", "Xiamen House"}}}}});
    const auto crate = support::item("7Q2M-0003", "crate");
    sent = factory.append(
        {.type = "dispatch",
         .inputs = {pack.state(0)},
         .outputs = {crate},
         .fields = {{"to", json::Object{{"log", trader.origin()}}},
                    {"transport", json::Object{{"container", "TSTU4001019"}, {"seal", "S-77"}}},
                    {"party", json::Object{{"name", kFactoryName}}}}});
    taken = trader.append(
        {.type = "receive",
         .inputs = {sent.state(0)},
         .outputs = {crate},
         .fields = {{"party", json::Object{{"name", "Xiamen House"}}},
                    {"how", json::Object{{"by", "scanned"}, {"second_person", "Li Wei"}}},
                    {"remarks", json::Object{{"text", "late truck"}}}}});
    sold = trader.append({.type = "dispatch",
                          .inputs = {taken.state(0)},
                          .outputs = {crate},
                          .fields = {{"to", json::Object{{"log", seller.origin()}}},
                                     {"party", json::Object{{"name", "Xiamen House"}}}}});
    mine = seller.append({.type = "receive",
                          .inputs = {sold.state(0)},
                          .outputs = {crate},
                          .fields = {{"party", json::Object{{"name", "Import Co"}}}}});
    delivered = seller.append({.type = "dispatch",
                               .inputs = {mine.state(0)},
                               .outputs = {crate},
                               .fields = {{"to", json::Object{{"log", buyer.origin()}}},
                                          {"party", json::Object{{"name", "Import Co"}}}}});
  }
  Passport traded() const {
    return support::make_passport(
        {delivered.ref(0)},
        {registrar.packet(), quarry.packet(), factory.packet(), trader.packet(), seller.packet()});
  }
  TestLog trader{11}, seller{12};
  support::Appended admit_trader, sent, taken, sold, mine, delivered;
};

TEST(Intermediaries, AreEverybodyBetweenTheQuarryAndThePresenter) {
  const TradedChain chain;
  const auto withheld =
      withhold(chain.traded(), {.fields = {}, .parties = {}, .intermediaries = true});
  ASSERT_TRUE(withheld) << to_string(withheld.error());
  EXPECT_FALSE(shows(withheld->passport, "Xiamen House"));
  EXPECT_FALSE(shows(withheld->passport, kFactoryName));
  EXPECT_TRUE(shows(withheld->passport, kQuarryName));
  EXPECT_TRUE(shows(withheld->passport, "Import Co"));
  EXPECT_EQ(withheld->parties.size(), 2u);
  EXPECT_EQ(described(check(withheld->passport, chain.trust())), "");
}

TEST(Intermediaries, AreSeenFromWhoeverPresents) {
  const TradedChain chain;
  WithholdRequest request{.fields = {}, .parties = {}, .intermediaries = true};
  request.me = "xiamen house";
  const auto withheld = withhold(chain.traded(), request);
  ASSERT_TRUE(withheld) << to_string(withheld.error());
  EXPECT_TRUE(shows(withheld->passport, "Xiamen House"));
  EXPECT_FALSE(shows(withheld->passport, "Import Co"));
  request.me = chain.trader.origin();
  EXPECT_EQ(withhold(chain.traded(), request)->passport, withheld->passport);
}

TEST(Intermediaries, NeedAPresenterWhoCanBeTold) {
  const TradedChain chain;
  WithholdRequest request{.fields = {}, .parties = {}, .intermediaries = true};
  request.me = "Nobody Ltd";
  EXPECT_EQ(withhold(chain.traded(), request).error().field, "me");
  request.me = "";
  Passport passport = chain.traded();
  passport.items.push_back(chain.to_buyer.ref(0));  // made by another log
  EXPECT_EQ(withhold(passport, request).error().code, Errc::kInvalidArgument);
}

TEST(Intermediaries, AreNobodyInAShortChain) {
  const StoneChain chain;
  const auto withheld =
      withhold(chain.passport(), {.fields = {}, .parties = {}, .intermediaries = true});
  ASSERT_TRUE(withheld);
  EXPECT_TRUE(withheld->dropped.empty());
}

Result<Withheld> by_profile(const Passport& passport, std::string_view name) {
  WithholdRequest request;
  request.profile = find_profile(name);
  return withhold(passport, request);
}

TEST(CustomerProfile, HidesThoseBetweenAndHowTheGoodsTravelled) {
  const TradedChain chain;
  const auto withheld = by_profile(chain.traded(), "customer");
  ASSERT_TRUE(withheld) << to_string(withheld.error());
  for (const std::string_view hidden :
       {"Xiamen House", "Shuitou Works", "TSTU4001019", "S-77", "Sea Line", "Li Wei", "late truck"})
    EXPECT_FALSE(shows(withheld->passport, hidden)) << hidden;
  for (const std::string_view kept : {"Khairpur Stone", "Import Co", "Hill 4", "Kota Brown"})
    EXPECT_TRUE(shows(withheld->passport, kept)) << kept;
  EXPECT_TRUE(withheld->unmatched.empty());
  EXPECT_EQ(described(check(withheld->passport, chain.trust())), "");
}

TEST(AssessorProfile, HidesPersonsAndPicturesAlone) {
  TradedChain chain;
  chain.seller.append({.type = "document",
                       .fields = {{"about", json::Object{{"event", chain.mine.id.text()}}},
                                  {"document", json::Object{{"digest", std::string(43, 'A')},
                                                            {"kind", "Photo of the block"}}}}});
  chain.seller.append({.type = "document",
                       .fields = {{"about", json::Object{{"event", chain.mine.id.text()}}},
                                  {"document", json::Object{{"digest", std::string(43, 'A')},
                                                            {"kind", "bill of lading"}}}}});
  const auto withheld = by_profile(chain.traded(), "assessor");
  ASSERT_TRUE(withheld) << to_string(withheld.error());
  EXPECT_FALSE(shows(withheld->passport, "Li Wei"));
  EXPECT_FALSE(shows(withheld->passport, "Photo of"));
  for (const std::string_view kept :
       {"Xiamen House", "TSTU4001019", "late truck", "Shuitou Works", "bill of lading"})
    EXPECT_TRUE(shows(withheld->passport, kept)) << kept;
  EXPECT_EQ(withheld->dropped.size(), 2u);
}

TEST(PublicProfile, NamesAuthoritiesAndRegistrarsAlone) {
  TradedChain chain;
  chain.registrar.append({.type = "admit",
                          .fields = {{"member", json::Object{{"country", "NL"},
                                                             {"log", chain.buyer.origin()},
                                                             {"role", "authority"}}},
                                     {"party", json::Object{{"name", "Example City"}}}}});
  chain.registrar.append({.type = "site",
                          .fields = {{"site", json::Object{{"area", "Far"},
                                                           {"country", "IN"},
                                                           {"kind", "quarry"},
                                                           {"lat", 1},
                                                           {"lon", 2},
                                                           {"name", "Exact spot"},
                                                           {"quarry", "Exact spot"}}}}});
  const auto withheld = by_profile(chain.traded(), "public");
  ASSERT_TRUE(withheld) << to_string(withheld.error());
  for (const std::string_view hidden : {"Xiamen House", "Shuitou Works", "Khairpur Stone",
                                        "Import Co", "TSTU4001019", "Li Wei", "Exact spot"})
    EXPECT_FALSE(shows(withheld->passport, hidden)) << hidden;
  // Without a position the area may be read, and so may the quarry's name, which stands beside it.
  for (const std::string_view kept : {"Example City", "Kota", "quarry operator"})
    EXPECT_TRUE(shows(withheld->passport, kept)) << kept;
  EXPECT_EQ(described(check(withheld->passport, chain.trust())), "");
}

TEST(SchemaNames, AreUnderstoodAsFields) {
  const StoneChain chain;
  const auto withheld = withhold(chain.passport(), {.fields = {"site_described"}, .parties = {}});
  ASSERT_TRUE(withheld);
  ASSERT_EQ(withheld->dropped.size(), 1u);
  EXPECT_EQ(withheld->dropped[0].type, "site");
  EXPECT_FALSE(shows(withheld->passport, "Hill 4"));
}

}  // namespace
}  // namespace quarrymark::passport
