// What a reader scanned at the delivery: what was read, perhaps with a signed sighting.
import { Refusal } from "../base/refusal.ts";
import type { Json } from "../evidence.ts";
import { Members } from "./members.ts";
import { readSighting, verifySighting, type Sighting, type WrittenSighting } from "./sightings.ts";
import { parseInput, readEach } from "./values.ts";

export interface Scan {
  content: string; // as read, for messages
  item: string; // what it says; empty: not known
  serial: string;
  alias: string;
  sighting: Sighting | undefined; // when the scan was signed by a device
}

const MAX_SCANS = 100_000;

type WrittenScan = Omit<Scan, "sighting"> & { sighting: WrittenSighting | undefined };

// Splits `HTTPS://<host>/Q/<item>/<serial>` (DESIGN.md §11); anything else is an alias.
function scanOf(content: string): WrittenScan {
  const path = content.startsWith("HTTPS://") ? content.indexOf("/Q/", "HTTPS://".length) : -1;
  const rest = path < 0 ? "" : content.slice(path + "/Q/".length);
  if (/^[^]{17}\/[^]{8}$/.test(rest))
    return { content, item: rest.slice(0, 17), serial: rest.slice(18), alias: "", sighting: undefined };
  return { content, item: "", serial: "", alias: content, sighting: undefined };
}

function scanOfSighting(value: Json): WrittenScan {
  const sighting = readSighting(value);
  const { item, serial, alias } = sighting.facts;
  return { content: item === "" ? alias : item, item, serial, alias: item === "" ? alias : "", sighting };
}

function readScan(value: Json): WrittenScan {
  if (typeof value === "string") return scanOf(value);
  if (value !== null && typeof value === "object" && Object.hasOwn(value, "sig")) return scanOfSighting(value);
  const members = new Members(value);
  const label = members.optionalString("label");
  const item = members.optionalString("item");
  const serial = members.optionalString("serial");
  const alias = members.optionalString("alias");
  members.optionalString("at");
  members.finish();
  const scan = label === undefined ? { ...scanOf(""), alias: "" } : scanOf(label);
  if (item !== undefined) scan.item = item;
  if (serial !== undefined) scan.serial = serial;
  if (alias !== undefined && scan.item === "") scan.alias = alias;
  if (scan.item === "" && scan.alias === "") throw new Refusal("expected a label, an item number or an alias");
  if (scan.content === "") scan.content = scan.item === "" ? scan.alias : scan.item;
  return scan;
}

// A bare label on a line is what a hardware scanner types.
function readLine(line: string): Json {
  return line.startsWith("{") || line.startsWith('"') ? parseInput(line) : line;
}

// A file: a JSON array, or one value a line, of label texts, of objects
// {"label"?, "item"?, "serial"?, "alias"?, "at"?}, or of signed sightings.
export async function readScans(text: string): Promise<Scan[]> {
  const written = readEach(text, readLine, readScan);
  if (written.length > MAX_SCANS) throw new Refusal(`expected at most ${MAX_SCANS} scans`);
  return Promise.all(
    written.map(async ({ sighting, ...scan }) => ({
      ...scan,
      sighting: sighting === undefined ? undefined : await verifySighting(sighting),
    })),
  );
}
