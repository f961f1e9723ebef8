// What an authority required: the value of a `contract` field, which is also the contract file.
// FORMATS.md, "Fields a verifier reads".
import { Refusal, within } from "../base/refusal.ts";
import type { Json } from "../evidence.ts";
import { MAX_SIDE, UNITS, type Sides, type Unit } from "./event.ts";
import { parseInput } from "./values.ts";
import { Members } from "./members.ts";
import { oneOf } from "./output.ts";
import { comparableName } from "./text.ts";

export const CRITERIA = ["area", "quarry", "parcel", "operator", "factory", "stone"] as const;
export type CriterionKind = (typeof CRITERIA)[number];

// Area, quarry, parcel and operator say where the stone comes from (RULES.md, rule 2).
export function isOrigin(kind: CriterionKind): boolean {
  return kind !== "factory" && kind !== "stone";
}

export interface Criterion {
  kind: CriterionKind;
  named: string; // a site event id, an origin or a name
}

export interface ContractLine {
  amount: bigint;
  unit: Unit;
  size: Sides | undefined; // of one piece, [l,w,t] in mm
  joint: bigint; // mm, added to both sides when pieces become area
  tolerance: bigint; // allowed shortage, in `unit`
}

export interface Contract {
  id: string;
  criteria: Criterion[];
  lines: ContractLine[];
  closed: boolean; // nothing more will be delivered (RULES.md, rule 9)
}

function readSize(members: Members): Sides | undefined {
  const sides = members.optionalArray("size", 3);
  if (sides === undefined) return undefined;
  const whole = sides.filter((side) => typeof side === "number" && side >= 1 && side <= MAX_SIDE) as number[];
  if (sides.length !== 3 || whole.length !== 3) throw new Refusal("expected three sides in whole millimetres", "size");
  return whole.map(BigInt) as unknown as Sides;
}

function readLine(value: Json): ContractLine {
  const members = new Members(value);
  const amount = BigInt(members.integer("amount", { min: 1 }));
  const unit = oneOf(members.string("unit"), UNITS, "unit");
  const size = readSize(members);
  const joint = BigInt(members.optionalInteger("joint", { min: 0, max: 1000 }) ?? 0);
  const tolerance = BigInt(members.optionalInteger("tolerance", { min: 0 }) ?? 0);
  return { amount, unit, size, joint, tolerance };
}

function readCriteria(value: Json): Criterion[] {
  const members = new Members(value);
  const criteria: Criterion[] = [];
  for (const kind of CRITERIA) {
    const named = members.optionalString(kind);
    if (named === undefined) continue;
    if (comparableName(named) === "") throw new Refusal("expected a name, got nothing", kind);
    criteria.push({ kind, named });
  }
  // An unknown criterion cannot be passed over: the verdict would say less than it seems to.
  members.finish();
  return criteria;
}

// Throws a `Refusal` that says what does not fit and where.
export function readContract(value: Json): Contract {
  const members = new Members(value);
  const written = members.required("criteria");
  const criteria = within("criteria", () => readCriteria(written));
  const id = members.string("id", 200);
  const lines = (members.optionalArray("lines", 200) ?? []).map((line, i) => within(`lines[${i}]`, () => readLine(line)));
  const closed = members.optionalBoolean("closed") ?? false;
  members.optionalArray("documents", 100);
  return { id, criteria, lines, closed };
}

const MAX_CONTRACT_BYTES = 1 << 20;

export function parseContract(text: string): Contract {
  return readContract(parseInput(text, MAX_CONTRACT_BYTES));
}
