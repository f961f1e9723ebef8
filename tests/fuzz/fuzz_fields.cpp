// Disclosed values of events: decoded to what they mean or refused by name.
//
// The first line is a type of event, each further one `<field name> <value>`, so that the fuzzer
// need not find digests and base64.
#include "ledger/custody/decode.h"
#include "ledger/json/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto line = [&rest] {
    const std::string_view found = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(found.size() + 1, rest.size()));
    return found;
  };
  entry::Head head;
  head.type = line();
  if (!entry::is_event_type(head.type)) return 0;
  head.at = "2026-03-02T14:44:03+05:30";
  std::vector<entry::Disclosure> fields;
  while (!rest.empty() && fields.size() < 20) {
    const std::string_view text = line();
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string name(text.substr(0, space));
    const std::int64_t output = entry::output_number(name);
    if (output < 0 && !entry::is_field_name(name)) continue;
    if (output >= entry::kMaxOutputs) continue;
    const auto value = json::parse_exact(text.substr(std::min(space + 1, text.size())));
    if (!value) continue;
    head.outputs = std::max(head.outputs, output + 1);
    head.fields.emplace_back(name, FieldDigest{});
    fields.push_back({"text", {}, name, *value});
  }
  static_cast<void>(custody::decode_event({"head", {}, "event", nullptr}, head, fields));
  return 0;
}
