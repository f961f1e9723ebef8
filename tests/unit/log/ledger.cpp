#include "tests/unit/log/ledger.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/head.h"
#include "ledger/log/check.h"

#include <filesystem>

namespace quarrymark::log {
namespace {

Hash random_hash() {
  Hash hash;
  crypto::random_bytes(hash);
  return hash;
}

}  // namespace

Prepared make_event(const std::string& origin, std::size_t inputs) {
  const auto field = entry::make_disclosure("how", json::Object{{"by", "typed"}});
  entry::Head head;
  head.type = "attest";
  head.log = origin;
  head.at = "2026-03-02T09:14:03+01:00";
  for (std::size_t i = 0; i < inputs; ++i) head.inputs.push_back({{EventId{random_hash()}, 0}, 1});
  head.fields.emplace_back(field.name, field.digest);
  const auto made = entry::make_disclosure(entry::kHeadName, entry::head_value(head));
  Prepared event;
  event.event = entry::event_id(made);
  event.head = made.text;
  event.disclosures.push_back(field.text);
  for (std::size_t i = 0; i < inputs; ++i) event.spends.push_back(Marker{random_hash()});
  return event;
}

Prepared make_keyed_event(const std::string& origin, const std::string& key,
                          const std::string& content) {
  Prepared event = make_event(origin);
  event.key = key;
  event.content = crypto::sha256(content);
  return event;
}

std::vector<Prepared> make_events(const std::string& origin, std::size_t count) {
  std::vector<Prepared> events;
  for (std::size_t i = 0; i < count; ++i) events.push_back(make_event(origin));
  return events;
}

TestLedger::TestLedger() : key(*crypto::SigningKey::generate()) {
  path_ = (std::filesystem::temp_directory_path() / "quarrymark_log_XXXXXX").string();
  if (::mkdtemp(path_.data()) == nullptr) std::abort();
  store::Options options;
  options.create = true;
  store_ = std::move(*store::Store::open(path_, options));
  const Status created = Log::create(*store_, 1, key);
  EXPECT_TRUE(created);
  const Status opened = reopen();
  EXPECT_TRUE(opened) << opened.error().message;
  origin_ = log_->origin();
}

TestLedger::~TestLedger() {
  close();
  std::filesystem::remove_all(path_);
}

void TestLedger::close() {
  log_.reset();
  store_.reset();
}

Status TestLedger::reopen() {
  close();
  QM_TRY(store_, store::Store::open(path_, {}));
  LogOptions options;
  options.head_file = head_path();
  options.journal = journal;
  options.group_events = group_events;
  QM_TRY(log_, Log::open(*store_, 1, key, clock, guard, options));
  return {};
}

Result<Appended> TestLedger::append(Prepared event) {
  std::vector<Prepared> events;
  events.push_back(std::move(event));
  return log_->append(std::move(events));
}

void TestLedger::append_many(std::size_t count) {
  const auto appended = log_->append(make_events(origin_, count));
  ASSERT_TRUE(appended) << to_string(appended.error());
}

std::vector<std::string> TestLedger::problems(unsigned threads) {
  CheckOptions options;
  options.threads = threads;
  const auto report = check_log(*store_, 1, options);
  if (!report) return {to_string(report.error())};
  return report->problems;
}

void TestLedger::put(store::Table table, const std::string& row, const std::string& value) {
  store::Batch batch(*store_);
  batch.put(table, row, value);
  ASSERT_TRUE(store_->write(batch, true));
}

void TestLedger::erase(store::Table table, const std::string& row) {
  store::Batch batch(*store_);
  batch.erase(table, row);
  ASSERT_TRUE(store_->write(batch, true));
}

}  // namespace quarrymark::log
