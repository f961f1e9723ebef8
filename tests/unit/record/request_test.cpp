#include "ledger/record/request.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"
#include "ledger/record/request_reader.h"

#include <gtest/gtest.h>

#include <sstream>
#include <streambuf>

namespace quarrymark::record {
namespace {

Result<RecordRequest> parse(std::string_view text) {
  auto value = json::parse_input(text);
  if (!value) return tl::unexpected<Error>(value.error());
  return parse_request(*value);
}

constexpr std::string_view kSource = R"("fields":{"source":{"seller":"a yard"}})";

std::string acquire(std::string_view output) {
  return cat(R"({"type":"acquire","outputs":[)", output, "],", kSource, "}");
}

TEST(Request, ReadsAnExtractOfTheDataSet) {
  const auto request = parse(R"({"type":"extract","key":"k","at":"2025-02-03T09:10:00+05:30",
    "outputs":[{"kind":"block","aliases":["KHM-0417"],"label":true,"measure":{"gross":[2800,1700,1600],"mass":20600000}}],
    "fields":{"stone":{"name":"Khammam Black","family":"dolerite"},"site":{"site":"Khammam"},"block":{"number":"0417"}}})");
  ASSERT_TRUE(request) << to_string(request.error());
  EXPECT_EQ(request->outputs.at(0).measure.gross, (custody::Dimensions{2800, 1700, 1600}));
  EXPECT_TRUE(request->outputs.at(0).label);
  ASSERT_EQ(request->fields.size(), 3U);
  EXPECT_EQ(request->fields[0].first, "block");
  EXPECT_EQ(request->fields[2].first, "stone");
  EXPECT_EQ(request->fields[2].second.if_object()->front().first, "family") << "members ascend";
}

TEST(Request, TheContentDoesNotDependOnOrderOrSpace) {
  const auto a = parse(
      R"({"type":"site","key":"a","fields":{"site":{"kind":"yard","name":"Y","country":"NL"}}})");
  const auto b = parse(
      R"({"key":"a", "fields":{"site":{"country":"NL","name":"Y","kind":"yard"}},"type":"site"})");
  const auto c = parse(
      R"({"type":"site","key":"a","fields":{"site":{"kind":"yard","name":"Z","country":"NL"}}})");
  ASSERT_TRUE(a && b && c);
  EXPECT_EQ(a->content, b->content);
  EXPECT_NE(a->content, c->content);
}

struct Refusal {
  std::string text, field, words;
};
class RequestRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(RequestRefuses, NamingTheMemberAndWhatWasExpected) {
  const auto request = parse(GetParam().text);
  ASSERT_FALSE(request) << GetParam().text;
  EXPECT_EQ(request.error().field, GetParam().field) << request.error().message;
  EXPECT_NE(request.error().message.find(GetParam().words), std::string::npos)
      << request.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Outputs, RequestRefuses,
    testing::Values(
        Refusal{acquire(R"({"kind":"batch","unit":"kg"})"), "outputs[0].unit",
                "expected one of piece, g, mm, mm2, mm3"},
        Refusal{acquire(R"({"kind":"brick"})"), "outputs[0].kind", "expected one of block"},
        Refusal{acquire(R"({})"), "outputs[0].kind", "missing"},
        Refusal{acquire(R"({"kind":"block","amount":2})"), "outputs[0].amount", "only a batch"},
        Refusal{acquire(R"({"kind":"block","unit":"g"})"), "outputs[0].unit", "expected piece"},
        Refusal{acquire(R"({"kind":"batch","amount":0})"), "outputs[0].amount", "got 0"},
        Refusal{acquire(R"({"kind":"block","item":"123"})"), "outputs[0].item", "17 characters"},
        Refusal{acquire(R"({"kind":"block","colour":"red"})"), "outputs[0]",
                "unknown member \"colour\""},
        Refusal{acquire(R"({"kind":"block","label":"yes"})"), "outputs[0].label", "true, false or"},
        Refusal{acquire(R"({"kind":"block","label":"0123456789ABCDEF0/"})"), "outputs[0].label",
                "true, false or what a label says"},
        Refusal{acquire(R"({"kind":"block","label":"HTTP://A/Q/B/C"})"), "outputs[0].label",
                "a slash and a serial of 8"},
        Refusal{acquire(R"({"kind":"slab","count":2,"label":"A/B"})"), "outputs[0].label",
                "leave out item and count"},
        Refusal{acquire(R"({"kind":"block","measure":{}})"), "outputs[0].measure", "got none"},
        Refusal{acquire(R"({"kind":"block","measure":{"gross":[1,2]}})"),
                "outputs[0].measure.gross", "expected 3"},
        Refusal{acquire(R"({"kind":"block","measure":{"gross":[1,2,0]}})"),
                "outputs[0].measure.gross[2]", "got 0"},
        Refusal{acquire(R"({"kind":"slab","count":3,"aliases":["A"]})"), "outputs[0].aliases[0]",
                "{n}"},
        Refusal{acquire(R"({"kind":"slab","aliases":["A/{n}"]})"), "outputs[0].aliases[0]",
                "count"},
        Refusal{acquire(R"({"kind":"slab","count":1001})"), "outputs[0].count", "1 to 1000"},
        Refusal{acquire(R"({"kind":"slab","aliases":["A","A"]})"), "outputs[0].aliases[1]",
                "twice"},
        Refusal{acquire(R"({"kind":"crate","contents":[{"in":0,"amount":1}]})"),
                "outputs[0].contents", "only a pack"},
        Refusal{acquire(""), "outputs", "at least one"}));

INSTANTIATE_TEST_SUITE_P(
    Shapes, RequestRefuses,
    testing::Values(
        Refusal{R"({"type":"rotate"})", "type", "expected one of"},
        Refusal{R"({"type":"melt"})", "type", "expected one of"},
        Refusal{R"({})", "type", "missing"}, Refusal{R"([])", "", "expected an object"},
        Refusal{R"({"type":"split","inputs":["A"],"outputs":[{"kind":"slab"}],"extra":1})", "",
                "unknown member \"extra\""},
        Refusal{R"({"type":"split","inputs":[],"outputs":[{"kind":"slab"}]})", "inputs",
                "at least one"},
        Refusal{R"({"type":"split","outputs":[{"kind":"slab"}]})", "inputs", "missing"},
        Refusal{R"({"type":"split","inputs":["A"]})", "outputs", "missing"},
        Refusal{R"({"type":"split","inputs":[7],"outputs":[{"kind":"slab"}]})", "inputs[0]",
                "a name"},
        Refusal{
            R"({"type":"split","inputs":[{"item":"A","amount":0}],"outputs":[{"kind":"slab"}]})",
            "inputs[0].amount", "got 0"},
        Refusal{
            R"({"type":"split","inputs":[{"item":"A","unit":"g"}],"outputs":[{"kind":"slab"}]})",
            "inputs[0]", "unknown member \"unit\""},
        Refusal{R"({"type":"split","inputs":"A","outputs":[{"kind":"slab"}]})", "inputs",
                "an array"},
        Refusal{R"({"type":"split","inputs":[" "],"outputs":[{"kind":"slab"}]})", "inputs[0]",
                "expected some text"},
        Refusal{R"({"type":"pack","inputs":["A"],"outputs":[{"kind":"crate"}]})",
                "outputs[0].contents", "missing"},
        Refusal{
            R"({"type":"pack","inputs":["A"],"outputs":[{"kind":"slab","contents":[{"in":0,"amount":1}]}]})",
            "outputs[0].kind", "crate or bundle"},
        Refusal{
            R"({"type":"pack","inputs":["A"],"outputs":[{"kind":"crate","contents":[{"in":-1,"amount":1}]}]})",
            "outputs[0].contents[0].in", "0 to 999"},
        Refusal{
            R"({"type":"dispatch","inputs":["A"],"outputs":[{"kind":"crate"}],"fields":{"to":{"name":"X"}}})",
            "outputs[0]", "unknown member \"kind\""},
        Refusal{R"({"type":"receive","fields":{}})", "outputs", "missing"},
        Refusal{
            R"({"type":"attest","inputs":["A"],"fields":{"about":{"item":"A"},"kind":"confirm"}})",
            "inputs", "no inputs"},
        Refusal{
            R"({"type":"site","at":"2025-02-03T09:10:00Z","fields":{"site":{"kind":"yard","name":"Y","country":"NL"}}})",
            "at", ""},
        Refusal{
            R"({"type":"site","key":"","fields":{"site":{"kind":"yard","name":"Y","country":"NL"}}})",
            "key", "got nothing"},
        Refusal{cat(R"({"type":"site","key":")", std::string(129, 'k'),
                    R"(","fields":{"site":{"kind":"yard","name":"Y","country":"NL"}}})"),
                "key", "1 to 128 characters, got 129"}));

