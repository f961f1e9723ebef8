// What holds for every graph, honest or not.
#include "tests/property/judge/random_graph.h"

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

namespace quarrymark::custody {
namespace {

using Steps = std::vector<std::uint32_t>;

Steps random_steps() {
  return *rc::gen::resize(40,
                          rc::gen::container<Steps>(rc::gen::inRange<std::uint32_t>(0, 1u << 30)));
}

RC_GTEST_PROP(AnyGraph, SharesOfEveryStateAddUpToExactlyOne, ()) {
  RandomGraph random(random_steps());
  random.deliver(*rc::gen::inRange(0, 2) == 1);
  if (*rc::gen::inRange(0, 2) == 1) {  // with a part that is not shown
    const auto chain = random.chain();
    random.cast().omit(chain[*rc::gen::inRange<std::size_t>(0, chain.size())]);
  }
  const Evidence evidence = random.cast().evidence();
  const Graph graph(evidence);
  const auto yields = check_yields(graph);
  const auto explained = explained_parts(yields);
  Lineage lineage(graph, explained);
  for (const Event& event : evidence.events)
    for (std::size_t out = 0; out < event.outputs.size(); ++out) {
      Share total = 0;
      for (const Branch& branch : lineage.of({event.id, static_cast<std::int32_t>(out)})) {
        RC_ASSERT(branch.share > 0);
        RC_ASSERT(branch.explained <= 1);
        total += branch.share;
      }
      RC_ASSERT(total == 1);
    }
}

RC_GTEST_PROP(AnyGraph, EachLineOfCriteriaAddsUpToWhatWasDelivered, (std::uint32_t asked)) {
  RandomGraph random(random_steps());
  random.deliver(*rc::gen::inRange(0, 2) == 1);
  const Report report = judged(random.cast(), question_for(asked));
  for (const CriterionLine& line : report.criteria)
    RC_ASSERT(line.supported + line.declared + line.contradicted + line.unknown + line.unchecked ==
              report.amount);
  std::int64_t units = 0;
  for (const UnitLine& unit : report.units) units += unit.amount;
  RC_ASSERT(units == report.amount);
  RC_ASSERT(report.covered <= report.amount);
}

RC_GTEST_PROP(AnyGraph, TheVerdictIsTheWorstOfAllUnits, (std::uint32_t asked)) {
  RandomGraph random(random_steps());
  random.deliver(*rc::gen::inRange(0, 2) == 1);
  const Report report = judged(random.cast(), question_for(asked));
  RC_ASSERT(report.verdict.has_value() || question_for(asked).contract->criteria.empty());
  std::optional<Verdict> worst;
  for (const UnitLine& unit : report.units)
    if (unit.verdict && (!worst || *unit.verdict < *worst)) worst = unit.verdict;
  RC_ASSERT(report.verdict == worst);
}

// A withheld `received` is left out: nobody can tell a late dispatch that hides it from one that
// is about something else, and leaving the whole event out would say as much. So are the other
// crates of a pack, which stay hidden by design.
bool withhold_something(Recorded& event) {
  static const std::vector<std::string> fields{"party", "site",   "stone",     "source",
                                               "block", "saw",    "home_work", "to",
                                               "label", "member", "sites"};
  const std::size_t choice = *rc::gen::inRange<std::size_t>(0, fields.size() + 2);
  if (choice < fields.size()) {
    const std::size_t before = event.event().withheld_fields.size();
    event.withhold(fields[choice]);
    return event.event().withheld_fields.size() > before;
  }
  const std::size_t outputs = event.event().outputs.size();
  if (outputs == 0 || event.event().type == EventType::kPack) return false;
  event.withhold_output(*rc::gen::inRange<std::size_t>(0, outputs));
  return true;
}

// Worst first; no word at all is as good as it gets.
int rank_of(const Report& report) {
  return report.verdict ? static_cast<int>(*report.verdict) : 100;
}

// What is hidden is a gap, whatever it hides; and a gap is as good as hiding gets.
RC_GTEST_PROP(AnyGraph, WithholdingNeverImprovesAVerdictBeyondAGap, (std::uint32_t asked)) {
  RandomGraph random(random_steps());
  random.deliver(*rc::gen::inRange(0, 2) == 1);
  const Question question = question_for(asked);
  const Report before = judged(random.cast(), question);
  auto chain = random.chain();
  std::string withheld;
  for (int times = *rc::gen::inRange(1, 5); times > 0; --times) {
    Recorded& event = chain[*rc::gen::inRange<std::size_t>(0, chain.size())];
    if (withhold_something(event)) withheld += cat(" ", event_type_name(event.event().type));
  }
  RC_PRE(!withheld.empty());
  const Report after = judged(random.cast(), question);
  RC_TAG(cat(verdict_of(before), " to ", verdict_of(after)));
  RC_LOG() << "withheld something of" << withheld << "\nbefore " << before.sentence << "\nafter "
           << after.sentence;
  RC_ASSERT(rank_of(after) <= std::max(rank_of(before), static_cast<int>(Verdict::kGap)));
}

RC_GTEST_PROP(AnyGraph, HidingSomeOfWhatWasSawnNeverMakesAMatch,
              (std::uint32_t slabs_asked, std::uint32_t rest)) {
  Cast cast;
  const int count = 2 + static_cast<int>(slabs_asked % 20);
  auto outputs = slabs("S", count, {1900, 900, 100});
  if (rest % 2 == 0) outputs.push_back(tiles("T", 1 + rest % 500, {100, 100, 80}));
  const StateRef stone = cast.block_at("F1", cast.khm, "B", {2000, 1500, 1000});
  Recorded sawn = cast.split("F1", {stone}, outputs).saw(Axis::kWidth, 10, 100);
  cast.deliver_from("F1", {sawn.out(0)});
  const Question question = ContractBuilder("K").quarry("KHM").question();
  const std::string before = verdict_of(cast, question);
  RC_TAG(before);
  sawn.withhold_output(*rc::gen::inRange<std::size_t>(1, outputs.size()));
  const std::string after = verdict_of(cast, question);
  RC_ASSERT(after == "gap" || (after == "over_yield" && before == "over_yield"));
}

RC_GTEST_PROP(AnyGraph, TheOrderOfEventsInTheEvidenceDoesNotMatter,
              (std::uint32_t asked, std::uint32_t seed)) {
  RandomGraph random(random_steps());
  random.deliver(*rc::gen::inRange(0, 2) == 1);
  const Question question = question_for(asked);
  Evidence evidence = random.cast().evidence();
  const std::string once = printed(judge(evidence, question, {}));
  std::mt19937 shuffler(seed);
  std::shuffle(evidence.events.begin(), evidence.events.end(), shuffler);
  std::shuffle(evidence.silent.begin(), evidence.silent.end(), shuffler);
  RC_ASSERT(printed(judge(evidence, question, {})) == once);
}

RC_GTEST_PROP(AnyGraph, UnpackedAndPortionedStoneNeverGrowsWithoutAFinding, (std::uint32_t count)) {
  Cast cast;
  const std::int64_t packed = 1 + count % 100, taken_out = 1 + count / 100 % 100;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", packed).out();
  const Recorded box = cast.pack("F1", {made}, {crate("C", {{packed, 0}})});
  cast.deliver_from(
      "F1", {cast.add(EventType::kUnpack, "F1", {box.out()}, {tiles("U", taken_out)}).out()});
  const std::string verdict = verdict_of(cast, ContractBuilder("K").quarry("KHM").question());
  RC_ASSERT(verdict == (taken_out <= packed ? "match" : "over_yield"));
}

}  // namespace
}  // namespace quarrymark::custody
