#include "ledger/log/layout.h"

#include <gtest/gtest.h>

namespace quarrymark::log {
namespace {

Hash filled(std::uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

// The bytes are a format: data written by an older release must stay readable.
TEST(Layout, KeysAreTheDocumentedBytes) {
  using namespace std::string_literals;
  EXPECT_EQ(seq_key(1, 258), "\0\0\0\1\0\0\0\0\0\0\1\2"s);
  EXPECT_EQ(tile_key(1, 2, 3), "\0\0\0\1\2\0\0\0\0\0\0\0\3"s);
  EXPECT_EQ(event_key(7, EventId{filled(0xab)}), "\0\0\0\7"s + std::string(32, '\xab'));
  EXPECT_EQ(idempotency_key(1, "k"), "\0\0\0\1k"s);
  EXPECT_EQ(record_key(1), "log:\0\0\0\1"s);
  EXPECT_EQ(state_key(1), "state:\0\0\0\1"s);
  EXPECT_EQ(checkpoint_key(1), "checkpoint:\0\0\0\1"s);
}

TEST(Layout, ValuesAreTheDocumentedBytes) {
  using namespace std::string_literals;
  const StateRecord state{3, 2, UtcTime{-1}, filled(9), {filled(1), filled(2)}};
  EXPECT_EQ(write_state(state), "\1\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\2"s + std::string(8, '\xff') +
                                    std::string(32, '\x9') + std::string(32, '\1') +
                                    std::string(32, '\2'));
  EXPECT_EQ(write_key({5, filled(3)}), "\0\0\0\0\0\0\0\5"s + std::string(32, '\3'));
  EXPECT_EQ(write_record({"o", {}, {}}), "\1"s + std::string(32, '\0') + "o");
  const LogRecord rotated{"o", {}, {{258, "note"}}};
  const std::string bytes =
      "\2"s + std::string(32, '\0') + "\0\0\0\1"s + "\0\0\0\0\0\0\1\2"s + "\0\0\0\4note"s + "o";
  EXPECT_EQ(write_record(rotated), bytes);
  const auto read = read_record(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->origin, "o");
  ASSERT_EQ(read->rotations.size(), 1u);
  EXPECT_EQ(read->rotations[0].seq, 258u);
  EXPECT_EQ(read->rotations[0].note, "note");
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read_record(bytes.substr(0, size))) << size;
}

TEST(Layout, StatesReadBack) {
  const StateRecord state{6, 1, UtcTime{-123}, filled(9), {filled(1), filled(2)}};
  const auto read = read_state(write_state(state));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size, state.size);
  EXPECT_EQ(read->before, state.before);
  EXPECT_EQ(read->time, state.time);
  EXPECT_EQ(read->last, state.last);
  EXPECT_EQ(read->frontier, state.frontier);
}

TEST(Layout, RefusesRecordsOfAnotherForm) {
  const std::string state = write_state({3, 0, {}, {}, {filled(1), filled(2)}});
  for (std::size_t size = 0; size < state.size(); ++size)
    EXPECT_EQ(read_state(state.substr(0, size)).error().code, Errc::kDataLoss) << size;
  EXPECT_FALSE(read_state(state + "x"));
  std::string other_version = state;
  other_version[0] = 2;
  EXPECT_FALSE(read_state(other_version));
  EXPECT_FALSE(read_record(""));
  EXPECT_FALSE(read_record(write_record({"", {}, {}})));
  EXPECT_FALSE(read_key(std::string(39, 'x')));
  EXPECT_FALSE(read_seq(std::string(9, 'x')));
  EXPECT_FALSE(read_tile(std::string(255 * 32, 'x')));
}

TEST(Layout, SplitsDisclosuresAndKeepsErasedOnesInPlace) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(split_disclosures("head"), (Lines{"head"}));
  EXPECT_EQ(split_disclosures("head\na\n\nc"), (Lines{"head", "a", "", "c"}));
  EXPECT_EQ(split_disclosures("head\n"), (Lines{"head", ""}));
}

TEST(Layout, StoresTheJsonOfADisclosureAndGivesItsCharactersBack) {
  const std::string head = base64url_encode(as_bytes(R"(["salt","event",{"a":"\u00e9"}])"));
  const std::string odd = base64url_encode(as_bytes("[1,\n2]")), other = "not base64url!";
  Prepared event;
  event.head = head;
  event.disclosures = {odd, other, ""};
  std::string row;
  write_disclosures(event, row);
  EXPECT_EQ(row, cat(R"(["salt","event",{"a":"\u00e9"}])", "\n", odd, "\n", other, "\n"));
  const std::vector<std::string> lines = {head, odd, other, ""};
  EXPECT_EQ(split_disclosures(row), lines);
  EXPECT_EQ(join_disclosures(lines), row);
  EXPECT_EQ(first_disclosure(row), head);
  EXPECT_EQ(split_disclosures(cat(head, "\n", head)), (std::vector<std::string>{head, head}))
      << "rows of earlier versions hold the characters themselves";
}

}  // namespace
}  // namespace quarrymark::log
