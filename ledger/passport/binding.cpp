// Disclosures against the digests that commit to them: the head to its entry, fields to the head,
// the device's signature to the entry. FORMATS.md rules 7, 9, 14, 15 and 28.
#include "ledger/base/text.h"
#include "ledger/passport/proved_packet.h"

#include <algorithm>
#include <span>

namespace quarrymark::passport {
namespace {

class Binding {
 public:
  Binding(ShownEntry& shown, FindingList& findings) : shown_(shown), findings_(findings) {}

  bool run(std::span<const std::string> texts) {
    if (texts.empty()) return true;
    if (!bind_head(texts[0])) return false;
    for (std::size_t i = 1; i < texts.size(); ++i) {
      auto disclosure = entry::parse_disclosure(texts[i]);
      if (!disclosure)
        return refuse("malformed", to_string(disclosure.error()), cat("disclosure ", i));
      const bool last = i + 1 == texts.size();
      const bool good = disclosure->name == entry::kDeviceName ? bind_device(*disclosure, last)
                                                               : bind_field(std::move(*disclosure));
      if (!good) return false;
    }
    return true;
  }

 private:
  bool refuse(std::string_view code, std::string_view what, std::string_view field) {
    findings_.add(code, shown_.place, what, field);
    return false;
  }

  bool bind_head(const std::string& text) {
    auto disclosure = entry::parse_disclosure(text);
    if (!disclosure) return refuse("malformed", to_string(disclosure.error()), "head");
    if (disclosure->name != entry::kHeadName)
      return refuse("wrong_disclosure",
                    cat("expected the head first, got ", quoted_for_message(disclosure->name)),
                    "head");
    if (entry::event_id(*disclosure) != shown_.entry.event)
      return refuse("wrong_disclosure", "its digest is not the entry's event id", "head");
    auto head = entry::parse_head(disclosure->value);
    if (!head) return refuse("malformed", to_string(head.error()), "head");
    if (head->log != shown_.entry.log)
      return refuse("wrong_disclosure", cat("is of log ", quoted_for_message(head->log)),
                    "head.log");
    if (head->inputs.size() != shown_.entry.spends.size())
      return refuse("wrong_marker",
                    cat("expected a marker for each of ", head->inputs.size(), " inputs, got ",
                        shown_.entry.spends.size()),
                    "spends");
    if ((head->n != 0) != shown_.entry.device.has_value())
      return refuse("malformed",
                    shown_.entry.device ? "a device signed, yet its counter is 0"
                                        : "no device signed, yet its counter is not 0",
                    "head.n");
    shown_.head = ShownHead{std::move(*disclosure), std::move(*head), {}};
    return true;
  }

  bool bind_field(entry::Disclosure disclosure) {
    const auto& fields = shown_.head->head.fields;
    const std::string name = disclosure.name;
    const auto found = std::lower_bound(
        fields.begin(), fields.end(), name,
        [](const auto& field, const std::string& wanted) { return field.first < wanted; });
    const auto at = static_cast<std::size_t>(found - fields.begin());
    if (found == fields.end() || found->first != name)
      return refuse("wrong_disclosure", "the head has no such field", quoted_for_message(name));
    if (at < next_)
      return refuse("wrong_disclosure", "stands twice, or not in the order of the head", name);
    if (fields[at].second != disclosure.digest)
      return refuse("wrong_disclosure", "its digest is not the one in the head", name);
    next_ = at + 1;
    shown_.head->fields.emplace(name, std::move(disclosure));
    return true;
  }

  bool bind_device(const entry::Disclosure& disclosure, bool last) {
    if (!last) return refuse("wrong_disclosure", "the device's disclosure comes last", "device");
    if (!shown_.entry.device || *shown_.entry.device != disclosure.digest)
      return refuse("wrong_disclosure", "its digest is not the entry's device", "device");
    const auto device = entry::parse_device_disclosure(disclosure);
    if (!device) return refuse("malformed", to_string(device.error()), "device");
    if (!entry::verify_device_signature(*device, shown_.entry.event))
      return refuse("wrong_signature", "the device's signature does not verify", "device");
    shown_.device = *device;
    return true;
  }

  ShownEntry& shown_;
  FindingList& findings_;
  std::size_t next_ = 0;  // fields before this one have had their turn
};

}  // namespace

bool bind_disclosures(const std::vector<std::string>& texts, ShownEntry& shown,
                      FindingList& findings) {
  return Binding(shown, findings).run(texts);
}

}  // namespace quarrymark::passport
