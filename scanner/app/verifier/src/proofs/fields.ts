// The fields a verifier reads (FORMATS.md, "Fields a verifier reads"): a value that has not the form
// its name asks for makes the event unusable. Members that nobody reads here are the schemas'
// business. What the rules of shape need is kept; the judgement reads the rest for itself.
import { kindName, type Value } from "../base/json.ts";
import { isFieldName } from "../base/names.ts";
import { ObjectReader } from "../base/object_reader.ts";
import { Refusal, within } from "../base/refusal.ts";
import { parseDate } from "../base/time.ts";
import { quoted } from "../base/bytes.ts";
import type { ShownHead } from "./binding.ts";
import { readDigest } from "./head.ts";

export interface Output {
  amount: number;
  item: string;
  kind: string;
  unit: string;
  contents: number[]; // the inputs named
  text: string; // the disclosure
}

export interface To {
  log: string;
  contract: string;
  name: string;
}

export interface Received {
  event: string;
  outs: number[];
}

// undefined: the event never had it; null: withheld.
export type Shown<T> = T | null | undefined;

export interface Fields {
  outputs: (Output | null)[]; // null: withheld
  to: Shown<To>;
  received: Shown<Received>;
  member: Shown<string>; // the log admitted
  enrol: Shown<string>;
  withdrawn: Shown<string>;
  accept: Shown<string>; // the result
  voids: Shown<string>; // the event
}

const maxInteger = Number.MAX_SAFE_INTEGER;
const maxSide = 100_000; // mm
const kinds = ["block", "slab", "bundle", "piece", "crate", "batch"];
const units = ["piece", "g", "mm", "mm2", "mm3"];

function checkDimensions(reader: ObjectReader, name: string): void {
  const sides = reader.optionalArray(name, 3);
  if (sides === undefined) return;
  if (sides.length !== 3) throw new Refusal(`expected three sides in mm, got ${sides.length}`, name);
  sides.forEach((side, i) => {
    if (typeof side !== "number" || side < 1 || side > maxSide) {
      throw new Refusal(`expected whole millimetres from 1 to ${maxSide}`, `${name}[${i}]`);
    }
  });
}

function checkMeasure(value: Value): void {
  const reader = ObjectReader.free(value);
  for (const name of ["gross", "net", "size"]) checkDimensions(reader, name);
  reader.optionalInteger("mass", 1, maxInteger);
}

function readContents(values: Value[]): number[] {
  return values.map((value, i) =>
    within(`contents[${i}]`, () => {
      const reader = ObjectReader.free(value);
      reader.integer("amount", 1, maxInteger);
      return reader.integer("in", 0, 999);
    }),
  );
}

function parseOutput(value: Value, text: string): Output {
  const reader = ObjectReader.free(value);
  const amount = reader.integer("amount", 1, maxInteger);
  const item = reader.string("item", 64);
  const kind = reader.string("kind", 64);
  const unit = reader.string("unit", 64);
  if (!kinds.includes(kind)) throw new Refusal(`expected one of ${kinds.join(", ")}, got ${quoted(kind)}`, "kind");
  if (!units.includes(unit)) throw new Refusal(`expected one of ${units.join(", ")}, got ${quoted(unit)}`, "unit");
  if (kind !== "batch" && (amount !== 1 || unit !== "piece")) {
    throw new Refusal(`only a batch has an amount other than 1 piece, got ${amount} ${unit} of kind ${kind}`, "amount");
  }
  for (const alias of reader.optionalArray("aliases", 64) ?? []) {
    if (typeof alias !== "string") throw new Refusal(`expected strings, got ${kindName(alias)}`, "aliases");
  }
  reader.optionalString("serial", 64);
  const contents = readContents(reader.optionalArray("contents") ?? []);
  const measure = reader.optional("measure");
  if (measure !== undefined) within("measure", () => checkMeasure(measure));
  return { amount, item, kind, unit, contents, text };
}

function checkTexts(reader: ObjectReader, ...names: string[]): void {
  for (const name of names) reader.text(name);
}

function checkPlace(value: Value): void {
  const reader = ObjectReader.free(value);
  reader.string("site");
  reader.text("parcel");
}

function checkSiteFacts(value: Value): void {
  const reader = ObjectReader.free(value);
  checkTexts(reader, "kind", "name", "country", "area", "quarry");
  reader.texts("parcels");
  reader.optionalInteger("lat", -900_000_000, 900_000_000);
  reader.optionalInteger("lon", -1_800_000_000, 1_800_000_000);
}

function checkSaw(value: Value): void {
  const reader = ObjectReader.free(value);
  const axis = reader.string("axis");
  if (!["l", "w", "h"].includes(axis)) throw new Refusal(`expected l, w or h, got ${quoted(axis)}`, "axis");
  reader.integer("kerf", 0, 1000);
  reader.integer("thickness", 1, maxSide);
}

