// The lists that must be the same everywhere: verdicts, findings, exit codes.
#include "ledger/json/reader.h"
#include "tests/support/cases.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace quarrymark::custody {
namespace {

namespace fs = std::filesystem;
const fs::path kRoot = QUARRYMARK_SOURCE_DIR;

std::string read_text(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << path;
  return text.str();
}

json::Value read_list(const std::string& name) {
  const auto value = json::parse_input(read_text(kRoot / "schemas" / name));
  EXPECT_TRUE(value) << (value ? "" : to_string(value.error()));
  return value ? *value : json::Value();
}

TEST(Verdicts, AreTheOnesOfTheSchemasWorstFirst) {
  const json::Value list = read_list("verdicts.json");
  const json::Array& verdicts = *list.find("verdicts")->if_array();
  ASSERT_EQ(verdicts.size(), kAllVerdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(*verdicts[i].find("value")->if_string(), verdict_name(kAllVerdicts[i]));
    EXPECT_EQ(*verdicts[i].find("rank")->if_integer(),
              static_cast<std::int64_t>(kAllVerdicts[i]) + 1);
  }
}

struct KnownFinding {
  std::optional<std::string> worst;
  std::set<std::string> verdicts;
};

std::map<std::string, KnownFinding> known_findings() {
  std::map<std::string, KnownFinding> known;
  const json::Value list = read_list("findings.json");
  for (const json::Value& finding : *list.find("findings")->if_array()) {
    KnownFinding& entry = known[*finding.find("code")->if_string()];
    if (const std::string* worst = finding.find("worst")->if_string()) entry.worst = *worst;
    for (const json::Value& verdict : *finding.find("verdicts")->if_array())
      entry.verdicts.insert(*verdict.if_string());
  }
  return known;
}

// Every string literal in the sources that stands where a finding's code does.
std::set<std::string> codes_in_sources() {
  const std::regex places(
      R"_((?:make_finding\(\s*|\badd\(\s*|stopped\(\s*Beginning::\w+,\s*|set_unknown\(facts,\s*|unknown_factory\(\s*|Missing\{\s*|is_withheld\(\) \? |taken_back \? |by_mass \? |hidden \? |code = |contradicted, \w+, |push_back\(\s*\{)"([a-z_]+)"(?:\s*:\s*"([a-z_]+)")?)_");
  std::set<std::string> codes;
  std::vector<fs::path> files;
  for (const char* folder : {"balance", "custody", "judge"})
    for (const auto& file : fs::directory_iterator(kRoot / "ledger" / folder))
      files.push_back(file.path());
  for (const fs::path& file : files) {
    if (file.extension() != ".cpp") continue;
    const std::string text = read_text(file);
    for (std::sregex_iterator it(text.begin(), text.end(), places), end; it != end; ++it)
      for (std::size_t group = 1; group <= 2; ++group)
        if ((*it)[group].matched) codes.insert((*it)[group]);
  }
  return codes;
}

TEST(Findings, EveryCodeInTheSourcesIsListed) {
  const auto known = known_findings();
  const auto codes = codes_in_sources();
  for (const std::string& code : codes) EXPECT_EQ(known.count(code), 1u) << code;
  // The search itself must find what is surely there.
  for (const char* sure :
       {"spent_twice", "origin_contradicted", "late", "voided", "not_holder", "over_yield",
        "mass_not_closed", "unknown_signer", "link_missing", "origin_unknown", "unchecked"})
    EXPECT_EQ(codes.count(sure), 1u) << sure;
}

TEST(Findings, WorstIsTheWorstOfTheirVerdicts) {
  for (const auto& [code, finding] : known_findings()) {
    std::optional<std::string> worst;
    for (const Verdict verdict : kAllVerdicts)
      if (!worst && finding.verdicts.count(std::string(verdict_name(verdict))) > 0)
        worst = std::string(verdict_name(verdict));
    EXPECT_EQ(finding.worst, worst) << code;
  }
}

// A finding may lead to a verdict its entry lists, or be a remark.
void expect_listed(const Report& report) {
  static const auto known = known_findings();
  for (const Finding& finding : report.findings) {
    const auto entry = known.find(finding.code);
    ASSERT_NE(entry, known.end()) << finding.code;
    if (!finding.verdict) continue;
    EXPECT_EQ(entry->second.verdicts.count(std::string(verdict_name(*finding.verdict))), 1u)
        << finding.code << " led to " << verdict_name(*finding.verdict);
  }
}

TEST(Findings, LeadOnlyToTheVerdictsTheyList) {
  Cast cast;
  const StateRef stone = cast.khm_block_at("F2");
  const Recorded cut = cast.tiles_from("F2", stone, "A", 100'000);
  cast.void_of(cut);
  cast.tiles_from("F2", stone, "B");
  cast.deliver(
      {cut.out(), cast.delivered_tiles("F2", cast.sdq, "C"),
       cast.dispatch("Stranger", {cast.acquire("Stranger", block("X")).out()}, "DUI").out()});
  expect_listed(judged(cast, ContractBuilder("K").quarry("KHM").factory("F1").question()));
  expect_listed(judged(cast, ContractBuilder("K").factory("F1").question()));
  expect_listed(judged(cast, ContractBuilder("K").names(CriterionKind::kStone, "x").question()));
  Cast one;
  one.deliver({one.delivered_tiles("F2", one.khm, "A")});
  expect_listed(judged(one, ContractBuilder("K").factory("F1").question()));
  Cast undecided;
  const StateRef unseen{EventId{}, 0};
  undecided.deliver_from("F1", {undecided.split("F1", {{unseen, 1}}, {tiles("A", 10)}).out()});
  undecided.split("F2", {{unseen, 1}}, {tiles("B", 10)});
  expect_listed(judged(undecided));
}

TEST(Report, FindingsStandWorstFirst) {
  Cast cast;
  const StateRef stone = cast.khm_block_at("F2");
  const Recorded cut = cast.tiles_from("F2", stone, "A", 100'000);
  cast.tiles_from("F2", stone, "B");
  cast.deliver({cast.dispatch("F2", {cut.out()}, "DUI").out(),
                cast.delivered_tiles("F2", cast.sdq, "C"),
                cast.dispatch("F1", {cast.acquire("F1", block("X")).out()}, "DUI").out()});
  const Report report = judged(cast, ContractBuilder("K").quarry("KHM").factory("F1").question());
  const auto rank = [](const Finding& finding) {
    return finding.verdict ? static_cast<int>(*finding.verdict) : 100;
  };
  EXPECT_TRUE(
      std::is_sorted(report.findings.begin(), report.findings.end(),
                     [&](const Finding& a, const Finding& b) { return rank(a) < rank(b); }));
  EXPECT_EQ(verdict_of(report), "duplicate");
}

TEST(Report, EachPairOfVerdictsTakesTheWorse) {
  // A finding of each verdict out of the proof checks, two at a time.
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  const Question question = ContractBuilder("K").quarry("KHM").question();
  for (const Verdict a : kAllVerdicts)
    for (const Verdict b : kAllVerdicts) {
      const Report report =
          judge(cast.evidence(), question,
                {Finding{"malformed", a, "a", "", {}}, Finding{"malformed", b, "b", "", {}}});
      EXPECT_EQ(report.verdict, std::min(a, b));
    }
}

TEST(Report, AProofThatFailsIsInvalidAndTheRestIsStillSaid) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.sdq, "A")});
  const Report report =
      judge(cast.evidence(), ContractBuilder("K").quarry("KHM").question(),
            {Finding{"wrong_proof", Verdict::kInvalid, "a proof does not hold", "", {}}});
  EXPECT_EQ(verdict_of(report), "invalid");
  EXPECT_TRUE(has_code(report, "origin_contradicted"));
  EXPECT_EQ(report.covered, 100);
}

TEST(Report, SaysWhatItDoesNotShow) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  EXPECT_NE(judged(cast).does_not_show.find("physically"), std::string::npos);
}

}  // namespace
}  // namespace quarrymark::custody
