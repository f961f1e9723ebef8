#include "ledger/store/store.h"

namespace quarrymark::store {
namespace {

template <class Number>
void append(std::string& out, Number number) {
  for (int shift = static_cast<int>(sizeof(Number)) * 8 - 8; shift >= 0; shift -= 8)
    out += static_cast<char>(number >> shift & 0xff);
}

template <class Number>
Number read(std::string_view bytes) {
  QM_CHECK(bytes.size() >= sizeof(Number), "callers check the size of a stored number");
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    number = static_cast<Number>(number << 8 | static_cast<unsigned char>(bytes[i]));
  return number;
}

}  // namespace

void append_u32(std::string& out, std::uint32_t number) { append(out, number); }
void append_u64(std::string& out, std::uint64_t number) { append(out, number); }
std::uint32_t read_u32(std::string_view bytes) { return read<std::uint32_t>(bytes); }
std::uint64_t read_u64(std::string_view bytes) { return read<std::uint64_t>(bytes); }

}  // namespace quarrymark::store
