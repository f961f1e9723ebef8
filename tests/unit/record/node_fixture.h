// Nodes in scratch directories, and events recorded into them from JSON as people write it.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/record/export.h"
#include "ledger/record/inbox.h"
#include "ledger/record/node.h"
#include "ledger/record/recorder.h"
#include "ledger/trace/trace.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// One organisation with a node of its own.
class TestNode {
 public:
  explicit TestNode(std::string name = "Test Quarry", std::string role = "quarry operator",
                    std::string country = "PT");

  // Records what `text` holds (an object, an array or lines); every refusal is an error.
  Result<Recorded> record(std::string_view text, const NameSource* extra = nullptr);
  // The same; a refusal fails the test.
  Recorded must_record(std::string_view text, const NameSource* extra = nullptr);
  // The message of the refusal, "line 1: inputs[0]: …"; fails the test when there is none.
  std::string refusal(std::string_view text, const NameSource* extra = nullptr);

  // Makes `other` known under its name.
  void knows(const TestNode& other);
  // Gives everything an event of this node made to another node, as goods and passport.
  AcceptedPassports hand_over(TestNode& to, const std::string& dispatch_key);
  std::string passport_of(const std::string& event_key);

  Node& node() { return *node_; }
  OpenLog& log() { return *log_; }
  const OpenLog& log() const { return *log_; }
  ManualClock& clock() { return clock_; }
  std::uint64_t size() const { return log_->log->size(); }
  log::LogNumber number() const { return number_; }
  void reopen();
  void close();

 private:
  ScratchDirectory directory_;
  ManualClock clock_{UtcTime{1'735'689'600'000}};  // 2025-01-01
  std::unique_ptr<Node> node_;
  OpenLog* log_ = nullptr;
  log::LogNumber number_ = 0;
};

// Fails the test, showing both, when `part` is not in `text`.
bool contains(const std::string& text, std::string_view part);
// The one state an item is in now; fails the test when there is another number of them.
custody::Output current(TestNode& node, std::string_view name);

// Two stones out of one quarry, site and all: keys site, extract-1, extract-2; aliases B-1, B-2.
std::string quarry_events();
// A batch of `amount` pieces under `alias`, acquired.
std::string batch_event(std::string_view alias, std::int64_t amount);
// An event of `type` with those members after it: event("split", R"("inputs": ["B-1"])").
std::string event(std::string_view type, std::string_view members);

}  // namespace quarrymark::record
