#include "ledger/judge/origin.h"

#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

using Known = OriginFacts::Known;

const Event* site_event(const Graph& graph, const std::string& site) {
  const auto id = EventId::parse(site);
  const Event* event = id ? graph.event(*id) : nullptr;
  return event != nullptr && event->type == EventType::kSite ? event : nullptr;
}

std::string block_of(const Graph& graph, const Branch& branch) {
  const auto& block = graph.corrected(*branch.leaf, &Event::block);
  if (block && !block->empty()) return *block;
  const Output* output = graph.output(StateRef{branch.leaf->id, branch.leaf_out});
  return output != nullptr && !output->aliases.empty() ? output->aliases.front() : "";
}

void read_stone(const Graph& graph, const Event& leaf, OriginFacts& facts) {
  const auto& stone = graph.corrected(leaf, &Event::stone);
  facts.stone_hidden = stone.is_withheld();
  if (stone) facts.stone = stone->name;
}

void set_unknown(OriginFacts& facts, std::string code, std::string reason, Origin ask) {
  facts.known = Known::kUnknown;
  facts.missing = Missing{std::move(code), std::move(reason), std::move(ask)};
}

OriginFacts of_extract(const Graph& graph, const Membership& membership, const Branch& branch) {
  const Event& leaf = *branch.leaf;
  OriginFacts facts;
  facts.stated_by = facts.operator_log = leaf.log;
  facts.block = block_of(graph, branch);
  read_stone(graph, leaf, facts);
  facts.operator_name = membership.name(leaf.log);
  // What a log calls itself counts only where nobody is asked to vouch for it: else a hidden
  // admission would let it take any name.
  if (facts.operator_name.empty() && !membership.is_known(leaf.log))
    facts.operator_name = membership.own_words(leaf.log);
  facts.operator_hidden = facts.operator_name.empty() && membership.name_withheld(leaf.log);
  const auto& place = graph.corrected(leaf, &Event::place);
  if (place.is_withheld()) {
    set_unknown(facts, "not_shown", "the site the stone was extracted at is not shown", leaf.log);
    return facts;
  }
  if (place) {
    facts.site = place->site;
    facts.parcel = place->parcel;
    const Event* site = site_event(graph, place->site);
    facts.site_hidden = site == nullptr || site->site.is_withheld();
    if (site != nullptr && site->site) {
      facts.quarry = site->site->quarry;
      facts.site_name = site->site->name;
      facts.area = site->site->area;
    }
    switch (membership.admitted_for(leaf, place->site, place->parcel, "operator")) {
      case Membership::SiteAdmission::kYes:
        facts.known = Known::kRecorded;
        return facts;
      case Membership::SiteAdmission::kNotShown:
        set_unknown(facts, "not_shown", "the sites its extractor is admitted for are not shown",
                    leaf.log);
        return facts;
      case Membership::SiteAdmission::kNo:
      case Membership::SiteAdmission::kNoAdmission:
        break;
    }
  }
  // Not admitted for that site on that date: no more than a declaration (RULES.md, rule 12).
  if (!facts.operator_name.empty() && !facts.block.empty()) {
    facts.known = Known::kDeclared;
  } else {
    set_unknown(facts, "origin_unknown",
                "its extractor is not admitted for the site and names no operator and block number",
                leaf.log);
  }
  return facts;
}

OriginFacts of_source(const Graph& graph, const Branch& branch) {
  const Event& leaf = *branch.leaf;
  OriginFacts facts;
  facts.stated_by = leaf.log;
  read_stone(graph, leaf, facts);
  const bool bought = branch.beginning == Beginning::kAcquire;
  const auto& source = graph.corrected(leaf, &Event::source);
  if (source.is_withheld()) {
    set_unknown(facts, "not_shown", "where it was bought is not shown", leaf.log);
    return facts;
  }
  if (source) {
    facts.quarry = source->quarry;
    facts.area = source->area;
    facts.parcel = source->parcel;
    facts.operator_name = source->operator_name;
    facts.block = source->block;
    facts.declared_factory = source->factory;
    if (!source->operator_name.empty() && !source->block.empty()) {
      facts.known = Known::kDeclared;
      return facts;
    }
  }
  const std::string words = source && !source->words.empty()
                                ? cat("; the seller said ", quoted_for_message(source->words))
                                : "";
  set_unknown(facts, "origin_unknown",
              cat(bought ? "it was bought on " : "it was received on ", leaf.at.substr(0, 10),
                  " without an operator and a block or lot number", words),
              leaf.log);
  return facts;
}

