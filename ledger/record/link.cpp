#include "ledger/record/link.h"

#include "ledger/base/text.h"
#include "ledger/record/state_row.h"

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;
using store::Table;

std::string link_key(const LogId& log, std::uint64_t seq) {
  return RowWriter().hash(log).u64(seq).take();
}

std::optional<EventId> site_of(const Event& event) {
  if (!event.place) return std::nullopt;
  const auto id = EventId::parse(event.place->site);
  return id ? std::optional(*id) : std::nullopt;
}

std::string name_of(const Event& event) {
  if (event.site) return event.site->name;
  if (event.type == EventType::kAdmit && event.party) return event.party->name;
  const bool begins = event.type == EventType::kExtract || event.type == EventType::kAcquire;
  return begins && event.stone ? event.stone->name : std::string();
}

// Inputs that are outputs of one event in turn are many and say its id once.
void write_inputs(const std::vector<entry::Input>& inputs, RowWriter& out) {
  const EventId* before = nullptr;
  for (const entry::Input& input : inputs) {
    const bool same = before != nullptr && *before == input.state.event;
    out.number((static_cast<std::uint64_t>(input.state.out + 1) << 1) | (same ? 1 : 0));
    if (!same) out.hash(input.state.event.hash);
    out.number(static_cast<std::uint64_t>(input.amount));
    before = &input.state.event;
  }
}

std::vector<entry::Input> read_inputs(std::uint64_t count, RowReader& in) {
  std::vector<entry::Input> inputs;
  for (; count > 0 && in.good(); --count) {
    entry::Input input;
    const std::uint64_t out = in.number();
    input.state.out = static_cast<std::int32_t>(out >> 1) - 1;
    input.state.event =
        (out & 1) != 0 && !inputs.empty() ? inputs.back().state.event : EventId{in.hash()};
    input.amount = static_cast<std::int64_t>(in.number());
    inputs.push_back(input);
  }
  return inputs;
}

}  // namespace

Status put_link(Rows& rows, const Event& event) {
  QM_TRY(const LogId log, log_id(event.log));
  const auto site = site_of(event);
  RowWriter out;
  out.u8(static_cast<std::uint8_t>(event.type)).u8(site ? 1 : 0).hash(event.id.hash);
  if (site) out.hash(site->hash);
  out.word(event.at).word(name_of(event)).number(event.outputs.size()).number(event.inputs.size());
  write_inputs(event.inputs, out);
  rows.put(Table::kLinks, link_key(log, event.seq), out.take());
  return {};
}

Result<std::optional<Link>> load_link(Rows& rows, const LogId& log, std::uint64_t seq) {
  QM_TRY(const auto bytes, rows.get(Table::kLinks, link_key(log, seq)));
  if (!bytes) return std::optional<Link>();
  RowReader in(*bytes);
  Link link;
  link.log = log;
  link.seq = seq;
  const std::uint8_t type = in.u8(), has_site = in.u8();
  link.type = static_cast<EventType>(type);
  link.event.hash = in.hash();
  if (has_site == 1) link.site = EventId{in.hash()};
  link.at = in.word();
  link.name = in.word();
  link.outputs = in.number();
  link.inputs = read_inputs(in.number(), in);
  if (!in.good() || !in.at_end() || has_site > 1 ||
      type > static_cast<std::uint8_t>(EventType::kErase))
    return fail(Errc::kDataLoss, cat("a stored link is damaged (", bytes->size(), " bytes)"));
  return std::optional(std::move(link));
}

Result<std::optional<Link>> load_link(Rows& rows, const EventId& event) {
  QM_TRY(const auto row, load_state(rows, {event, entry::kRecordOut}));
  if (!row) return std::optional<Link>();
  return load_link(rows, row->maker, row->seq);
}

}  // namespace quarrymark::record
