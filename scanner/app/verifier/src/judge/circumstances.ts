// What surrounds a step and can only make it doubtful: where a site was, its permits, closures and
// seasons, the permit a step names, and its load. docs/verification_order.md, part 3.
//
// They are read leniently: a value that has not its form counts as one that is not shown, members that
// nobody uses are passed over, and no passport becomes malformed by them.
import { Refusal, within } from "../base/refusal.ts";
import { parseDate } from "../base/time.ts";
import type { Json } from "../evidence.ts";
import { kindName, Members } from "./members.ts";

// Days are "2025-02-03", as written; they compare as text.
export interface SitePosition {
  from: string; // holds from this day on, until the next one
  lat: number;
  lon: number;
  errorMm: number;
}

export interface SitePermit {
  number: string;
  from: string;
  to: string; // inclusive; empty: open
  parcels: string[]; // none: the whole site
}

export interface Closure {
  from: string;
  to: string; // inclusive; empty: still closed
  parcels: string[];
}

export interface Season {
  from: string; // "06-15", both inclusive; every year, perhaps over the new year
  to: string;
  parcels: string[];
}

export interface NamedPermit {
  number: string;
  from: string; // empty: not stated
  to: string;
}

export interface Transport {
  container: string; // empty: none stated
  vgm?: bigint; // grams, as the two below
  tare?: bigint;
  packing?: bigint;
  crates?: number; // on the packing list
}

const MOST_LISTED = 1000;
const LEAP_YEAR = "2000-"; // so that 02-29 is a day of the year too

function day(members: Members, name: string, year = ""): string {
  const written = members.string(name);
  within(name, () => parseDate(year + written));
  return written;
}

// Empty where it is left out or null.
function dayOrNothing(members: Members, name: string): string {
  const value = members.optional(name);
  return value === undefined || value === null ? "" : day(members, name);
}

function parcelsOf(members: Members): string[] {
  return members.array("parcels").map((parcel) => {
    if (typeof parcel !== "string") throw new Refusal(`expected strings, got ${kindName(parcel)}`, "parcels");
    return parcel;
  });
}

function listOf<T>(read: (members: Members) => T): (value: Json) => T[] {
  return (value) => {
    if (!Array.isArray(value)) throw new Refusal(`expected an array, got ${kindName(value)}`);
    if (value.length > MOST_LISTED) throw new Refusal(`expected at most ${MOST_LISTED} entries`);
    return value.map((one) => read(new Members(one)));
  };
}

export const readPositions = listOf((members): SitePosition => {
  const errorMm = members.integer("error_mm", { min: 0 });
  const from = day(members, "from");
  const lat = members.integer("lat", { min: -900_000_000, max: 900_000_000 });
  const lon = members.integer("lon", { min: -1_800_000_000, max: 1_800_000_000 });
  return { from, lat, lon, errorMm };
});

export const readPermits = listOf((members): SitePermit => {
  const from = day(members, "from");
  const number = members.string("number");
  const parcels = parcelsOf(members);
  const to = dayOrNothing(members, "to");
  // How much it allows a month is nothing that a passport can show to be kept.
  const volume = members.optional("volume");
  if (volume !== undefined && volume !== null) members.integer("volume", { min: 0 });
  return { number, from, to, parcels };
});

export const readClosures = listOf((members): Closure => {
  const from = day(members, "from");
  const parcels = parcelsOf(members);
  members.string("reason");
  return { from, to: dayOrNothing(members, "to"), parcels };
});

export const readSeasons = listOf((members): Season => {
  const from = day(members, "from", LEAP_YEAR);
  const parcels = parcelsOf(members);
  return { from, to: day(members, "to", LEAP_YEAR), parcels };
});

export function readNamedPermit(value: Json): NamedPermit {
  const members = new Members(value);
  const number = members.string("number");
  return { number, from: dayOrNothing(members, "from"), to: dayOrNothing(members, "to") };
}

export function readTransport(value: Json): Transport {
  const members = new Members(value);
  const container = members.optionalString("container") ?? "";
  if (members.optional("container") !== undefined && !/^[A-Z]{4}[0-9]{7}$/.test(container))
    throw new Refusal("expected four letters and seven digits", "container");
  const grams = (name: string, min: number): bigint | undefined => {
    const value = members.optionalInteger(name, { min });
    return value === undefined ? undefined : BigInt(value);
  };
  const [vgm, tare, packing] = [grams("vgm", 1), grams("tare", 1), grams("packing", 0)];
  const crates = members.optionalInteger("crates", { min: 0 });
  return {
    container,
    ...(vgm === undefined ? {} : { vgm }),
    ...(tare === undefined ? {} : { tare }),
    ...(packing === undefined ? {} : { packing }),
    ...(crates === undefined ? {} : { crates }),
  };
}
