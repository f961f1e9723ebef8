// The head of an event: the disclosure named `event`, whose digest is the event id.
// FORMATS.md, rules 7 to 10.
import type { Head, Input } from "../evidence.ts";
import { isHashText } from "../base/base64.ts";
import { compareByBytes, quoted } from "../base/bytes.ts";
import { kindName, type Members, type Value } from "../base/json.ts";
import { isFieldName } from "../base/names.ts";
import { ObjectReader } from "../base/object_reader.ts";
import { Refusal, within } from "../base/refusal.ts";
import { parseClaimedTime } from "../base/time.ts";

export const recordOut = -1;
export const maxOutputs = 1000;
const maxInputs = 1000;

const eventTypes = new Set([
  "extract", "split", "pack", "unpack", "dispatch", "receive", "acquire", "accept", "dispose", "label", "attest",
  "correct", "void", "document", "contract", "site", "admit", "revoke", "rotate", "device", "erase",
]);

export function readDigest(reader: ObjectReader, name: string): string {
  const text = reader.string(name);
  if (!isHashText(text)) throw new Refusal(`expected 43 base64url characters, got ${quoted(text)}`, name);
  return text;
}

export function readOut(reader: ObjectReader): number {
  return reader.integer("out", recordOut, maxOutputs - 1);
}

// "out.12" → 12; −1 when `name` is not of exactly that form.
export function outputNumber(name: string): number {
  return /^out\.(?:0|[1-9][0-9]{0,2})$/.test(name) ? Number(name.slice(4)) : -1;
}

function parseInput(value: Value): Input {
  const reader = ObjectReader.frame(value);
  const input = {
    event: readDigest(reader, "event"),
    out: readOut(reader),
    amount: reader.integer("amount", 0, Number.MAX_SAFE_INTEGER),
  };
  reader.finish();
  if ((input.out === recordOut) !== (input.amount === 0)) {
    throw new Refusal(`expected 0 for a record state and at least 1 otherwise, got ${input.amount}`, "amount");
  }
  return input;
}

function parseInputs(values: Value[]): Input[] {
  const seen = new Set<string>();
  return values.map((value, i) =>
    within(`inputs[${i}]`, () => {
      const input = parseInput(value);
      const state = `${input.event} ${input.out}`;
      if (seen.has(state)) throw new Refusal("names a state twice");
      seen.add(state);
      return input;
    }),
  );
}

function parseFields(members: Members, outputs: number): Map<string, string> {
  const fields = new Map<string, string>();
  let before: string | null = null;
  let listed = 0;
  for (const [name, value] of members) {
    const place = `fields.${quoted(name, 40)}`;
    if (before !== null && compareByBytes(before, name) >= 0) throw new Refusal("names are not in ascending order", place);
    const out = outputNumber(name);
    if (out >= outputs) throw new Refusal(`the event has ${outputs} outputs`, place);
    if (out < 0 && !isFieldName(name)) throw new Refusal("not a field name", place);
    if (out >= 0) listed++;
    if (typeof value !== "string") throw new Refusal(`expected a digest, got ${kindName(value)}`, place);
    if (!isHashText(value)) throw new Refusal(`expected 43 base64url characters, got ${quoted(value)}`, place);
    fields.set(name, value);
    before = name;
  }
  // Names are distinct and below `outputs`, so counting them shows that none is missing.
  if (listed !== outputs) throw new Refusal(`expected out.0 … for ${outputs} outputs, got ${listed}`, "fields");
  return fields;
}

export function parseHead(value: Value): Head {
  const reader = ObjectReader.frame(value);
  const type = reader.string("type");
  if (!eventTypes.has(type)) throw new Refusal(`unknown event type ${quoted(type)}`, "type");
  const log = reader.string("log", 255);
  const at = reader.string("at");
  const atTime = within("at", () => parseClaimedTime(at));
  const n = reader.integer("n", 0, Number.MAX_SAFE_INTEGER);
  const inputs = parseInputs(reader.array("inputs", maxInputs));
  const outputs = reader.integer("outputs", 0, maxOutputs);
  const fields = parseFields(reader.object("fields"), outputs);
  reader.finish();
  return { type, log, at, atTime, n, inputs, outputs, fields };
}
