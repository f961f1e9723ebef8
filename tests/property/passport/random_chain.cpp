#include "tests/property/passport/random_chain.h"

#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::passport {
namespace {

using support::Appended;
using support::Draft;
using support::Spent;
using support::TestLog;

json::Value sides(std::int64_t l, std::int64_t w, std::int64_t h) { return json::Array{l, w, h}; }

json::Value with(json::Value value, std::string_view member, json::Value what) {
  if (json::Value* known = value.find(member))
    *known = std::move(what);
  else
    value.if_object()->emplace_back(std::string(member), std::move(what));
  return json::with_ascending_members(std::move(value));
}

json::Value block(const std::string& name, std::int64_t length, std::int64_t mass) {
  json::Object measure{{"gross", sides(length + 100, 1100, 1100)},
                       {"net", sides(length, 1000, 1000)}};
  if (mass > 0) measure.insert(measure.begin() + 1, {"mass", mass});
  return with(support::item(name, "block", 1, "piece", {"B-" + name}), "measure",
              std::move(measure));
}

json::Value tiles(const std::string& name, std::int64_t count, std::int64_t side = 100) {
  return with(support::item(name, "batch", count), "measure",
              json::Object{{"size", sides(side, side, 100)}});
}

json::Value party_named(std::string_view name) { return json::Object{{"name", name}}; }

std::int64_t amount_of(const json::Value& output) { return *output.find("amount")->if_integer(); }
std::string kind_of(const json::Value& output) { return *output.find("kind")->if_string(); }

}  // namespace

RandomChain::RandomChain(const std::vector<std::uint32_t>& steps) {
  admit_everybody();
  extract(0);
  for (const std::uint32_t number : steps) run(number);
}

Appended RandomChain::add(TestLog& log, Draft draft) {
  if (!draft.fields.contains("party")) draft.fields.emplace("party", party_named(log.origin()));
  return log.append(draft);
}

void RandomChain::admit_everybody() {
  const auto site = [&](std::string_view quarry, std::string_view area) {
    return add(registrar_, {.type = "site",
                            .fields = {{"site", json::Object{{"area", area},
                                                             {"country", "IN"},
                                                             {"kind", "quarry"},
                                                             {"name", quarry},
                                                             {"parcels", json::Array{"P1", "P2"}},
                                                             {"quarry", quarry}}}}});
  };
  hill_site_ = site("Hill", "Kota");
  hole_site_ = site("Hole", "Bundi");
  const auto admit = [&](TestLog& log, std::string_view name, std::string_view role,
                         const Appended* quarry, json::Array parcels) {
    Draft draft{.type = "admit",
                .fields = {{"member",
                            json::Object{{"country", "IN"}, {"log", log.origin()}, {"role", role}}},
                           {"party", party_named(name)}}};
    if (quarry != nullptr)
      draft.fields.emplace("sites", json::Array{json::Object{{"from", nullptr},
                                                             {"parcels", std::move(parcels)},
                                                             {"role", "operator"},
                                                             {"site", quarry->id.text()},
                                                             {"to", nullptr}}});
    admits_.push_back(registrar_.append(draft));
  };
  admit(hill_, "Hill Stone", "quarry operator", &hill_site_, {});
  admit(hole_, "Hole Stone", "quarry operator", &hole_site_, {"P1"});
  admit(trader_, "Trade House", "trader", nullptr, {});
  admit(factory_, "Fine Factory", "factory", nullptr, {});
  admit(works_, "Other Works", "factory", nullptr, {});
  admit(importer_, "Import Co", "importer", nullptr, {});
}

void RandomChain::run(std::uint32_t number) {
  const std::uint32_t kind = number % 18, rest = number / 18;
  if (kind < 2 || open_.empty()) return extract(rest);
  const std::size_t place = rest % open_.size();
  const std::uint32_t how = rest / 7;
  switch (kind) {
    case 2:
      return acquire(how);
    case 3:
    case 4:
    case 5:
      return hand_over(place, how);
    case 6:
    case 7:
    case 8:
      return split(place, how);
    case 9:
      return mix(place, how);
    case 10:
      return pack(place);
    case 11:
      return relabel(place, how);
    case 12:
      return correct(place, how);
    case 13:
      return undo(place);
    case 14:
      return use_again(how);
    case 15:
      return use_as_a_stranger(place, how);
    case 16:
      return revoke(how);
    default:
      return hand_over(place, how);
  }
}

