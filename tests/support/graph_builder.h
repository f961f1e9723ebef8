// Builds custody::Evidence directly: logs by name, events one after another, no bytes and no
// signatures, for tests of what events mean together. Marker texts are unique, so every state has
// a marker of its own; the markers of an event are computed before anything is withheld.
//
// Event ids are hashes of a counter. The clock moves one hour with every event unless a test
// says otherwise; claimed times follow it.
#pragma once

#include "ledger/custody/contract.h"
#include "ledger/custody/evidence.h"
#include "ledger/judge/judge.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::support {

using custody::EventType;
using custody::Origin;
using custody::Output;
using custody::StateRef;

class GraphBuilder;

// One event that was built; edits reach the evidence made afterwards.
class Recorded {
 public:
  Recorded(GraphBuilder& graph, std::size_t number) : graph_(&graph), number_(number) {}

  custody::Event& event() const;
  EventId id() const { return event().id; }
  StateRef out(std::int32_t number = 0) const { return {event().id, number}; }
  StateRef record() const { return {event().id, custody::kRecordOut}; }
  std::vector<StateRef> outs() const;
  std::size_t number() const { return number_; }

  // "2025-03-20": claimed and entered at noon UTC that day.
  Recorded& on(std::string_view date);
  // Only the claim; the entry keeps its time.
  Recorded& claims(std::string_view date);
  template <class Edit>
  Recorded& with(Edit edit) {
    edit(event());
    return *this;
  }
  Recorded& saw(custody::Axis axis, std::int64_t kerf, std::int64_t thickness);
  // Drops the disclosure of a field ("to", "site", "saw", …) or of an output.
  Recorded& withhold(std::string_view field);
  Recorded& withhold_output(std::size_t number);

 private:
  GraphBuilder* graph_;
  std::size_t number_;
};

struct Draw {
  StateRef state;
  std::int64_t amount = 0;  // 0: all of it
  Draw(StateRef whole) : state(whole) {}
  Draw(StateRef part, std::int64_t drawn) : state(part), amount(drawn) {}
};
using Draws = std::vector<Draw>;

class GraphBuilder {
 public:
  GraphBuilder();

  static Origin log(std::string_view name);

  // A log admitted by the trusted registrar.
  Recorded admit(std::string_view name, std::string_view role, std::string_view country = "NL",
                 std::vector<custody::AdmittedSite> sites = {});
  // A quarry with its site event and the operator admitted for it. Returns the site's event id.
  std::string quarry(std::string_view operator_name, std::string_view quarry,
                     std::string_view area = "Area", std::vector<std::string> parcels = {});
  std::string site(std::string_view kind, std::string_view name, std::string_view quarry = "",
                   std::string_view area = "");

  // Any event. Amounts of draws that are 0 take all; inputs need not be known.
  Recorded add(EventType type, std::string_view by, const Draws& inputs = {},
               std::vector<Output> outputs = {});
  Recorded extract(std::string_view by, const std::string& site, Output block,
                   std::string_view parcel = "");
  Recorded acquire(std::string_view by, Output thing, custody::Source source = {});
  Recorded split(std::string_view by, const Draws& inputs, std::vector<Output> outputs);
  // Crates of everything in `inputs`, each output's contents being set already.
  Recorded pack(std::string_view by, const Draws& inputs, std::vector<Output> outputs);
  Recorded dispatch(std::string_view by, const std::vector<StateRef>& states, custody::To to);
  Recorded dispatch(std::string_view by, const std::vector<StateRef>& states, std::string_view to);
  Recorded receive(std::string_view by, const std::vector<StateRef>& states);
  // dispatch and receive; the states the receiver then holds.
  std::vector<StateRef> hand_over(std::string_view from, std::string_view to,
                                  const std::vector<StateRef>& states);
  Recorded label(std::string_view by, const StateRef& state, std::string_view new_serial,
                 custody::LabelAction action);
  // Remakes `outs` of what it corrects, with `edit` done to each.
  Recorded correct(const Recorded& target, const std::vector<std::int32_t>& outs = {},
                   void (*edit)(Output&) = nullptr);
  // Undoes all, or of a dispatch only `outs`, and remakes what was consumed.
  Recorded void_of(const Recorded& target, std::vector<std::int32_t> outs);
  Recorded void_of(const Recorded& target);
  Recorded attest(std::string_view by, std::string_view kind, custody::About about);
  Recorded revoke(const Recorded& admit);

  void deliver(const std::vector<StateRef>& states);  // the passports' items

  // What a reader gets: `omitted` events are left out, `silenced` shown without head.
  void omit(const Recorded& step) { omitted_.push_back(step.number()); }
  void silence(const Recorded& step) { silenced_.push_back(step.number()); }

  // A known monitor's note as of now, whatever a reader is shown: it follows every log named, and
  // answers for every state with the uses there are.
  custody::ClearFacts clear_note() const;

  const Output& output(const StateRef& state) const;
  Marker marker(const StateRef& state) const;
  custody::Evidence evidence() const;
  custody::Evidence& base() { return base_; }  // reader, logs, clear note: kept in every evidence
  std::vector<std::unique_ptr<custody::Event>>& events() { return events_; }
  void set_clock(UtcTime time) { clock_ = time; }

 private:
  friend class Recorded;
  std::vector<Output> remade(const std::vector<StateRef>& states) const;

  custody::Evidence base_;
  std::vector<std::unique_ptr<custody::Event>> events_;
  std::map<StateRef, std::string> texts_;  // disclosures, also of what was withheld since
  std::map<StateRef, Output> outputs_;     // likewise
  std::map<Origin, std::uint64_t> next_seq_;
  std::vector<std::size_t> omitted_, silenced_;
  UtcTime clock_;
};

// Things, item number and only alias being `name`.
Output block(std::string_view name, custody::Dimensions net = {2000, 1500, 1000},
             std::int64_t grams = 0);
Output slab(std::string_view name, custody::Dimensions size);
std::vector<Output> slabs(std::string_view name, int count, custody::Dimensions size);
Output tiles(std::string_view name, std::int64_t count, custody::Dimensions size = {600, 400, 60});
Output loose(std::string_view name, std::int64_t grams);
// Holds `amount` of each numbered input.
Output crate(std::string_view name, std::vector<custody::Content> contents);
Output labelled(Output thing, std::string_view serial);

// A contract over some criteria, without lines unless added.
class ContractBuilder {
 public:
  explicit ContractBuilder(std::string_view id) { contract_.id = id; }
  ContractBuilder& names(custody::CriterionKind kind, std::string_view named);
  ContractBuilder& quarry(std::string_view named) {
    return names(custody::CriterionKind::kQuarry, named);
  }
  ContractBuilder& factory(std::string_view named) {
    return names(custody::CriterionKind::kFactory, named);
  }
  ContractBuilder& line(custody::ContractLine line);
  custody::Contract contract() const { return contract_; }
  custody::Question question() const;

 private:
  custody::Contract contract_;
};

}  // namespace quarrymark::support