INSTANTIATE_TEST_SUITE_P(
    Fields, RequestRefuses,
    testing::Values(
        Refusal{acquire(R"({"kind":"block"})").replace(1, 0, R"("fields":7,)").substr(0, 11) + "}",
                "type", "missing"},
        Refusal{R"({"type":"extract","outputs":[{"kind":"slab"}],"fields":{"site":{"site":"S"}}})",
                "fields.stone", "missing"},
        Refusal{
            R"({"type":"extract","outputs":[{"kind":"block"}],"fields":{"site":{"site":"S"},"stone":{"name":"N","family":"granite"}}})",
            "fields.block", "missing"},
        Refusal{
            R"({"type":"extract","outputs":[{"kind":"slab"}],"fields":{"site":{"site":"S"},"stone":{"name":"N","family":"lava"}}})",
            "fields.stone.family", "expected one of granite"},
        Refusal{
            R"({"type":"extract","outputs":[{"kind":"slab"}],"fields":{"site":{"site":"S"},"saw":{"axis":"l","kerf":1,"thickness":1}}})",
            "fields", "saw\" is no field of extract"},
        Refusal{R"({"type":"site","fields":{"site":{"kind":"quarry","name":"S","country":"NL"}}})",
                "fields.site.quarry", "missing"},
        Refusal{R"({"type":"site","fields":{"site":{"kind":"yard","name":"S","country":"nl"}}})",
                "fields.site.country", "ISO 3166"},
        Refusal{
            R"({"type":"site","fields":{"site":{"kind":"yard","name":"S","country":"NL","lat":1}}})",
            "fields.site.lon", "together"},
        Refusal{
            R"({"type":"site","fields":{"site":{"kind":"yard","name":"S","country":"NL","lat":1.5,"lon":1}}})",
            "", "whole number"},
        Refusal{R"({"type":"dispatch","inputs":["A"],"fields":{"to":{"name":"X","log":"Y"}}})",
                "fields.to", "alone"},
        Refusal{R"({"type":"dispatch","inputs":["A"],"fields":{"to":{"contract":"K"}}})",
                "fields.to", "alone"},
        Refusal{
            R"({"type":"dispatch","inputs":["A"],"fields":{"to":{"name":"X"},"transport":{"container":"ABC"}}})",
            "fields.transport.container", "container number"},
        Refusal{R"({"type":"attest","fields":{"about":{"item":"A","site":"B"},"kind":"confirm"}})",
                "fields.about", "got 2"},
        Refusal{R"({"type":"attest","fields":{"about":{"item":"A"},"kind":"question"}})",
                "fields.statement", "missing"},
        Refusal{
            R"({"type":"attest","fields":{"about":{"sightings":["sighting:a"],"genuine":"sighting:a"},"kind":"hold"}})",
            "fields.about.genuine", "resolve"},
        Refusal{
            R"({"type":"document","fields":{"about":{"sightings":["sighting:a"]},"document":{"kind":"k","digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}})",
            "fields.about", "document"},
        Refusal{R"({"type":"accept","fields":{"accept":{"result":"accepted"}}})", "inputs",
                "at least one"},
        Refusal{R"({"type":"accept","inputs":["A"],"fields":{"accept":{"result":"refused"}}})",
                "inputs", "consumes nothing"},
        Refusal{R"({"type":"device","fields":{}})", "fields.enrol", "withdrawn"},
        Refusal{
            R"({"type":"admit","fields":{"party":{"name":"P"},"member":{"log":"P","role":"owner","country":"NL"}}})",
            "fields.member.role", "expected one of"},
        Refusal{
            R"({"type":"admit","fields":{"party":{"name":"P"},"member":{"log":"P","role":"factory","country":"NL"},"sites":[{"site":"S","role":"yard","parcels":[],"from":"2025-13-01","to":null}]}})",
            "fields.sites[0].from", "a date"},
        Refusal{
            R"({"type":"label","inputs":["A"],"fields":{"label":{"action":"replace","old_serial":"old"}}})",
            "fields.label.old_serial", "8 characters"},
        Refusal{R"({"type":"contract","fields":{"contract":{"id":"K","criteria":{},"lines":[]}}})",
                "fields.contract.lines", "1 to 100"},
        Refusal{
            R"({"type":"split","inputs":["A"],"outputs":[{"kind":"slab"}],"fields":{"home_work":{"per_mille":1001}}})",
            "fields.home_work.per_mille", "0 to 1000"},
        Refusal{
            R"({"type":"split","inputs":["A"],"outputs":[{"kind":"slab"}],"fields":{"remarks":{"text":"  "}}})",
            "fields.remarks.text", "got nothing"},
        Refusal{R"({"type":"split","inputs":["A"],"outputs":[{"kind":"slab"}],"fields":[]})",
                "fields", "an object"}));

