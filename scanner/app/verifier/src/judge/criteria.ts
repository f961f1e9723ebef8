// How a branch stands against what a contract names. RULES.md, rules 2, 5, 10 and 11.
import { isHashText } from "../base/base64.ts";
import type { Criterion } from "./contract.ts";
import { shown, type Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import type { Branch } from "./lineage.ts";
import type { Membership } from "./membership.ts";
import type { Missing, OriginFacts } from "./origin.ts";
import { compareRatios, NONE, ratio, type Ratio } from "./ratio.ts";
import { sameName } from "./text.ts";

export const STANDINGS = ["supported", "declared", "contradicted", "unknown", "unchecked"] as const;
export type Standing = (typeof STANDINGS)[number];

export interface CriterionStanding {
  standing: Standing;
  value: string; // what the records say, where they contradict
  missing: Missing; // when unknown or unchecked
  declaredPart: Ratio; // of a supported factory: its declared home work
}

const NOTHING_MISSING: Missing = { code: "", reason: "", ask: "" };

function stands(standing: Standing, value: string): CriterionStanding {
  return { standing, value, missing: NOTHING_MISSING, declaredPart: NONE };
}

function unknown(code: string, reason: string, ask: string, value = ""): CriterionStanding {
  return { ...stands("unknown", value), missing: { code, reason, ask } };
}

function isLog(named: string): boolean {
  return named.startsWith("quarrymark/");
}

// The first value that is the one named decides; else whatever else is said contradicts.
function compared(named: string, facts: OriginFacts, values: string[], hidden: boolean, what: string): CriterionStanding {
  const said = values.filter((value) => value !== "");
  const same = said.find((value) => sameName(value, named));
  if (same !== undefined) return stands(facts.known === "recorded" ? "supported" : "declared", same);
  if (hidden) return unknown("not_shown", `its ${what} is not shown`, facts.statedBy, said[0]);
  if (said.length > 0) return stands("contradicted", said[0]!);
  return unknown("origin_unknown", `its ${what} is not recorded`, facts.statedBy);
}

// What is known of events and of logs.
interface Known {
  graph: Graph;
  membership: Membership;
}

// Whether one maker is the factory named: by its log, by a site it is admitted for, or by name.
function judgeMaker({ graph, membership }: Known, named: string, maker: Event): CriterionStanding {
  const vouched = membership.name(maker.log);
  const spoken = vouched === "" ? membership.ownWords(maker.log) : vouched;
  const decided = (isNamed: boolean, ifNamed: Standing): CriterionStanding =>
    stands(isNamed ? ifNamed : "contradicted", spoken);
  if (isLog(named)) return decided(maker.log === named, "supported");
  if (isHashText(named)) return judgeMakerSite({ graph, membership }, named, maker, decided);
  if (vouched !== "") return decided(sameName(vouched, named), "supported");
  // A hidden name may be the one the contract names; what a known log calls itself instead does
  // not count. Of an unknown log its own word is all there is.
  if (spoken === "" || membership.isKnown(maker.log))
    return unknown("not_shown", "the name of a factory it passed is not shown", maker.log);
  return decided(sameName(spoken, named), "declared");
}

function judgeMakerSite(
  { graph, membership }: Known,
  named: string,
  maker: Event,
  decided: (isNamed: boolean, ifNamed: Standing) => CriterionStanding,
): CriterionStanding {
  const field = graph.field(maker, "place");
  const place = shown(field);
  if (place === undefined) {
    const code = field.is === "withheld" ? "not_shown" : "link_missing";
    return unknown(code, "at which site it was worked is not shown", maker.log);
  }
  if (place.site !== named) return decided(false, "supported");
  // Anybody can write down a site; whoever is admitted for it works there.
  const admitted = membership.admittedFor(maker, place.site, place.parcel, "");
  if (admitted === "not shown")
    return unknown("not_shown", "the sites a factory is admitted for are not shown", maker.log);
  return decided(admitted === "yes", "supported");
}

function larger(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) >= 0 ? a : b;
}

function judgeFactory(known: Known, named: string, branch: Branch, facts: OriginFacts): CriterionStanding {
  let found: CriterionStanding | undefined;
  for (const maker of branch.makers) {
    const one = judgeMaker(known, named, maker);
    if (one.standing !== "supported" && one.standing !== "declared") {
      if (known.membership.isQuarry(maker.log)) continue;
      return one;
    }
    const homeWork = known.graph.field(maker, "homeWork");
    if (homeWork.is === "withheld") return unknown("not_shown", "the share of home work is not shown", maker.log);
    const part = homeWork.is === "shown" ? ratio(homeWork.value, 1000n) : NONE;
    found = {
      ...one,
      standing: found?.standing === "declared" ? "declared" : one.standing,
      declaredPart: larger(part, found?.declaredPart ?? NONE),
    };
  }
  if (found !== undefined) return found;
  if (facts.declaredFactory !== "")
    return compared(named, { ...facts, known: "declared" }, [facts.declaredFactory], false, "factory");
  return unknown("link_missing", "no work at a factory is recorded for it", facts.statedBy);
}

export function judgeCriterion(
  known: Known,
  criterion: Criterion,
  branch: Branch,
  facts: OriginFacts,
): CriterionStanding {
  const { kind, named } = criterion;
  if (kind === "factory") return judgeFactory(known, named, branch, facts);
  if (facts.known === "unknown" || facts.known === "unchecked")
    return { ...stands(facts.known, ""), missing: facts.missing };
  const byId = isHashText(named);
  switch (kind) {
    case "area":
      return compared(named, facts, [facts.area, byId ? facts.site : ""], facts.siteHidden, kind);
    case "quarry":
      // A site named by its event id is compared by that id, whatever of it is hidden.
      if (byId) return compared(named, facts, [facts.site], false, kind);
      return compared(named, facts, [facts.quarry, facts.siteName], facts.siteHidden, kind);
    case "parcel":
      return compared(named, facts, [facts.parcel], false, kind);
    case "operator":
      if (isLog(named)) return compared(named, facts, [facts.operatorLog], false, kind);
      return compared(named, facts, [facts.operator], facts.operatorHidden, kind);
    case "stone":
      return compared(named, facts, [facts.stone], facts.stoneHidden, kind);
  }
}

// The logs that worked the stone into what it is, by the same rule as the factory criterion:
// every split on the way by a log that is not a quarry operator. The latest first.
export function factoriesOf(membership: Membership, branch: Branch): string[] {
  return [...new Set(branch.makers.map((maker) => maker.log))].filter((log) => !membership.isQuarry(log));
}
