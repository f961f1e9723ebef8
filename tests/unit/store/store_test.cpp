#include "tests/unit/store/scratch.h"

#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace quarrymark::store {
namespace {

using ::testing::Test;

std::unique_ptr<Store> open_new(const std::string& directory) {
  auto store = Store::open(directory, creating());
  EXPECT_TRUE(store) << store.error().message;
  return std::move(*store);
}

void put(Store& store, Table table, std::string_view key, std::string_view value) {
  Batch batch(store);
  batch.put(table, key, value);
  const Status written = store.write(batch, true);
  ASSERT_TRUE(written) << written.error().message;
}

std::vector<std::string> keys(const Store& store, std::string_view prefix, std::string_view from) {
  std::vector<std::string> found;
  const Status read =
      store.scan(Table::kItems, prefix, from, [&](std::string_view key, std::string_view) {
        found.emplace_back(key);
        return true;
      });
  EXPECT_TRUE(read);
  return found;
}

TEST(Store, SaysThatADirectoryIsNoLedgerAndHowToMakeOne) {
  ScratchDirectory directory;
  const auto store = Store::open(directory.path(), {});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::kFailedPrecondition);
  EXPECT_EQ(store.error().message,
            directory.path() +
                " is not a Quarrymark ledger (no store in it); make one with: quarrymark init");
  EXPECT_TRUE(std::filesystem::is_empty(directory.path())) << "a failed open leaves nothing behind";
}

TEST(Store, SaysTheSameOfADirectoryThatIsNotThere) {
  const auto store = Store::open("/nonexistent/ledger", {});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::kFailedPrecondition);
}

TEST(Store, LeavesLittleToReadAgainWhenItIsClosed) {
  ScratchDirectory directory;
  const std::string value(1 << 20, 'x');
  {
    auto store = open_new(directory.path());
    for (int i = 0; i < 40; ++i) put(*store, Table::kDisclosures, std::to_string(i), value);
  }
  std::uint64_t log_bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(directory.path() + "/store"))
    if (file.path().extension() == ".log") log_bytes += file.file_size();
  EXPECT_LT(log_bytes, 33u << 20);
  const auto store = Store::open(directory.path(), {});
  ASSERT_TRUE(store);
  for (int i = 0; i < 40; ++i)
    EXPECT_EQ(*(*store)->get(Table::kDisclosures, std::to_string(i)), value);
}

TEST(Store, KeepsEveryTableAcrossReopening) {
  ScratchDirectory directory;
  {
    auto store = open_new(directory.path());
    for (std::size_t i = 0; i < kTableCount; ++i)
      put(*store, static_cast<Table>(i), "key", std::string(1, static_cast<char>('a' + i)));
  }
  const auto store = Store::open(directory.path(), {});
  ASSERT_TRUE(store) << store.error().message;
  for (std::size_t i = 0; i < kTableCount; ++i)
    EXPECT_EQ(*(*store)->get(static_cast<Table>(i), "key"),
              std::string(1, static_cast<char>('a' + i)));
}

