// The passport file: its frames, nothing proved yet. FORMATS.md, rules 27 and 28.
import type { StateRef } from "../evidence.ts";
import { hashFromText, isHashText } from "../base/base64.ts";
import { fromUtf8, quoted } from "../base/bytes.ts";
import { kindName, parseExact, type Value } from "../base/json.ts";
import { ObjectReader } from "../base/object_reader.ts";
import { Refusal, within } from "../base/refusal.ts";
import { readDigest, readOut } from "./head.ts";

export interface Packet {
  key: string; // vkey of the log's first key
  rotations: string[]; // signed notes, one for each later key
  checkpoint: string; // signed note, with cosignatures
  entries: string[]; // exact texts, ascending by seq
  disclosures: string[][]; // of each entry: the head, fields in the head's order, the device's
  proof: Uint8Array[];
}

export interface Passport {
  items: StateRef[]; // distinct, at least one
  packets: Packet[];
  clear: string | null;
}

export const maxPassportBytes = 16_777_216;

function parseState(value: Value): StateRef {
  const reader = ObjectReader.frame(value);
  const state = { event: readDigest(reader, "event"), out: readOut(reader) };
  reader.finish();
  return state;
}

function parseItems(values: Value[]): StateRef[] {
  if (values.length === 0) throw new Refusal("expected at least one item", "items");
  const seen = new Set<string>();
  return values.map((value, i) =>
    within(`items[${i}]`, () => {
      const state = parseState(value);
      const name = `${state.event} ${state.out}`;
      if (seen.has(name)) throw new Refusal("names a state twice");
      seen.add(name);
      return state;
    }),
  );
}

function strings(values: Value[], place: string): string[] {
  return values.map((value, i) => {
    if (typeof value !== "string") throw new Refusal(`expected a string, got ${kindName(value)}`, `${place}[${i}]`);
    return value;
  });
}

// Counts are bounded by the size of the file alone.
function readStrings(reader: ObjectReader, name: string): string[] {
  return strings(reader.array(name, Infinity), name);
}

function readDisclosures(reader: ObjectReader): string[][] {
  return reader.array("disclosures", Infinity).map((list, i) => {
    const place = `disclosures[${i}]`;
    if (!Array.isArray(list)) throw new Refusal(`expected an array, got ${kindName(list)}`, place);
    return strings(list, place);
  });
}

function readProof(reader: ObjectReader): Uint8Array[] {
  return readStrings(reader, "proof").map((text, i) => {
    if (!isHashText(text)) throw new Refusal(`expected 43 base64url characters, got ${quoted(text)}`, `proof[${i}]`);
    return hashFromText(text);
  });
}

function parsePacket(value: Value): Packet {
  const reader = ObjectReader.frame(value);
  const packet = {
    key: reader.string("key"),
    rotations: readStrings(reader, "rotations"),
    checkpoint: reader.string("checkpoint", maxPassportBytes),
    entries: readStrings(reader, "entries"),
    disclosures: readDisclosures(reader),
    proof: readProof(reader),
  };
  reader.finish();
  if (packet.entries.length === 0) throw new Refusal("expected at least one entry", "entries");
  if (packet.disclosures.length !== packet.entries.length) {
    throw new Refusal(
      `expected a list for each of the ${packet.entries.length} entries, got ${packet.disclosures.length}`,
      "disclosures",
    );
  }
  return packet;
}

function readClear(reader: ObjectReader): string | null {
  const clear = reader.member("clear");
  if (clear !== null && typeof clear !== "string") {
    throw new Refusal(`expected a note or null, got ${kindName(clear)}`, "clear");
  }
  return clear;
}

export function parsePassport(bytes: Uint8Array): Passport {
  if (bytes.length > maxPassportBytes) {
    throw new Refusal(`expected at most ${maxPassportBytes} bytes, got ${bytes.length}`);
  }
  const reader = ObjectReader.frame(parseExact(fromUtf8(bytes)));
  const version = reader.integer("v", -Infinity, Infinity);
  if (version !== 1) throw new Refusal(`expected version 1, got ${version}`, "v");
  const items = parseItems(reader.array("items", Infinity));
  const packets = reader
    .array("packets", Infinity)
    .map((value, i) => within(`packets[${i}]`, () => parsePacket(value)));
  const clear = readClear(reader);
  reader.finish();
  return { items, packets, clear };
}
