// The one sentence of a verdict, made of facts; no praise, no blame.
import { compareByBytes } from "../base/bytes.ts";
import type { Finding } from "../evidence.ts";
import type { UnitCase } from "./case.ts";
import { amountText } from "./measures.ts";
import { compareRatios, NONE, percentText, plus, ratio, shareOf, times } from "./ratio.ts";
import type { Report } from "./report.ts";
import { capitalised, ended } from "./text.ts";

type Worded = Omit<Report, "sentence">;

function criteriaText(report: Worded): string {
  const named = report.criteria.map(({ criterion, named }) => `${criterion} ${named}`);
  const last = named.pop();
  if (last === undefined) return "what the contract names";
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}

// "96 of 160 pieces" or "20.16 m² of 80.64 m²".
function ofTotal(value: number, { amount }: Worded): string {
  const part = amount.unit === "piece" ? `${value}` : amountText(BigInt(value), amount.unit);
  return `${part} of ${amount.text}`;
}

function coveredPart(report: Worded): string {
  const all = report.covered.value === report.amount.value;
  return all ? `all ${report.amount.text}` : ofTotal(report.covered.value, report);
}

function partialSentence(report: Worded): string {
  const parts = report.criteria.map(
    ({ criterion, named, supported }) => `${criterion} ${named} for ${ofTotal(supported, report)}`,
  );
  return `Records support ${parts.join("; ")}.`;
}

function mixedSentence(report: Worded): string {
  const byQuarry = new Map<string, bigint>();
  let total = 0n;
  for (const { status, quarry, amount } of report.units.flatMap((unit) => unit.shares)) {
    const name = status === "unknown" ? "an unknown origin" : (quarry ?? "a quarry not shown");
    byQuarry.set(name, (byQuarry.get(name) ?? 0n) + BigInt(amount));
    total += BigInt(amount);
  }
  if (total === 0n) return "Stone of different origin is mixed.";
  const parts = [...byQuarry]
    .map(([name, amount]) => ({ name, share: ratio(amount, total) }))
    .sort((a, b) => compareRatios(b.share, a.share) || compareByBytes(a.name, b.name))
    .map(({ name, share }) => `${percentText(share)} from ${name}`);
  return `By amount, ${parts.join(", ")}; this cannot be told apart by piece.`;
}

function overYieldSentence(units: readonly UnitCase[], report: Worded, why: Finding | undefined): string {
  const over = units.filter((unit) => unit.findings.some(({ verdict }) => verdict === "over_yield"));
  let explained = NONE;
  for (const { unit, branches } of over)
    for (const branch of branches)
      explained = plus(explained, times(times(branch.share, branch.explained), ratio(unit.amount)));
  const delivered = over.reduce((sum, { unit }) => sum + unit.amount, 0n);
  const { unit } = report.amount;
  const reason = why === undefined ? "" : `: ${why.sentence}`;
  return (
    `${amountText(delivered, unit)} delivered; at most ${amountText(shareOf(explained, 1n), unit)} ` +
    `are explained by the stone that went in${reason}.`
  );
}

function originSentence(report: Worded): string {
  if (report.units.length === 0) return "These passports carry evidence and no goods; their proofs hold.";
  const origins = report.units
    .flatMap((unit) => unit.shares)
    .map(({ quarry, stated_by: by }) => `${quarry ?? "a quarry not shown"}, by ${by}`);
  return `Recorded origin of ${report.amount.text}: ${[...new Set(origins)].join("; ")}.`;
}

export function verdictSentence(units: readonly UnitCase[], report: Worded): string {
  const why = report.findings.find(({ verdict }) => verdict !== null && verdict === report.verdict);
  const reason = why?.sentence ?? "";
  switch (report.verdict) {
    case null:
      return originSentence(report);
    case "invalid":
      return ended(`A proof fails: ${reason}`);
    case "mismatch":
      return `${capitalised(reason)}, for all ${report.amount.text}.`;
    case "duplicate":
      return ended(capitalised(reason));
    case "over_yield":
      return overYieldSentence(units, report, why);
    case "gap":
      return ended(`No supported origin for ${coveredPart(report)}: ${reason}`);
    case "mixed":
      return mixedSentence(report);
    case "partial":
      return partialSentence(report);
    case "not_verifiable":
      return ended(`Could not be checked: ${reason}`);
    case "declared":
      return ended(`Only declared, for ${coveredPart(report)}: ${reason}`);
    case "match":
      return `Records support ${criteriaText(report)} for all ${report.amount.text}.`;
  }
}