TEST(Store, IsRefusedToASecondOpenerInThisProcess) {
  ScratchDirectory directory;
  const auto first = open_new(directory.path());
  const auto second = Store::open(directory.path(), {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kFailedPrecondition);
  EXPECT_EQ(second.error().message, directory.path() + " is open in this process already");
}

TEST(Store, IsRefusedWhileAnotherProcessHasItOpen) {
  ScratchDirectory directory;
  { open_new(directory.path()); }
  int to_child[2], from_child[2];
  ASSERT_EQ(::pipe(to_child), 0);
  ASSERT_EQ(::pipe(from_child), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto store = Store::open(directory.path(), {});
    char byte = store ? 'y' : 'n';
    if (::write(from_child[1], &byte, 1) != 1 || ::read(to_child[0], &byte, 1) != 1) ::_exit(2);
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(from_child[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  const auto second = Store::open(directory.path(), {});
  ASSERT_EQ(::write(to_child[1], "x", 1), 1);
  ::waitpid(child, nullptr, 0);
  for (const int end : {to_child[0], to_child[1], from_child[0], from_child[1]}) ::close(end);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kFailedPrecondition);
  EXPECT_EQ(second.error().message, directory.path() + " is open in another process");
  EXPECT_TRUE(Store::open(directory.path(), {})) << "and opens once the other is gone";
}

TEST(Store, CanBeReadBesideItsWriterButNotWritten) {
  ScratchDirectory directory;
  const auto writer = open_new(directory.path());
  put(*writer, Table::kItems, "a", "1");
  Options options;
  options.read_only = true;
  const auto reader = Store::open(directory.path(), options);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ(*(*reader)->get(Table::kItems, "a"), "1");
  Batch batch(**reader);
  batch.put(Table::kItems, "b", "2");
  const Status written = (*reader)->write(batch, true);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::kFailedPrecondition);
}

TEST(Store, ScansExactlyTheKeysWithThePrefix) {
  ScratchDirectory directory;
  const auto store = open_new(directory.path());
  for (const char* key : {"a", "b", "b1", "b2", "b\xff", "c"}) put(*store, Table::kItems, key, "");
  EXPECT_EQ(keys(*store, "b", ""), (std::vector<std::string>{"b", "b1", "b2", "b\xff"}));
  EXPECT_EQ(keys(*store, "b", "b2"), (std::vector<std::string>{"b2", "b\xff"}));
  EXPECT_EQ(keys(*store, "", ""), (std::vector<std::string>{"a", "b", "b1", "b2", "b\xff", "c"}));
  EXPECT_TRUE(keys(*store, "d", "").empty());
}

TEST(Store, ScansPrefixesThatEndInTheHighestByte) {
  ScratchDirectory directory;
  const auto store = open_new(directory.path());
  for (const char* key : {"\xfe", "\xff", "\xff\xff", "\xff\xffz"})
    put(*store, Table::kItems, key, "");
  EXPECT_EQ(keys(*store, "\xff\xff", ""), (std::vector<std::string>{"\xff\xff", "\xff\xffz"}));
  EXPECT_EQ((*store->last(Table::kItems, "\xff"))->first, "\xff\xffz");
}

TEST(Store, FindsTheLastKeyWithAPrefix) {
  ScratchDirectory directory;
  const auto store = open_new(directory.path());
  for (const char* key : {"a1", "a7", "b", "b0"}) put(*store, Table::kItems, key, key);
  EXPECT_EQ((*store->last(Table::kItems, "a"))->first, "a7");
  EXPECT_EQ((*store->last(Table::kItems, ""))->first, "b0");
  EXPECT_EQ(*store->last(Table::kItems, "c"), std::nullopt);
  EXPECT_EQ(*store->last(Table::kItems, "A"), std::nullopt);
}

TEST(Store, RefusesToWriteBelowTheReserveAndGoesOnReading) {
  ScratchDirectory directory;
  {
    const auto store = open_new(directory.path());
    put(*store, Table::kItems, "a", "1");
  }
  Options options;
  options.reserve_bytes = std::uint64_t{1} << 60;  // more than any disk has
  const auto store = Store::open(directory.path(), options);
  ASSERT_TRUE(store);
  Batch batch(**store);
  batch.put(Table::kItems, "b", "2");
  const Status written = (*store)->write(batch, true);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::kResourceExhausted);
  EXPECT_EQ(*(*store)->get(Table::kItems, "a"), "1");
  EXPECT_EQ(*(*store)->get(Table::kItems, "b"), std::nullopt);
  EXPECT_EQ((*store)->write_problem(), "") << "a full disk is no lasting error";
}

TEST(Store, SaysThatADamagedDatabaseIsDamaged) {
  ScratchDirectory directory;
  { open_new(directory.path()); }
  for (const auto& file : std::filesystem::directory_iterator(directory.path() + "/store"))
    if (file.path().filename().string().starts_with("MANIFEST"))
      std::filesystem::resize_file(file.path(), 20);
  const auto store = Store::open(directory.path(), {});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::kDataLoss) << store.error().message;
}

TEST(Store, WritesNumbersSoThatKeyOrderIsNumberOrder) {
  std::string low, high, word;
  append_u64(low, 255);
  append_u64(high, 256);
  append_u32(word, 0x01020304);
  EXPECT_LT(low, high);
  EXPECT_EQ(word, "\x01\x02\x03\x04");
  EXPECT_EQ(read_u32(word), 0x01020304u);
  EXPECT_EQ(read_u64(high), 256u);
  append_u64(high, ~std::uint64_t{0});
  EXPECT_EQ(read_u64(std::string_view(high).substr(8)), ~std::uint64_t{0});
}

}  // namespace
}  // namespace quarrymark::store
