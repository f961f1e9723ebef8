#include "ledger/passport/sealed.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/crypto/hpke.h"
#include "ledger/entry/disclosure.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

#include <algorithm>

namespace quarrymark::passport {
namespace {

constexpr std::string_view kInfo = "quarrymark/sealed/v1";
constexpr std::string_view kReaderPrefix = "quarrymark-reader";
constexpr auto kAead = crypto::HpkeAead::kAes256Gcm;
constexpr std::size_t kFrameBytes = 256;  // of a letter beside its ciphertext, at most

std::string raw_key_text(const crypto::ReaderKey& key) { return base64url_encode(key); }

Result<crypto::ReaderKey> read_raw_key(std::string_view text, std::string_view field) {
  Hash bytes;
  if (!parse_hash_text(text, bytes))
    return fail(Errc::kMalformed, "expected 43 base64url characters of an X25519 key",
                std::string(field));
  return crypto::ReaderKey(bytes);
}

std::string check_digits(const crypto::ReaderKey& key) {
  const Hash hash = crypto::sha256({as_bytes(kReaderPrefix), as_bytes("\n"), key});
  return hex_encode(ByteSpan(hash).first(4));
}

std::string plaintext_of(const std::vector<SealedDisclosure>& disclosures) {
  json::Array pairs;
  for (const SealedDisclosure& one : disclosures)
    pairs.emplace_back(json::Array{one.event.text(), one.text});
  return json::write(pairs);
}

Result<SealedDisclosure> read_pair(const json::Value& value) {
  const json::Array* pair = value.if_array();
  if (pair == nullptr || pair->size() != 2 || (*pair)[0].if_string() == nullptr ||
      (*pair)[1].if_string() == nullptr)
    return fail(Errc::kMalformed, "expected an event id and a disclosure");
  QM_TRY(const EventId event, EventId::parse(*(*pair)[0].if_string()));
  return SealedDisclosure{event, *(*pair)[1].if_string()};
}

Result<std::vector<SealedDisclosure>> read_plaintext(std::string_view plaintext) {
  QM_TRY(const json::Value value, json::parse_exact(plaintext));
  const json::Array* pairs = value.if_array();
  if (pairs == nullptr || pairs->empty())
    return fail(Errc::kMalformed, "expected at least one pair of event id and disclosure");
  std::vector<SealedDisclosure> disclosures;
  for (std::size_t i = 0; i < pairs->size(); ++i) {
    auto pair = read_pair((*pairs)[i]);
    if (!pair) return fail_at(cat("[", i, "]"), pair.error());
    if (!disclosures.empty() && !(disclosures.back() < *pair))
      return fail(Errc::kMalformed, "expected pairs that ascend, each once", cat("[", i, "]"));
    disclosures.push_back(std::move(*pair));
  }
  return disclosures;
}

Result<Letter> seal_with(std::vector<SealedDisclosure> disclosures, const crypto::ReaderKey& to,
                         Result<crypto::HpkeSender> sender) {
  if (!sender) return fail_at("to", sender.error());
  if (disclosures.empty()) return fail(Errc::kInvalidArgument, "there is nothing to seal");
  std::sort(disclosures.begin(), disclosures.end());
  disclosures.erase(std::unique(disclosures.begin(), disclosures.end()), disclosures.end());
  const std::string plaintext = plaintext_of(disclosures);
  if (plaintext.size() / 3 * 4 + kFrameBytes > kMaxLetterBytes)
    return fail(Errc::kTooLarge, cat("the letter would be larger than ", kMaxLetterBytes,
                                     " bytes; seal fewer disclosures at a time"));
  QM_TRY(std::string sealed, sender->context.seal({}, plaintext));
  return Letter{to, sender->enc, std::move(sealed)};
}

}  // namespace

bool SealedDisclosure::operator<(const SealedDisclosure& other) const {
  // Base64url does not sort as the bytes it stands for, and the letter holds text.
  const std::string one = event.text(), two = other.event.text();
  return one != two ? one < two : text < other.text;
}

Result<Letter> parse_letter(std::string_view bytes) {
  if (bytes.size() > kMaxLetterBytes)
    return fail(Errc::kTooLarge,
                cat("a letter has at most ", kMaxLetterBytes, " bytes, got ", bytes.size()));
  QM_TRY(const json::Value value, json::parse_exact(bytes));
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kExact));
  QM_TRY_VOID(reader.integer("v", 1, 1));
  Letter letter;
  QM_TRY(const std::string to, reader.string("to"));
  QM_TRY(letter.to, read_raw_key(to, "to"));
  QM_TRY(const std::string enc, reader.string("enc"));
  QM_TRY(letter.enc, read_raw_key(enc, "enc"));
  QM_TRY(const std::string ct, reader.string("ct", kMaxLetterBytes));
  QM_TRY_VOID(reader.finish());
  auto sealed = base64url_decode(ct);
  if (!sealed) return fail_at("ct", sealed.error());
  letter.ct = std::move(*sealed);
  return letter;
}

std::string write_letter(const Letter& letter) {
  return json::write(json::Object{{"v", 1},
                                  {"to", raw_key_text(letter.to)},
                                  {"enc", raw_key_text(letter.enc)},
                                  {"ct", base64url_encode(as_bytes(letter.ct))}});
}

std::string reader_key_text(const crypto::ReaderKey& key) {
  return cat(kReaderPrefix, "+", check_digits(key), "+", raw_key_text(key));
}

Result<crypto::ReaderKey> parse_reader_key(std::string_view text) {
  constexpr std::size_t kDigits = 8;
  const std::size_t digits = kReaderPrefix.size() + 1, key_at = digits + kDigits + 1;
  if (!text.starts_with(kReaderPrefix) || text.size() != key_at + kHashTextSize ||
      text[digits - 1] != '+' || text[key_at - 1] != '+')
    return fail(Errc::kMalformed,
                cat("expected a reader's key, quarrymark-reader+<8 hex digits>+<43 characters>, "
                    "got ",
                    quoted_for_message(text)));
  QM_TRY(const crypto::ReaderKey key, read_raw_key(text.substr(key_at), {}));
  if (text.substr(digits, kDigits) != check_digits(key))
    return fail(Errc::kMalformed, cat("the reader's key is misspelt: its digits are not those of ",
                                      text.substr(key_at)));
  return key;
}

Result<Letter> seal_letter(std::vector<SealedDisclosure> disclosures, const crypto::ReaderKey& to) {
  return seal_with(std::move(disclosures), to, crypto::HpkeSender::make(to, kInfo, kAead));
}

Result<Letter> seal_letter(std::vector<SealedDisclosure> disclosures, const crypto::ReaderKey& to,
                           const crypto::ReadingKey& ephemeral) {
  return seal_with(std::move(disclosures), to,
                   crypto::HpkeSender::make(to, kInfo, kAead, ephemeral));
}

Result<std::vector<SealedDisclosure>> open_letter(const Letter& letter,
                                                  const crypto::ReadingKey& key) {
  if (letter.to != key.public_key())
    return fail(Errc::kUnauthorized,
                cat("the letter is sealed to ", reader_key_text(letter.to), ", this key is ",
                    reader_key_text(key.public_key())),
                "to");
  auto context = crypto::HpkeContext::for_reader(key, letter.enc, kInfo, kAead);
  if (!context) return fail_at("enc", context.error());
  auto plaintext = context->open({}, letter.ct);
  if (!plaintext) return fail_at("ct", plaintext.error());
  auto disclosures = read_plaintext(*plaintext);
  if (!disclosures) return fail_at("ct", disclosures.error());
  return disclosures;
}

}  // namespace quarrymark::passport
