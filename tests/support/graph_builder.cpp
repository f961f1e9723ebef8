#include "tests/support/graph_builder.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/entry/marker.h"

#include <algorithm>

namespace quarrymark::support {

using custody::Event;
using custody::Shown;

namespace {

constexpr std::string_view kRegistrar = "Registrar";

UtcTime noon(std::string_view date) {
  return UtcTime{parse_date(date).value().ms + 12 * kMsPerHour};
}

template <class T>
bool hide(Shown<T>& field) {
  if (field.is_absent()) return false;
  field = Shown<T>::withheld();
  return true;
}

bool hide_field(Event& event, std::string_view name) {
  if (name == "party") return hide(event.party);
  if (name == "site") return event.type == EventType::kSite ? hide(event.site) : hide(event.place);
  if (name == "stone") return hide(event.stone);
  if (name == "source") return hide(event.source);
  if (name == "block") return hide(event.block);
  if (name == "saw") return hide(event.saw);
  if (name == "home_work") return hide(event.home_work);
  if (name == "waste") return hide(event.waste);
  if (name == "to") return hide(event.to);
  if (name == "received") return hide(event.received);
  if (name == "label") return hide(event.label);
  if (name == "about") return hide(event.about);
  if (name == "kind") return hide(event.kind);
  if (name == "member") return hide(event.member);
  if (name == "sites") return hide(event.sites);
  if (name == "enrol") return hide(event.enrol);
  return false;
}

}  // namespace

custody::Event& Recorded::event() const { return *graph_->events_[number_]; }

std::vector<StateRef> Recorded::outs() const {
  std::vector<StateRef> states;
  for (std::size_t i = 0; i < event().outputs.size(); ++i)
    states.push_back(out(static_cast<std::int32_t>(i)));
  return states;
}

Recorded& Recorded::on(std::string_view date) {
  claims(date);
  event().time = event().at_time;
  return *this;
}

Recorded& Recorded::claims(std::string_view date) {
  event().at_time = noon(date);
  event().at = format_claimed_time(event().at_time, 0);
  return *this;
}

Recorded& Recorded::saw(custody::Axis axis, std::int64_t kerf, std::int64_t thickness) {
  event().saw = Shown<custody::Saw>::of({axis, kerf, thickness});
  return *this;
}

Recorded& Recorded::withhold(std::string_view field) {
  if (hide_field(event(), field)) event().withheld_fields.emplace_back(field);
  return *this;
}

Recorded& Recorded::withhold_output(std::size_t number) {
  event().outputs[number].reset();
  event().output_texts[number].clear();
  event().withheld_fields.push_back(cat("out.", number));
  return *this;
}

GraphBuilder::GraphBuilder() : clock_(noon("2025-02-01")) {
  base_.reader.registrars.push_back(log(kRegistrar));
}

Origin GraphBuilder::log(std::string_view name) {
  return cat("quarrymark/", base64url_encode(crypto::sha256(name)));
}

Recorded GraphBuilder::add(EventType type, std::string_view by, const Draws& inputs,
                           std::vector<Output> outputs) {
  auto event = std::make_unique<Event>();
  const std::string text = cat("event ", events_.size());
  event->id = EventId{crypto::sha256(text)};
  event->head_text = cat("head of ", text);
  event->type = type;
  event->log = log(by);
  event->seq = next_seq_[event->log]++;
  event->time = event->at_time = clock_;
  event->at = format_claimed_time(clock_, 0);
  clock_.ms += kMsPerHour;
  for (const Draw& draw : inputs) {
    std::int64_t amount = draw.amount;
    const auto known = outputs_.find(draw.state);
    if (amount == 0 && known != outputs_.end()) amount = known->second.amount;
    event->inputs.push_back({draw.state, amount});
    event->spends.push_back(marker(draw.state));
  }
  texts_[{event->id, custody::kRecordOut}] = event->head_text;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const StateRef state{event->id, static_cast<std::int32_t>(i)};
    event->output_texts.push_back(cat("output ", i, " of ", text));
    texts_[state] = event->output_texts.back();
    outputs_[state] = outputs[i];
    event->outputs.emplace_back(std::move(outputs[i]));
  }
  events_.push_back(std::move(event));
  return Recorded(*this, events_.size() - 1);
}

Recorded GraphBuilder::admit(std::string_view name, std::string_view role, std::string_view country,
                             std::vector<custody::AdmittedSite> sites) {
  return add(EventType::kAdmit, kRegistrar).with([&](Event& event) {
    event.party = Shown<custody::Party>::of({std::string(name), {}});
    event.member = Shown<custody::Member>::of({log(name), std::string(role), std::string(country)});
    if (!sites.empty())
      event.sites = Shown<std::vector<custody::AdmittedSite>>::of(std::move(sites));
  });
}

