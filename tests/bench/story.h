// One block on its way: what happens to it, step by step, and what is left of it in hand.
#pragma once

#include "ledger/record/event_builder.h"
#include "ledger/record/node.h"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace quarrymark::bench {

using Random = std::mt19937_64;

// The logs of the generated ledger, by what they are.
struct Cast {
  std::vector<record::OpenLog*> quarries, traders, factories, exporters, importers;
  std::vector<std::string> quarry_sites, factory_sites;  // event ids, one for each of those
};

// An open state in the hands of a story.
struct Held {
  custody::InputState known;
  Marker marker;
};

struct NextEvent {
  record::OpenLog* log = nullptr;
  log::Prepared prepared;
  std::shared_ptr<const record::Meaning> meaning;
};

class Story {
 public:
  enum class Kind { kTiles, kSlabs, kGreat };

  Story(const Cast& cast, Kind kind, std::uint64_t number, Random& random);

  // Builds the next event; nothing when the story is over. `day` since the ledger began.
  std::optional<NextEvent> next(std::int64_t day);
  // The event was appended: its outputs are in hand.
  void happened(const NextEvent& event);

  bool is_great() const { return kind_ == Kind::kGreat; }
  const std::string& block() const { return block_; }
  const std::vector<std::string>& crates() const { return crates_; }

 private:
  struct Plan;
  NextEvent build(Plan plan, std::int64_t day);
  Plan dig();
  Plan saw();
  Plan cut_tiles();
  Plan pack_crate();
  Plan pack_bundle();
  Plan hand_on(record::OpenLog* to);
  Plan receive();
  Plan accept();
  std::optional<Plan> plan_tiles();
  std::optional<Plan> plan_slabs();
  std::optional<Plan> plan_great();
  std::int64_t between(std::int64_t low, std::int64_t high);

  const Cast& cast_;
  const Kind kind_;
  const std::uint64_t number_;
  Random& random_;
  std::size_t quarry_, factory_;
  record::OpenLog *trader_, *exporter_, *importer_;
  int step_ = 0;
  enum class Great { kBegun, kCut, kSent } great_ = Great::kBegun;
  record::OpenLog* at_;      // whose event comes next
  std::vector<Held> held_;   // what the story goes on with
  std::vector<Held> slabs_;  // of the great block, not yet cut
  std::vector<Held> packed_;
  std::string block_;
  std::vector<std::string> crates_;
};

}  // namespace quarrymark::bench
