#include "ledger/log/entry_audit.h"

#include "ledger/base/text.h"
#include "ledger/entry/chain_check.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace quarrymark::log {
namespace {

struct EventAt {
  EventId event;
  std::uint64_t seq = 0;
  bool operator<(const EventAt& other) const {
    return std::tie(event, seq) < std::tie(other.event, other.seq);
  }
};

std::string place(std::uint64_t seq) { return cat("entry ", seq, ": "); }

class Range final : public tiles::RangeAudit {
 public:
  Range(std::string_view origin, std::uint64_t begin, std::uint64_t end)
      : begin_(begin), chain_(origin) {
    events_.reserve(end - begin);
  }

  void entry(std::uint64_t index, std::string_view bytes, const Hash& leaf,
             tiles::Problems& problems) override {
    entry::EntryView view;
    wrong_.clear();
    if (chain_.next(index, bytes, leaf, view, wrong_)) events_.push_back({view.event, index});
    for (const std::string& what : wrong_) problems.add(place(index) + what);
  }
  void unreadable(std::uint64_t, std::uint64_t) override { chain_.skip(); }

  std::uint64_t begin() const { return begin_; }
  const entry::ChainCheck& chain() const { return chain_; }
  const std::vector<EventAt>& events() const { return events_; }

 private:
  const std::uint64_t begin_;
  entry::ChainCheck chain_;
  std::vector<EventAt> events_;
  std::vector<std::string> wrong_;
};

}  // namespace

bool is_own_origin(std::string_view origin) {
  constexpr std::string_view kPrefix = "quarrymark/";
  Hash hash;
  return origin.starts_with(kPrefix) && parse_hash_text(origin.substr(kPrefix.size()), hash);
}

std::unique_ptr<tiles::RangeAudit> EntryAudit::start(std::uint64_t begin, std::uint64_t end) {
  return std::make_unique<Range>(origin_, begin, end);
}

void EntryAudit::finish(std::span<const std::unique_ptr<tiles::RangeAudit>> ranges,
                        tiles::Problems& problems) {
  std::vector<EventAt> events;
  const Range* before = nullptr;
  for (const auto& audit : ranges) {
    const Range& range = static_cast<const Range&>(*audit);  // start() made them all
    std::vector<std::string> wrong;
    if (before != nullptr)
      entry::ChainCheck::join(before->chain(), range.chain(), range.begin(), wrong);
    for (const std::string& what : wrong) problems.add(place(range.begin()) + what);
    events.insert(events.end(), range.events().begin(), range.events().end());
    before = &range;
  }
  std::sort(events.begin(), events.end());
  for (std::size_t i = 1; i < events.size(); ++i)
    if (events[i].event == events[i - 1].event)
      problems.add(cat(place(events[i].seq), "event ", events[i].event.text(), " stands in entry ",
                       events[i - 1].seq, " already"));
}

}  // namespace quarrymark::log
