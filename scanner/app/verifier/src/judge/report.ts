// The report: in the shape of schemas/verdict.schema.json, as `contract check --json` prints it.
import type { Finding, Json, Verdict } from "../evidence.ts";
import type { CriterionKind } from "./contract.ts";
import type { Standing } from "./criteria.ts";
import type { QuantityLine } from "./delivery.ts";
import type { Unit } from "./event.ts";

export interface Amount {
  value: number;
  unit: Unit;
  text: string;
}

export interface CriterionReport {
  criterion: CriterionKind;
  named: string;
  // Amounts by standing; they add up to the amount delivered.
  supported: number;
  declared: number;
  contradicted: number;
  unknown: number;
  unchecked: number;
  unit: Unit;
  status: Standing;
}

export interface ShareReport {
  per_mille: number;
  amount: number;
  quarry: string | null; // null here and below: unknown or withheld
  area: string | null;
  parcel: string | null;
  operator: string | null;
  factory: string | null;
  stone: string | null;
  block: string | null;
  status: Standing; // of the origin
  stated_by: string;
}

export interface UnitReport {
  item: string;
  aliases: string[];
  amount: number;
  unit: Unit;
  verdict: Verdict | null;
  scanned: boolean;
  shares: ShareReport[];
  findings: Finding[];
}

export interface ClaimShare {
  value: string | null; // null: unknown
  of: string | null; // the operator's parcel, the block's quarry
  status: "supported" | "declared" | "unknown";
  per_mille: number; // of the delivery; those of a level add up to 1000
  amount: number;
}

export interface ClaimReport {
  level: string;
  shares: ClaimShare[];
}

export interface StepReport {
  type: string;
  by: string;
  role: string;
  country: string;
  at: string;
  date_known_by: string;
  independence: string;
  device_signed: boolean;
}

export interface QuantityReport {
  status: QuantityLine["status"];
  delivered: number;
  named: number;
  tolerance: number;
  unit: Unit;
  text: string;
}

export interface Report {
  v: 1;
  verdict: Verdict | null;
  contract: string | null;
  date: string;
  sentence: string;
  amount: Amount; // delivered
  covered: Amount; // what the verdict holds for
  criteria: CriterionReport[];
  quantity: QuantityReport[];
  documents: string;
  units: UnitReport[];
  claims: ClaimReport[]; // of the whole delivery, the widest level first
  findings: Finding[]; // of the delivery as a whole, worst first
  steps: StepReport[];
  chain_length: { hand_overs: number; at_least: boolean };
  withheld_parties: number;
  custody_model: string | null; // of ISO 22095
  dates: string[];
  slack: string[];
  remarks: string[];
  scanned: number; // units whose label was scanned
  does_not_show: string;
}

// Worst first, as the one list in schemas/verdicts.json has them.
export const VERDICTS: readonly Verdict[] = [
  "invalid",
  "mismatch",
  "duplicate",
  "over_yield",
  "gap",
  "mixed",
  "partial",
  "not_verifiable",
  "declared",
  "match",
];

export function rankOf(verdict: Verdict | null): number {
  return verdict === null ? VERDICTS.length : VERDICTS.indexOf(verdict);
}

export function worstOf(findings: readonly Finding[]): Verdict | null {
  return findings.reduce<Verdict | null>(
    (worst, { verdict }) => (rankOf(verdict) < rankOf(worst) ? verdict : worst),
    null,
  );
}

export function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => rankOf(a.verdict) - rankOf(b.verdict));
}

export function exitCode(verdict: Verdict | null): number {
  switch (verdict) {
    case null:
    case "match":
      return 0;
    case "invalid":
    case "mismatch":
    case "duplicate":
    case "over_yield":
      return 3;
    case "not_verifiable":
      return 5;
    default:
      return 4;
  }
}

// The text that `--json` prints.
export function writeReport(report: Report): string {
  return `${writeIndented(report as unknown as Json, "")}\n`;
}

function writeIndented(value: Json, indent: string): string {
  const inner = `${indent}  `;
  const lines = (open: string, written: string[], close: string): string =>
    written.length === 0 ? open + close : `${open}\n${inner}${written.join(`,\n${inner}`)}\n${indent}${close}`;
  if (Array.isArray(value))
    return lines(
      "[",
      value.map((element) => writeIndented(element, inner)),
      "]",
    );
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${writeIndented(member, inner)}`);
  return lines("{", members, "}");
}
