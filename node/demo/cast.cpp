#include "node/demo/cast.h"

#include "ledger/base/text.h"
#include "node/files/files.h"

#include <set>

namespace quarrymark::demo {
namespace {

constexpr std::string_view kDevicePrefix = "device:";
constexpr std::size_t kBlockCacheBytes = 4u << 20;  // of each of many small nodes

const std::string* text_at(const json::Object& fields, std::string_view field,
                           std::string_view member) {
  for (const auto& [name, value] : fields) {
    if (name != field) continue;
    const json::Value* found = value.find(member);
    return found ? found->if_string() : nullptr;
  }
  return nullptr;
}

// The names of logs in an organisation's events.
std::set<std::string> partners(const std::vector<record::NumberedRequest>& requests) {
  std::set<std::string> names;
  for (const record::NumberedRequest& one : requests)
    for (const std::string_view field : {"to", "member"})
      if (const std::string* name = text_at(one.request.fields, field, "log"))
        names.insert(comparable_name(*name));
  return names;
}

Result<Organisation> make_organisation(const OrganisationFacts& facts, const PlaceNames& places,
                                       Clock& clock) {
  Organisation made{facts, nullptr, nullptr, std::nullopt};
  const std::string directory = places.node(facts.code);
  QM_TRY(const record::LogRecord log,
         record::Node::create_log(directory, facts.name, facts.role, facts.country));
  QM_TRY(made.node, record::Node::open(directory, clock,
                                       record::NodeOptions{.block_cache_bytes = kBlockCacheBytes}));
  QM_TRY(made.log, made.node->find_log(log.origin));
  if (facts.device) {
    QM_TRY(made.device, crypto::SigningKey::generate());
    QM_TRY_VOID(made.device->save(places.device(facts.code)));
  }
  return made;
}

}  // namespace

Result<Cast> Cast::make(const DataSet& set, const Requests& requests, const PlaceNames& places) {
  QM_TRY_VOID(files::make_directory(cat(places.root(), "/devices")));
  QM_TRY_VOID(files::make_directory(cat(places.root(), "/nodes")));
  Cast cast;
  cast.clock_ = std::make_unique<ManualClock>();
  for (const OrganisationFacts& facts : set.organisations) {
    auto made = make_organisation(facts, places, *cast.clock_);
    if (!made) return fail_at(facts.code, made.error());
    cast.organisations_.push_back(std::move(*made));
  }
  for (std::size_t i = 0; i < cast.size(); ++i) {
    const std::set<std::string> named = partners(requests[i]);
    record::Contacts contacts;
    for (const Organisation& other : cast.organisations_)
      if (named.contains(comparable_name(other.facts.name)))
        QM_TRY_VOID(contacts.add(other.facts.name, other.log->vkey));
    QM_TRY_VOID(contacts.save(cast[i].node->contacts_path()));
  }
  return cast;
}

Result<std::vector<std::string>> DeviceNames::find(record::NameKind kind,
                                                   std::string_view name) const {
  std::vector<std::string> found;
  if (kind != record::NameKind::kDevice || !name.starts_with(kDevicePrefix)) return found;
  name.remove_prefix(kDevicePrefix.size());
  for (std::size_t i = 0; i < cast_.size(); ++i)
    if (cast_[i].facts.code == name && cast_[i].device)
      found.push_back(base64url_encode(cast_[i].device->public_key()));
  return found;
}

}  // namespace quarrymark::demo