bool is_digest(const std::string& text) { return EventId::parse(text).has_value(); }

CriterionStanding compared(const Criterion& criterion, const OriginFacts& facts,
                           const std::vector<std::string>& values, bool hidden,
                           std::string_view what) {
  CriterionStanding out;
  for (const std::string& value : values) {
    if (value.empty()) continue;
    if (out.value.empty()) out.value = value;
    if (same_name(value, criterion.named)) {
      out.standing = facts.known == Known::kRecorded ? Standing::kSupported : Standing::kDeclared;
      out.value = value;
      return out;
    }
  }
  if (!out.value.empty() && !hidden) {
    out.standing = Standing::kContradicted;
    return out;
  }
  out.standing = Standing::kUnknown;
  out.missing =
      Missing{hidden ? "not_shown" : "origin_unknown",
              hidden ? cat("its ", what, " is not shown") : cat("its ", what, " is not recorded"),
              facts.stated_by};
  return out;
}

CriterionStanding unknown_factory(std::string_view code, std::string reason, const Origin& ask) {
  CriterionStanding out;
  out.standing = Standing::kUnknown;
  out.missing = Missing{std::string(code), std::move(reason), ask};
  return out;
}

// Whether one maker is the factory named: by its log, by a site it is admitted for, or by name.
CriterionStanding judge_maker(const Graph& graph, const Membership& membership,
                              const Criterion& criterion, const Event& maker) {
  CriterionStanding out;
  const std::string vouched = membership.name(maker.log);
  const std::string spoken = vouched.empty() ? membership.own_words(maker.log) : vouched;
  out.value = spoken;
  const auto decided = [&](bool is_named, Standing when_named) {
    out.standing = is_named ? when_named : Standing::kContradicted;
    return out;
  };
  if (criterion.named.starts_with("quarrymark/"))
    return decided(maker.log == criterion.named, Standing::kSupported);
  if (is_digest(criterion.named)) {
    const auto& place = graph.corrected(maker, &Event::place);
    if (!place)
      return unknown_factory(place.is_withheld() ? "not_shown" : "link_missing",
                             "at which site it was worked is not shown", maker.log);
    if (place->site != criterion.named) return decided(false, Standing::kSupported);
    // Anybody can write down a site; whoever is admitted for it works there.
    switch (membership.admitted_for(maker, place->site, place->parcel, "")) {
      case Membership::SiteAdmission::kYes:
        return decided(true, Standing::kSupported);
      case Membership::SiteAdmission::kNotShown:
        return unknown_factory("not_shown", "the sites a factory is admitted for are not shown",
                               maker.log);
      case Membership::SiteAdmission::kNo:
      case Membership::SiteAdmission::kNoAdmission:
        return decided(false, Standing::kSupported);
    }
  }
  if (!vouched.empty()) return decided(same_name(vouched, criterion.named), Standing::kSupported);
  // A hidden name may be the one the contract names; what a known log calls itself instead does
  // not count. Of an unknown log its own word is all there is.
  if (spoken.empty() || membership.is_known(maker.log))
    return unknown_factory("not_shown", "the name of a factory it passed is not shown", maker.log);
  return decided(same_name(spoken, criterion.named), Standing::kDeclared);
}

