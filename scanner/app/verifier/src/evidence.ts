// What a reader has in hand once proofs are checked: the border between the two halves of the
// verifier. `proofs/` makes it from the bytes of passports and a trust file; `judge/` weighs it.
// Nothing here is taken on trust: every disclosure below is bound to an entry that is proved.
// Formats: FORMATS.md in words, schemas/ in JSON Schema. Times are milliseconds since 1970, UTC.

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

export type Verdict =
  | "invalid" | "mismatch" | "duplicate" | "over_yield" | "gap"
  | "mixed" | "partial" | "not_verifiable" | "declared" | "match";

// One reason. `verdict` is what it leads to on its own; null for a remark.
export interface Finding {
  code: string; // of schemas/findings.json
  verdict: Verdict | null;
  sentence: string;
  ask: string;
  facts: { [member: string]: Json };
}

export interface Disclosure {
  text: string; // base64url, as it stands in the passport
  digest: string; // SHA-256 of `text`, base64url
  name: string;
  value: Json;
}

export interface Input {
  event: string; // event id
  out: number; // -1: the record state
  amount: number;
}

export interface Head {
  type: string;
  log: string;
  at: string; // claimed, as written
  atTime: number;
  n: number; // the device's counter, 0 without a device
  inputs: Input[];
  outputs: number;
  fields: ReadonlyMap<string, string>; // name → digest
}

export interface ShownEvent {
  id: string;
  log: string;
  seq: number;
  time: number; // the node's clock, of the entry
  spends: string[]; // one marker for each input
  head: Head;
  headText: string; // the head's disclosure
  fields: ReadonlyMap<string, Disclosure>; // those that are shown, outputs (`out.0`) included
  deviceKey: string | null; // raw key, base64url, of the device whose signature is shown and verifies
  deviceSigned: boolean; // and that device is enrolled for the log at that point
}

// An entry shown without its head: it proves only its markers.
export interface SilentEntry {
  event: string;
  log: string;
  seq: number;
  time: number;
  spends: string[];
}

export interface LogStanding {
  size: number; // of the largest checkpoint shown
  quorumMet: boolean; // by every checkpoint shown, or no quorum is asked
  cosigned: ReadonlyMap<number, number>; // size → earliest time of a witness the reader knows
}

export interface Pinned {
  log: string; // origin
  name: string;
  role: string;
  country: string;
}

// Out of the trust file.
export interface Reader {
  registrars: string[]; // origins
  verifiers: string[]; // origins
  pinned: Pinned[];
  asksQuorum: boolean;
  knowsMonitor: boolean;
}

// A clear note of a monitor the reader knows.
export interface ClearFacts {
  time: number;
  sizes: ReadonlyMap<string, number>;
  markers: ReadonlyMap<string, { log: string; seq: number }[]>; // empty: unseen
  earlier: ReadonlySet<string>; // of these, what only an earlier note of several says: `sizes` do not hold for them
}

export interface StateRef {
  event: string;
  out: number;
}

export interface Evidence {
  events: ShownEvent[]; // ascending by log, then seq
  silent: SilentEntry[];
  logs: ReadonlyMap<string, LogStanding>;
  reader: Reader;
  clear: ClearFacts | null;
  items: StateRef[]; // what the passports are about, distinct, in the order met
}