function parseTo(value: Value): To {
  const reader = ObjectReader.free(value);
  const to = { log: reader.text("log"), contract: reader.text("contract"), name: reader.text("name") };
  if ((to.log === "") === (to.name === "")) throw new Refusal("expected either log or name");
  if (to.contract !== "" && to.log === "") throw new Refusal("a contract needs the log that holds it", "contract");
  return to;
}

function parseReceived(value: Value): Received {
  const reader = ObjectReader.free(value);
  const event = readDigest(reader, "event");
  const outs = reader.array("outs").map((out) => {
    if (typeof out !== "number" || out < 0 || out > 999) {
      throw new Refusal("expected output numbers from 0 to 999", "outs");
    }
    return out;
  });
  return { event, outs };
}

function checkEventReference(value: Value): string {
  return readDigest(ObjectReader.free(value), "event");
}

function plainString(value: Value): string {
  if (typeof value !== "string") throw new Refusal(`expected a string, got ${kindName(value)}`);
  return value;
}

function parseMember(value: Value): string {
  const reader = ObjectReader.free(value);
  reader.text("country");
  const log = reader.string("log", 255);
  reader.text("role");
  return log;
}

function checkDate(reader: ObjectReader, name: string): void {
  const written = reader.text(name);
  if (written !== "") within(name, () => parseDate(written));
}

function checkAdmittedSites(value: Value): void {
  if (!Array.isArray(value)) throw new Refusal(`expected an array, got ${kindName(value)}`);
  value.forEach((site, i) =>
    within(`[${i}]`, () => {
      const reader = ObjectReader.free(site);
      checkDate(reader, "from");
      reader.texts("parcels");
      reader.text("role");
      reader.string("site");
      checkDate(reader, "to");
    }),
  );
}

// Of an object whose members are optional strings.
function checkObject(...names: string[]): (value: Value) => void {
  return (value) => checkTexts(ObjectReader.free(value), ...names);
}

function checkParty(value: Value): void {
  const reader = ObjectReader.free(value);
  reader.string("name");
  reader.texts("aliases");
}

function checkHomeWork(value: Value): void {
  ObjectReader.free(value).integer("per_mille", 0, 1000);
}

function checkWaste(value: Value): void {
  const reader = ObjectReader.free(value);
  reader.optionalInteger("mass", 0, maxInteger);
  reader.optionalInteger("volume", 0, maxInteger);
}

function checkAbout(value: Value): void {
  const reader = ObjectReader.free(value);
  checkTexts(reader, "event", "item", "site", "marker");
  reader.texts("sightings");
  reader.text("genuine");
}

// The result of an acceptance, empty when it states none.
function parseAccept(value: Value): string {
  return ObjectReader.free(value).text("result");
}

function checkErased(value: Value): void {
  const reader = ObjectReader.free(value);
  reader.array("disclosures").forEach((one, i) =>
    within(`disclosures[${i}]`, () => {
      const named = ObjectReader.free(one);
      readDigest(named, "event");
      if (!isFieldName(named.string("name"))) throw new Refusal("expected the name of a field", "name");
    }),
  );
  reader.text("reason");
}

// Outputs first, then the named fields, in this order.
export function readFields(shown: ShownHead): Fields {
  const { head, fields } = shown;
  const outputs: (Output | null)[] = [];
  for (let out = 0; out < head.outputs; out++) {
    const disclosure = fields.get(`out.${out}`);
    outputs.push(
      disclosure === undefined ? null : within(`out.${out}`, () => parseOutput(disclosure.value, disclosure.text)),
    );
  }
  const read = <T>(name: string, parse: (value: Value) => T): Shown<T> => {
    if (!head.fields.has(name)) return undefined;
    const disclosure = fields.get(name);
    return disclosure === undefined ? null : within(name, () => parse(disclosure.value));
  };
  read("party", checkParty);
  read("site", head.type === "site" ? checkSiteFacts : checkPlace);
  read("stone", checkObject("name", "family"));
  read(
    "source",
    checkObject("seller", "words", "legibility", "operator", "quarry", "block", "area", "parcel", "factory"),
  );
  read("block", checkObject("number"));
  read("saw", checkSaw);
  read("home_work", checkHomeWork);
  read("waste", checkWaste);
  const to = read("to", parseTo);
  const received = read("received", parseReceived);
  read("label", checkObject("action", "old_serial", "reason", "photo", "second_person"));
  read("corrects", checkEventReference);
  const voids = read("voids", checkEventReference);
  read("about", checkAbout);
  read("kind", plainString);
  read("statement", checkObject("text"));
  const member = read("member", parseMember);
  read("sites", checkAdmittedSites);
  const enrol = read("enrol", plainString);
  const withdrawn = read("withdrawn", plainString);
  const accept = read("accept", parseAccept);
  read("erased", checkErased);
  return { outputs, to, received, member, enrol, withdrawn, accept, voids };
}

