#include "ledger/record/item_finder.h"

#include "ledger/base/text.h"
#include "ledger/record/numbers.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

bool carries(const custody::Output& output, std::string_view alias) {
  return std::any_of(output.aliases.begin(), output.aliases.end(),
                     [&](const std::string& own) { return same_name(own, alias); });
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < 5; ++i) text += cat(i == 0 ? "" : ", ", items[i]);
  if (items.size() > 5) text += ", …";
  return text;
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

}  // namespace

// What a name may mean: the open states, and the last spent one of each item without any.
struct ItemFinder::Candidates {
  std::string serial;  // on the label that was read; empty: none
  std::vector<FoundState> open, spent;
};

std::vector<FoundState> ItemFinder::read(std::vector<ItemState> states) {
  std::vector<FoundState> found;
  found.reserve(states.size());
  for (ItemState& state : states) {
    custody::Output output = state.row.output;
    found.push_back({state.state, std::move(state.row), std::move(output)});
  }
  return found;
}

Result<std::vector<FoundState>> ItemFinder::history(std::string_view item) const {
  QM_TRY(auto states, all_states(rows_, item));
  return read(std::move(states));
}

Result<std::vector<FoundState>> ItemFinder::current(std::string_view item) const {
  QM_TRY(auto open, open_states(rows_, item));
  if (!open.empty()) return read(std::move(open));
  QM_TRY(auto all, history(item));
  if (all.empty())
    return fail(Errc::kNotFound, cat("nothing is known here of item ", quoted_for_message(item)));
  return std::vector<FoundState>{std::move(all.back())};
}

Result<ItemFinder::Candidates> ItemFinder::candidates(std::string_view name) const {
  Candidates found;
  std::vector<std::string> items;
  bool by_alias = false;
  if (const auto label = read_label_text(name)) {
    found.serial = label->serial;
    items.push_back(label->item);
  } else {
    by_alias = true;
    QM_TRY(items, items_of_alias(rows_, name));
  }
  for (const std::string& item : items) {
    auto states = current(item);
    if (!states && states.error().code == Errc::kNotFound) continue;
    if (!states) return tl::unexpected<Error>(std::move(states.error()));
    for (FoundState& state : *states) {
      // An alias that was corrected away no longer counts.
      if (by_alias && !carries(state.output, name)) continue;
      (state.row.spent ? found.spent : found.open).push_back(std::move(state));
    }
  }
  return found;
}

// Why none of the candidates may be spent by `log`.
Error ItemFinder::why_not(std::string_view name, const Candidates& found, const LogId& log) const {
  if (!found.open.empty()) {
    const StateRow& row = found.open.front().row;
    const auto holder = row.holder();
    return {Errc::kRefused,
            cat(quoted_for_message(name), " is held by ",
                holder ? directory_.name_or_origin(origin_of(*holder))
                       : cat(row.to_name, ", to whom it was dispatched by name")),
            {}};
  }
  if (!found.spent.empty()) {
    const SpentBy& spent = *found.spent.back().row.spent;
    return {Errc::kRefused,
            cat(quoted_for_message(name), " was spent by ",
                describe_spender(spent, log, directory_.name_of(origin_of(spent.log)))),
            {}};
  }
  return {Errc::kNotFound, cat("nothing known here answers to ", quoted_for_message(name)), {}};
}

Result<FoundState> ItemFinder::held(std::string_view name, const LogId& log) const {
  QM_TRY(Candidates found, candidates(name));
  std::vector<FoundState*> mine;
  std::vector<std::string> items;
  for (FoundState& state : found.open)
    if (state.row.holder() == log) {
      mine.push_back(&state);
      add_once(items, state.output.item);
    }
  if (mine.empty()) return tl::unexpected<Error>(why_not(name, found, log));
  if (items.size() > 1)
    return fail(Errc::kRefused, cat(quoted_for_message(name), " stands for ", items.size(),
                                    " items held here: ", joined(items), "; use an item number"));
  if (mine.size() > 1)
    return fail(Errc::kRefused, cat("item ", items.front(), " has ", mine.size(), " open states"));
  const std::string& serial = mine.front()->output.serial;
  if (!found.serial.empty() && !serial.empty() && serial != found.serial)
    return fail(Errc::kRefused, cat("the label with serial ", found.serial,
                                    " was replaced; on record is ", serial));
  return std::move(*mine.front());
}

Result<std::string> ItemFinder::item(std::string_view name) const {
  QM_TRY(const Candidates found, candidates(name));
  std::vector<std::string> items;
  for (const FoundState& state : found.open.empty() ? found.spent : found.open)
    add_once(items, state.output.item);
  if (items.empty())
    return fail(Errc::kNotFound, cat("nothing known here answers to ", quoted_for_message(name)));
  if (items.size() > 1)
    return fail(Errc::kRefused, cat(quoted_for_message(name), " stands for ", items.size(),
                                    " items: ", joined(items), "; use an item number"));
  return items.front();
}

}  // namespace quarrymark::record
