// Origin and contract criteria for each unit, and what that makes of the delivery.
// RULES.md, rules 1 to 6 and 10.
import { compareByBytes } from "../base/bytes.ts";
import type { Finding, Verdict } from "../evidence.ts";
import { count, finding, type Case, type UnitCase } from "./case.ts";
import { isOrigin, type Criterion, type CriterionKind } from "./contract.ts";
import { factoriesOf, judgeCriterion, STANDINGS, type CriterionStanding, type Standing } from "./criteria.ts";
import type { Branch } from "./lineage.ts";
import { originOf, type Missing, type OriginFacts } from "./origin.ts";
import { compareRatios, isNone, isWhole, minus, NONE, percentText, perMille, plus, ratio, shareOf, times, wholePart, type Ratio } from "./ratio.ts";
import type { CriterionReport, ShareReport } from "./report.ts";
import type { Unit } from "./event.ts";

interface JudgedBranch {
  branch: Branch;
  facts: OriginFacts;
  standings: CriterionStanding[]; // one for each criterion of the contract
}

function isContradicted(judged: JudgedBranch): boolean {
  return judged.standings.some(({ standing }) => standing === "contradicted");
}

// Criteria that make one finding when they are contradicted.
const GROUPS: readonly { code: string; concerns: (kind: CriterionKind) => boolean }[] = [
  { code: "origin_contradicted", concerns: isOrigin },
  { code: "factory_contradicted", concerns: (kind) => kind === "factory" },
  { code: "stone_contradicted", concerns: (kind) => kind === "stone" },
];

// Whole amounts for shares of `amount`: rounded down, what is left goes to the largest rests, so
// that a line always adds up to what was delivered.
export function wholeAmounts(parts: readonly Ratio[], amount: bigint): bigint[] {
  const exact = parts.map((part) => times(part, ratio(amount)));
  const whole = exact.map(wholePart);
  const rests: (Ratio | undefined)[] = exact.map((part, i) => minus(part, ratio(whole[i]!)));
  let left = amount - whole.reduce((sum, part) => sum + part, 0n);
  for (; left > 0n; left--) {
    let largest = -1;
    rests.forEach((rest, i) => {
      if (rest === undefined) return;
      const known = largest < 0 ? undefined : rests[largest];
      if (known === undefined || compareRatios(rest, known) > 0) largest = i;
    });
    if (largest < 0) break;
    whole[largest]! += 1n;
    rests[largest] = undefined;
  }
  return whole;
}

function known(text: string): string | null {
  return text === "" ? null : text;
}

const STANDING_OF_ORIGIN: { [Known in OriginFacts["known"]]: Standing } = {
  recorded: "supported",
  declared: "declared",
  unknown: "unknown",
  unchecked: "unchecked",
};

export class OriginJudge {
  private readonly case: Case;
  private readonly units: readonly UnitCase[];
  private readonly criteria: readonly Criterion[];
  private readonly judged: JudgedBranch[][];

  constructor(judgedCase: Case, units: readonly UnitCase[]) {
    this.case = judgedCase;
    this.units = units;
    this.criteria = judgedCase.question.contract?.criteria ?? [];
    this.judged = units.map((unit) => unit.branches.map((branch) => this.judgeBranch(branch)));
  }

  private judgeBranch(branch: Branch): JudgedBranch {
    const { graph, membership } = this.case;
    const facts = originOf(graph, membership, branch);
    return {
      branch,
      facts,
      standings: this.criteria.map((criterion) => judgeCriterion(this.case, criterion, branch, facts)),
    };
  }

  // Adds what is found to the units.
  find(): void {
    this.units.forEach((unit, i) => {
      for (const judged of this.judged[i]!) unit.findings.push(...this.unknown(judged));
      for (const judged of this.judged[i]!) unit.findings.push(...this.declared(judged));
    });
    this.findContradicted();
  }

  private missing({ code, reason, ask }: Missing, unchecked: boolean, share: Ratio): Finding {
    const who = ask === "" ? "" : this.case.membership.display(ask);
    // What was hidden was hidden by the presenter; what was never recorded is its maker's to say.
    const concerning = who === "" ? "" : `; it concerns ${who}`;
    const hidden = code === "not_shown" ? ` (not shown by the presenter${concerning})` : "";
    return finding(code, unchecked ? "not_verifiable" : "gap", reason + hidden, who, {
      per_mille: count(perMille(share)),
    });
  }

  private unknown(judged: JudgedBranch): Finding[] {
    const { facts, branch } = judged;
    if (this.criteria.length === 0) {
      const lacking = facts.known === "unknown" || facts.known === "unchecked";
      return lacking ? [this.missing(facts.missing, facts.known === "unchecked", branch.share)] : [];
    }
    // A share of another origin is decided; what else it lacks adds nothing. Another factory decides
    // nothing: hiding the origin would make a partial out of a mismatch.
    const otherOrigin = judged.standings.some(
      ({ standing }, c) => isOrigin(this.criteria[c]!.kind) && standing === "contradicted",
    );
    if (otherOrigin) return [];
    const said = new Map<string, Finding>();
    for (const { standing, missing } of judged.standings) {
      const key = missing.code + missing.reason;
      if ((standing !== "unknown" && standing !== "unchecked") || said.has(key)) continue;
      said.set(key, this.missing(missing, standing === "unchecked", branch.share));
    }
    return [...said.values()];
  }

