#include "tests/unit/store/scratch.h"

namespace quarrymark::store {
namespace {

using Value = std::optional<std::string>;

class BatchTest : public ::testing::Test {
 protected:
  BatchTest() : store_(std::move(*Store::open(directory_.path(), creating()))), batch_(*store_) {}

  Value in_batch(std::string_view key) { return *batch_.get(Table::kStates, key); }
  Value in_store(std::string_view key) { return *store_->get(Table::kStates, key); }
  void store_now(std::string_view key, std::string_view value) {
    Batch batch(*store_);
    batch.put(Table::kStates, key, value);
    ASSERT_TRUE(store_->write(batch, false));
  }

  ScratchDirectory directory_;
  std::unique_ptr<Store> store_;
  Batch batch_;
};

TEST_F(BatchTest, ReadsItsOwnReadablePutsBeforeTheStore) {
  store_now("a", "stored");
  EXPECT_EQ(in_batch("a"), "stored");
  batch_.put_readable(Table::kStates, "a", "batched");
  EXPECT_EQ(in_batch("a"), "batched");
  EXPECT_EQ(in_store("a"), "stored");
}

TEST_F(BatchTest, KeepsTablesApart) {
  batch_.put_readable(Table::kItems, "a", "item");
  EXPECT_EQ(in_batch("a"), std::nullopt);
}

TEST_F(BatchTest, SeesThatItErasedAStoredKey) {
  store_now("a", "stored");
  batch_.erase(Table::kStates, "a");
  EXPECT_EQ(in_batch("a"), std::nullopt);
  ASSERT_TRUE(store_->write(batch_, true));
  EXPECT_EQ(in_store("a"), std::nullopt);
}

TEST_F(BatchTest, DoesNotShowAnOlderValueAfterAPlainPut) {
  batch_.put_readable(Table::kStates, "a", "first");
  batch_.put(Table::kStates, "a", "second");
  EXPECT_EQ(in_batch("a"), "second");
  batch_.erase(Table::kStates, "a");
  batch_.put(Table::kStates, "a", "third");
  EXPECT_EQ(in_batch("a"), "third");
}

TEST_F(BatchTest, RollsBackWhatItShowsAndWhatItWrites) {
  store_now("erased", "stored");
  batch_.put_readable(Table::kStates, "kept", "1");
  batch_.put_readable(Table::kStates, "changed", "before");
  batch_.set_savepoint();
  batch_.put_readable(Table::kStates, "changed", "after");
  batch_.put_readable(Table::kStates, "changed", "after that");
  batch_.put_readable(Table::kStates, "new", "1");
  batch_.put(Table::kStates, "write-only", "1");
  batch_.erase(Table::kStates, "erased");
  batch_.roll_back();
  EXPECT_EQ(in_batch("kept"), "1");
  EXPECT_EQ(in_batch("changed"), "before");
  EXPECT_EQ(in_batch("new"), std::nullopt);
  EXPECT_EQ(in_batch("erased"), "stored");
  ASSERT_TRUE(store_->write(batch_, true));
  EXPECT_EQ(in_store("kept"), "1");
  EXPECT_EQ(in_store("changed"), "before");
  EXPECT_EQ(in_store("new"), std::nullopt);
  EXPECT_EQ(in_store("write-only"), std::nullopt);
  EXPECT_EQ(in_store("erased"), "stored");
}

TEST_F(BatchTest, NestsSavepoints) {
  batch_.set_savepoint();
  batch_.put_readable(Table::kStates, "a", "outer");
  batch_.set_savepoint();
  batch_.put_readable(Table::kStates, "a", "inner");
  batch_.put_readable(Table::kStates, "b", "inner");
  batch_.drop_savepoint();
  EXPECT_EQ(in_batch("b"), "inner");
  batch_.roll_back();
  EXPECT_EQ(in_batch("a"), std::nullopt);
  EXPECT_EQ(in_batch("b"), std::nullopt);
  ASSERT_TRUE(store_->write(batch_, true));
  EXPECT_EQ(in_store("a"), std::nullopt);
}

TEST_F(BatchTest, ForgetsEverythingWhenCleared) {
  batch_.set_savepoint();
  batch_.put_readable(Table::kStates, "a", "1");
  batch_.clear();
  EXPECT_EQ(in_batch("a"), std::nullopt);
  ASSERT_TRUE(store_->write(batch_, true));
  EXPECT_EQ(in_store("a"), std::nullopt);
}

TEST_F(BatchTest, VisitsExactlyWhatItWouldWrite) {
  batch_.put(Table::kMeta, "m", "1");
  batch_.set_savepoint();
  batch_.put(Table::kMeta, "gone", "1");
  batch_.roll_back();
  batch_.put_readable(Table::kForeign, "f", std::string("\0\1", 2));
  batch_.erase(Table::kStates, "s");
  std::string seen;
  batch_.visit([&](Table table, std::string_view key, std::optional<std::string_view> value) {
    seen += std::string(table_name(table)) + "/" + std::string(key) + "=" +
            (value ? std::to_string(value->size()) : "erased") + " ";
  });
  EXPECT_EQ(seen, "meta/m=1 foreign/f=2 states/s=erased ");
}

}  // namespace
}  // namespace quarrymark::store
