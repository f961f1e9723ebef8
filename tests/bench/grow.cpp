#include "tests/bench/grow.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"
#include "tests/bench/story.h"
#include "tests/bench/workload.h"

#include <atomic>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

namespace quarrymark::bench {
namespace {

constexpr std::size_t kLanes = 2;       // threads that build; appends take turns anyway
constexpr std::size_t kStories = 3000;  // at a time in a lane: groups of some hundred events
constexpr std::size_t kMostCrates = 4000;
constexpr std::size_t kGroup = 1000;

struct Organisation {
  const char* role;
  const char* country;
  std::size_t count;
};
constexpr Organisation kCast[] = {{"quarry operator", "IN", 4},
                                  {"trader", "IN", 2},
                                  {"factory", "CN", 3},
                                  {"trader", "CN", 2},
                                  {"importer", "NL", 3}};

// A site of the first log of its kind that names it, as `record` would have it.
std::string make_site(record::OpenLog& log, const std::string& kind, const std::string& name) {
  record::RecordRequest request;
  request.type = custody::EventType::kSite;
  record::Draft draft;
  draft.request = &request;
  draft.at = "2020-01-01T08:00:00+08:00";
  draft.fields.emplace_back("party", json::Object{{"name", log.record.name}});
  draft.fields.emplace_back("site",
                            json::Object{{"country", "IN"}, {"kind", kind}, {"name", name}});
  auto built = value_of(record::build_event(draft, log.record.origin, 0, UtcTime{}));
  const EventId id = built.prepared.event;
  std::vector<log::Prepared> events;
  events.push_back(std::move(built.prepared));
  value_of(log.log->append(std::move(events)));
  return id.text();
}

Cast cast_of(record::Node& node) {
  Cast cast;
  std::vector<std::vector<record::OpenLog*>*> parts = {
      &cast.quarries, &cast.traders, &cast.factories, &cast.exporters, &cast.importers};
  std::size_t next = 0;
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t n = 0; n < kCast[i].count; ++n) parts[i]->push_back(node.logs()[next++].get());
  for (record::OpenLog* log : cast.quarries)
    cast.quarry_sites.push_back(make_site(*log, "quarry", cat("Quarry of ", log->record.name)));
  for (record::OpenLog* log : cast.factories)
    cast.factory_sites.push_back(make_site(*log, "factory", cat("Hall of ", log->record.name)));
  return cast;
}

// Set by several threads; a log takes the later of two times.
class DayClock final : public Clock {
 public:
  UtcTime now() override { return UtcTime{ms_}; }
  void set(UtcTime time) { ms_ = time.ms; }

 private:
  std::atomic<std::int64_t> ms_{1'577'836'800'000};
};

// What both lanes share.
struct Growth {
  explicit Growth(const GrowOptions& o) : options(o) {}
  const GrowOptions& options;
  std::atomic<std::uint64_t> events{0}, outputs{0}, stories{0};
  std::mutex mutex;  // guards what follows
  Grown grown;
};

class Lane {
 public:
  Lane(Growth& growth, const Cast& cast, DayClock& clock, std::uint64_t seed)
      : growth_(growth), cast_(cast), clock_(clock), random_(seed) {}

  void run() {
    for (std::int64_t day = 0; growth_.events < growth_.options.events || !stories_.empty();
         ++day) {
      const bool more = growth_.events < growth_.options.events;
      while (more && stories_.size() < stories_wanted()) begin_story();
      take_day(day);
    }
  }

  void tell(Story::Kind kind) {
    stories_.push_back(std::make_unique<Story>(cast_, kind, growth_.stories++, random_));
  }

 private:
  // All stories of a lane end about when the ledger has its size.
  std::size_t stories_wanted() const {
    return std::min<std::uint64_t>(kStories, growth_.options.events / 200 + 1);
  }

  void begin_story() { tell(random_() % 3 == 0 ? Story::Kind::kSlabs : Story::Kind::kTiles); }

