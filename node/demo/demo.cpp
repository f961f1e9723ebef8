#include "node/demo/demo.h"

#include "api/error_json.h"
#include "ledger/base/text.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/trust.h"
#include "ledger/record/recorder.h"
#include "node/demo/cast.h"
#include "node/demo/desk.h"
#include "node/demo/hand_overs.h"
#include "node/demo/labels.h"
#include "node/demo/sighting_book.h"
#include "node/files/files.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace quarrymark::demo {
namespace {

// Both name sources of a data set as one.
class DataSetNames final : public record::NameSource {
 public:
  DataSetNames(const DeviceNames& devices, const SightingBook& sightings)
      : devices_(devices), sightings_(sightings) {}
  Result<std::vector<std::string>> find(record::NameKind kind,
                                        std::string_view name) const override {
    return kind == record::NameKind::kDevice ? devices_.find(kind, name)
                                             : sightings_.find(kind, name);
  }

 private:
  const DeviceNames& devices_;
  const SightingBook& sightings_;
};

class Replay {
 public:
  Replay(const DemoOptions& options, const DataSet& set, const Requests& requests,
         const PlaceNames& places, Cast& cast)
      : options_(options),
        set_(set),
        requests_(requests),
        places_(places),
        cast_(cast),
        devices_(cast),
        sightings_(set, cast),
        names_(devices_, sightings_),
        hand_overs_(set, requests, cast, places) {}

  Result<DemoOutcome> run();

 private:
  struct Delivery {
    ContractOutcome outcome;
    Desk desk;
  };

  Status play(const Moment& moment);
  Status record(const Moment& moment);
  Status deliver(const HandOverFacts& hand_over, const record::RecordedEvent& dispatch);
  Status check(const CheckFacts& facts);
  Status hand_in_sightings(const CheckFacts& facts, Desk& desk);
  Status write_trust(const std::string& authority);

