// A year of stone, played by the nodes of everybody in it: each line recorded at its own time,
// each hand-over with its passport, each delivery judged by the authority that got it.
// schemas/examples/*/manifest.json says who hands what to whom.
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/json/reader.h"
#include "ledger/judge/judge.h"
#include "ledger/note/vkey.h"
#include "ledger/passport/verify.h"
#include "node_fixture.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace quarrymark::record {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) ADD_FAILURE() << "cannot read " << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string text_of(const json::Value& object, std::string_view name) {
  return *object.find(name)->if_string();
}

// Sightings and devices that no node knows: any digest does here.
class DataSetNames final : public NameSource {
 public:
  Result<std::vector<std::string>> find(NameKind kind, std::string_view name) const override {
    if (kind != NameKind::kSighting && kind != NameKind::kDevice) return std::vector<std::string>();
    return std::vector{FieldDigest{crypto::sha256(name)}.text()};
  }
};

struct Line {
  UtcTime recorded;
  std::string code, text, key;
};

class Year {
 public:
  explicit Year(const std::string& folder)
      : folder_(cat(QUARRYMARK_EXAMPLES_DIR "/", folder)),
        manifest_(*json::parse_input(read_file(folder_ + "/manifest.json"))) {
    for (const json::Value& each : *manifest_.find("organisations")->if_array()) {
      const std::string code = text_of(each, "code");
      nodes_[code] = std::make_unique<TestNode>(text_of(each, "name"), text_of(each, "role"),
                                                text_of(each, "country"));
      read_lines(code, text_of(each, "events"));
    }
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const Line& a, const Line& b) { return a.recorded < b.recorded; });
    registrar_ = text_of(manifest_, "registrar");
    for (const auto& [code, node] : nodes_) nodes_[registrar_]->knows(*node);
  }

  void play() {
    const std::size_t begin = record_registrar();
    for (std::size_t i = begin; i < lines_.size(); ++i) {
      record(lines_[i]);
      share(lines_[i]);
    }
  }

  // The verdict of the authority about each contract, out of the passport it was given.
  std::map<std::string, std::string> verdicts() {
    std::map<std::string, std::string> found;
    passport::Trust trust;
    trust.registrars.push_back(*note::parse_vkey(nodes_[registrar_]->log().vkey));
    for (const auto& [contract, passport] : deliveries_) {
      const std::string_view view = passport;
      passport::Checked checked = passport::check_passports(std::span(&view, 1), trust);
      EXPECT_TRUE(checked.findings.empty()) << contract;
      custody::Question question;
      question.contract =
          *custody::parse_contract_file(read_file(cat(folder_, "/contracts/", contract, ".json")));
      const auto report = custody::judge(checked.evidence, question, {});
      found[contract] = report.verdict ? custody::verdict_name(*report.verdict) : "none";
    }
    return found;
  }

  std::map<std::string, std::string> expected() const {
    std::map<std::string, std::string> words;
    for (const auto& [contract, word] : *manifest_.find("expected")->if_object())
      words[contract] = *word.if_string();
    return words;
  }

  TestNode& node(const std::string& code) { return *nodes_.at(code); }

 private:
  void read_lines(const std::string& code, const std::string& file) {
    std::istringstream in(read_file(cat(folder_, "/", file)));
    for (std::string text; std::getline(in, text);) {
      const json::Value value = *json::parse_input(text);
      Line line{*parse_claimed_time(text_of(value, "at")), code, text, text_of(value, "key")};
      const json::Value* others = manifest_.find("recorded")->find(code);
      const json::Value* later = others == nullptr ? nullptr : others->find(line.key);
      if (later != nullptr) line.recorded = *parse_node_time(*later->if_string());
      lines_.push_back(std::move(line));
    }
  }

  void record(const Line& line) {
    TestNode& node = *nodes_[line.code];
    node.clock().set(line.recorded);
    node.must_record(line.text, &names_);
  }

  // Its sites and admissions come first and are given to everybody.
  std::size_t record_registrar() {
    std::vector<std::string> keys;
    std::size_t count = 0;
    for (; count < lines_.size() && lines_[count].code == registrar_; ++count) {
      record(lines_[count]);
      keys.push_back(lines_[count].key);
    }
    TestNode& node = *nodes_[registrar_];
    const auto exported = export_events(node.node(), node.log(), keys);
    EXPECT_TRUE(exported) << (exported ? "" : to_string(exported.error()));
    for (const auto& [code, other] : nodes_) give(exported->passport, *other);
    return count;
  }

  static AcceptedPassports give(const std::string& passport, TestNode& to) {
    const std::string_view view = passport;
    auto accepted = accept_passports(to.node(), std::span(&view, 1));
    EXPECT_TRUE(accepted) << (accepted ? "" : to_string(accepted.error()));
    return accepted ? std::move(*accepted) : AcceptedPassports{};
  }

  void share(const Line& line) {
    for (const json::Value& each : *manifest_.find("hand_overs")->if_array()) {
      const json::Value* contract = each.find("contract");
      if (contract != nullptr && text_of(each, "to") == line.code &&
          line.text.find(cat("\"id\": \"", *contract->if_string(), "\"")) != std::string::npos) {
        const auto evidence =
            export_event(nodes_[line.code]->node(), nodes_[line.code]->log(), line.key);
        ASSERT_TRUE(evidence) << to_string(evidence.error());
        give(evidence->passport, *nodes_[text_of(each, "from")]);
      }
      if (text_of(each, "from") != line.code || text_of(each, "dispatch") != line.key) continue;
      const std::string passport = nodes_[line.code]->passport_of(line.key);
      const AcceptedPassports accepted = give(passport, *nodes_[text_of(each, "to")]);
      EXPECT_FALSE(accepted.arrived.empty()) << line.key;
      if (contract != nullptr) deliveries_[*contract->if_string()] = passport;
    }
  }

  std::string folder_;
  json::Value manifest_;
  std::string registrar_;
  std::map<std::string, std::unique_ptr<TestNode>> nodes_;
  std::vector<Line> lines_;
  std::map<std::string, std::string> deliveries_;  // contract → passport
  DataSetNames names_;
};

void the_importer_can_trace_a_crate_to_its_quarry(Year& year) {
  const auto trace = trace::trace_back(year.node("IA").node(), "095211410000001066");
  ASSERT_TRUE(trace) << to_string(trace.error());
  const auto is_extract = [](const trace::TraceStep& step) {
    return step.event.type == custody::EventType::kExtract;
  };
  const auto extract = std::find_if(trace->steps.begin(), trace->steps.end(), is_extract);
  ASSERT_NE(extract, trace->steps.end());
  EXPECT_EQ(extract->event.log_name, "Telangana Operator A");
  EXPECT_EQ(extract->event.site, "Khammam black quarry");
  EXPECT_EQ(std::count_if(trace->steps.begin(), trace->steps.end(), is_extract), 1);
}

TEST(Year, AYearOfStoneIsRecordedHandedOverAndJudgedAsExpected) {
  Year year("stone-year");
  year.play();
  EXPECT_EQ(year.verdicts(), year.expected());
  the_importer_can_trace_a_crate_to_its_quarry(year);
}

TEST(Year, TheSecondDataSetIsRecordedHandedOverAndJudgedAsExpected) {
  Year year("two-quarries");
  year.play();
  EXPECT_EQ(year.verdicts(), year.expected());
}

}  // namespace
}  // namespace quarrymark::record
