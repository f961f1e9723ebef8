#include "ledger/entry/chain_check.h"

#include "ledger/base/text.h"

namespace quarrymark::entry {

bool ChainCheck::next(std::uint64_t seq, std::string_view bytes, const Hash& hash, EntryView& view,
                      std::vector<std::string>& wrong) {
  std::string_view problem;
  if (!parse_entry_view(bytes, view, problem)) {
    wrong.push_back(cat("not an entry: wrong or missing ", problem));
    skip();
    return false;
  }
  if (view.log != origin_) wrong.push_back(cat("of another log, ", visible_text(view.log, 100)));
  if (view.seq != seq) wrong.push_back(cat("says it is entry ", view.seq));
  End end{true, std::nullopt, hash, view.time};
  if (view.has_prev) end.prev = view.prev.hash;
  if (last_.present) compare(last_, end.prev, end.time, seq, wrong);
  if (!begun_) first_ = end;
  begun_ = true;
  last_ = end;
  return true;
}

void ChainCheck::skip() {
  begun_ = true;
  last_.present = false;
}

void ChainCheck::compare(const End& before, const std::optional<Hash>& prev, UtcTime time,
                         std::uint64_t seq, std::vector<std::string>& wrong) {
  if (prev != before.hash) wrong.push_back(cat("its prev is not the hash of entry ", seq - 1));
  if (time < before.time) wrong.push_back(cat("is dated before entry ", seq - 1));
}

void ChainCheck::join(const ChainCheck& before, const ChainCheck& after, std::uint64_t seq,
                      std::vector<std::string>& wrong) {
  if (before.last_.present && after.first_.present)
    compare(before.last_, after.first_.prev, after.first_.time, seq, wrong);
}

}  // namespace quarrymark::entry
