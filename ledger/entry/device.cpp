#include "ledger/entry/device.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"

#include <algorithm>

namespace quarrymark::entry {
namespace {

template <std::size_t Size>
Status read_raw(json::ObjectReader& reader, std::string_view name,
                std::array<std::uint8_t, Size>& out) {
  QM_TRY(const std::string text, reader.string(name));
  const auto raw = base64url_decode(text);
  if (!raw || raw->size() != Size)
    return fail(Errc::kMalformed, cat("expected ", Size, " bytes in base64url"), std::string(name));
  std::copy_n(as_bytes(*raw).begin(), Size, out.begin());
  return {};
}

}  // namespace

std::string device_message(const EventId& event) {
  return cat("quarrymark/device/v1\n", event.text(), "\n");
}

Disclosure make_device_disclosure(const crypto::SigningKey& key, const EventId& event) {
  const crypto::Signature signature = key.sign(device_message(event));
  return make_disclosure(kDeviceName, json::Object{{"key", base64url_encode(key.public_key())},
                                                   {"sig", base64url_encode(signature)}});
}

Result<DeviceSignature> parse_device_disclosure(const Disclosure& disclosure) {
  if (disclosure.name != kDeviceName)
    return fail(Errc::kMalformed, "expected a disclosure named device");
  QM_TRY(auto reader,
         json::ObjectReader::open(disclosure.value, json::ObjectReader::Order::kExact));
  DeviceSignature device;
  QM_TRY_VOID(read_raw(reader, "key", device.key));
  QM_TRY_VOID(read_raw(reader, "sig", device.signature));
  QM_TRY_VOID(reader.finish());
  return device;
}

bool verify_device_signature(const DeviceSignature& device, const EventId& event) {
  return crypto::verify(device.key, device_message(event), device.signature);
}

}  // namespace quarrymark::entry
