// Passports and trust files from anybody: the verifier never fails, it only finds.
#include "ledger/judge/judge.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/trust.h"
#include "ledger/passport/verify.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(passport::parse_trust(text));
  if (const auto parsed = passport::parse_passport(text))
    QM_CHECK(passport::write_passport(*parsed) == text, "a passport has one spelling");
  passport::Checked checked = passport::check_passports(std::span(&text, 1), passport::Trust{});
  static_cast<void>(custody::judge(checked.evidence, custody::Question{}, checked.findings));
  return 0;
}
