#include "ledger/record/codec.h"

#include "ledger/base/text.h"
#include "ledger/store/store.h"

namespace quarrymark::record {
namespace {
constexpr std::string_view kOriginPrefix = "quarrymark/";
}

RowWriter& RowWriter::u8(std::uint8_t number) {
  out_ += static_cast<char>(number);
  return *this;
}
RowWriter& RowWriter::u32(std::uint32_t number) {
  store::append_u32(out_, number);
  return *this;
}
RowWriter& RowWriter::u64(std::uint64_t number) {
  store::append_u64(out_, number);
  return *this;
}
RowWriter& RowWriter::hash(const Hash& hash) { return raw(as_text(hash)); }
RowWriter& RowWriter::state(const entry::StateRef& state) {
  // Two's complement puts the record state (−1) after every output, which keeps outputs first.
  return hash(state.event.hash).u32(static_cast<std::uint32_t>(state.out));
}
RowWriter& RowWriter::raw(std::string_view bytes) {
  out_ += bytes;
  return *this;
}
RowWriter& RowWriter::text(std::string_view bytes) {
  return u32(static_cast<std::uint32_t>(bytes.size())).raw(bytes);
}

RowWriter& RowWriter::number(std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) u8(static_cast<std::uint8_t>(number | 0x80));
  return u8(static_cast<std::uint8_t>(number));
}
RowWriter& RowWriter::word(std::string_view bytes) { return number(bytes.size()).raw(bytes); }

std::string_view RowReader::raw(std::size_t size) {
  if (!good_ || rest_.size() < size) {
    good_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view part = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return part;
}
std::uint8_t RowReader::u8() {
  const std::string_view part = raw(1);
  return part.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(part.front());
}
std::uint32_t RowReader::u32() {
  const std::string_view part = raw(4);
  return part.empty() ? 0 : store::read_u32(part);
}
std::uint64_t RowReader::u64() {
  const std::string_view part = raw(8);
  return part.empty() ? 0 : store::read_u64(part);
}
Hash RowReader::hash() {
  Hash hash{};
  const std::string_view part = raw(hash.size());
  if (!part.empty()) std::memcpy(hash.data(), part.data(), hash.size());
  return hash;
}
entry::StateRef RowReader::state() {
  entry::StateRef state;
  state.event.hash = hash();
  state.out = static_cast<std::int32_t>(u32());
  return state;
}
std::string_view RowReader::text() { return raw(u32()); }
std::uint64_t RowReader::number() {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = u8();
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
  good_ = false;
  return 0;
}
std::string_view RowReader::word() { return raw(number()); }
std::string_view RowReader::rest() { return raw(rest_.size()); }

Result<LogId> log_id(std::string_view origin) {
  LogId id{};
  if (!origin.starts_with(kOriginPrefix) ||
      !parse_hash_text(origin.substr(kOriginPrefix.size()), id))
    return fail(Errc::kMalformed, cat("expected an origin quarrymark/<43 characters>, got ",
                                      quoted_for_message(origin)));
  return id;
}

std::string origin_of(const LogId& log) {
  std::string text(kHashTextSize, '\0');
  write_hash_text(log, text.data());
  return std::string(kOriginPrefix) + text;
}

}  // namespace quarrymark::record