std::string GraphBuilder::site(std::string_view kind, std::string_view name,
                               std::string_view quarry_name, std::string_view area) {
  return add(EventType::kSite, kRegistrar)
      .with([&](Event& event) {
        custody::SiteFacts facts;
        facts.kind = kind;
        facts.name = name;
        facts.quarry = quarry_name;
        facts.area = area;
        event.site = Shown<custody::SiteFacts>::of(std::move(facts));
      })
      .id()
      .text();
}

std::string GraphBuilder::quarry(std::string_view operator_name, std::string_view quarry_name,
                                 std::string_view area, std::vector<std::string> parcels) {
  const std::string id = site("quarry", quarry_name, quarry_name, area);
  admit(operator_name, "quarry operator", "IN", {{id, "operator", std::move(parcels), {}, {}}});
  return id;
}

Recorded GraphBuilder::extract(std::string_view by, const std::string& at_site, Output thing,
                               std::string_view parcel) {
  const std::string number = thing.item;
  return add(EventType::kExtract, by, {}, {std::move(thing)}).with([&](Event& event) {
    event.place = Shown<custody::SitePlace>::of({at_site, std::string(parcel)});
    event.block = Shown<std::string>::of(number);
  });
}

Recorded GraphBuilder::acquire(std::string_view by, Output thing, custody::Source source) {
  return add(EventType::kAcquire, by, {}, {std::move(thing)}).with([&](Event& event) {
    event.source = Shown<custody::Source>::of(std::move(source));
  });
}

Recorded GraphBuilder::split(std::string_view by, const Draws& inputs,
                             std::vector<Output> outputs) {
  return add(EventType::kSplit, by, inputs, std::move(outputs));
}

Recorded GraphBuilder::pack(std::string_view by, const Draws& inputs, std::vector<Output> outputs) {
  return add(EventType::kPack, by, inputs, std::move(outputs));
}

std::vector<Output> GraphBuilder::remade(const std::vector<StateRef>& states) const {
  std::vector<Output> outputs;
  for (const StateRef& state : states) {
    Output again = output(state);
    again.contents.clear();  // they counted the inputs of the pack
    outputs.push_back(std::move(again));
  }
  return outputs;
}

Recorded GraphBuilder::dispatch(std::string_view by, const std::vector<StateRef>& states,
                                custody::To to) {
  return add(EventType::kDispatch, by, Draws(states.begin(), states.end()), remade(states))
      .with([&](Event& event) { event.to = Shown<custody::To>::of(std::move(to)); });
}

Recorded GraphBuilder::dispatch(std::string_view by, const std::vector<StateRef>& states,
                                std::string_view to) {
  return dispatch(by, states, custody::To{log(to), "", ""});
}

Recorded GraphBuilder::receive(std::string_view by, const std::vector<StateRef>& states) {
  return add(EventType::kReceive, by, Draws(states.begin(), states.end()), remade(states));
}

std::vector<StateRef> GraphBuilder::hand_over(std::string_view from, std::string_view to,
                                              const std::vector<StateRef>& states) {
  return receive(to, dispatch(from, states, to).outs()).outs();
}

Recorded GraphBuilder::label(std::string_view by, const StateRef& state,
                             std::string_view new_serial, custody::LabelAction action) {
  auto outputs = remade({state});
  outputs.front().serial = new_serial;
  return add(EventType::kLabel, by, {state}, std::move(outputs)).with([&](Event& event) {
    event.label = Shown<custody::LabelAction>::of(std::move(action));
  });
}

Recorded GraphBuilder::correct(const Recorded& target, const std::vector<std::int32_t>& outs,
                               void (*edit)(Output&)) {
  Draws inputs{target.record()};
  std::vector<StateRef> states;
  for (const std::int32_t out : outs) {
    inputs.emplace_back(target.out(out));
    states.push_back(target.out(out));
  }
  auto outputs = remade(states);
  if (edit != nullptr)
    for (Output& output : outputs) edit(output);
  Recorded made = add(EventType::kCorrect, "", inputs, std::move(outputs));
  // Only the log that made an event corrects it.
  Event& event = made.event();
  event.log = target.event().log;
  event.seq = next_seq_[event.log]++;
  return made;
}

Recorded GraphBuilder::void_of(const Recorded& target, std::vector<std::int32_t> outs) {
  Draws inputs{target.record()};
  for (const std::int32_t out : outs) inputs.emplace_back(target.out(out));
  std::vector<StateRef> consumed;
  if (target.event().type == EventType::kDispatch) {
    for (const std::int32_t out : outs)
      consumed.push_back(target.event().inputs[static_cast<std::size_t>(out)].state);
  } else {
    for (const auto& input : target.event().inputs)
      if (input.state.out != custody::kRecordOut) consumed.push_back(input.state);
  }
  Recorded made = add(EventType::kVoid, "", inputs, remade(consumed));
  made.event().log = target.event().log;
  made.event().seq = next_seq_[made.event().log]++;
  return made;
}

