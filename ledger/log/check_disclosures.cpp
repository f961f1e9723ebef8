#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/head.h"
#include "ledger/log/check_range.h"

namespace quarrymark::log {
namespace {

using Lines = std::vector<std::string>;

// What is wrong with the fields and device of one entry, or empty. The lines are the head, one
// for each field of the head, and one for the device; an empty line was erased.
std::string fields_problem(const entry::Head& head, const Lines& lines, const Expected& expected) {
  const std::size_t wanted = 1 + head.fields.size() + (expected.device ? 1 : 0);
  if (lines.size() != wanted) return cat("expected ", wanted, " disclosures, got ", lines.size());
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    const auto& [name, digest] = head.fields[i];
    if (!lines[i + 1].empty() && entry::disclosure_digest(lines[i + 1]) != digest)
      return cat("field ", name, " is not the one its head commits to");
  }
  if (expected.device && !lines.back().empty() &&
      entry::disclosure_digest(lines.back()) != *expected.device)
    return "the device's disclosure is not the one the entry commits to";
  return {};
}

}  // namespace

std::string disclosures_problem(const std::string& origin, std::string_view value,
                                const Expected& expected) {
  const Lines lines = split_disclosures(value);
  if (entry::disclosure_digest(lines[0]).hash != expected.event.hash)
    return "the head is not the one the entry commits to";
  const auto disclosure = entry::parse_disclosure(lines[0]);
  if (!disclosure) return cat("head: ", to_string(disclosure.error()));
  if (disclosure->name != entry::kHeadName)
    return cat("the head is named ", quoted_for_message(disclosure->name));
  const auto head = entry::parse_head(disclosure->value);
  if (!head) return cat("head: ", to_string(head.error()));
  if (head->log != origin) return cat("the head is of another log, ", head->log);
  if (head->inputs.size() != expected.spends)
    return cat("the head has ", head->inputs.size(), " inputs, the entry ", expected.spends,
               " markers");
  return fields_problem(*head, lines, expected);
}

void check_disclosures(const CheckedLog& log, std::uint64_t begin,
                       const std::vector<std::optional<Expected>>& expected, Problems& problems) {
  const std::uint64_t end = begin + expected.size();
  const auto place = [&](std::uint64_t seq) {
    return cat("disclosures, log ", log.number, ", seq ", seq);
  };
  std::uint64_t next = begin;
  const auto missing = [&](std::uint64_t until) {
    for (; next < until; ++next) problems.add(cat(place(next), ": missing"));
  };
  const Status read = log.store.scan(
      store::Table::kDisclosures, log_prefix(log.number), seq_key(log.number, begin),
      [&](std::string_view key, std::string_view value) {
        if (key.size() != 12) return true;
        const std::uint64_t seq = store::read_u64(key.substr(4));
        if (seq >= end) return false;
        missing(seq);
        ++next;
        const auto& wanted = expected[seq - begin];
        if (!wanted) return true;  // the entry itself is reported already
        if (std::string problem = disclosures_problem(log.record.origin, value, *wanted);
            !problem.empty())
          problems.add(cat(place(seq), ": ", problem));
        return true;
      });
  if (!read)
    problems.add(cat(place(next), " and following: ", read.error().message));
  else
    missing(end);
}

}  // namespace quarrymark::log
