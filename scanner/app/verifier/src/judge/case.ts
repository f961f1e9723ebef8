// What the parts of the judge share: the case as it was put, and units with all found about them.
import type { Finding, Json, StateRef, Verdict } from "../evidence.ts";
import type { YieldCheck } from "./balance.ts";
import type { Contract } from "./contract.ts";
import type { DeliveredUnit } from "./delivery.ts";
import type { Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import type { Branch } from "./lineage.ts";
import type { Membership } from "./membership.ts";
import type { Scan } from "./scans.ts";
import type { Sighting } from "./sightings.ts";

export interface Question {
  contract?: Contract | undefined; // without one the origin is shown (RULES.md, rule 6)
  scans?: readonly Scan[] | undefined; // left out: nobody scanned; empty: nothing was read
  sightings?: readonly Sighting[] | undefined; // sent to the reader, beyond those in `scans`
  date?: number | undefined; // of the check; only printed
}

export interface Case {
  graph: Graph;
  membership: Membership;
  yields: readonly YieldCheck[];
  question: Question;
}

export interface UnitCase {
  unit: DeliveredUnit;
  branches: readonly Branch[]; // shares add up to one
  ancestors: ReadonlyMap<string, StateRef>;
  takenBack: ReadonlyMap<string, StateRef>; // by voids that restored an ancestor: nobody else may have used it
  events: readonly Event[]; // of its chain, oldest first
  findings: Finding[];
}

export function finding(
  code: string,
  verdict: Verdict | null,
  sentence: string,
  ask = "",
  facts: { [member: string]: Json } = {},
): Finding {
  return { code, verdict, sentence, ask, facts };
}

// A count for people and programs; JSON numbers are exact up to 2^53.
export function count(amount: bigint): number {
  return Number(amount);
}