Held RandomChain::take(std::size_t place) {
  const Held held = open_[place];
  spent_.push_back(held);
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(place));
  return held;
}

void RandomChain::keep(const Appended& event, const std::vector<Output>& outputs, TestLog& by) {
  for (std::size_t out = 0; out < outputs.size(); ++out)
    open_.push_back({event.state(static_cast<std::int32_t>(out)), outputs[out], &by});
}

TestLog& RandomChain::party(std::uint32_t number) {
  TestLog* const all[] = {&factory_, &works_, &trader_, &importer_, &factory_, &stranger_};
  return *all[number % std::size(all)];
}

void RandomChain::extract(std::uint32_t number) {
  // The hole's stone, out of a parcel it is not admitted for, and somebody admitted for nothing.
  const std::uint32_t kind = number % 6;
  TestLog& by = kind == 4 ? trader_ : kind >= 2 && kind != 5 ? hole_ : hill_;
  const Appended& site = kind >= 2 && kind != 5 ? hole_site_ : hill_site_;
  json::Value stone = block(name(), 1000 + number / 6 % 3 * 500, number % 2 == 0 ? 2'700'000 : 0);
  if (number % 3 == 0) stone = with(std::move(stone), "serial", serial());
  Draft draft{
      .type = "extract",
      .outputs = {stone},
      .fields = {
          {"site", json::Object{{"parcel", kind == 3 ? "P2" : "P1"}, {"site", site.id.text()}}},
          {"block", json::Object{{"number", "17"}}},
          {"stone", json::Object{{"family", number % 5 == 0 ? "granite" : "dolerite"},
                                 {"name", number % 5 == 0 ? "Grey" : "Black"}}}}};
  keep(add(by, draft), {stone}, by);
}

void RandomChain::acquire(std::uint32_t number) {
  TestLog& by = party(number / 4);
  json::Object source{{"words", "from the hills"}};
  if (number % 2 == 0)
    source = {
        {"block", "9"}, {"operator", "Hill Stone"}, {"quarry", number % 4 == 0 ? "Hill" : "Hole"}};
  json::Value stone = block(name(), 2000, 0);
  keep(add(by, {.type = "acquire",
                .outputs = {stone},
                .fields = {{"source", std::move(source)},
                           {"stone", json::Object{{"family", "dolerite"}, {"name", "Black"}}}}}),
       {stone}, by);
}

void RandomChain::hand_over(std::size_t place, std::uint32_t number) {
  TestLog& to = party(number);
  if (open_[place].by == &to) return;
  const Held held = take(place);
  const Appended sent = add(*held.by, {.type = "dispatch",
                                       .inputs = {held.state},
                                       .outputs = {held.output},
                                       .fields = {{"to", json::Object{{"log", to.origin()}}}}});
  if (number % 11 == 7) {  // the sender takes it back
    const Appended undone =
        add(*held.by, {.type = "void",
                       .inputs = {sent.record(), sent.state(0)},
                       .outputs = {held.output},
                       .fields = {{"voids", json::Object{{"event", sent.id.text()}}},
                                  {"reason", json::Object{{"text", "not collected"}}}}});
    return keep(undone, {held.output}, *held.by);
  }
  spent_.push_back({sent.state(0), held.output, &to});
  keep(add(to, {.type = "receive", .inputs = {sent.state(0)}, .outputs = {held.output}}),
       {held.output}, to);
}

