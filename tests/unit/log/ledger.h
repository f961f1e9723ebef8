// A ledger with one log for tests: real RocksDB in a directory of its own, a clock that stands
// still, a guard that can be told to refuse.
#pragma once

#include "ledger/log/log.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace quarrymark::log {

class TestGuard final : public Guard {
 public:
  using Rule = std::function<Status(const Prepared&, std::uint64_t seq, UtcTime, store::Batch&)>;
  Rule rule;              // empty: everything is admitted
  std::size_t asked = 0;  // how often

  Status admit(LogNumber, const Prepared& event, std::uint64_t seq, UtcTime time,
               store::Batch& batch) override {
    ++asked;
    return rule ? rule(event, seq, time, batch) : Status();
  }
};

// An event with a head, one field and as many inputs as asked for, well formed throughout.
Prepared make_event(const std::string& origin, std::size_t inputs = 0);
// The same with an idempotency key; the content is that of `content`.
Prepared make_keyed_event(const std::string& origin, const std::string& key,
                          const std::string& content);
std::vector<Prepared> make_events(const std::string& origin, std::size_t count);

class TestLedger {
 public:
  TestLedger();
  ~TestLedger();
  TestLedger(const TestLedger&) = delete;

  // Closes whatever is open and opens store and log again.
  Status reopen();
  void close();

  Log& log() { return *log_; }
  store::Store& store() { return *store_; }
  const std::string& path() const { return path_; }
  std::string head_path() const { return path_ + "/head"; }
  const std::string& origin() const { return origin_; }

  Result<Appended> append(Prepared event);
  void append_many(std::size_t count);                      // in one call
  std::vector<std::string> problems(unsigned threads = 1);  // of check_log

  void put(store::Table table, const std::string& key, const std::string& value);
  void erase(store::Table table, const std::string& key);

  ManualClock clock{UtcTime{1'772'442'843'120}};
  TestGuard guard;
  crypto::SigningKey key;  // the one in force; a test that rotates puts the new one here
  Journal* journal = nullptr;
  std::size_t group_events = 1000;

 private:
  std::string path_, origin_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Log> log_;
};

}  // namespace quarrymark::log
