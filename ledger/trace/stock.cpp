#include "ledger/trace/stock.h"

#include "ledger/base/text.h"
#include "ledger/trace/look.h"

#include <map>
#include <set>
#include <tuple>

namespace quarrymark::trace {
namespace {

using custody::EventType;
using entry::kRecordOut;
using store::Table;

constexpr std::size_t kMaxBack = 1000;  // events behind a state that are asked for their stone
constexpr std::size_t kForgetAfter = 50'000;  // states, so that memory does not grow with the store

class Taking {
 public:
  Taking(Look& look, LogId log, const StockRequest& request, std::uint32_t date)
      : look_(look), log_(log), request_(request), date_(date) {}

  Status take(const StateRef& state, const StateRow& row) {
    QM_TRY(const bool there, was_there(row));
    if (!there) return {};
    if (++taken_ % kForgetAfter == 0) look_.forget();
    StockLine line;
    QM_TRY(line.site, site_of(state));
    if (!request_.site.empty() && !same_name(line.site, request_.site)) return {};
    QM_TRY(const std::set<std::string> stones, stones_of(state));
    for (const std::string& stone : stones)
      line.stone += cat(line.stone.empty() ? "" : " + ", stone);
    line.kind = row.output.kind;
    line.unit = row.output.unit;
    StockLine& sum =
        lines_.try_emplace({line.site, line.stone, line.kind, line.unit}, line).first->second;
    const bool first = sum.items == 0;
    sum.amount += row.output.amount;
    ++sum.items;
    if (!row.output.measure.mass || (!first && !sum.mass))
      sum.mass.reset();
    else
      sum.mass = sum.mass.value_or(0) + *row.output.measure.mass;
    return {};
  }

  std::vector<StockLine> lines() {
    std::vector<StockLine> lines;
    for (auto& [key, line] : lines_) lines.push_back(std::move(line));
    return lines;
  }

 private:
  // On the way it is nobody's stock.
  Result<bool> was_there(const StateRow& row) {
    if (row.record || row.maker != log_ || row.made_in == EventType::kDispatch) return false;
    if (date_ == 0) return !row.spent;
    QM_TRY(const Link* link, look_.link(row.maker, row.seq));
    if (link == nullptr || record::date_number(link->at) > date_) return false;
    return !row.spent || row.spent->date > date_;
  }

  // Of the nearest event behind it that says one, within this log: elsewhere it stood elsewhere.
  Result<std::string> site_of(StateRef state) {
    for (std::size_t steps = 0; steps < kMaxBack; ++steps) {
      QM_TRY(const Link* link, look_.maker(state));
      if (link == nullptr || link->log != log_) break;
      if (link->site) return look_.site_name(*link->site);
      QM_TRY(const auto sources, look_.behind(*link, state.out));
      if (sources.empty()) break;
      state = sources.front();
    }
    return std::string();
  }

  Result<std::set<std::string>> stones_of(const StateRef& from) {
    std::set<std::string> stones;
    std::vector<StateRef> todo{from};
    std::set<StateRef> seen;
    while (!todo.empty() && seen.size() < kMaxBack) {
      const StateRef state = todo.back();
      todo.pop_back();
      if (!seen.insert(state).second) continue;
      QM_TRY(const Link* link, look_.maker(state));
      if (link == nullptr) continue;
      if (!link->name.empty()) stones.insert(link->name);
      QM_TRY(const auto sources, look_.behind(*link, state.out));
      todo.insert(todo.end(), sources.begin(), sources.end());
    }
    return stones;
  }

  Look& look_;
  const LogId log_;
  const StockRequest& request_;
  const std::uint32_t date_;  // yyyymmdd; 0: now
  std::uint64_t taken_ = 0;
  std::map<std::tuple<std::string, std::string, custody::ItemKind, custody::Unit>, StockLine>
      lines_;
};

}  // namespace

Result<std::vector<StockLine>> stock_of(record::Node& node, const record::OpenLog& log,
                                        const StockRequest& request) {
  std::uint32_t date = 0;
  if (!request.date.empty()) {
    if (!parse_date(request.date))
      return fail(Errc::kInvalidArgument,
                  cat("expected a date such as 2026-03-02, got ", quoted_for_message(request.date)),
                  "at");
    date = record::date_number(request.date);
  }
  QM_TRY(const LogId id, record::log_id(log.record.origin));
  QM_TRY(const auto look, Look::open(node));
  Taking taking(*look, id, request, date);
  std::uint64_t read = 0;
  QM_TRY_VOID(record::visit_states(node.store(), [&](const StateRef& state, const StateRow& row) {
    if (request.progress && ++read % 4096 == 0) request.progress(read);
    return taking.take(state, row);
  }));
  return taking.lines();
}

}  // namespace quarrymark::trace
