#include "node/demo/hand_overs.h"

#include "ledger/base/text.h"
#include "ledger/passport/packet.h"
#include "ledger/record/export.h"
#include "ledger/record/inbox.h"
#include "node/files/files.h"

namespace quarrymark::demo {
namespace {

Status take_in(Organisation& receiver, const std::string& passport) {
  const std::string_view bytes = passport;
  auto accepted =
      record::accept_passports(*receiver.node, std::span<const std::string_view>(&bytes, 1));
  if (!accepted) return tl::unexpected<Error>(std::move(accepted.error()));
  return {};
}

}  // namespace

HandOvers::HandOvers(const DataSet& set, const Requests& requests, Cast& cast,
                     const PlaceNames& places)
    : set_(set),
      requests_(requests),
      cast_(cast),
      places_(places),
      registrar_(set.index_of(set.registrar)),
      registrar_keys_(demo::registrar_keys(set, requests)),
      delivered_(cast.size(), 0) {}

Status HandOvers::before_event(std::size_t organisation, const record::RecordRequest& request) {
  QM_TRY_VOID(deliver_admissions(organisation));
  for (const HandOverFacts& one : set_.hand_overs)
    if (!one.contract.empty() && one.dispatch == request.key &&
        set_.index_of(one.from) == organisation)
      QM_TRY_VOID(deliver_contract(one));
  return {};
}

Status HandOvers::after_event(std::size_t organisation, const record::RecordRequest& request) {
  if (organisation == registrar_) recorded_by_registrar_.insert(request.key);
  for (const HandOverFacts& one : set_.hand_overs)
    if (one.dispatch == request.key && set_.index_of(one.from) == organisation)
      QM_TRY_VOID(deliver_goods(one));
  return {};
}

Status HandOvers::deliver_admissions(std::size_t organisation) {
  if (organisation == registrar_) return {};
  std::vector<std::string> keys;
  for (const std::string& key : registrar_keys_[organisation])
    if (recorded_by_registrar_.contains(key)) keys.push_back(key);
  if (keys.size() == delivered_[organisation]) return {};
  Organisation& registrar = cast_[registrar_];
  QM_TRY(const record::Exported made, record::export_events(*registrar.node, *registrar.log, keys));
  QM_TRY_VOID(files::write(places_.admission(set_.organisations[organisation].code), made.passport,
                           files::Existing::kReplace));
  delivered_[organisation] = keys.size();
  return take_in(cast_[organisation], made.passport);
}

Status HandOvers::deliver_contract(const HandOverFacts& hand_over) {
  const std::string key = contract_key(requests_[set_.index_of(hand_over.to)], hand_over.contract);
  if (key.empty())
    return fail(Errc::kNotFound, cat(hand_over.to, " records no contract ", hand_over.contract));
  QM_TRY(const std::string passport, evidence(hand_over.to, key));
  return take_in(cast_.of(set_, hand_over.from), passport);
}

Status HandOvers::deliver_goods(const HandOverFacts& hand_over) {
  Organisation& sender = cast_.of(set_, hand_over.from);
  QM_TRY(const auto states, record::states_of_event(*sender.node, *sender.log, hand_over.dispatch));
  std::string passport;
  if (states.empty()) {  // a late dispatch: the goods are there already, this is the word for it
    QM_TRY(passport, evidence(hand_over.from, hand_over.dispatch));
  } else {
    QM_TRY(record::Exported made, record::export_passport(*sender.node, states));
    passport = std::move(made.passport);
  }
  QM_TRY_VOID(files::write(places_.hand_over(hand_over.from, hand_over.to, hand_over.dispatch),
                           passport, files::Existing::kReplace));
  Organisation& receiver = cast_.of(set_, hand_over.to);
  // Whoever never recorded anything has not been told of its own admission yet.
  QM_TRY_VOID(deliver_admissions(set_.index_of(hand_over.to)));
  return take_in(receiver, passport);
}

Result<std::string> HandOvers::evidence(const std::string& code, const std::string& key) {
  Organisation& organisation = cast_.of(set_, code);
  QM_TRY(record::Exported made, record::export_event(*organisation.node, *organisation.log, key));
  return std::move(made.passport);
}

Result<std::string> HandOvers::admission(const std::string& code) const {
  return files::read(places_.admission(code), passport::kMaxPassportBytes);
}

}  // namespace quarrymark::demo