CriterionStanding judge_factory(const Graph& graph, const Membership& membership,
                                const Criterion& criterion, const Branch& branch,
                                const OriginFacts& facts) {
  std::optional<CriterionStanding> out;
  for (const Event* maker : branch.makers) {
    CriterionStanding standing = judge_maker(graph, membership, criterion, *maker);
    const bool is_named =
        standing.standing == Standing::kSupported || standing.standing == Standing::kDeclared;
    if (!is_named && membership.role(maker->log).find("quarry") != std::string::npos) continue;
    if (!is_named) return standing;
    const auto& home_work = graph.corrected(*maker, &Event::home_work);
    if (home_work.is_withheld())
      return unknown_factory("not_shown", "the share of home work is not shown", maker->log);
    if (home_work) standing.declared_part = Share(*home_work, 1000);
    if (out) {
      standing.declared_part = std::max(standing.declared_part, out->declared_part);
      if (out->standing == Standing::kDeclared) standing.standing = Standing::kDeclared;
    }
    out = std::move(standing);
  }
  if (out) return *out;
  if (!facts.declared_factory.empty()) {
    OriginFacts declared = facts;
    declared.known = Known::kDeclared;
    return compared(criterion, declared, {facts.declared_factory}, false, "factory");
  }
  return unknown_factory("link_missing", "no work at a factory is recorded for it",
                         facts.stated_by);
}

}  // namespace

OriginFacts origin_of(const Graph& graph, const Membership& membership, const Branch& branch) {
  switch (branch.beginning) {
    case Beginning::kExtract:
      return of_extract(graph, membership, branch);
    case Beginning::kAcquire:
    case Beginning::kOneSided:
      return of_source(graph, branch);
    case Beginning::kTooLong: {
      OriginFacts facts;
      facts.known = Known::kUnchecked;
      facts.missing = Missing{branch.code, branch.reason, branch.ask};
      return facts;
    }
    case Beginning::kNotShown:
    case Beginning::kBroken:
    case Beginning::kUntold:
      break;
  }
  OriginFacts facts;
  facts.missing = Missing{branch.code, branch.reason, branch.ask};
  facts.stated_by = branch.ask;
  return facts;
}

CriterionStanding judge_criterion(const Graph& graph, const Membership& membership,
                                  const Criterion& criterion, const Branch& branch,
                                  const OriginFacts& facts) {
  if (criterion.kind == CriterionKind::kFactory)
    return judge_factory(graph, membership, criterion, branch, facts);
  if (facts.known == Known::kUnknown || facts.known == Known::kUnchecked) {
    CriterionStanding out;
    out.standing = facts.known == Known::kUnknown ? Standing::kUnknown : Standing::kUnchecked;
    out.missing = facts.missing;
    return out;
  }
  const bool by_id = is_digest(criterion.named);
  switch (criterion.kind) {
    case CriterionKind::kArea:
      return compared(criterion, facts, {facts.area, by_id ? facts.site : ""}, facts.site_hidden,
                      "area");
    case CriterionKind::kQuarry:
      // A site named by its event id is compared by that id, whatever of it is hidden.
      if (by_id) return compared(criterion, facts, {facts.site}, false, "quarry");
      return compared(criterion, facts, {facts.quarry, facts.site_name}, facts.site_hidden,
                      "quarry");
    case CriterionKind::kParcel:
      return compared(criterion, facts, {facts.parcel}, false, "parcel");
    case CriterionKind::kOperator:
      if (criterion.named.starts_with("quarrymark/"))
        return compared(criterion, facts, {facts.operator_log}, false, "operator");
      return compared(criterion, facts, {facts.operator_name}, facts.operator_hidden, "operator");
    case CriterionKind::kStone:
      return compared(criterion, facts, {facts.stone}, facts.stone_hidden, "stone");
    case CriterionKind::kFactory:
      break;
  }
  return {};
}

std::vector<Origin> factories_of(const Membership& membership, const Branch& branch) {
  std::vector<Origin> logs;
  for (const Event* maker : branch.makers)
    if (membership.role(maker->log).find("quarry") == std::string::npos &&
        std::find(logs.begin(), logs.end(), maker->log) == logs.end())
      logs.push_back(maker->log);
  return logs;
}

}  // namespace quarrymark::custody