std::string quarry(std::string_view fields) {
  return cat(
      R"({"type":"site","fields":{"site":{"kind":"quarry","name":"S","country":"NL","quarry":"S"},)",
      fields, "}}");
}

TEST(Request, ReadsWhatIsSaidOfASiteAndOfThoseInvolved) {
  for (
      const std::string& text :
      {quarry(R"("positions":[{"error_mm":0,"from":"2019-01-01","lat":1,"lon":-1},)"
              R"({"error_mm":5000,"from":"2024-02-29","lat":-900000000,"lon":1800000000}])"),
       quarry(
           R"("permits":[{"from":"2024-01-01","number":"W-1","parcels":["N"],"to":"2024-01-01",)"
           R"("volume":1},{"from":"2024-01-01","number":"W-2","parcels":[],"to":null,"volume":null}])"),
       quarry(R"("closures":[{"from":"2025-04-01","parcels":[],"reason":"road works","to":null}],)"
              R"("seasons":[{"from":"12-15","parcels":["N"],"to":"02-29"}])"),
       quarry(R"("positions":[],"permits":[],"closures":[],"seasons":[])"),
       std::string(
           R"({"type":"dispatch","inputs":["A"],"fields":{"to":{"name":"X"},"involved":[)"
           R"({"log":null,"name":"Y","role":"exporter"},{"log":"Z","name":"Z","role":"agent"}],)"
           R"("transport":{"crates":0,"list":"PL-1"}}})"),
       std::string(R"({"type":"correct","fields":{"corrects":{"event":"key:s"},"closures":[],)"
                   R"("involved":[],"reason":{"text":"wrong"}}})")}) {
    const auto request = parse(text);
    EXPECT_TRUE(request) << to_string(request.error()) << "\n" << text;
  }
}

