#include "tests/support/stone_chain.h"

#include "ledger/base/bytes.h"

namespace quarrymark::support {
namespace {

json::Value party(std::string_view name, std::vector<std::string> aliases = {}) {
  json::Object value{{"name", name}};
  json::Array list;
  for (std::string& alias : aliases) list.emplace_back(std::move(alias));
  if (!list.empty()) value.emplace_back("aliases", std::move(list));
  return value;
}

json::Value member(const TestLog& log, std::string_view role, std::string_view country) {
  return json::Object{{"country", country}, {"log", log.origin()}, {"role", role}};
}

}  // namespace

StoneChain::StoneChain() {
  site = registrar.append({.type = "site",
                           .fields = {{"site", json::Object{{"area", "Kota"},
                                                            {"country", "IN"},
                                                            {"kind", "quarry"},
                                                            {"name", "Hill 4"},
                                                            {"quarry", "Hill 4"}}}}});
  admit_quarry = registrar.append({.type = "admit",
                                   .fields = {{"member", member(quarry, "quarry operator", "IN")},
                                              {"party", party(kQuarryName, {"KHS"})},
                                              {"enrol", base64url_encode(phone.public_key())}}});
  admit_factory = registrar.append(
      {.type = "admit",
       .fields = {{"member", member(factory, "factory", "CN")}, {"party", party(kFactoryName)}}});
  extract = quarry.append(
      {.type = "extract",
       .outputs = {item("7Q2M-0001", "block", 1, "piece", {"0417"})},
       .fields = {{"party", party(kQuarryName)},
                  {"site", json::Object{{"parcel", "P1"}, {"site", site.id.text()}}},
                  {"stone", json::Object{{"family", "sandstone"}, {"name", "Kota Brown"}}}},
       .device = &phone});
  to_factory = quarry.append({.type = "dispatch",
                              .inputs = {extract.state(0)},
                              .outputs = {item("7Q2M-0001", "block", 1, "piece", {"0417"})},
                              .fields = {{"party", party(kQuarryName)},
                                         {"to", json::Object{{"log", factory.origin()}}},
                                         {"transport", json::Object{{"carrier", "Sea Line"}}}}});
  receive = factory.append({.type = "receive",
                            .inputs = {to_factory.state(0)},
                            .outputs = {item("7Q2M-0001", "block", 1, "piece", {"0417"})},
                            .fields = {{"party", party(kFactoryName)},
                                       {"remarks", json::Object{{"text", "one corner broken"}}}}});
  saw = factory.append({.type = "split",
                        .inputs = {receive.state(0)},
                        .outputs = {item("7Q2M-0002", "batch", 264)},
                        .fields = {{"party", party(kFactoryName)}}});
  json::Value crate = item("7Q2M-0003", "crate");
  crate.if_object()->emplace_back("contents",
                                  json::Array{json::Object{{"amount", 264}, {"in", 0}}});
  pack = factory.append({.type = "pack",
                         .inputs = {saw.state(0)},
                         .outputs = {crate},
                         .fields = {{"party", party(kFactoryName)}}});
  to_buyer = factory.append(
      {.type = "dispatch",
       .inputs = {pack.state(0)},
       .outputs = {item("7Q2M-0003", "crate")},
       .fields = {{"party", party(kFactoryName)}, {"to", json::Object{{"log", buyer.origin()}}}}});
}

passport::Passport StoneChain::passport() const {
  return make_passport({to_buyer.ref(0)}, {registrar.packet(), quarry.packet(), factory.packet()});
}

passport::Passport StoneChain::cosigned_passport() const {
  return make_passport({to_buyer.ref(0)}, {registrar.packet({witness}), quarry.packet({witness}),
                                           factory.packet({witness})});
}

passport::Trust StoneChain::trust() const { return make_trust({registrar.vkey()}); }

passport::Trust StoneChain::strict_trust() const {
  return make_trust({registrar.vkey()}, {witness}, 1);
}

}  // namespace quarrymark::support
