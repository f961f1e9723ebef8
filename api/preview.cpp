#include "api/preview.h"

#include "api/text_or_null.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::api {
namespace {

using passport::Clue;
using passport::ClueKind;
using passport::LogClue;
using passport::Preview;

constexpr std::size_t kMaxShown = 8;  // of one kind, in words; JSON has all
constexpr std::size_t kMaxValueText = 80;

json::Value counted(std::size_t count) { return static_cast<std::int64_t>(count); }

json::Value log_json(const LogClue& log) {
  return json::Object{{"log", log.log},
                      {"name", text_or_null(log.name)},
                      {"role", text_or_null(log.role)},
                      {"country", text_or_null(log.country)},
                      {"events", counted(log.events)},
                      {"first", text_or_null(log.first)},
                      {"last", text_or_null(log.last)},
                      {"log_size", static_cast<std::int64_t>(log.size)}};
}

std::string who(const Preview& preview, const std::string& origin) {
  for (const LogClue& log : preview.logs)
    if (log.log == origin && !log.name.empty()) return log.name;
  return cat("log ", origin.substr(0, 19), "…");
}

std::string log_line(const LogClue& log) {
  std::string out = cat(
      "  ", log.name.empty() ? cat("(name withheld, log ", log.log.substr(0, 19), "…)") : log.name);
  // A registrar has a role and no country: nobody admits it.
  out += log.role.empty() ? ", admission not in the file" : cat(", ", log.role);
  if (!log.country.empty()) out += cat(", ", log.country, ", admitted");
  if (log.events == 0) return out + ": named, no event shown\n";
  out += cat(": the same party in ", log.events, log.events == 1 ? " event, " : " events, ",
             log.first);
  if (log.last != log.first) out += cat(" to ", log.last);
  if (log.size > 0) out += cat("; its log holds ", log.size, " entries");
  return out + "\n";
}

std::string clue_heading(ClueKind kind) {
  switch (kind) {
    case ClueKind::kAlias:
      return "Numbers that stand on the stone, crates or papers";
    case ClueKind::kContainer:
      return "Container numbers, which anybody can track";
    case ClueKind::kDevice:
      return "Phones, told apart by their keys";
    case ClueKind::kDocument:
      return "Documents";
    case ClueKind::kMeasure:
      return "Sizes and weights that tell one thing from all others";
    case ClueKind::kPerson:
      return "Persons";
    case ClueKind::kPhoto:
      return "Digests of photos";
    case ClueKind::kPosition:
      return "Positions";
    case ClueKind::kTransport:
      return "Seals, vehicles and carriers";
  }
  return {};
}

std::string clues_text(const Preview& preview) {
  std::string out;
  for (std::size_t i = 0; i < preview.clues.size();) {
    const ClueKind kind = preview.clues[i].kind;
    std::size_t end = i;
    while (end < preview.clues.size() && preview.clues[end].kind == kind) ++end;
    out += cat(clue_heading(kind), " (", end - i, "):\n");
    for (std::size_t at = i; at < std::min(end, i + kMaxShown); ++at)
      out += cat("  ", visible_text(preview.clues[at].value, kMaxValueText), "\n");
    if (end - i > kMaxShown) out += cat("  and ", end - i - kMaxShown, " more\n");
    i = end;
  }
  return out;
}

std::string links_text(const Preview& preview, const std::vector<std::string>& others) {
  std::string out;
  for (const passport::LinkClue& link : preview.links) {
    const auto here = std::find_if(preview.logs.begin(), preview.logs.end(),
                                   [&](const LogClue& log) { return log.log == link.log; });
    const bool hidden = here != preview.logs.end() && here->name.empty();
    out += cat("  ", who(preview, link.log), " is in ", others.at(link.other), " as well");
    if (hidden && !link.name_there.empty())
      out += cat(", and is named there: ", link.name_there);
    else if (hidden)
      out += ", not named there either";
    out += "\n";
  }
  return out;
}

}  // namespace

json::Value preview_json(const Preview& preview, const std::vector<std::string>& others) {
  json::Array logs, gaps, clues, links, signers;
  for (const LogClue& log : preview.logs) logs.push_back(log_json(log));
  for (const passport::GapClue& gap : preview.gaps)
    gaps.push_back(json::Object{{"from_log", gap.from_log},
                                {"from", gap.from},
                                {"to_log", gap.to_log},
                                {"to", gap.to},
                                {"days", gap.days}});
  for (const Clue& clue : preview.clues)
    clues.push_back(json::Object{{"kind", passport::clue_kind_name(clue.kind)},
                                 {"value", clue.value},
                                 {"times", counted(clue.times)}});
  for (const passport::LinkClue& link : preview.links)
    links.push_back(json::Object{{"file", others.at(link.other)},
                                 {"log", link.log},
                                 {"name_there", text_or_null(link.name_there)}});
  for (const std::string& signer : preview.signers) signers.emplace_back(signer);
  json::Object withheld;
  for (const auto& [field, count] : preview.withheld) withheld.emplace_back(field, counted(count));
  return json::Object{{"logs", std::move(logs)},       {"gaps", std::move(gaps)},
                      {"withheld", withheld},          {"clues", std::move(clues)},
                      {"signers", std::move(signers)}, {"links", std::move(links)}};
}

std::string preview_text(const Preview& preview, const std::vector<std::string>& others) {
  std::string out = "Parties:\n";
  for (const LogClue& log : preview.logs) out += log_line(log);
  if (!preview.withheld.empty()) {
    out += "Withheld, and seen to be withheld:\n ";
    for (const auto& [field, count] : preview.withheld) out += cat(" ", field, " ", count, ";");
    out.back() = '\n';
  }
  if (!preview.gaps.empty()) {
    out += "Days between steps, which tell distances and waiting:\n";
    for (const passport::GapClue& gap : preview.gaps)
      out +=
          cat("  ", gap.days, gap.days == 1 ? " day: " : " days: ", gap.from, " (",
              who(preview, gap.from_log), ") to ", gap.to, " (", who(preview, gap.to_log), ")\n");
  }
  out += clues_text(preview);
  if (!preview.signers.empty()) {
    out += "Names of witnesses and monitors, one of which may be known to serve few logs:\n";
    for (const std::string& signer : preview.signers) out += cat("  ", signer, "\n");
  }
  if (!preview.links.empty())
    out +=
        cat("Whoever also has these files can put them together:\n", links_text(preview, others));
  out +=
      "Two passports that show the same log can always be linked; a reader who knows a log from "
      "elsewhere knows its party here.\n";
  return out;
}

}  // namespace quarrymark::api
