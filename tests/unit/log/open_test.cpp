#include "ledger/base/text.h"
#include "ledger/log/layout.h"
#include "tests/unit/log/ledger.h"

#include <filesystem>

namespace quarrymark::log {
namespace {

namespace fs = std::filesystem;
using store::Table;

void copy_store(const std::string& from, const std::string& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

TEST(Open, SaysThatThereIsNoSuchLog) {
  TestLedger ledger;
  const auto log = Log::open(ledger.store(), 9, ledger.key, ledger.clock, ledger.guard, {});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Errc::kNotFound);
}

TEST(Open, RefusesAnotherKey) {
  TestLedger ledger;
  const auto log =
      Log::open(ledger.store(), 1, *crypto::SigningKey::generate(), ledger.clock, ledger.guard, {});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Errc::kUnauthorized);
}

TEST(Open, CreateRefusesANumberThatIsTaken) {
  TestLedger ledger;
  EXPECT_EQ(Log::create(ledger.store(), 1, ledger.key).error().code, Errc::kAlreadyExists);
}

TEST(Open, FindsEverythingAgain) {
  TestLedger ledger;
  ledger.append_many(300);
  const std::string checkpoint = ledger.log().checkpoint(), entry = *ledger.log().entry(299);
  ASSERT_TRUE(ledger.reopen());
  EXPECT_EQ(ledger.log().size(), 300u);
  EXPECT_EQ(ledger.log().checkpoint(), checkpoint);
  EXPECT_EQ(*ledger.log().entry(299), entry);
  ledger.append_many(300);
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

TEST(Open, AnOlderCopyOfTheStoreIsDataLoss) {
  TestLedger ledger;
  ledger.append_many(5);
  ledger.close();
  copy_store(ledger.path() + "/store", ledger.path() + "/backup");
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(2);
  ledger.close();
  copy_store(ledger.path() + "/backup", ledger.path() + "/store");
  const Status opened = ledger.reopen();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kDataLoss);
  EXPECT_NE(opened.error().message.find("the newest 2 are lost"), std::string::npos)
      << opened.error().message;
}

TEST(Open, AStoreWithAnotherHistoryOfTheSameLengthIsDataLoss) {
  TestLedger ledger;
  ledger.close();
  copy_store(ledger.path() + "/store", ledger.path() + "/empty");
  fs::copy_file(ledger.head_path(), ledger.path() + "/empty-head");
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(3);
  ledger.close();
  const std::string head = ledger.path() + "/kept-head";
  fs::copy_file(ledger.head_path(), head);
  copy_store(ledger.path() + "/empty", ledger.path() + "/store");
  fs::copy_file(ledger.path() + "/empty-head", ledger.head_path(),
                fs::copy_options::overwrite_existing);
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(4);
  ledger.close();
  fs::copy_file(head, ledger.head_path(), fs::copy_options::overwrite_existing);
  const Status opened = ledger.reopen();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kDataLoss);
  EXPECT_NE(opened.error().message.find("first 3 entries"), std::string::npos)
      << opened.error().message;
}

TEST(Open, AMissingHeadFileIsDataLossUnlessTheLogIsEmpty) {
  TestLedger ledger;
  ledger.close();
  fs::remove(ledger.head_path());
  ASSERT_TRUE(ledger.reopen()) << "an empty log has lost nothing";
  ledger.append_many(1);
  ledger.close();
  fs::remove(ledger.head_path());
  for (int attempt = 0; attempt < 2; ++attempt) {
    const Status opened = ledger.reopen();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::kDataLoss);
    EXPECT_NE(opened.error().message.find(ledger.head_path()), std::string::npos);
    EXPECT_FALSE(fs::exists(ledger.head_path())) << "a refused open makes no head file";
  }
}

TEST(Open, AHeadFileBehindTheStoreIsCaughtUp) {
  TestLedger ledger;
  ledger.append_many(3);
  ledger.close();
  fs::copy_file(ledger.head_path(), ledger.path() + "/old-head");
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(3);
  ledger.close();
  fs::copy_file(ledger.path() + "/old-head", ledger.head_path(),
                fs::copy_options::overwrite_existing);
  EXPECT_TRUE(ledger.reopen());
}

TEST(Open, ALostEntryAtTheEndIsDataLoss) {
  TestLedger ledger;
  ledger.append_many(3);
  ledger.erase(Table::kEntries, seq_key(1, 2));
  const Status opened = ledger.reopen();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kDataLoss);
}

TEST(Open, AChangedEntryAtTheEndIsDataLoss) {
  TestLedger ledger;
  ledger.append_many(3);
  ledger.put(Table::kEntries, seq_key(1, 1), *ledger.log().entry(0));
  EXPECT_EQ(ledger.reopen().error().code, Errc::kDataLoss);
}

TEST(Open, MakesACheckpointThatWasNotStoredAgain) {
  TestLedger ledger;
  ledger.append_many(3);
  const std::string checkpoint = ledger.log().checkpoint();
  ASSERT_TRUE(ledger.reopen());
  ledger.erase(Table::kMeta, checkpoint_key(1));
  // Closing stores it; take it away again behind the log's back by opening the store alone.
  ledger.close();
  {
    auto store = store::Store::open(ledger.path(), {});
    ASSERT_TRUE(store);
    store::Batch batch(**store);
    batch.erase(Table::kMeta, checkpoint_key(1));
    ASSERT_TRUE((*store)->write(batch, true));
  }
  ASSERT_TRUE(ledger.reopen());
  EXPECT_EQ(ledger.log().checkpoint(), checkpoint);
  EXPECT_EQ(*ledger.store().get(Table::kMeta, checkpoint_key(1)), checkpoint);
}

}  // namespace
}  // namespace quarrymark::log