  // Every story goes one step on; the events of a log are appended together.
  void take_day(std::int64_t day) {
    std::map<record::OpenLog*, std::vector<std::pair<std::size_t, NextEvent>>> by_log;
    for (std::size_t i = 0; i < stories_.size(); ++i)
      if (auto next = stories_[i]->next(day)) {
        record::OpenLog* const log = next->log;
        by_log[log].emplace_back(i, std::move(*next));
      } else {
        over_.push_back(i);
      }
    clock_.set(UtcTime{(day + 18'263) * 86'400'000});
    for (auto& [log, events] : by_log) append(*log, events);
    drop_over();
  }

  void append(record::OpenLog& log, std::vector<std::pair<std::size_t, NextEvent>>& events) {
    for (std::size_t begin = 0; begin < events.size(); begin += kGroup) {
      const std::size_t end = std::min(events.size(), begin + kGroup);
      std::vector<log::Prepared> group;
      for (std::size_t i = begin; i < end; ++i)
        group.push_back(std::move(events[i].second.prepared));
      value_of(log.log->append(std::move(group)));
      for (std::size_t i = begin; i < end; ++i) {
        stories_[events[i].first]->happened(events[i].second);
        growth_.outputs += events[i].second.meaning->event.outputs.size();
      }
      growth_.events += end - begin;
      if (growth_.options.progress) {
        const std::lock_guard lock(growth_.mutex);
        growth_.options.progress(growth_.events);
      }
    }
  }

  void drop_over() {
    for (auto i = over_.rbegin(); i != over_.rend(); ++i) {
      const Story& story = *stories_[*i];
      const std::lock_guard lock(growth_.mutex);
      if (story.is_great()) growth_.grown.block = story.block();
      // Some of every time; the last ones are those that any cache has anyway.
      if (!story.is_great() && story.crates().size() == 6 && random_() % sampling_ == 0)
        growth_.grown.crates.push_back(story.crates().front());
      stories_.erase(stories_.begin() + static_cast<std::ptrdiff_t>(*i));
    }
    over_.clear();
  }

  Growth& growth_;
  const Cast& cast_;
  DayClock& clock_;
  Random random_;
  // Enough for measuring, whatever size.
  const std::uint64_t sampling_ = std::max<std::uint64_t>(1, growth_.options.events / 100'000);
  std::vector<std::unique_ptr<Story>> stories_;
  std::vector<std::size_t> over_;
};

std::string grown_path(const std::string& directory) { return directory + "/grown.json"; }

void save_grown(const std::string& directory, const Grown& grown) {
  std::ofstream out(grown_path(directory));
  out << json::write_indented(
      json::Object{{"events", static_cast<std::int64_t>(grown.events)},
                   {"outputs", static_cast<std::int64_t>(grown.outputs)},
                   {"block", grown.block},
                   {"crates", json::Array(grown.crates.begin(), grown.crates.end())}});
  out.flush();
  if (!out) give_up({Errc::kIo, cat("cannot write ", grown_path(directory)), {}});
}

}  // namespace

Grown grow(const std::string& directory, const GrowOptions& options) {
  std::size_t number = 0;
  for (const Organisation& organisation : kCast)
    for (std::size_t i = 0; i < organisation.count; ++i)
      value_of(record::Node::create_log(directory, cat("Example Stone ", ++number),
                                        organisation.role, organisation.country));
  DayClock clock;
  const auto node = value_of(record::Node::open(directory, clock));
  const Cast cast = cast_of(*node);
  Growth growth(options);
  std::vector<std::unique_ptr<Lane>> lanes;
  for (std::size_t i = 0; i < kLanes; ++i)
    lanes.push_back(std::make_unique<Lane>(growth, cast, clock, i + 1));
  lanes.front()->tell(Story::Kind::kGreat);
  std::vector<std::thread> threads;
  for (const auto& lane : lanes) threads.emplace_back([&lane] { lane->run(); });
  for (std::thread& thread : threads) thread.join();
  Grown grown = std::move(growth.grown);
  grown.events = growth.events + cast.quarry_sites.size() + cast.factory_sites.size();
  grown.outputs = growth.outputs;
  if (grown.crates.size() > kMostCrates) grown.crates.resize(kMostCrates);
  save_grown(directory, grown);
  return grown;
}

Grown load_grown(const std::string& directory) {
  std::ifstream in(grown_path(directory));
  std::stringstream text;
  text << in.rdbuf();
  const json::Value value = value_of(json::parse_input(text.str()));
  Grown grown;
  grown.events = static_cast<std::uint64_t>(*value.find("events")->if_integer());
  grown.outputs = static_cast<std::uint64_t>(*value.find("outputs")->if_integer());
  grown.block = *value.find("block")->if_string();
  for (const json::Value& crate : *value.find("crates")->if_array())
    grown.crates.push_back(*crate.if_string());
  return grown;
}

}  // namespace quarrymark::bench
