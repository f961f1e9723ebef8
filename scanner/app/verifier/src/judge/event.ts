// Events as the rules see them: a head, and the fields that were disclosed, typed.
//
// A field is absent (the event never had it), withheld (the head lists it, its disclosure is not
// here) or shown. Withheld never reads as absent: that keeps withholding honest.
// FORMATS.md, "Fields a verifier reads".
import type { Input, Json } from "../evidence.ts";
import type { Closure, NamedPermit, Season, SitePermit, SitePosition, Transport } from "./circumstances.ts";

export type Field<T> = { readonly is: "absent" } | { readonly is: "withheld" } | { readonly is: "shown"; readonly value: T };

export const ABSENT: Field<never> = { is: "absent" };
export const WITHHELD: Field<never> = { is: "withheld" };

// The value of a field that is shown, else undefined.
export function shown<T>(field: Field<T>): T | undefined {
  return field.is === "shown" ? field.value : undefined;
}

export const KINDS = ["block", "slab", "bundle", "piece", "crate", "batch"] as const;
export type Kind = (typeof KINDS)[number];
export const UNITS = ["piece", "g", "mm", "mm2", "mm3"] as const;
export type Unit = (typeof UNITS)[number];

// Length, width, height (or thickness) in millimetres.
export type Sides = readonly [bigint, bigint, bigint];
export const MAX_SIDE = 100_000; // 100 m

export interface Measure {
  gross?: Sides; // smallest box around a block, EN 1467
  net?: Sides; // greatest box within it
  size?: Sides; // of a slab or piece; in a batch, of one piece
  mass?: bigint; // grams, of the whole item
}

export interface Content {
  amount: bigint;
  in: number; // which input of the pack
}

export interface Output {
  amount: bigint;
  item: string;
  kind: Kind;
  unit: Unit;
  aliases: string[];
  serial: string; // of its label; empty when it has none
  contents: Content[];
  measure: Measure;
}

export type Axis = 0 | 1 | 2; // length, width, height

// Texts that are left out are empty here.
export interface Fields {
  party: { name: string; aliases: string[] };
  place: { site: string; parcel: string }; // field `site` of all but site events
  siteFacts: {
    kind: string;
    name: string;
    country: string;
    area: string;
    quarry: string;
    parcels: string[];
    lat?: number;
    lon?: number;
  };
  stone: { name: string; family: string };
  source: {
    seller: string;
    words: string;
    legibility: string;
    operator: string;
    quarry: string;
    block: string;
    area: string;
    parcel: string;
    factory: string;
  };
  block: string; // its number
  saw: { axis: Axis; kerf: bigint; thickness: bigint };
  homeWork: bigint; // per mille
  waste: { mass?: bigint; volume?: bigint };
  to: { log: string; contract: string; name: string };
  received: { event: string; outs: number[] };
  label: { action: string; oldSerial: string; reason: string; photo: string; secondPerson: string };
  corrects: string;
  voids: string;
  about: { event: string; item: string; site: string; marker: string; sightings: string[]; genuine: string };
  kind: string; // of an attest
  statement: string;
  member: { log: string; role: string; country: string };
  sites: AdmittedSite[];
  enrol: string;
  withdrawn: string;
  accept: { result: string };
  erased: { disclosures: { event: string; name: string }[]; reason: string };
  contract: Json;
  // Read leniently: a value that has not its form counts as withheld.
  positions: SitePosition[];
  permits: SitePermit[];
  closures: Closure[];
  seasons: Season[];
  permit: NamedPermit;
  transport: Transport;
}

export interface AdmittedSite {
  site: string;
  role: string;
  parcels: string[]; // none: the whole site
  from?: number; // first instant of the day
  to?: number; // the same; the day itself is included
}

export type FieldName = keyof Fields;

export interface Event {
  id: string;
  log: string;
  seq: number;
  time: number;
  type: string;
  at: string;
  atTime: number;
  inputs: Input[];
  spends: string[];
  outputs: (Output | null)[]; // null: withheld
  headText: string;
  outputTexts: (string | null)[];
  deviceNumber: number; // 0 without a device
  deviceKey: string | null;
  deviceSigned: boolean;
  fields: { readonly [Name in FieldName]: Field<Fields[Name]> };
  withheld: ReadonlySet<string>; // what the head lists and nobody shows, by its names there
}

// Each output is its input again (FORMATS.md, rule 12).
export function remakes(event: Event): boolean {
  return event.type === "dispatch" || event.type === "receive" || event.type === "label";
}

// A thing with a label of its own inside a pack stays a unit of its own (RULES.md, rule 4).
export function isLabelledThing(output: Output): boolean {
  return output.kind !== "batch" && output.serial !== "";
}

export function stepName(event: Event): string {
  return `${event.type} of ${event.at.slice(0, 10)}`;
}

export function nameOf(output: Output): string {
  return output.aliases[0] ?? output.item;
}