std::string position(std::string_view from) {
  return cat(R"({"error_mm":1,"from":")", from, R"(","lat":0,"lon":0})");
}

INSTANTIATE_TEST_SUITE_P(
    Sites, RequestRefuses,
    testing::Values(
        Refusal{quarry(R"("positions":[{"from":"2019-01-01","lat":0,"lon":0}])"),
                "fields.positions[0].error_mm", "missing"},
        Refusal{
            quarry(R"("positions":[{"error_mm":1,"from":"2019-01-01","lat":900000001,"lon":0}])"),
            "fields.positions[0].lat", "900000001"},
        Refusal{quarry(cat(R"("positions":[)", position("2024-01-01"), ",", position("2024-01-01"),
                           "]")),
                "fields.positions[1].from", "a day after 2024-01-01"},
        Refusal{
            quarry(
                R"("permits":[{"from":"2024-01-02","number":"W","parcels":[],"to":"2024-01-01","volume":1}])"),
            "fields.permits[0].to", "a day from 2024-01-02 on"},
        Refusal{
            quarry(
                R"("permits":[{"from":"2024-01-02","number":"W","parcels":[],"to":null,"volume":0}])"),
            "fields.permits[0].volume", "got 0"},
        Refusal{
            quarry(R"("permits":[{"from":null,"number":"W","parcels":[],"to":null,"volume":1}])"),
            "fields.permits[0].from", "a date"},
        Refusal{
            quarry(
                R"("closures":[{"from":"2024-01-02","parcels":["A","A"],"reason":"r","to":null}])"),
            "fields.closures[0].parcels[1]", "twice"},
        Refusal{quarry(R"("seasons":[{"from":"2024-06-01","parcels":[],"to":"08-31"}])"),
                "fields.seasons[0].from", "a day of the year"},
        Refusal{quarry(R"("seasons":[{"from":"06-31","parcels":[],"to":"08-31"}])"),
                "fields.seasons[0].from", "a day of the year"},
        Refusal{quarry(R"("involved":[])"), "fields", "is no field of site"},
        Refusal{
            R"({"type":"accept","inputs":["A"],"fields":{"accept":{"result":"accepted"},"involved":[{"log":null,"name":"Y","role":"owner"}]}})",
            "fields.involved[0].role", "expected one of agent"},
        Refusal{
            R"({"type":"accept","inputs":["A"],"fields":{"accept":{"result":"accepted"},"involved":[{"name":"Y","role":"agent"}]}})",
            "fields.involved[0].log", "missing"},
        Refusal{
            R"({"type":"extract","outputs":[{"kind":"slab"}],"fields":{"site":{"site":"S"},"stone":{"name":"N","family":"granite"},"permits":[]}})",
            "fields", "is no field of extract"},
        Refusal{
            R"({"type":"dispatch","inputs":["A"],"fields":{"to":{"name":"X"},"transport":{"crates":-1}}})",
            "fields.transport.crates", "got -1"}));

