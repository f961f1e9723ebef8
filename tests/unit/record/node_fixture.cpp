#include "node_fixture.h"

#include "ledger/base/text.h"
#include "ledger/passport/verify.h"

#include <cstdlib>
#include <sstream>

namespace quarrymark::record {

namespace fs = std::filesystem;

ScratchDirectory::ScratchDirectory() {
  std::string pattern = (fs::temp_directory_path() / "quarrymark-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}
ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

TestNode::TestNode(std::string name, std::string role, std::string country) {
  const auto created = Node::create_log(directory_.path() + "/node", name, role, country);
  if (!created) ADD_FAILURE() << to_string(created.error());
  reopen();
}

void TestNode::close() {
  log_ = nullptr;
  node_.reset();
}

void TestNode::reopen() {
  close();
  auto opened = Node::open(directory_.path() + "/node", clock_);
  if (!opened) {
    ADD_FAILURE() << to_string(opened.error());
    std::abort();
  }
  node_ = std::move(*opened);
  log_ = node_->logs().front().get();
  number_ = log_->record.number;
}

Result<Recorded> TestNode::record(std::string_view text, const NameSource* extra) {
  std::istringstream in{std::string(text)};
  QM_TRY(const auto requests, read_requests(in));
  return record_requests(*node_, *log_, requests, extra);
}

Recorded TestNode::must_record(std::string_view text, const NameSource* extra) {
  auto recorded = record(text, extra);
  if (recorded) return std::move(*recorded);
  ADD_FAILURE() << to_string(recorded.error()) << "\n" << text.substr(0, 400);
  return {};
}

std::string TestNode::refusal(std::string_view text, const NameSource* extra) {
  const std::uint64_t before = size();
  auto recorded = record(text, extra);
  EXPECT_EQ(size(), before) << "a refusal leaves the log as it was";
  if (!recorded) return to_string(recorded.error());
  ADD_FAILURE() << "expected a refusal: " << text.substr(0, 400);
  return {};
}

void TestNode::knows(const TestNode& other) {
  auto contacts = node_->contacts();
  ASSERT_TRUE(contacts);
  ASSERT_TRUE(contacts->add(other.log().record.name, other.log().vkey));
  ASSERT_TRUE(contacts->save(node_->contacts_path()));
}

std::string TestNode::passport_of(const std::string& event_key) {
  const auto states = states_of_event(*node_, *log_, event_key);
  if (!states) {
    ADD_FAILURE() << to_string(states.error());
    return {};
  }
  const auto exported = export_passport(*node_, *states);
  if (!exported) {
    ADD_FAILURE() << to_string(exported.error());
    return {};
  }
  return exported->passport;
}

AcceptedPassports TestNode::hand_over(TestNode& to, const std::string& dispatch_key) {
  const std::string passport = passport_of(dispatch_key);
  const std::string_view view = passport;
  auto accepted = accept_passports(to.node(), std::span(&view, 1));
  if (accepted) return std::move(*accepted);
  ADD_FAILURE() << to_string(accepted.error());
  return {};
}

bool contains(const std::string& text, std::string_view part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) ADD_FAILURE() << "expected \"" << part << "\" in: " << text;
  return found;
}

custody::Output current(TestNode& node, std::string_view name) {
  const auto item = trace::show_item(node.node(), name);
  if (!item || item->current.size() != 1) {
    ADD_FAILURE() << name << ": "
                  << (item ? cat(item->current.size(), " states") : to_string(item.error()));
    return {};
  }
  return item->current.front().output;
}

std::string quarry_events() {
  return R"({"type":"site","key":"site","at":"2025-01-02T09:00:00+00:00","fields":{"site":{"kind":"quarry","name":"Serra","country":"PT","quarry":"Serra"}}}
{"type":"extract","key":"extract-1","at":"2025-02-03T09:00:00+00:00","outputs":[{"kind":"block","aliases":["B-1"],"label":true,"measure":{"gross":[2800,1700,1600],"net":[2700,1600,1500],"mass":20600000}}],"fields":{"site":{"site":"Serra"},"stone":{"name":"Minho Grey","family":"granite"},"block":{"number":"1"}}}
{"type":"extract","key":"extract-2","at":"2025-02-03T10:00:00+00:00","outputs":[{"kind":"block","aliases":["B-2"],"label":true,"measure":{"gross":[2800,1700,1600],"mass":20000000}}],"fields":{"site":{"site":"Serra"},"stone":{"name":"Minho Grey","family":"granite"},"block":{"number":"2"}}}
)";
}

std::string batch_event(std::string_view alias, std::int64_t amount) {
  return cat(
      R"({"type":"acquire","at":"2025-02-03T09:00:00+00:00","outputs":[{"kind":"batch","amount":)",
      amount, R"(,"aliases":[")", alias,
      R"("],"measure":{"size":[600,400,60]}}],"fields":{"source":{"seller":"a yard"}}})", "\n");
}

std::string event(std::string_view type, std::string_view members) {
  return cat(R"({"type":")", type, R"(","at":"2025-03-25T10:00:00+08:00",)", members, "}\n");
}

}  // namespace quarrymark::record
