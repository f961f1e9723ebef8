#include "ledger/passport/withhold.h"

#include "ledger/base/text.h"
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace quarrymark::passport {
namespace {

using support::kFactoryName;
using support::kQuarryName;
using support::StoneChain;

std::string all_text(const Passport& passport) {
  std::string text;
  for (const Packet& packet : passport.packets)
    for (const auto& list : packet.disclosures)
      for (const std::string& disclosure : list) text += base64url_decode(disclosure).value();
  return text;
}

WithholdRequest hide(std::string name, std::vector<std::string> aliases = {}) {
  return {.fields = {}, .parties = {{std::move(name), std::move(aliases)}}};
}

std::vector<std::string> dropped_fields(const Withheld& withheld) {
  std::vector<std::string> fields;
  for (const Dropped& dropped : withheld.dropped)
    fields.push_back(cat(dropped.type, ".", dropped.field));
  std::sort(fields.begin(), fields.end());
  return fields;
}

TEST(Withhold, DropsAFieldOfEveryEvent) {
  const StoneChain chain;
  const auto withheld =
      withhold(chain.passport(), {.fields = {"transport", "party"}, .parties = {}});
  ASSERT_TRUE(withheld.has_value()) << to_string(withheld.error());
  EXPECT_EQ(withheld->dropped.size(), 9u);
  EXPECT_EQ(all_text(withheld->passport).find("Sea Line"), std::string::npos);
  EXPECT_EQ(described(check(withheld->passport, chain.trust())), "");
}

TEST(Withhold, DropsAFieldOfOneType) {
  const StoneChain chain;
  const auto withheld = withhold(chain.passport(), {.fields = {"extract.site"}, .parties = {}});
  ASSERT_TRUE(withheld.has_value());
  EXPECT_EQ(dropped_fields(*withheld), std::vector<std::string>{"extract.site"});
  EXPECT_EQ(withheld->dropped[0].log, chain.quarry.origin());
  EXPECT_EQ(withheld->dropped[0].seq, 0u);
  EXPECT_TRUE(withheld->unmatched.empty());
}

TEST(Withhold, DropsOutputsAndDevicesWhenAskedByName) {
  const StoneChain chain;
  const auto withheld =
      withhold(chain.passport(), {.fields = {"split.out.0", "device", "to"}, .parties = {}});
  ASSERT_TRUE(withheld.has_value());
  EXPECT_EQ(dropped_fields(*withheld), (std::vector<std::string>{"dispatch.to", "dispatch.to",
                                                                 "extract.device", "split.out.0"}));
  EXPECT_EQ(described(check(withheld->passport, chain.trust())), "");
}

TEST(Withhold, SaysWhatMatchedNothing) {
  const StoneChain chain;
  WithholdRequest request = hide("Somebody Else");
  request.fields = {"trasnport", "split.transport", "transport"};
  const auto withheld = withhold(chain.passport(), request);
  ASSERT_TRUE(withheld.has_value());
  EXPECT_EQ(withheld->unmatched,
            (std::vector<std::string>{"trasnport", "split.transport", "Somebody Else"}));
}

TEST(Withhold, RefusesRequestsItDoesNotUnderstand) {
  const StoneChain chain;
  for (const std::string field : {"event", "", "Transport", "stolen.site", "out.", "extract."}) {
    const auto withheld = withhold(chain.passport(), {.fields = {field}, .parties = {}});
    ASSERT_FALSE(withheld.has_value()) << field;
    EXPECT_EQ(withheld.error().code, Errc::kInvalidArgument);
  }
  for (const std::string name : {"", "  "})
    EXPECT_FALSE(withhold(chain.passport(), hide(name)).has_value());
}

TEST(Withhold, HidesAPartyAndKeepsItsRoleAndCountry) {
  const StoneChain chain;
  const auto withheld = withhold(chain.passport(), hide(std::string(kQuarryName)));
  ASSERT_TRUE(withheld.has_value()) << to_string(withheld.error());
  EXPECT_EQ(dropped_fields(*withheld),
            (std::vector<std::string>{"admit.party", "dispatch.party", "extract.party"}));
  EXPECT_EQ(all_text(withheld->passport).find("Khairpur"), std::string::npos);
  const Checked checked = check(withheld->passport, chain.trust());
  ASSERT_EQ(described(checked), "");
  for (const custody::Event& event : checked.evidence.events) {
    if (event.id != chain.admit_quarry.id) continue;
    EXPECT_TRUE(event.party.is_withheld());
    EXPECT_EQ(event.member->role, "quarry operator");
    EXPECT_EQ(event.member->country, "IN");
  }
}

TEST(Withhold, HidesAPartyNamedByItsLog) {
  const StoneChain chain;
  const auto by_log = withhold(chain.passport(), hide(chain.quarry.origin()));
  const auto by_name = withhold(chain.passport(), hide(std::string(kQuarryName)));
  ASSERT_TRUE(by_log.has_value()) << to_string(by_log.error());
  EXPECT_EQ(by_log->passport, by_name->passport);
}

TEST(Withhold, HidesWhateverTheLogCallsItself) {
  StoneChain chain;
  chain.quarry.append(
      {.type = "attest", .fields = {{"party", json::Object{{"name", "Old Name"}}}}});
  const auto withheld = withhold(chain.passport(), hide(std::string(kQuarryName)));
  ASSERT_TRUE(withheld.has_value()) << to_string(withheld.error());
  EXPECT_EQ(all_text(withheld->passport).find("Old Name"), std::string::npos);
}

TEST(Withhold, FindsANameInAnotherSpelling) {
  StoneChain chain;
  chain.factory.append(
      {.type = "attest",
       .fields = {{"statement", json::Object{{"text", "seen at KHAIRPUR \t stone, today"}}}}});
  const auto withheld = withhold(chain.passport(), hide("khairpur  STONE"));
  ASSERT_TRUE(withheld.has_value()) << to_string(withheld.error());
  EXPECT_NE(std::find_if(withheld->dropped.begin(), withheld->dropped.end(),
                         [](const Dropped& d) { return d.field == "statement"; }),
            withheld->dropped.end());
}

TEST(Withhold, FindsAnAliasThatOnlyTheAdmissionNames) {
  StoneChain chain;
  chain.factory.append(
      {.type = "attest", .fields = {{"remarks", json::Object{{"text", "painted KHS-0417"}}}}});
  const auto withheld = withhold(chain.passport(), hide(std::string(kQuarryName)));
  ASSERT_TRUE(withheld.has_value()) << to_string(withheld.error());
  EXPECT_EQ(all_text(withheld->passport).find("KHS"), std::string::npos);
}

TEST(Withhold, RefusesANameInAnOutput) {
  StoneChain chain;
  const auto acquired = chain.factory.append(
      {.type = "acquire",
       .outputs = {support::item("Z", "block", 1, "piece", {"Khairpur Stone 12"})}});
  const auto withheld = withhold(chain.passport(), hide(std::string(kQuarryName)));
  ASSERT_FALSE(withheld.has_value());
  EXPECT_EQ(withheld.error().code, Errc::kRefused);
  EXPECT_NE(withheld.error().field.find("entry 4 (acquire), out.0"), std::string::npos)
      << to_string(withheld.error());
  EXPECT_EQ(acquired.seq, 4u);
  // The presenter may drop that output by name, knowing that the chain ends there.
  WithholdRequest request = hide(std::string(kQuarryName));
  request.fields = {"acquire.out.0"};
  EXPECT_TRUE(withhold(chain.passport(), request).has_value());
}

TEST(Withhold, RefusesANameInTheReceiver) {
  StoneChain chain;
  chain.factory.append({.type = "dispatch",
                        .inputs = {chain.saw.state(0)},
                        .outputs = {support::item("7Q2M-0002", "batch", 264)},
                        .fields = {{"to", json::Object{{"name", "Khairpur Stone Ltd"}}}}});
  const auto withheld = withhold(chain.passport(), hide(std::string(kQuarryName)));
  ASSERT_FALSE(withheld.has_value());
  EXPECT_NE(withheld.error().field.find("to"), std::string::npos);
}

TEST(Withhold, RefusesANameAmongFieldNames) {
  StoneChain chain;
  chain.factory.append({.type = "attest", .fields = {{"khairpur_stone", 1}, {"acme", 1}}});
  const auto withheld = withhold(chain.passport(), hide("Acme"));
  ASSERT_FALSE(withheld.has_value());
  EXPECT_NE(withheld.error().field.find("head"), std::string::npos) << to_string(withheld.error());
}

TEST(Withhold, RefusesANameAmongTheWitnesses) {
  const StoneChain chain;
  const auto withheld = withhold(chain.cosigned_passport(), hide("witness.example"));
  ASSERT_FALSE(withheld.has_value());
  EXPECT_NE(withheld.error().field.find("checkpoint"), std::string::npos);
}

TEST(Withhold, FurtherAliasesAreHiddenAsWell) {
  const StoneChain chain;
  const auto withheld = withhold(chain.passport(), hide(std::string(kQuarryName), {"Sea Line"}));
  ASSERT_TRUE(withheld.has_value());
  EXPECT_EQ(all_text(withheld->passport).find("Sea Line"), std::string::npos);
  // An alias that stands in an output is no better than the name.
  EXPECT_FALSE(withhold(chain.passport(), hide(std::string(kQuarryName), {"0417"})).has_value());
}

TEST(Withhold, AShortAliasIsNotFoundInsideWords) {
  const StoneChain chain;
  // "piece" and "block" stand in every output; "IEC" and "loc" are not what they say.
  EXPECT_TRUE(
      withhold(chain.passport(), hide(std::string(kQuarryName), {"IEC", "loc"})).has_value());
  EXPECT_FALSE(withhold(chain.passport(), hide(std::string(kQuarryName), {"041"})).has_value());
}

TEST(Withhold, WithholdingTheRegistrarLeavesThoseItAdmits) {
  StoneChain chain;
  chain.registrar.append(
      {.type = "attest", .fields = {{"party", json::Object{{"name", "Stone Registrar"}}}}});
  const auto withheld = withhold(chain.passport(), hide("Stone Registrar"));
  ASSERT_TRUE(withheld.has_value()) << to_string(withheld.error());
  EXPECT_EQ(dropped_fields(*withheld), std::vector<std::string>{"attest.party"});
}

TEST(Withhold, RefusesAPassportItCannotRead) {
  const StoneChain chain;
  Passport no_entry = chain.passport(), no_disclosure = chain.passport(),
           no_head = chain.passport();
  no_entry.packets[0].entries[0] = "{}";
  no_disclosure.packets[0].disclosures[0][1] = "?";
  no_head.packets[0].disclosures[0].erase(no_head.packets[0].disclosures[0].begin());
  for (const Passport& passport : {no_entry, no_disclosure, no_head}) {
    const auto withheld = withhold(passport, {});
    ASSERT_FALSE(withheld.has_value());
    EXPECT_EQ(withheld.error().code, Errc::kMalformed);
  }
}

RC_GTEST_PROP(Withhold, WhateverIsWithheldTheRestVerifiesAndNothingIsAdded, ()) {
  static const StoneChain chain;
  static const Passport whole = chain.cosigned_passport();
  static const std::vector<std::string> names = {
      "party",       "site",         "stone",          "transport",
      "to",          "remarks",      "member",         "device",
      "out.0",       "split.out.0",  "dispatch.party", "enrol",
      "admit.party", "extract.site", "receive.to",     "pack.remarks"};
  WithholdRequest request;
  request.fields = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(names));
  if (*rc::gen::arbitrary<bool>()) request.parties.push_back({std::string(kQuarryName), {}});
  if (*rc::gen::arbitrary<bool>()) request.parties.push_back({chain.factory.origin(), {}});
  const auto withheld = withhold(whole, request);
  RC_ASSERT(withheld.has_value());
  const Checked checked = check(withheld->passport, chain.strict_trust());
  RC_ASSERT(described(checked) == "");
  RC_ASSERT(checked.evidence.events.size() == 9u);
  std::size_t before = 0, after = 0;
  for (std::size_t p = 0; p < whole.packets.size(); ++p) {
    RC_ASSERT(whole.packets[p].entries == withheld->passport.packets[p].entries);
    for (std::size_t i = 0; i < whole.packets[p].disclosures.size(); ++i) {
      before += whole.packets[p].disclosures[i].size();
      after += withheld->passport.packets[p].disclosures[i].size();
    }
  }
  RC_ASSERT(before - after == withheld->dropped.size());
  if (!request.parties.empty() && request.parties[0].name == kQuarryName)
    RC_ASSERT(all_text(withheld->passport).find("Khairpur") == std::string::npos);
}

}  // namespace
}  // namespace quarrymark::passport
