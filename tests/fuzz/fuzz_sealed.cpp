// Sealed letters from anybody, and whatever is inside one: opening never fails other than by an
// error, and what is put into a passport keeps the passport whole.
#include "ledger/crypto/hpke.h"
#include "ledger/passport/completing.h"
#include "ledger/passport/sealed.h"
#include "tests/support/stone_chain.h"

namespace {

using namespace quarrymark;

const crypto::ReadingKey& reader() {
  static const crypto::ReadingKey key =
      *crypto::ReadingKey::from_bytes(as_bytes(std::string(32, '\x42')));
  return key;
}

const passport::Passport& shown() {
  static const passport::Passport passport = support::StoneChain().passport();
  return passport;
}

// The input as what somebody sealed to us.
passport::Letter letter_of(std::string_view inside) {
  auto sender = crypto::HpkeSender::make(reader().public_key(), "quarrymark/sealed/v1",
                                         crypto::HpkeAead::kAes256Gcm);
  return {reader().public_key(), sender->enc, *sender->context.seal({}, inside)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(passport::parse_reader_key(text));
  if (const auto letter = passport::parse_letter(text)) {
    QM_CHECK(passport::write_letter(*letter) == text, "a letter has one spelling");
    static_cast<void>(passport::open_letter(*letter, reader()));
  }
  const auto opened = passport::open_letter(letter_of(text), reader());
  if (!opened) return 0;
  const auto completed = passport::complete(shown(), *opened);
  if (completed)
    QM_CHECK(completed->passport == shown(), "everything that is bound is shown already");
  return 0;
}