  const DemoOptions& options_;
  const DataSet& set_;
  const Requests& requests_;
  const PlaceNames& places_;
  Cast& cast_;
  DeviceNames devices_;
  SightingBook sightings_;
  DataSetNames names_;
  HandOvers hand_overs_;
  std::map<std::string, Delivery> deliveries_;  // by contract
  std::vector<DoubtedEvent> doubted_;
};

Status Replay::record(const Moment& moment) {
  Organisation& organisation = cast_[moment.organisation];
  const record::NumberedRequest& request = requests_[moment.organisation][moment.event];
  cast_.clock().set(moment.time);
  QM_TRY_VOID(hand_overs_.before_event(moment.organisation, request.request));
  auto recorded = record::record_requests(*organisation.node, *organisation.log,
                                          std::span(&request, 1), &names_);
  if (!recorded)
    return tl::unexpected<Error>(
        api::in_file(cat(set_.directory, "/", organisation.facts.events), recorded.error()));
  QM_TRY_VOID(record::add_doubts(*organisation.node, *recorded));
  if (!recorded->events.front().doubts.empty())
    doubted_.push_back(
        {organisation.facts.code, request.request.key, std::move(recorded->events.front().doubts)});
  QM_TRY_VOID(hand_overs_.after_event(moment.organisation, request.request));
  for (const HandOverFacts& one : set_.hand_overs)
    if (!one.contract.empty() && one.dispatch == request.request.key &&
        one.from == organisation.facts.code)
      QM_TRY_VOID(deliver(one, recorded->events.front()));
  return {};
}

Status Replay::write_trust(const std::string& authority) {
  passport::Trust trust;
  QM_TRY(const auto registrar, note::parse_vkey(cast_.of(set_, set_.registrar).log->vkey));
  trust.registrars.push_back(registrar);
  for (std::size_t i = 0; i < cast_.size(); ++i)
    if (cast_[i].facts.role == "verifier") trust.verifiers.push_back(cast_[i].log->record.origin);
  trust.policy_text = "quorum none\n";
  return files::write(places_.trust(authority), passport::write_trust(trust),
                      files::Existing::kReplace);
}

// The crates arrive: their labels are printed, and the authority scans what is in the pictures.
Status Replay::deliver(const HandOverFacts& hand_over, const record::RecordedEvent& dispatch) {
  const auto known = deliveries_.find(hand_over.contract);
  if (known != deliveries_.end())
    return fail(Errc::kMalformed, cat("two deliveries under contract ", hand_over.contract));
  Delivery made{{},
                Desk(places_.desk(hand_over.to, hand_over.contract), places_.trust(hand_over.to))};
  made.outcome.id = hand_over.contract;
  made.outcome.authority = cast_.of(set_, hand_over.to).facts.name;
  made.outcome.delivery = places_.hand_over(hand_over.from, hand_over.to, hand_over.dispatch);
  made.outcome.trust = places_.trust(hand_over.to);

  QM_TRY(const std::string contract,
         files::read(cat(set_.directory, "/contracts/", hand_over.contract, ".json"), 1u << 20));
  QM_TRY_VOID(made.desk.open(contract));
  QM_TRY_VOID(write_trust(hand_over.to));
  QM_TRY(const std::string passport,
         files::read(made.outcome.delivery, passport::kMaxPassportBytes));
  QM_TRY_VOID(made.desk.put_passport("delivery", passport));

  QM_TRY(const PrintedLabels printed, print_labels(dispatch.outputs, hand_over.contract, places_));
  made.outcome.labels_printed = printed.labels;
  if (printed.labels > 0) {
    QM_TRY(const std::vector<std::string> contents, read_labels(printed));
    made.outcome.labels_read = contents.size();
    QM_TRY_VOID(made.desk.put_scans(contents));
  }
  deliveries_.emplace(hand_over.contract, std::move(made));
  return {};
}

// A sighting goes with the registrar's word for whoever made it: it enrols the device.
Status Replay::hand_in_sightings(const CheckFacts& facts, Desk& desk) {
  json::Array sightings;
  for (const std::string& name : facts.sightings) {
    QM_TRY(json::Value sighting, sightings_.signed_sighting(name));
    sightings.push_back(std::move(sighting));
    QM_TRY(const std::string maker, sightings_.maker(name));
    QM_TRY(const std::string admission, hand_overs_.admission(maker));
    QM_TRY_VOID(desk.put_passport(cat("admission-", maker), admission));
  }
  if (sightings.empty()) return {};
  return desk.put_sightings(sightings);
}

Status Replay::check(const CheckFacts& facts) {
  const auto found = deliveries_.find(facts.contract);
  if (found == deliveries_.end())
    return fail(Errc::kMalformed, cat("contract ", facts.contract,
                                      " is checked before anything was delivered under it"));
  Delivery& delivery = found->second;
  for (const EvidenceFacts& one : facts.evidence) {
    QM_TRY(const std::string passport, hand_overs_.evidence(one.organisation, one.key));
    QM_TRY_VOID(delivery.desk.put_passport(
        cat("evidence-", one.organisation, "-", file_word(one.key)), passport));
  }
  QM_TRY_VOID(hand_in_sightings(facts, delivery.desk));
  QM_TRY(custody::Report report, delivery.desk.check(facts.at));
  delivery.outcome.checks.push_back(std::move(report));
  delivery.outcome.arguments = delivery.desk.arguments(facts.at);
  return {};
}

Status Replay::play(const Moment& moment) {
  return moment.check ? check(set_.checks[*moment.check]) : record(moment);
}

// K2 before K10.
bool by_id(const ContractOutcome& a, const ContractOutcome& b) {
  return std::pair(a.id.size(), a.id) < std::pair(b.id.size(), b.id);
}

Result<DemoOutcome> Replay::run() {
  QM_TRY(const std::vector<Moment> timeline, make_timeline(set_, requests_));
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    if (options_.progress) options_.progress("Replaying", i, timeline.size());
    QM_TRY_VOID(play(timeline[i]));
  }
  DemoOutcome outcome;
  outcome.title = set_.title;
  outcome.directory = options_.directory;
  outcome.organisations = cast_.size();
  outcome.events = timeline.size() - set_.checks.size();
  outcome.doubted = std::move(doubted_);
  for (auto& [id, delivery] : deliveries_)
    if (!delivery.outcome.checks.empty()) outcome.contracts.push_back(std::move(delivery.outcome));
  std::sort(outcome.contracts.begin(), outcome.contracts.end(), &by_id);
  // The longest log has the most to verify.
  std::size_t longest = 0;
  for (std::size_t i = 1; i < cast_.size(); ++i)
    if (cast_[i].log->log->size() > cast_[longest].log->log->size()) longest = i;
  outcome.some_node = places_.node(cast_[longest].facts.code);
  return outcome;
}

}  // namespace

Result<DemoOutcome> run_demo(const DemoOptions& options) {
  if (!files::is_free(options.directory))
    return fail(Errc::kAlreadyExists,
                cat(options.directory, " is not empty; name another directory, or --force"));
  QM_TRY(const DataSet set, load_data_set(options.data));
  QM_TRY(const Requests requests, load_requests(set));
  const PlaceNames places(options.directory);
  for (const char* folder : {"admissions", "authorities", "hand-overs", "labels"})
    QM_TRY_VOID(files::make_directory(cat(options.directory, "/", folder)));
  if (options.progress) options.progress("Making logs", 0, 0);
  QM_TRY(Cast cast, Cast::make(set, requests, places));
  return Replay(options, set, requests, places, cast).run();
}

std::string default_data_set() {
  namespace fs = std::filesystem;
  const fs::path program = files::program_directory();
  for (const char* relative :
       {"../../../schemas/examples/stone-year", "../share/quarrymark/stone-year"}) {
    std::error_code error;
    const fs::path found = fs::weakly_canonical(program / relative, error);
    if (!error && fs::is_regular_file(found / "manifest.json", error)) return found.string();
  }
  return {};
}

}  // namespace quarrymark::demo