// Cuts a block into tiles, now and then more than it gives; or draws a part of a batch.
void RandomChain::split(std::size_t place, std::uint32_t number) {
  if (kind_of(open_[place].output) == "crate") return;
  const Held held = take(place);
  Draft draft{.type = "split", .inputs = {held.state}, .fields = {}};
  if (kind_of(held.output) == "batch") {
    const std::int64_t amount = amount_of(held.output);
    const std::int64_t part = amount < 2 ? amount : 1 + number % (amount - 1);
    draft.inputs[0].amount = part;
    json::Value portion = with(with(held.output, "amount", part), "item", name());
    draft.outputs.push_back(portion);
    if (amount > part) draft.outputs.push_back(with(held.output, "amount", amount - part));
  } else {
    draft.outputs.push_back(
        tiles(name(), number % 4 == 0 ? 1400 + number % 900 : 200 + number % 400));
    if (number % 3 == 0) draft.outputs.push_back(tiles(name(), 100 + number % 200));
    draft.fields.emplace("stone", json::Object{{"family", "dolerite"}, {"name", "Black"}});
    if (number % 2 == 0)
      draft.fields.emplace("saw", json::Object{{"axis", "w"}, {"kerf", 10}, {"thickness", 100}});
    if (number % 7 == 0) draft.fields.emplace("home_work", json::Object{{"per_mille", 100}});
    if (number % 5 == 0) draft.fields.emplace("waste", json::Object{{"mass", 400'000}});
  }
  const Appended made = add(*held.by, draft);
  if (kind_of(held.output) != "batch") {  // taken whole, so that it can be undone
    split_of_.emplace(made.id, held);
    splits_.emplace_back(made, held.by);
  }
  keep(made, draft.outputs, *held.by);
}

// Everything of one kind that one party holds goes into one batch.
void RandomChain::mix(std::size_t place, std::uint32_t number) {
  TestLog& by = *open_[place].by;
  Draft draft{.type = "split"};
  std::int64_t count = 0;
  for (std::size_t i = open_.size(); i-- > 0;)
    if (open_[i].by == &by && kind_of(open_[i].output) != "crate" && draft.inputs.size() < 3) {
      const Held held = take(i);
      draft.inputs.push_back(held.state);
      count += kind_of(held.output) == "batch" ? amount_of(held.output) : 400;
    }
  if (draft.inputs.empty()) return;
  draft.outputs = {tiles(name(), std::max<std::int64_t>(1, count - number % 50))};
  keep(add(by, draft), draft.outputs, by);
}

void RandomChain::pack(std::size_t place) {
  TestLog& by = *open_[place].by;
  Draft draft{.type = "pack"};
  json::Array contents;
  for (std::size_t i = open_.size(); i-- > 0;)
    if (open_[i].by == &by && kind_of(open_[i].output) != "crate" && draft.inputs.size() < 3) {
      const Held held = take(i);
      contents.push_back(json::Object{{"amount", amount_of(held.output)},
                                      {"in", static_cast<std::int64_t>(draft.inputs.size())}});
      draft.inputs.push_back(held.state);
    }
  if (draft.inputs.empty()) return;
  // What is in it is said where it is packed, and not again where it is handed on.
  const Output crate = support::item(name(), "crate");
  draft.outputs = {with(crate, "contents", std::move(contents))};
  keep(add(by, draft), {crate}, by);
}

void RandomChain::relabel(std::size_t place, std::uint32_t number) {
  const Held held = take(place);
  const json::Value* old = held.output.find("serial");
  json::Object label{{"action", old == nullptr ? "bind" : "replace"}};
  if (old != nullptr && number % 3 != 0) label.emplace_back("old_serial", *old);
  if (number % 2 == 0) label.emplace_back("photo", std::string(43, 'A'));
  const json::Value relabelled = with(held.output, "serial", serial());
  keep(add(*held.by, {.type = "label",
                      .inputs = {held.state},
                      .outputs = {relabelled},
                      .fields = {{"label", std::move(label)}}}),
       {relabelled}, *held.by);
}

void RandomChain::correct(std::size_t place, std::uint32_t number) {
  for (const auto& [made, by] : splits_) {
    const Held& held = open_[place];
    if (held.state.state.event != made.id || made.amounts.empty()) continue;
    json::Value changed = held.output;
    if (number % 2 == 0 && kind_of(changed) == "batch")
      changed = with(std::move(changed), "amount", amount_of(changed) * 5);
    Spent state = held.state;
    state.amount = amount_of(held.output);
    const Appended corrected =
        add(*by, {.type = "correct",
                  .inputs = {made.record(), state},
                  .outputs = {changed},
                  .fields = {{"corrects", json::Object{{"event", made.id.text()}}},
                             {"reason", json::Object{{"text", "counted anew"}}}}});
    TestLog* const owner = by;
    const EventId corrected_split = made.id;
    std::erase_if(splits_, [&](const auto& one) { return one.first.id == corrected_split; });
    take(place);
    return keep(corrected, {changed}, *owner);
  }
}

void RandomChain::undo(std::size_t place) {
  const EventId id = open_[place].state.state.event;
  const auto found = std::find_if(splits_.begin(), splits_.end(),
                                  [&](const auto& one) { return one.first.id == id; });
  if (found == splits_.end()) return;
  const auto is_output = [&](const Held& held) { return held.state.state.event == id; };
  const auto still_open = std::count_if(open_.begin(), open_.end(), is_output);
  if (still_open != static_cast<std::ptrdiff_t>(found->first.amounts.size())) return;
  const Held before = split_of_.at(id);
  Draft draft{.type = "void",
              .inputs = {found->first.record()},
              .outputs = {before.output},
              .fields = {{"voids", json::Object{{"event", id.text()}}},
                         {"reason", json::Object{{"text", "not done"}}}}};
  for (std::size_t out = 0; out < found->first.amounts.size(); ++out)
    draft.inputs.push_back(found->first.state(static_cast<std::int32_t>(out)));
  TestLog& by = *found->second;
  std::erase_if(open_, is_output);
  splits_.erase(found);
  keep(add(by, draft), draft.outputs, by);
}

// A state that was spent is spent again by whoever held it.
void RandomChain::use_again(std::uint32_t number) {
  if (spent_.empty()) return;
  const Held held = spent_[number % spent_.size()];
  const std::vector<Output> made{tiles(name(), 20)};
  keep(add(*held.by, {.type = "split", .inputs = {held.state}, .outputs = made}), made, *held.by);
}

void RandomChain::use_as_a_stranger(std::size_t place, std::uint32_t number) {
  const Held held = open_[place];
  TestLog& by = party(number);
  if (&by == held.by) return;
  const std::vector<Output> made{tiles(name(), 20)};
  keep(add(by, {.type = "split", .inputs = {held.state}, .outputs = made}), made, by);
}

void RandomChain::revoke(std::uint32_t number) {
  if (admits_.empty()) return;
  const std::size_t which = number % admits_.size();
  add(registrar_, {.type = "revoke",
                   .inputs = {admits_[which].record()},
                   .fields = {{"about", json::Object{{"event", admits_[which].id.text()}}},
                              {"reason", json::Object{{"text", "left"}}}}});
  admits_.erase(admits_.begin() + static_cast<std::ptrdiff_t>(which));
}

Passport RandomChain::deliver(bool all) {
  std::vector<entry::StateRef> items;
  const std::size_t first = all ? 0 : open_.size() - 1;
  for (std::size_t i = first; i < open_.size(); ++i) {
    const Held& held = open_[i];
    items.push_back(add(*held.by, {.type = "dispatch",
                                   .inputs = {held.state},
                                   .outputs = {held.output},
                                   .fields = {{"to", json::Object{{"log", buyer_.origin()}}}}})
                        .ref(0));
  }
  std::vector<Packet> packets;
  for (const TestLog* log :
       {&registrar_, &hill_, &hole_, &trader_, &factory_, &works_, &importer_, &stranger_})
    if (log->size() > 0) packets.push_back(log->packet());
  return support::make_passport(std::move(items), std::move(packets));
}

Trust RandomChain::trust() const { return support::make_trust({registrar_.vkey()}); }

custody::Question question_for(std::uint32_t number) {
  custody::Question question;
  if (number % 8 == 0) return question;
  custody::Contract contract;
  contract.id = "K";
  const auto names = [&](custody::CriterionKind kind, std::string_view named) {
    contract.criteria.push_back({kind, std::string(named)});
  };
  using enum custody::CriterionKind;
  if (number % 8 != 1) names(kQuarry, "Hill");
  if (number % 3 == 0) names(kArea, "Kota");
  if (number % 7 == 0) names(kParcel, "P1");
  if (number % 5 == 0) names(kOperator, "Hill Stone");
  if (number % 2 == 0) names(kFactory, "Fine Factory");
  if (number % 11 == 0) names(kStone, "Black");
  question.contract = std::move(contract);
  return question;
}

}  // namespace quarrymark::passport
