#include "node/demo/sighting_book.h"

#include "ledger/base/text.h"
#include "ledger/judge/sighting.h"
#include "ledger/trace/trace.h"

namespace quarrymark::demo {
namespace {

constexpr std::string_view kPrefix = "sighting:";

// What the organisation knows of the crate in front of the device.
void add_label(custody::Sighting& sighting, Organisation& by) {
  const auto view = trace::show_item(*by.node, sighting.alias);
  if (!view) return;  // never seen before: only what is painted on it
  sighting.item = view->item;
  for (const trace::StateView& state : view->history)
    if (!state.output.serial.empty()) sighting.serial = state.output.serial;
}

}  // namespace

Result<const SightingFacts*> SightingBook::facts(const std::string& name) const {
  for (const SightingFacts& one : set_.sightings)
    if (one.name == name) return &one;
  return fail(Errc::kNotFound, cat("no sighting named ", quoted_for_message(name)));
}

Result<std::string> SightingBook::maker(const std::string& name) const {
  QM_TRY(const SightingFacts* found, facts(name));
  return found->by;
}

Result<json::Value> SightingBook::signed_sighting(const std::string& name) const {
  if (const auto known = signed_.find(name); known != signed_.end()) return known->second;
  QM_TRY(const SightingFacts* found, facts(name));
  Organisation& by = cast_.of(set_, found->by);
  if (!by.device)
    return fail(Errc::kFailedPrecondition, cat(found->by, " has no device to sign with"), name);
  custody::Sighting sighting;
  sighting.alias = found->alias;
  sighting.at = found->at;
  sighting.lat = found->lat;
  sighting.lon = found->lon;
  sighting.error_mm = found->error_mm;
  sighting.log = by.log->record.origin;
  add_label(sighting, by);
  return signed_.emplace(name, custody::make_sighting(sighting, *by.device)).first->second;
}

Result<std::vector<std::string>> SightingBook::find(record::NameKind kind,
                                                    std::string_view name) const {
  if (kind != record::NameKind::kSighting || !name.starts_with(kPrefix))
    return std::vector<std::string>{};
  QM_TRY(const json::Value made, signed_sighting(std::string(name.substr(kPrefix.size()))));
  QM_TRY(const custody::Sighting read, custody::parse_sighting(made));
  return std::vector<std::string>{read.digest.text()};
}

}  // namespace quarrymark::demo
