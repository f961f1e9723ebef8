#include "ledger/entry/disclosure.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/crypto/key.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

#include <array>
#include <span>
#include <unistd.h>

namespace quarrymark::entry {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kSaltTextSize = 22;

// Salts come from the system's generator in blocks: one call for 64 salts instead of one each,
// which is what makes building six disclosures an event cheap. Used bytes are never read again.
class SaltPool {
 public:
  std::string next() {
    // A forked child inherits the pool, and would draw the salts that its parent draws.
    if (used_ == pool_.size() || owner_ != ::getpid()) {
      crypto::random_bytes(pool_);
      used_ = 0;
      owner_ = ::getpid();
    }
    const ByteSpan salt(pool_.data() + used_, kSaltBytes);
    used_ += kSaltBytes;
    return base64url_encode(salt);
  }

 private:
  std::array<std::uint8_t, 64 * kSaltBytes> pool_{};
  std::size_t used_ = pool_.size();
  pid_t owner_ = 0;
};

}  // namespace

FieldDigest disclosure_digest(std::string_view text) { return {crypto::sha256(text)}; }

Disclosure make_disclosure(std::string_view name, json::Value value) {
  thread_local SaltPool salts;
  std::string plain = "[\"";
  plain += salts.next();
  plain += "\",";
  json::append_string(plain, name);
  plain += ',';
  plain += json::write(value);
  plain += ']';
  Disclosure made;
  made.text = base64url_encode(as_bytes(plain));
  made.digest = disclosure_digest(made.text);
  made.name = name;
  made.value = std::move(value);
  return made;
}

Result<Disclosure> parse_disclosure(std::string_view text) {
  QM_TRY(const std::string plain, base64url_decode(text));
  QM_TRY(json::Value value, json::parse_exact(plain));
  json::Array* parts = value.if_array();
  if (parts == nullptr || parts->size() != 3)
    return fail(Errc::kMalformed, "expected an array of salt, name and value");
  const std::string* salt = (*parts)[0].if_string();
  std::string* name = (*parts)[1].if_string();
  if (salt == nullptr || name == nullptr)
    return fail(Errc::kMalformed, "expected salt and name to be strings");
  const auto salt_bytes = base64url_decode(*salt);
  if (salt->size() != kSaltTextSize || !salt_bytes)
    return fail(Errc::kMalformed, "expected a salt of 22 base64url characters");
  Disclosure parsed;
  parsed.text = text;
  parsed.digest = disclosure_digest(text);
  parsed.name = std::move(*name);
  parsed.value = std::move((*parts)[2]);
  if (parsed.name != kHeadName && !json::members_ascend(parsed.value))
    return fail(Errc::kMalformed,
                cat("members of ", quoted_for_message(parsed.name), " are not in ascending order"));
  return parsed;
}

std::string output_name(std::int64_t out) { return cat("out.", out); }

}  // namespace quarrymark::entry