Recorded GraphBuilder::void_of(const Recorded& target) {
  std::vector<std::int32_t> outs;
  for (const StateRef& state : target.outs()) outs.push_back(state.out);
  return void_of(target, std::move(outs));
}

Recorded GraphBuilder::attest(std::string_view by, std::string_view kind, custody::About about) {
  return add(EventType::kAttest, by).with([&](Event& event) {
    event.kind = Shown<std::string>::of(std::string(kind));
    event.about = Shown<custody::About>::of(std::move(about));
  });
}

Recorded GraphBuilder::revoke(const Recorded& admission) {
  return add(EventType::kRevoke, kRegistrar, {admission.record()});
}

void GraphBuilder::deliver(const std::vector<StateRef>& states) { base_.items = states; }

custody::ClearFacts GraphBuilder::clear_note() const {
  custody::ClearFacts note;
  note.time = clock_;
  for (const auto& event : events_) {
    note.sizes[event->log] = std::max(note.sizes[event->log], event->seq + 1);
    if (event->to && !event->to->log.empty()) note.sizes.try_emplace(event->to->log, 0);
  }
  for (const auto& [state, text] : texts_) note.markers[marker(state)];
  for (const auto& event : events_)
    for (const Marker& spent : event->spends)
      note.markers[spent].push_back({event->log, event->seq});
  return note;
}

const Output& GraphBuilder::output(const StateRef& state) const { return outputs_.at(state); }

Marker GraphBuilder::marker(const StateRef& state) const {
  const auto known = texts_.find(state);
  return entry::spend_marker(state.event,
                             known == texts_.end() ? cat("unseen ", state.out) : known->second);
}

custody::Evidence GraphBuilder::evidence() const {
  custody::Evidence evidence = base_;
  const auto listed = [](const std::vector<std::size_t>& numbers, std::size_t number) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
  };
  for (std::size_t i = 0; i < events_.size(); ++i) {
    const Event& event = *events_[i];
    if (listed(omitted_, i)) continue;
    if (listed(silenced_, i))
      evidence.silent.push_back({event.log, event.seq, event.time, event.id, event.spends});
    else
      evidence.events.push_back(event);
    evidence.logs.try_emplace(event.log).first->second.size =
        std::max(evidence.logs[event.log].size, event.seq + 1);
  }
  return evidence;
}

namespace {
Output thing(std::string_view name, custody::ItemKind kind) {
  Output output;
  output.item = name;
  output.kind = kind;
  output.aliases = {std::string(name)};
  return output;
}
}  // namespace

Output block(std::string_view name, custody::Dimensions net, std::int64_t grams) {
  Output output = thing(name, custody::ItemKind::kBlock);
  output.measure.net = net;
  output.measure.gross = custody::Dimensions{net.l + 100, net.w + 100, net.h + 100};
  if (grams > 0) output.measure.mass = grams;
  return output;
}

Output slab(std::string_view name, custody::Dimensions size) {
  Output output = thing(name, custody::ItemKind::kSlab);
  output.measure.size = size;
  return output;
}

std::vector<Output> slabs(std::string_view name, int count, custody::Dimensions size) {
  std::vector<Output> made;
  for (int i = 1; i <= count; ++i) made.push_back(slab(cat(name, "/", i), size));
  return made;
}

Output tiles(std::string_view name, std::int64_t count, custody::Dimensions size) {
  Output output = thing(name, custody::ItemKind::kBatch);
  output.amount = count;
  output.measure.size = size;
  return output;
}

Output loose(std::string_view name, std::int64_t grams) {
  Output output = thing(name, custody::ItemKind::kBatch);
  output.amount = grams;
  output.unit = custody::Unit::kGram;
  return output;
}

Output crate(std::string_view name, std::vector<custody::Content> contents) {
  Output output = thing(name, custody::ItemKind::kCrate);
  output.contents = std::move(contents);
  return output;
}

Output labelled(Output output, std::string_view serial) {
  output.serial = serial;
  return output;
}

ContractBuilder& ContractBuilder::names(custody::CriterionKind kind, std::string_view named) {
  contract_.criteria.push_back({kind, std::string(named)});
  return *this;
}

ContractBuilder& ContractBuilder::line(custody::ContractLine line) {
  contract_.lines.push_back(line);
  return *this;
}

custody::Question ContractBuilder::question() const {
  custody::Question question;
  question.contract = contract_;
  return question;
}

}  // namespace quarrymark::support