constexpr std::string_view kYard =
    R"({"type":"site","fields":{"site":{"kind":"yard","name":"Y","country":"NL"}}})";

Result<std::vector<NumberedRequest>> read(std::string text, RequestLimits limits = {}) {
  std::istringstream in(std::move(text));
  return read_requests(in, limits);
}

TEST(RequestReader, ReadsLinesAnArrayAndOneObject) {
  EXPECT_EQ(read(cat(kYard, "\n\n", kYard, "\r\n"))->size(), 2U);
  EXPECT_EQ(read(cat("[", kYard, ",\n ", kYard, "]\n"))->size(), 2U);
  EXPECT_EQ(read("{\n \"type\": \"site\",\n \"fields\": {\"site\": {\"kind\": \"yard\", \"name\": "
                 "\"}{\\\"\","
                 "\n\"country\": \"NL\"}}\n}")
                ->size(),
            1U);
  EXPECT_EQ(read(cat(kYard, "\n\n", kYard))->at(1).line, 3U);
}

TEST(RequestReader, NamesTheLineAndTheMember) {
  const auto wrong = read(cat(kYard, "\n", R"({"type":"site","fields":{"site":{"kind":"hut"}}})"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().field, "line 2: fields.site.kind");
}

TEST(RequestReader, RefusesWhatIsNoListOfObjects) {
  for (const std::string& text :
       {std::string(), std::string(" \n"), std::string("[]"), std::string("7"),
        std::string("\"x\""), cat(kYard, " ", kYard), cat("[", kYard), cat("[", kYard, ",]"),
        cat("[", kYard, "] 1"), cat("[", kYard, " ", kYard, "]"), cat("\xEF\xBB\xBF", kYard),
        std::string("{\"type\":"), std::string("{]"),
        std::string("{\"type\":\"site\",\"type\":\"site\"}"),
        std::string(kYard.substr(0, kYard.size() - 1)), cat(kYard, "\nnull")})
    EXPECT_FALSE(read(text)) << text;
}

TEST(RequestReader, SaysThatAnObjectIsCutOff) {
  const auto cut = read(cat(kYard, "\n{\"type\": \"si"));
  ASSERT_FALSE(cut);
  EXPECT_EQ(to_string(cut.error()), "line 2: ends in the middle of an object");
}

TEST(RequestReader, RefusesNestingBeyondEightLevels) {
  const auto deep =
      read(R"({"type":"site","fields":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}}}})");
  ASSERT_FALSE(deep);
  EXPECT_NE(deep.error().message.find("deeper"), std::string::npos);
}

TEST(RequestReader, CountsEvents) {
  const auto many = read(cat(kYard, "\n", kYard, "\n", kYard), {kMaxRequestBytes, 2});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, Errc::kTooLarge);
  EXPECT_EQ(many.error().field, "line 3");
}

// A gigabyte that is never made: whoever reads too much of it is noticed.
class EndlessLine final : public std::streambuf {
 public:
  std::uint64_t read = 0;

 private:
  int_type underflow() override {
    read += sizeof chunk_;
    std::fill(std::begin(chunk_), std::end(chunk_), first_ ? '{' : 'x');
    first_ = false;
    if (read > (1ULL << 30)) return traits_type::eof();
    setg(chunk_, chunk_, chunk_ + sizeof chunk_);
    return traits_type::to_int_type(chunk_[0]);
  }
  char chunk_[4096];
  bool first_ = true;
};

TEST(RequestReader, StopsReadingAHostileLine) {
  EndlessLine line;
  std::istream in(&line);
  const auto refused = read_requests(in);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kTooLarge);
  EXPECT_EQ(refused.error().field, "line 1");
  EXPECT_LT(line.read, 2U * kMaxRequestBytes);
}

TEST(RequestReader, SaysThatAFileIsMissing) {
  const auto missing = read_requests("/nonexistent/events.ndjson");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace quarrymark::record
