// From where the stone of a delivery comes, at each level at which an origin may be claimed: area,
// quarry, operator with its parcel, block, or no more than what it is called. DOMAIN.md §1, C5 and C6.
//
// A share with nothing to say at a level stays a share of its own, unknown: the shares of a level add
// up to the whole, always.
import { compareByBytes } from "../base/bytes.ts";
import { count, type Case, type UnitCase } from "./case.ts";
import { originOf, type OriginFacts } from "./origin.ts";
import { compareRatios, minus, NONE, plus, ratio, times, wholePart, type Ratio } from "./ratio.ts";
import type { ClaimReport, ClaimShare } from "./report.ts";

const LEVELS = ["area", "quarry", "operator", "block", "appearance"] as const;
type Level = (typeof LEVELS)[number];
const STANDINGS = ["supported", "declared", "unknown"] as const; // among equal shares, in this order

type Claimed = Pick<ClaimShare, "status" | "value" | "of">;

function namesAt(level: Level, facts: OriginFacts): { value: string; of: string } {
  const quarry = facts.quarry === "" ? facts.siteName : facts.quarry;
  switch (level) {
    case "area":
      return { value: facts.area, of: "" };
    case "quarry":
      return { value: quarry, of: "" };
    case "operator":
      return { value: facts.operator, of: facts.parcel };
    case "block":
      return { value: facts.block, of: quarry };
    case "appearance":
      return { value: facts.stone, of: "" };
  }
}

// Supported where its extraction is recorded by somebody admitted for the site, declared where one party
// states it. What stone is called needs no origin.
function claimed(level: Level, facts: OriginFacts): Claimed {
  const { value, of } = namesAt(level, facts);
  const isKnown = facts.known === "recorded" || facts.known === "declared";
  if (value === "" || (level !== "appearance" && !isKnown)) return { status: "unknown", value: null, of: null };
  return { status: facts.known === "recorded" ? "supported" : "declared", value, of: of === "" ? null : of };
}

// Whole parts of `total`: rounded down, what is left goes to the largest rests, the first of equals.
function wholeParts(shares: readonly Ratio[], total: bigint): number[] {
  const parts = shares.map((share) => wholePart(times(share, ratio(total))));
  const rests = shares.map((share, i) => minus(times(share, ratio(total)), ratio(parts[i]!)));
  for (let given = parts.reduce((sum, part) => sum + part, 0n); given < total && rests.length > 0; given += 1n) {
    const largest = rests.reduce((best, rest, i) => (compareRatios(rest, rests[best]!) > 0 ? i : best), 0);
    parts[largest]! += 1n;
    rests[largest] = ratio(-1n);
  }
  return parts.map(count);
}

type Sums = Map<string, { said: Claimed; share: Ratio }>;

function inOrder(a: Claimed, b: Claimed): number {
  return (
    STANDINGS.indexOf(a.status) - STANDINGS.indexOf(b.status) ||
    compareByBytes(a.value ?? "", b.value ?? "") ||
    compareByBytes(a.of ?? "", b.of ?? "")
  );
}

// The greatest share first, unknown last.
function sharesOf(sums: Sums, total: bigint): ClaimShare[] {
  const ordered = [...sums.values()].sort(
    (a, b) =>
      Number(a.said.status === "unknown") - Number(b.said.status === "unknown") ||
      compareRatios(b.share, a.share) ||
      inOrder(a.said, b.said),
  );
  const shares = ordered.map(({ share }) => share);
  const amounts = wholeParts(shares, total);
  const perMilles = wholeParts(shares, 1000n);
  return ordered.map(({ said: { value, of, status } }, i) => ({ value, of, status, per_mille: perMilles[i]!, amount: amounts[i]! }));
}

export function claimsOf({ graph, membership }: Case, units: readonly UnitCase[]): ClaimReport[] {
  const total = units.reduce((sum, { unit }) => sum + unit.amount, 0n);
  if (total <= 0n) return [];
  const branches = units.flatMap(({ unit, branches }) =>
    branches.map((branch) => ({ facts: originOf(graph, membership, branch), part: times(branch.share, ratio(unit.amount, total)) })),
  );
  return LEVELS.map((level) => {
    const sums: Sums = new Map();
    for (const { facts, part } of branches) {
      const said = claimed(level, facts);
      const key = JSON.stringify([said.status, said.value, said.of]);
      sums.set(key, { said, share: plus(sums.get(key)?.share ?? NONE, part) });
    }
    return { level, shares: sharesOf(sums, total) };
  });
}
