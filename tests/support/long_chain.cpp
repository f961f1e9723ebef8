#include "tests/support/long_chain.h"

#include "ledger/base/text.h"

namespace quarrymark::support {
namespace {

constexpr std::size_t kOrganisations = 10;
constexpr std::string_view kBlock = "1KHM0417A0000001";
constexpr std::string_view kBatch = "1KHM0417B0000002";
constexpr std::string_view kCrate = "1KHM0417C0000003";

std::string name_of(std::size_t number) {
  if (number == 0) return "Khammam Black Granite Quarry Works";
  if (number == 1) return "Fujian Stone Factory No. 1";
  return cat("Trading Company ", number - 1, " of Xiamen and Rotterdam");
}

// The six groups of fields an ordinary event carries, of ordinary length.
std::map<std::string, json::Value> fields_of(std::size_t number) {
  return {
      {"party", json::Object{{"name", name_of(number)}}},
      {"recorded", json::Object{{"by", cat("recorder ", number)}, {"how", "scanned"}}},
      {"remarks", json::Object{{"text", "edges checked, two corners chipped, photographed"}}},
      {"transport", json::Object{{"carrier", "Example Road Haulage"},
                                 {"container", "TSTU4001019"},
                                 {"seal", "S88121"},
                                 {"vehicle", cat("TS 09 UB ", 4000 + number)}}},
  };
}

json::Value crate() {
  return item(kCrate, "crate", 1, "piece", {"095211410000001011", "crate 1 of 6"});
}

Draft draft(std::string_view type, std::size_t number) {
  return {.type = std::string(type), .fields = fields_of(number)};
}

Draft hand_on(std::string_view type, std::size_t number, const Spent& from, json::Value output) {
  Draft made = draft(type, number);
  made.inputs = {from};
  made.outputs = {std::move(output)};
  return made;
}

}  // namespace

LongChain::LongChain(std::uint64_t log_size) {
  for (std::size_t i = 0; i < kOrganisations; ++i)
    logs.emplace_back(201 + static_cast<unsigned>(i));
  // Entries of one log lie far apart, so that they share next to nothing of their proofs.
  const auto record = [&](TestLog& log, std::uint64_t of, const Draft& what) {
    log.pass_over(log_size / (of + 1) - 1);
    return log.append(what);
  };

  const Appended site = record(registrar, 11,
                               {.type = "site",
                                .fields = {{"site", json::Object{{"area", "Khammam"},
                                                                 {"country", "IN"},
                                                                 {"kind", "quarry"},
                                                                 {"lat", 172000000},
                                                                 {"lon", 802000000},
                                                                 {"name", "Khammam black"},
                                                                 {"quarry", "Khammam black"}}}}});
  for (std::size_t i = 0; i < kOrganisations; ++i) {
    const std::string_view role = i == 0 ? "quarry operator" : i == 1 ? "factory" : "trader";
    Draft admit{.type = "admit",
                .fields = {{"member", json::Object{{"country", i == 0 ? "IN" : "CN"},
                                                   {"log", logs[i].origin()},
                                                   {"role", role}}},
                           {"party", json::Object{{"name", name_of(i)}}}}};
    if (i == 0)
      admit.fields.emplace("sites", json::Array{json::Object{{"from", nullptr},
                                                             {"parcels", json::Array{}},
                                                             {"role", "operator"},
                                                             {"site", site.id.text()},
                                                             {"to", nullptr}}});
    record(registrar, 11, admit);
  }

  Draft extract = draft("extract", 0);
  json::Value block = item(kBlock, "block", 1, "piece", {"KHM-0417"});
  json::Object measure{{"gross", json::Array{2800, 1700, 1600}},
                       {"mass", 20'600'000},
                       {"net", json::Array{2700, 1600, 1500}}};
  block.if_object()->emplace_back("measure", measure);
  extract.outputs = {block};
  extract.fields.emplace("site", json::Object{{"parcel", ""}, {"site", site.id.text()}});
  extract.fields.emplace("stone", json::Object{{"family", "dolerite"}, {"name", "Khammam black"}});
  extract.fields.emplace("block", json::Object{{"number", "0417"}});
  Appended last = record(logs[0], 2, extract);
  const auto dispatch = [&](std::size_t from, json::Value what, std::uint64_t of) {
    Draft made = hand_on("dispatch", from, last.state(0), std::move(what));
    made.fields.emplace("to", from + 1 < kOrganisations
                                  ? json::Object{{"log", logs[from + 1].origin()}}
                                  : json::Object{{"name", "Gemeente Duinstad"}});
    return record(logs[from], of, made);
  };
  last = dispatch(0, block, 2);
  last = record(logs[1], 6, hand_on("receive", 1, last.state(0), block));
  const auto inspect = [&](std::size_t by, std::uint64_t of) {
    Draft inspection = draft("attest", by);
    inspection.fields.emplace("about", json::Object{{"item", kCrate}});
    inspection.fields.emplace("kind", "inspection");
    record(logs[by], of, inspection);
  };
  Draft saw = hand_on("split", 1, last.state(0), item(kBatch, "batch", 264));
  saw.fields.emplace("saw", json::Object{{"axis", "w"}, {"kerf", 7}, {"thickness", 60}});
  last = record(logs[1], 6, saw);
  Draft pack = hand_on("pack", 1, last.state(0), crate());
  pack.outputs[0].if_object()->emplace_back("contents",
                                            json::Array{json::Object{{"amount", 264}, {"in", 0}}});
  pack.outputs[0] = json::with_ascending_members(pack.outputs[0]);
  last = record(logs[1], 6, pack);
  inspect(1, 6);
  last = record(logs[1], 6, hand_on("label", 1, last.state(0), crate()));
  last = dispatch(1, crate(), 6);
  for (std::size_t i = 2; i < kOrganisations; ++i) {
    last = record(logs[i], 3, hand_on("receive", i, last.state(0), crate()));
    if (i < 7) inspect(i, 3);
    last = dispatch(i, crate(), 3);
  }

  std::vector<passport::Packet> packets;
  registrar.pass_over(log_size - registrar.size());
  packets.push_back(registrar.packet());
  for (TestLog& log : logs) {
    log.pass_over(log_size - log.size());
    packets.push_back(log.packet());
  }
  passport = make_passport({last.ref(0)}, std::move(packets));
  trust = make_trust({registrar.vkey()});
}

std::size_t LongChain::entries() const {
  std::size_t count = 0;
  for (const passport::Packet& packet : passport.packets) count += packet.entries.size();
  return count;
}

}  // namespace quarrymark::support
