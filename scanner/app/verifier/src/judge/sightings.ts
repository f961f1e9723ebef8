// Sightings: signed words of an enrolled device that it saw a label at a place and time. They are
// not ledger events. FORMATS.md, "Sighting"; RULES.md, rules 7 and 22.
import { base64url, fromBase64url } from "../base/base64.ts";
import { quoted, utf8 } from "../base/bytes.ts";
import { verifyEd25519 } from "../base/ed25519.ts";
import { attempt, Refusal, within } from "../base/refusal.ts";
import { sha256 } from "../base/sha256.ts";
import { parseClaimedTime } from "../base/time.ts";
import type { Json } from "../evidence.ts";
import type { Membership } from "./membership.ts";
import { kindName, Members } from "./members.ts";
import { tooFast, type TooFast } from "./travel.ts";
import { parseInput, readEach } from "./values.ts";

export interface Sighting {
  item: string; // empty: not known, as the two below
  serial: string;
  alias: string;
  at: string; // claimed, as written
  time: number;
  lat: number; // 1e-7 degrees
  lon: number;
  errorMm: number; // of the position
  log: string; // under which the device is enrolled
  key: string; // raw device key, base64url
  digest: string; // SHA-256 of its bytes, base64url
  verified: boolean; // the signature fits
}

const MEMBERS = ["v", "item", "serial", "alias", "at", "lat", "lon", "error_mm", "log", "key", "sig"];
const CONTEXT = "quarrymark/sighting/v1\n";
const MAX_SIGHTINGS = 10_000; // every pair of one label is compared

// What is signed and hashed has its members in one order.
function demandOrder(value: Json): { [member: string]: Json } {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new Refusal(`expected an object, got ${kindName(value)}`);
  const names = Object.keys(value);
  MEMBERS.forEach((name, i) => {
    if (names[i] === name) return;
    if (names[i] === undefined) throw new Refusal("missing", name);
    throw new Refusal(`expected this member here, got ${quoted(names[i])}`, name);
  });
  const extra = names[MEMBERS.length];
  if (extra !== undefined) throw new Refusal("unknown member or wrong order", quoted(extra));
  return value;
}

function known(members: Members, name: string): string {
  const value = members.required(name);
  if (value === null) return "";
  if (typeof value !== "string") throw new Refusal(`expected a string or null, got ${kindName(value)}`, name);
  return value;
}

// A sighting as it is written, before its signature is looked at.
export interface WrittenSighting {
  facts: Omit<Sighting, "digest" | "verified">;
  value: { [member: string]: Json };
}

export function readSighting(value: Json): WrittenSighting {
  const object = demandOrder(value);
  const members = new Members(object);
  members.integer("v", { min: 1, max: 1 });
  const [item, serial, alias] = [known(members, "item"), known(members, "serial"), known(members, "alias")];
  const at = members.string("at");
  const time = within("at", () => parseClaimedTime(at));
  const lat = members.integer("lat", { min: -900_000_000, max: 900_000_000 });
  const lon = members.integer("lon", { min: -1_800_000_000, max: 1_800_000_000 });
  const errorMm = members.integer("error_mm", { min: 0, max: 1_000_000_000_000 });
  const log = members.string("log", 255);
  const key = members.string("key", 64);
  members.string("sig", 128);
  if (item === "" && alias === "") throw new Refusal("expected an item number or an alias");
  return { facts: { item, serial, alias, at, time, lat, lon, errorMm, log, key }, value: object };
}

async function signatureFits(value: { [member: string]: Json }): Promise<boolean> {
  const { sig, ...signed } = value;
  const raw = attempt(() => ({ key: fromBase64url(value.key as string), signature: fromBase64url(sig as string) }));
  if ("refusal" in raw) return false;
  return verifyEd25519(raw.value.key, utf8(CONTEXT + JSON.stringify(signed)), raw.value.signature);
}

export async function verifySighting({ facts, value }: WrittenSighting): Promise<Sighting> {
  const digest = base64url(sha256(utf8(JSON.stringify(value))));
  return { ...facts, digest, verified: await signatureFits(value) };
}

// A file: a JSON array of sightings, or one a line.
export async function readSightings(text: string): Promise<Sighting[]> {
  const written = readEach(text, parseInput, readSighting);
  if (written.length > MAX_SIGHTINGS) throw new Refusal(`expected at most ${MAX_SIGHTINGS} sightings`);
  return Promise.all(written.map(verifySighting));
}

// A relabelled item has another serial: that is another label, seen later in another place.
export function sameLabel(a: Sighting, b: Sighting): boolean {
  if (a.item !== "" && a.item === b.item) return a.serial === "" || b.serial === "" || a.serial === b.serial;
  return a.alias !== "" && a.alias === b.alias;
}

export interface Travel extends TooFast {
  first: Sighting;
  second: Sighting;
}

function impossible(first: Sighting, second: Sighting): Travel | undefined {
  if (first.digest === second.digest || !sameLabel(first, second)) return undefined;
  const fast = tooFast(first, second, Math.abs(first.time - second.time));
  return fast === undefined ? undefined : { first, second, ...fast };
}

// Pairs of sightings of one label by enrolled devices that nothing can have travelled between.
export function impossibleTravels(sightings: readonly Sighting[], membership: Membership): Travel[] {
  const counted = sightings.filter(
    (sighting) => sighting.verified && membership.isEnrolled(sighting.log, sighting.key, sighting.time),
  );
  return counted.flatMap((first, i) =>
    counted
      .slice(i + 1)
      .map((second) => impossible(first, second))
      .filter((travel) => travel !== undefined),
  );
}
