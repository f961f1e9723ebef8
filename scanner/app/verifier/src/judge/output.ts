// What an `out.N` disclosure says of a thing. FORMATS.md, rule 11.
import type { Json } from "../evidence.ts";
import { KINDS, MAX_SIDE, UNITS, type Content, type Measure, type Output, type Sides } from "./event.ts";
import { quoted } from "../base/bytes.ts";
import { Refusal, within } from "../base/refusal.ts";
import { kindName, Members } from "./members.ts";

export function oneOf<T extends string>(value: string, known: readonly T[], name: string): T {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new Refusal(`expected one of ${known.join(", ")}, got ${quoted(value)}`, name);
  return found;
}

function readSides(members: Members, name: string): Sides | undefined {
  const sides = members.optionalArray(name, 3);
  if (sides === undefined) return undefined;
  if (sides.length !== 3) throw new Refusal(`expected three sides in mm, got ${sides.length}`, name);
  const whole = sides.map((side, i) => {
    if (typeof side !== "number" || !Number.isInteger(side) || side < 1 || side > MAX_SIDE)
      throw new Refusal(`expected whole millimetres from 1 to ${MAX_SIDE}`, `${name}[${i}]`);
    return BigInt(side);
  });
  return [whole[0]!, whole[1]!, whole[2]!];
}

function readMeasure(value: Json): Measure {
  const members = new Members(value);
  const measure: Measure = {};
  const gross = readSides(members, "gross");
  const net = readSides(members, "net");
  const size = readSides(members, "size");
  const mass = members.optionalInteger("mass", { min: 1 });
  if (gross !== undefined) measure.gross = gross;
  if (net !== undefined) measure.net = net;
  if (size !== undefined) measure.size = size;
  if (mass !== undefined) measure.mass = BigInt(mass);
  return measure;
}

function readContent(value: Json): Content {
  const members = new Members(value);
  return { amount: BigInt(members.integer("amount", { min: 1 })), in: members.integer("in", { min: 0, max: 999 }) };
}

function readAliases(members: Members): string[] {
  return (members.optionalArray("aliases", 64) ?? []).map((alias) => {
    if (typeof alias !== "string") throw new Refusal(`expected strings, got ${kindName(alias)}`, "aliases");
    return alias;
  });
}

export function readOutput(value: Json): Output {
  const members = new Members(value);
  const amount = members.integer("amount", { min: 1 });
  const item = members.string("item", 64);
  const kindText = members.string("kind", 64);
  const unitText = members.string("unit", 64);
  const kind = oneOf(kindText, KINDS, "kind");
  const unit = oneOf(unitText, UNITS, "unit");
  if (kind !== "batch" && (amount !== 1 || unit !== "piece"))
    throw new Refusal(`only a batch has an amount other than 1 piece, got ${amount} ${unit} of kind ${kind}`, "amount");
  const aliases = readAliases(members);
  const serial = members.optionalString("serial", 64) ?? "";
  const contents = (members.optionalArray("contents") ?? []).map((content, i) =>
    within(`contents[${i}]`, () => readContent(content)),
  );
  const measured = members.optional("measure");
  const measure = measured === undefined ? {} : within("measure", () => readMeasure(measured));
  return { amount: BigInt(amount), item, kind, unit, aliases, serial, contents, measure };
}