  private declared({ facts, standings }: JudgedBranch): Finding[] {
    const by = this.case.membership.display(facts.statedBy);
    const byOneParty = (what: string): Finding =>
      finding("declared_only", "declared", `the ${what} is stated by ${by}; no earlier party recorded it`, by);
    if (this.criteria.length === 0) return facts.known === "declared" ? [byOneParty("origin")] : [];
    return this.criteria.flatMap((criterion, c) => {
      const { standing, declaredPart, value } = standings[c]!;
      if (standing === "declared") return [byOneParty(criterion.kind)];
      if (standing !== "supported" || isNone(declaredPart)) return [];
      const percent = perMille(declaredPart) / 10n;
      const sentence = `home work of ${percent} % counts for the factory as its own declaration`;
      return [finding("declared_only", "declared", sentence, value)];
    });
  }

  // The share of a unit in which one of these criteria is contradicted.
  private contradictedShare(unit: number, concerns: (kind: CriterionKind) => boolean): Ratio {
    return this.judged[unit]!.filter(({ standings }) =>
      this.criteria.some(({ kind }, c) => concerns(kind) && standings[c]!.standing === "contradicted"),
    ).reduce((sum, { branch }) => plus(sum, branch.share), NONE);
  }

  // Mismatch is for a delivery that contradicts as a whole; partial for separate units; mixed for a
  // share inside one unit.
  private findContradicted(): void {
    const namesOrigin = this.criteria.some(({ kind }) => isOrigin(kind));
    const shares = GROUPS.map(({ concerns }) => this.units.map((_, unit) => this.contradictedShare(unit, concerns)));
    this.units.forEach((unit, i) => {
      GROUPS.forEach(({ code, concerns }, g) => {
        const share = shares[g]![i]!;
        if (isNone(share)) return;
        // Another factory alone is never a mismatch: that word is for the origin (DESIGN.md §9).
        const mayMismatch = code === "origin_contradicted" || (code === "stone_contradicted" && !namesOrigin);
        const whole = mayMismatch && shares[g]!.every(isWhole);
        const verdict = whole ? "mismatch" : isWhole(share) ? "partial" : "mixed";
        unit.findings.push(...this.contradicted(i, share, verdict, code, concerns));
      });
    });
  }

  private contradicted(
    unit: number,
    share: Ratio,
    verdict: Verdict,
    code: string,
    concerns: (kind: CriterionKind) => boolean,
  ): Finding[] {
    return this.criteria.flatMap(({ kind, named }, c) => {
      const against = this.judged[unit]!.filter(({ standings }) => standings[c]!.standing === "contradicted");
      if (!concerns(kind) || against.length === 0) return [];
      // The values met instead of the named one, with their shares.
      const met = new Map<string, Ratio>();
      for (const { standings, branch } of against) {
        const value = standings[c]!.value;
        met.set(value, plus(met.get(value) ?? NONE, branch.share));
      }
      const onlyOne = isWhole(share) && met.size === 1;
      const recorded = [...met]
        .sort(([a], [b]) => compareByBytes(a, b))
        .map(([value, part]) => (value === "" ? "another" : value) + (onlyOne ? "" : ` (${percentText(part)})`))
        .join(", ");
      const oneParty = against.some(({ facts }) => facts.known === "declared") ? " (stated by one party)" : "";
      const sentence = `the contract names ${kind} ${named}; the records lead to ${recorded}${oneParty}`;
      const facts = { criterion: kind, named, per_mille: count(perMille(share)), recorded };
      return [finding(code, verdict, sentence, this.whoAnswers(unit), facts)];
    });
  }

  // Whoever put the unit together chose its stone: the last maker on the way.
  private whoAnswers(unit: number): string {
    const judged = this.judged[unit]!.find(isContradicted);
    if (judged === undefined) return "";
    return this.case.membership.display(judged.branch.makers[0]?.log ?? judged.facts.statedBy);
  }

  criteriaLines(unit: Unit): CriterionReport[] {
    return this.criteria.map(({ kind, named }, c) => {
      const sums = [0n, 0n, 0n, 0n, 0n];
      this.units.forEach((one, u) => {
        const parts = STANDINGS.map(() => NONE);
        for (const { branch, standings } of this.judged[u]!) {
          const { standing, declaredPart } = standings[c]!;
          const declared = times(branch.share, declaredPart);
          const own = STANDINGS.indexOf(standing);
          parts[own] = plus(parts[own]!, minus(branch.share, declared));
          parts[1] = plus(parts[1]!, declared);
        }
        wholeAmounts(parts, one.unit.amount).forEach((amount, i) => (sums[i]! += amount));
      });
      const [supported, declared, contradicted, unknown, unchecked] = sums.map(count) as [number, number, number, number, number];
      const amounts = { supported, declared, contradicted, unknown, unchecked };
      // The worst that holds for any amount; nothing delivered supports nothing.
      const worst = (["contradicted", "unknown", "unchecked", "declared", "supported"] as const).find(
        (standing) => amounts[standing] > 0,
      );
      return { criterion: kind, named, ...amounts, unit, status: worst ?? "unknown" };
    });
  }

  sharesOf(unit: number): ShareReport[] {
    const { membership } = this.case;
    return this.judged[unit]!.map((judged) => {
      const { facts, branch } = judged;
      const factories = factoriesOf(membership, branch).map((log) => membership.display(log));
      return {
        per_mille: count(perMille(branch.share)),
        amount: count(shareOf(branch.share, this.units[unit]!.unit.amount)),
        quarry: known(facts.quarry === "" ? facts.siteName : facts.quarry),
        area: known(facts.area),
        parcel: known(facts.parcel),
        operator: known(facts.operator),
        factory: known(factories.length === 0 ? facts.declaredFactory : factories.join(", ")),
        stone: known(facts.stone),
        block: known(facts.block),
        status: isContradicted(judged) ? "contradicted" : STANDING_OF_ORIGIN[facts.known],
        stated_by: facts.statedBy === "" ? "" : membership.display(facts.statedBy),
      };
    });
  }
}
