// From what was proved to typed events. Members that the rules use are checked here, others are
// the schemas' business (FORMATS.md, rule 3); what does not fit is thrown as a `Refusal`.
import { isHashText } from "../base/base64.ts";
import { quoted } from "../base/bytes.ts";
import { isFieldName } from "../base/names.ts";
import { attempt, Refusal, within } from "../base/refusal.ts";
import { parseDate } from "../base/time.ts";
import type { Json, ShownEvent } from "../evidence.ts";
import {
  readClosures, readNamedPermit, readPermits, readPositions, readSeasons, readTransport,
} from "./circumstances.ts";
import { ABSENT, WITHHELD, MAX_SIDE, type AdmittedSite, type Axis, type Event, type Field, type FieldName, type Fields } from "./event.ts";
import { kindName, Members } from "./members.ts";
import { readOutput } from "./output.ts";

type Readers = { [Name in FieldName]: (value: Json) => Fields[Name] };

function eventId(members: Members): string {
  const text = members.string("event");
  if (!isHashText(text)) throw new Refusal(`expected 43 base64url characters, got ${quoted(text)}`, "event");
  return text;
}

function plainText(value: Json): string {
  if (typeof value !== "string") throw new Refusal(`expected a string, got ${kindName(value)}`);
  return value;
}

function readSaw(value: Json): Fields["saw"] {
  const members = new Members(value);
  const written = members.string("axis");
  const axis = ["l", "w", "h"].indexOf(written);
  if (axis < 0) throw new Refusal(`expected l, w or h, got ${quoted(written)}`, "axis");
  return {
    axis: axis as Axis,
    kerf: BigInt(members.integer("kerf", { min: 0, max: 1000 })),
    thickness: BigInt(members.integer("thickness", { min: 1, max: MAX_SIDE })),
  };
}

function readSiteFacts(value: Json): Fields["siteFacts"] {
  const members = new Members(value);
  const facts: Fields["siteFacts"] = {
    kind: members.text("kind"),
    name: members.text("name"),
    country: members.text("country"),
    area: members.text("area"),
    quarry: members.text("quarry"),
    parcels: members.texts("parcels"),
  };
  const lat = members.optionalInteger("lat", { min: -900_000_000, max: 900_000_000 });
  const lon = members.optionalInteger("lon", { min: -1_800_000_000, max: 1_800_000_000 });
  if (lat !== undefined) facts.lat = lat;
  if (lon !== undefined) facts.lon = lon;
  return facts;
}

function readWaste(value: Json): Fields["waste"] {
  const members = new Members(value);
  const mass = members.optionalInteger("mass", { min: 0 });
  const volume = members.optionalInteger("volume", { min: 0 });
  return {
    ...(mass === undefined ? {} : { mass: BigInt(mass) }),
    ...(volume === undefined ? {} : { volume: BigInt(volume) }),
  };
}

function readTo(value: Json): Fields["to"] {
  const members = new Members(value);
  const to = { log: members.text("log"), contract: members.text("contract"), name: members.text("name") };
  if ((to.log === "") === (to.name === "")) throw new Refusal("expected either log or name");
  if (to.contract !== "" && to.log === "") throw new Refusal("a contract needs the log that holds it", "contract");
  return to;
}

function readReceived(value: Json): Fields["received"] {
  const members = new Members(value);
  const event = eventId(members);
  const outs = members.array("outs").map((out) => {
    if (typeof out !== "number" || !Number.isInteger(out) || out < 0 || out > 999)
      throw new Refusal("expected output numbers from 0 to 999", "outs");
    return out;
  });
  return { event, outs };
}

function readDay(members: Members, name: string): number | undefined {
  const written = members.text(name);
  return written === "" ? undefined : within(name, () => parseDate(written));
}

