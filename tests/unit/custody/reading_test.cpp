// What comes from outside as a value: outputs, fields, contracts.
#include "ledger/custody/contract.h"
#include "ledger/custody/field_values.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

#include <gtest/gtest.h>

namespace quarrymark::custody {
namespace {

json::Value value_of(std::string_view text) {
  auto value = json::parse_input(text);
  EXPECT_TRUE(value) << text;
  return value ? *value : json::Value();
}

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "accepted" : to_string(result.error());
}

std::string output_refusal(std::string_view text) { return refusal(parse_output(value_of(text))); }

TEST(ReadOutput, TakesWhatARuleReadsAndPassesOverTheRest) {
  const auto output = parse_output(value_of(
      R"({"aliases":["0417/1"],"amount":1,"item":"I","kind":"slab","measure":{"mass":5,"size":[1,2,3]},"more":true,"serial":"S","unit":"piece"})"));
  ASSERT_TRUE(output);
  EXPECT_EQ(output->kind, ItemKind::kSlab);
  EXPECT_EQ(output->measure.size, (Dimensions{1, 2, 3}));
  EXPECT_EQ(output->serial, "S");
}

TEST(ReadOutput, WritesWhatItReads) {
  const std::string text =
      R"({"aliases":["A"],"amount":7,"contents":[{"amount":3,"in":0}],"item":"I","kind":"batch","measure":{"gross":[9,9,9],"mass":4,"net":[8,8,8],"size":[1,2,3]},"serial":"S","unit":"g"})";
  EXPECT_EQ(json::write(output_value(parse_output(value_of(text)).value())), text);
}

TEST(ReadOutput, RefusesEachMemberThatIsWrong) {
  EXPECT_NE(output_refusal(R"({"amount":0,"item":"I","kind":"batch","unit":"g"})").find("amount"),
            std::string::npos);
  EXPECT_NE(output_refusal(R"({"amount":1,"item":"I","kind":"rock","unit":"piece"})")
                .find("kind: expected one of block, slab"),
            std::string::npos);
  EXPECT_NE(output_refusal(R"({"amount":1,"item":"I","kind":"slab","unit":"kg"})")
                .find("unit: expected one of piece"),
            std::string::npos);
  EXPECT_NE(output_refusal(R"({"amount":2,"item":"I","kind":"slab","unit":"piece"})")
                .find("only a batch has an amount other than 1 piece"),
            std::string::npos);
  EXPECT_NE(
      output_refusal(R"({"amount":1,"item":"I","kind":"slab","unit":"g"})").find("only a batch"),
      std::string::npos);
  EXPECT_NE(output_refusal(
                R"({"amount":1,"item":"I","kind":"slab","measure":{"size":[1,2]},"unit":"piece"})")
                .find("expected three sides"),
            std::string::npos);
  EXPECT_NE(
      output_refusal(
          R"({"amount":1,"item":"I","kind":"slab","measure":{"size":[1,0,3]},"unit":"piece"})")
          .find("size[1]"),
      std::string::npos);
  EXPECT_NE(
      output_refusal(
          R"({"amount":1,"item":"I","kind":"slab","measure":{"size":[1,100001,3]},"unit":"piece"})")
          .find("from 1 to 100000"),
      std::string::npos);
  EXPECT_NE(
      output_refusal(
          R"({"amount":1,"contents":[{"amount":0,"in":0}],"item":"I","kind":"crate","unit":"piece"})")
          .find("contents[0]"),
      std::string::npos);
  EXPECT_NE(
      output_refusal(
          R"({"amount":1,"contents":[{"amount":1,"in":1000}],"item":"I","kind":"crate","unit":"piece"})")
          .find("contents[0]"),
      std::string::npos);
}

TEST(ReadFields, ToIsALogOrANameNeverBothNorNeither) {
  EXPECT_EQ(refusal(parse_to(value_of(R"({"log":"quarrymark/x"})"))), "accepted");
  EXPECT_EQ(refusal(parse_to(value_of(R"({"name":"A. Mason"})"))), "accepted");
  EXPECT_EQ(refusal(parse_to(value_of(R"({"contract":"c","log":"quarrymark/x"})"))), "accepted");
  EXPECT_NE(refusal(parse_to(value_of(R"({"log":"quarrymark/x","name":"y"})")))
                .find("either log or name"),
            std::string::npos);
  EXPECT_NE(refusal(parse_to(value_of("{}"))).find("either log or name"), std::string::npos);
  EXPECT_NE(
      refusal(parse_to(value_of(R"({"contract":"c","name":"y"})"))).find("contract needs the log"),
      std::string::npos);
}

TEST(ReadFields, SawHomeWorkAndReceivedKeepTheirBounds) {
  EXPECT_EQ(refusal(parse_saw(value_of(R"({"axis":"w","kerf":7,"thickness":60})"))), "accepted");
  EXPECT_NE(refusal(parse_saw(value_of(R"({"axis":"x","kerf":7,"thickness":60})")))
                .find("expected l, w or h"),
            std::string::npos);
  EXPECT_NE(refusal(parse_saw(value_of(R"({"axis":"w","kerf":-1,"thickness":60})"))).find("kerf"),
            std::string::npos);
  EXPECT_NE(
      refusal(parse_saw(value_of(R"({"axis":"w","kerf":7,"thickness":0})"))).find("thickness"),
      std::string::npos);
  EXPECT_EQ(refusal(parse_home_work(value_of(R"({"per_mille":1000})"))), "accepted");
  EXPECT_NE(refusal(parse_home_work(value_of(R"({"per_mille":1001})"))).find("per_mille"),
            std::string::npos);
  EXPECT_NE(refusal(parse_received(value_of(R"({"event":"short","outs":[0]})"))).find("event"),
            std::string::npos);
  const std::string id(43, 'A');
  EXPECT_NE(
      refusal(parse_received(value_of(R"({"event":")" + id + R"(","outs":[-1]})"))).find("outs"),
      std::string::npos);
}

TEST(ReadContract, TakesCriteriaAndLines) {
  const auto contract = parse_contract_file(
      R"({"criteria":{"factory":"F1","quarry":"KHM"},"id":"K1","lines":[{"amount":63000000,"size":[600,400,60],"unit":"mm2"}]})");
  ASSERT_TRUE(contract) << refusal(contract);
  ASSERT_EQ(contract->criteria.size(), 2u);
  EXPECT_EQ(contract->criteria[0].kind, CriterionKind::kQuarry);
  EXPECT_EQ(contract->lines.at(0).size, (Dimensions{600, 400, 60}));
  EXPECT_FALSE(contract->closed);
}

TEST(ReadContract, RefusesWhatWouldMakeItSayLessThanItSeems) {
  const auto with = [](std::string_view criteria, std::string_view line) {
    return refusal(parse_contract_file("{\"criteria\":" + std::string(criteria) +
                                       ",\"id\":\"K\",\"lines\":[" + std::string(line) + "]}"));
  };
  const std::string fine = R"({"amount":1,"unit":"piece"})";
  EXPECT_EQ(with("{}", fine), "accepted");
  EXPECT_NE(with(R"({"colour":"black"})", fine).find("criteria"), std::string::npos);
  EXPECT_NE(with(R"({"quarry":"  "})", fine).find("expected a name"), std::string::npos);
  EXPECT_NE(with("{}", R"({"amount":0,"unit":"piece"})").find("lines[0]"), std::string::npos);
  EXPECT_NE(with("{}", R"({"amount":1,"unit":"m2"})").find("expected piece, g, mm"),
            std::string::npos);
  EXPECT_NE(with("{}", R"({"amount":1,"size":[1,2],"unit":"mm2"})").find("three sides"),
            std::string::npos);
  EXPECT_NE(with("{}", R"({"amount":1,"joint":-1,"unit":"mm2"})").find("joint"), std::string::npos);
  EXPECT_NE(refusal(parse_contract_file("{")), "accepted");
  EXPECT_NE(refusal(parse_contract_file("[]")), "accepted");
}

}  // namespace
}  // namespace quarrymark::custody
