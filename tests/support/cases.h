// What the tests of this folder share: a small cast of parties, and questions to a report.
#pragma once

#include "ledger/base/text.h"
#include "ledger/custody/spending.h"
#include "ledger/judge/judge.h"
#include "ledger/judge/lineage.h"
#include "tests/support/graph_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

using namespace support;

// Quarry KHM of operator OPK, quarry SDQ of OPS with parcels P and Q, factories F1 and F2, trader
// T, importer IA, authority DUI: all admitted by the trusted registrar.
struct Cast : GraphBuilder {
  Cast();
  std::string khm, sdq;

  // A block of `operator`, sent to a factory. The state the factory holds.
  StateRef block_at(std::string_view factory, const std::string& site, std::string_view name,
                    Dimensions net = {2700, 1600, 1500});
  StateRef khm_block_at(std::string_view factory, std::string_view name = "B1") {
    return block_at(factory, khm, name);
  }
  // Tiles out of a block, without any doubt about the amount.
  Recorded tiles_from(std::string_view factory, const StateRef& block, std::string_view name,
                      std::int64_t count = 100);
  // Tiles of a quarry, worked at a factory and delivered by it to DUI.
  StateRef delivered_tiles(std::string_view factory, const std::string& site, std::string_view name,
                           std::int64_t count = 100);
  // From whoever holds it to DUI; makes it one of the items delivered.
  void deliver_from(std::string_view by, const std::vector<StateRef>& states);
};

// The two contracts that most tests ask about.
inline Question only_khm() { return ContractBuilder("K").quarry("KHM").question(); }
inline Question khm_by_f1() { return ContractBuilder("K").quarry("KHM").factory("F1").question(); }

Report judged(const GraphBuilder& graph, const Question& question = {});
std::string verdict_of(const Report& report);  // "none" without one
std::string verdict_of(const GraphBuilder& graph, const Question& question = {});
// Codes of findings, sorted, each once.
std::vector<std::string> codes_of(const Report& report);
bool has_code(const Report& report, std::string_view code);
const Finding* finding(const Report& report, std::string_view code);
const CriterionLine& line(const Report& report, std::string_view criterion);

// Branches of a state, on their own.
std::vector<Branch> branches(const GraphBuilder& graph, const StateRef& state);
std::vector<DoubleUse> double_uses(const GraphBuilder& graph);

// Everything a report says to people, for tests of words.
std::vector<std::string> sentences_of(const Report& report);
void expect_no_banned_words(const Report& report);

}  // namespace quarrymark::custody