function readAdmittedSite(value: Json): AdmittedSite {
  const members = new Members(value);
  const from = readDay(members, "from");
  const parcels = members.texts("parcels");
  const role = members.text("role");
  const site = members.string("site");
  const to = readDay(members, "to");
  return { site, role, parcels, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readAdmittedSites(value: Json): AdmittedSite[] {
  if (!Array.isArray(value)) throw new Refusal(`expected an array, got ${kindName(value)}`);
  return value.map((site, i) => within(`[${i}]`, () => readAdmittedSite(site)));
}

function readMember(value: Json): Fields["member"] {
  const members = new Members(value);
  const country = members.text("country");
  const log = members.string("log", 255);
  return { log, role: members.text("role"), country };
}

// All of these are texts that may be left out.
function texts<Name extends string>(...names: Name[]): (value: Json) => { [N in Name]: string } {
  return (value) => {
    const members = new Members(value);
    return Object.fromEntries(names.map((name) => [name, members.text(name)])) as { [N in Name]: string };
  };
}

function readErased(value: Json): Fields["erased"] {
  const members = new Members(value);
  const disclosures = members.array("disclosures").map((one, i) =>
    within(`disclosures[${i}]`, () => {
      const named = new Members(one);
      const event = eventId(named);
      const name = named.string("name");
      if (!isFieldName(name)) throw new Refusal("expected the name of a field", "name");
      return { event, name };
    }),
  );
  return { disclosures, reason: members.text("reason") };
}

const readLabel = texts("action", "old_serial", "reason", "photo", "second_person");

const READERS: Readers = {
  party: (value) => {
    const members = new Members(value);
    return { name: members.string("name"), aliases: members.texts("aliases") };
  },
  place: (value) => {
    const members = new Members(value);
    return { site: members.string("site"), parcel: members.text("parcel") };
  },
  siteFacts: readSiteFacts,
  stone: texts("name", "family"),
  source: texts("seller", "words", "legibility", "operator", "quarry", "block", "area", "parcel", "factory"),
  block: (value) => new Members(value).text("number"),
  saw: readSaw,
  homeWork: (value) => BigInt(new Members(value).integer("per_mille", { min: 0, max: 1000 })),
  waste: readWaste,
  to: readTo,
  received: readReceived,
  label: (value) => {
    const { action, old_serial: oldSerial, reason, photo, second_person: secondPerson } = readLabel(value);
    return { action, oldSerial, reason, photo, secondPerson };
  },
  corrects: (value) => eventId(new Members(value)),
  voids: (value) => eventId(new Members(value)),
  about: (value) => {
    const members = new Members(value);
    return {
      event: members.text("event"),
      item: members.text("item"),
      site: members.text("site"),
      marker: members.text("marker"),
      sightings: members.texts("sightings"),
      genuine: members.text("genuine"),
    };
  },
  kind: plainText,
  statement: (value) => new Members(value).text("text"),
  member: readMember,
  sites: readAdmittedSites,
  enrol: plainText,
  withdrawn: plainText,
  accept: texts("result"),
  erased: readErased,
  contract: (value) => value,
  positions: readPositions,
  permits: readPermits,
  closures: readClosures,
  seasons: readSeasons,
  permit: readNamedPermit,
  transport: readTransport,
};

// These can only raise doubts, so what has not its form is as good as withheld.
const LENIENT: readonly FieldName[] = ["positions", "permits", "closures", "seasons", "permit", "transport"];

// The name a field has in heads.
function headName(name: FieldName): string {
  if (name === "place" || name === "siteFacts") return "site";
  return name === "homeWork" ? "home_work" : name;
}

function readField<Name extends FieldName>(event: ShownEvent, name: Name): Field<Fields[Name]> {
  // One name, two meanings: what a site event says of a site, and where another event took place.
  if (name === (event.head.type === "site" ? "place" : "siteFacts")) return ABSENT;
  const written = headName(name);
  if (!event.head.fields.has(written)) return ABSENT;
  const disclosure = event.fields.get(written);
  if (disclosure === undefined) return WITHHELD;
  const read = attempt(() => within(written, () => READERS[name](disclosure.value)));
  if ("value" in read) return { is: "shown", value: read.value };
  if (LENIENT.includes(name)) return WITHHELD;
  throw read.refusal;
}

export function decodeEvent(shown: ShownEvent): Event {
  const numbers = Array.from({ length: shown.head.outputs }, (_, out) => `out.${out}`);
  const disclosures = numbers.map((name) => shown.fields.get(name) ?? null);
  const outputs = disclosures.map((disclosure, out) =>
    disclosure === null ? null : within(`out.${out}`, () => readOutput(disclosure.value)),
  );
  const fields = Object.fromEntries(
    (Object.keys(READERS) as FieldName[]).map((name) => [name, readField(shown, name)]),
  ) as Event["fields"];
  return {
    id: shown.id,
    log: shown.log,
    seq: shown.seq,
    time: shown.time,
    type: shown.head.type,
    at: shown.head.at,
    atTime: shown.head.atTime,
    inputs: shown.head.inputs,
    spends: shown.spends,
    outputs,
    headText: shown.headText,
    outputTexts: disclosures.map((disclosure) => disclosure?.text ?? null),
    deviceNumber: shown.head.n,
    deviceKey: shown.deviceKey,
    deviceSigned: shown.deviceSigned,
    fields,
    withheld: new Set([...shown.head.fields.keys()].filter((name) => !shown.fields.has(name))),
  };
}
