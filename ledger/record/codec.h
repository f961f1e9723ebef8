// Small binary values of index rows: fixed-width big-endian numbers, 32-byte hashes, and strings
// with their length before them. docs/storage_format.md describes each row.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/entry/head.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark::record {

class RowWriter {
 public:
  RowWriter& u8(std::uint8_t number);
  RowWriter& u32(std::uint32_t number);
  RowWriter& u64(std::uint64_t number);
  RowWriter& hash(const Hash& hash);
  RowWriter& state(const entry::StateRef& state);  // 36 bytes
  RowWriter& raw(std::string_view bytes);          // no length: the last part, or fixed
  RowWriter& text(std::string_view bytes);         // u32 length, then the bytes
  RowWriter& number(std::uint64_t number);         // LEB128, seven bits a byte, low ones first
  RowWriter& word(std::string_view bytes);         // number of bytes, then the bytes
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// Reads what a RowWriter wrote. After a read beyond the end, good() is false and every value 0.
class RowReader {
 public:
  explicit RowReader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t u8();
  std::uint32_t u32();
  std::uint64_t u64();
  Hash hash();
  entry::StateRef state();
  std::string_view raw(std::size_t size);
  std::string_view text();
  std::uint64_t number();
  std::string_view word();
  std::string_view rest();  // everything that is left
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

// A log in rows: the 32 bytes that its origin spells (quarrymark/<base64url>).
using LogId = Hash;
// kMalformed: `origin` is of another form.
Result<LogId> log_id(std::string_view origin);
std::string origin_of(const LogId& log);

}  // namespace quarrymark::record
