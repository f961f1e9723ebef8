#include "tests/bench/story.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/entry/marker.h"
#include "ledger/record/numbers.h"
#include "tests/bench/workload.h"

#include <algorithm>

namespace quarrymark::bench {

using custody::EventType;
using custody::ItemKind;
using custody::Output;
using json::Object;

struct Story::Plan {
  EventType type = EventType::kSplit;
  std::vector<Held> inputs;
  std::vector<Output> outputs;
  std::vector<std::pair<std::string, json::Value>> fields;
};

namespace {

constexpr std::int64_t kTileThickness = 30, kKerf = 6;

std::string claimed_time(std::int64_t day, std::int64_t minute) {
  // Dates of a calendar, so that they are read and shown like any others.
  return format_claimed_time(UtcTime{(day * 1440 + minute) * 60'000 + 1'577'836'800'000}, 480);
}

Output new_item(ItemKind kind, std::string alias = {}) {
  Output output;
  output.item = record::draw_item_number();
  output.kind = kind;
  if (!alias.empty()) output.aliases.push_back(std::move(alias));
  return output;
}

std::vector<Output> the_same(const std::vector<Held>& held) {
  std::vector<Output> outputs;
  for (const Held& each : held) {
    outputs.push_back(each.known.output);
    outputs.back().contents.clear();
  }
  return outputs;
}

template <class T>
T pick(const std::vector<T>& from, Random& random) {
  return from[random() % from.size()];
}

}  // namespace

Story::Story(const Cast& cast, Kind kind, std::uint64_t number, Random& random)
    : cast_(cast),
      kind_(kind),
      number_(number),
      random_(random),
      quarry_(random() % cast.quarries.size()),
      factory_(random() % cast.factories.size()),
      trader_(pick(cast.traders, random)),
      exporter_(pick(cast.exporters, random)),
      importer_(pick(cast.importers, random)),
      at_(cast.quarries[quarry_]) {}

std::int64_t Story::between(std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
}

std::optional<NextEvent> Story::next(std::int64_t day) {
  std::optional<Plan> plan;
  switch (kind_) {
    case Kind::kTiles:
      plan = plan_tiles();
      break;
    case Kind::kSlabs:
      plan = plan_slabs();
      break;
    case Kind::kGreat:
      plan = plan_great();
      break;
  }
  if (!plan) return std::nullopt;
  ++step_;
  return build(std::move(*plan), day);
}

NextEvent Story::build(Plan plan, std::int64_t day) {
  record::RecordRequest request;
  request.type = plan.type;
  request.key = cat(number_, "-", step_);
  request.content = crypto::sha256(request.key);
  plan.fields.emplace_back("how", Object{{"by", between(0, 3) == 0 ? "typed" : "scanned"},
                                         {"person", cat("w", between(1, 40))}});
  plan.fields.emplace_back("party", Object{{"name", at_->record.name}});
  std::sort(plan.fields.begin(), plan.fields.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  record::Draft draft;
  draft.request = &request;
  draft.at = claimed_time(day, between(0, 600));
  draft.outputs = std::move(plan.outputs);
  for (auto& field : plan.fields) draft.fields.push_back(std::move(field));
  for (Held& held : plan.inputs) {
    record::Consumed consumed;
    consumed.state = held.known.state;
    consumed.amount = held.known.output.amount;
    consumed.known = std::move(held.known);
    consumed.marker = held.marker;
    draft.inputs.push_back(std::move(consumed));
  }
  record::BuiltEvent built =
      value_of(record::build_event(draft, at_->record.origin, 0, UtcTime{day * 86'400'000}));
  return {at_, std::move(built.prepared), std::move(built.meaning)};
}

void Story::happened(const NextEvent& next) {
  const custody::Event& event = next.meaning->event;
  std::vector<Held> made;
  for (std::size_t out = 0; out < event.outputs.size(); ++out) {
    Held held;
    held.known.state = {event.id, static_cast<std::int32_t>(out)};
    held.known.output = *event.outputs[out];
    held.known.made_by = event.log;
    held.known.made_in = event.type;
    if (event.to) held.known.to = *event.to;
    held.marker = entry::spend_marker(event.id, event.output_texts[out]);
    made.push_back(std::move(held));
  }
  if (event.type == EventType::kExtract) block_ = made.front().known.output.item;
  if (event.type == EventType::kPack) {
    crates_.push_back(made.front().known.output.item);
    packed_.push_back(std::move(made.front()));
    return;
  }
  if (kind_ == Kind::kGreat && step_ == 4) {
    slabs_ = std::move(made);
    return;
  }
  held_ = std::move(made);
}

Story::Plan Story::dig() {
  Plan plan;
  plan.type = EventType::kExtract;
  Output block = new_item(ItemKind::kBlock, cat("B", number_));
  const std::int64_t l = between(2200, 3000), w = between(1400, 1900), h = between(1100, 1600);
  block.measure.gross = custody::Dimensions{l + 100, w + 80, h + 80};
  block.measure.net = custody::Dimensions{l, w, h};
  block.measure.mass = l * w * h / 1000 * 27 / 10 / 1000 * 1000;
  plan.outputs.push_back(std::move(block));
  plan.fields.emplace_back("block", Object{{"number", cat(number_)}});
  plan.fields.emplace_back(
      "site", Object{{"parcel", cat("P", between(1, 6))}, {"site", cast_.quarry_sites[quarry_]}});
  plan.fields.emplace_back(
      "stone", Object{{"family", "granite"}, {"name", cat("Example Grey ", quarry_ + 1)}});
  return plan;
}

Story::Plan Story::saw() {
  Plan plan;
  plan.inputs = std::move(held_);
  const custody::Dimensions net = *plan.inputs.front().known.output.measure.net;
  const std::int64_t fit = net.w / (kTileThickness + kKerf) - 2;
  if (kind_ == Kind::kTiles) {
    Output slabs = new_item(ItemKind::kBatch);
    slabs.amount = fit;
    slabs.measure.size = custody::Dimensions{net.l, net.h, kTileThickness};
    plan.outputs.push_back(std::move(slabs));
  } else {
    const std::int64_t count = kind_ == Kind::kGreat ? 40 : 12;
    for (std::int64_t i = 0; i < count; ++i) {
      Output slab = new_item(ItemKind::kSlab, cat("S", number_, ".", i + 1));
      slab.measure.size = custody::Dimensions{net.l, net.h, 20};
      plan.outputs.push_back(std::move(slab));
    }
  }
  plan.fields.emplace_back("saw",
                           Object{{"axis", "w"}, {"kerf", kKerf}, {"thickness", kTileThickness}});
  plan.fields.emplace_back("site", Object{{"site", cast_.factory_sites[factory_]}});
  return plan;
}

// A batch of slabs into portions of tiles; or one slab of the great block.
Story::Plan Story::cut_tiles() {
  Plan plan;
  if (kind_ == Kind::kGreat) {
    plan.inputs.push_back(std::move(slabs_.back()));
    slabs_.pop_back();
  } else {
    plan.inputs = std::move(held_);
  }
  const std::int64_t portions = kind_ == Kind::kGreat ? 49 : 6;
  for (std::int64_t i = 0; i < portions; ++i) {
    Output tiles = new_item(ItemKind::kBatch);
    tiles.amount = kind_ == Kind::kGreat ? 1 : between(60, 120);
    tiles.measure.size = custody::Dimensions{kind_ == Kind::kGreat ? 200 : 600, 300, 30};
    plan.outputs.push_back(std::move(tiles));
  }
  plan.fields.emplace_back("site", Object{{"site", cast_.factory_sites[factory_]}});
  return plan;
}

Story::Plan Story::pack_crate() {
  Plan plan;
  plan.type = EventType::kPack;
  Output crate =
      new_item(ItemKind::kCrate, cat("0952114", 10'000'000 + number_ * 8 + held_.size()));
  crate.serial = record::draw_serial();
  crate.contents.push_back({held_.back().known.output.amount, 0});
  plan.outputs.push_back(std::move(crate));
  plan.inputs.push_back(std::move(held_.back()));
  held_.pop_back();
  plan.fields.emplace_back("site", Object{{"site", cast_.factory_sites[factory_]}});
  return plan;
}

Story::Plan Story::pack_bundle() {
  Plan plan;
  plan.type = EventType::kPack;
  Output bundle = new_item(ItemKind::kBundle, cat("BD", number_, ".", held_.size()));
  const std::size_t count = std::min<std::size_t>(6, held_.size());
  for (std::size_t i = 0; i < count; ++i) {
    bundle.contents.push_back({1, static_cast<std::int64_t>(i)});
    plan.inputs.push_back(std::move(held_.back()));
    held_.pop_back();
  }
  plan.outputs.push_back(std::move(bundle));
  plan.type = EventType::kPack;
  return plan;
}

Story::Plan Story::hand_on(record::OpenLog* to) {
  Plan plan;
  plan.type = EventType::kDispatch;
  plan.outputs = the_same(held_);
  plan.inputs = std::move(held_);
  plan.fields.emplace_back("to", Object{{"log", to->record.origin}});
  Object transport{{"vehicle", "lorry"}};
  if (at_ == exporter_)
    transport = Object{{"container", cat("EXMU", 1'000'000 + number_ % 1'000'000)},
                       {"seal", cat("SL", number_)},
                       {"vgm", 24'000'000}};
  plan.fields.emplace_back("transport", std::move(transport));
  return plan;
}

Story::Plan Story::receive() {
  Plan plan;
  plan.type = EventType::kReceive;
  plan.outputs = the_same(held_);
  plan.inputs = std::move(held_);
  return plan;
}

Story::Plan Story::accept() {
  Plan plan;
  plan.type = EventType::kAccept;
  plan.inputs = std::move(held_);
  plan.fields.emplace_back("accept", Object{{"result", "accepted"}});
  return plan;
}

// extract, four hand-over halves, saw, cut, six crates, four hand-over halves, accept: of each
// crate the chain has twelve steps.
std::optional<Story::Plan> Story::plan_tiles() {
  record::OpenLog* const factory = cast_.factories[factory_];
  if (step_ >= 7 && step_ <= 12) {
    at_ = factory;
    return pack_crate();
  }
  if (step_ == 13) held_ = std::move(packed_);
  switch (step_) {
    case 0:
      return dig();
    case 1:
      return hand_on(trader_);
    case 2:
      at_ = trader_;
      return receive();
    case 3:
      return hand_on(factory);
    case 4:
      at_ = factory;
      return receive();
    case 5:
      return saw();
    case 6:
      return cut_tiles();
    case 13:
      return hand_on(exporter_);
    case 14:
      at_ = exporter_;
      return receive();
    case 15:
      return hand_on(importer_);
    case 16:
      at_ = importer_;
      return receive();
    case 17:
      return number_ % 3 == 0 ? std::nullopt : std::optional(accept());
    default:
      return std::nullopt;
  }
}

std::optional<Story::Plan> Story::plan_slabs() {
  record::OpenLog* const factory = cast_.factories[factory_];
  if (step_ == 6) held_ = std::move(packed_);
  switch (step_) {
    case 0:
      return dig();
    case 1:
      return hand_on(factory);
    case 2:
      at_ = factory;
      return receive();
    case 3:
      return saw();
    case 4:
    case 5:
      return pack_bundle();
    case 6:
      return hand_on(importer_);
    case 7:
      at_ = importer_;
      return receive();
    default:
      return std::nullopt;
  }
}

// 40 slabs, each cut into 49 portions; those of every fourth slab go to an importer, who has
// received half of them.
std::optional<Story::Plan> Story::plan_great() {
  record::OpenLog* const factory = cast_.factories[factory_];
  switch (step_) {
    case 0:
      return dig();
    case 1:
      return hand_on(factory);
    case 2:
      at_ = factory;
      return receive();
    case 3:
      return saw();
    default:
      break;
  }
  const std::size_t left = slabs_.size();
  if (great_ == Great::kCut && left % 4 == 0) {
    great_ = Great::kSent;
    return hand_on(importer_);
  }
  if (great_ == Great::kSent && left % 8 == 0) {
    great_ = Great::kBegun;
    at_ = importer_;
    return receive();
  }
  if (left == 0) return std::nullopt;
  great_ = Great::kCut;
  at_ = factory;
  return cut_tiles();
}

}  // namespace quarrymark::bench
