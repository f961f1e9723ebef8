// Who may spend a state, and which uses of one state contradict each other.
// DESIGN.md §4, "Who may spend"; FORMATS.md, rules 18, 19 and 21.
import { base64url } from "../base/base64.ts";
import { compareByBytes, utf8 } from "../base/bytes.ts";
import { sha256 } from "../base/sha256.ts";
import type { StateRef } from "../evidence.ts";
import { shown, type Event } from "./event.ts";
import { RECORD, type Graph } from "./graph.ts";
import { compareDigests } from "./text.ts";

export type MaySpend = "yes" | "no" | "not shown";

// Whether `log`, by an event of type `by`, may spend a state that `maker` made.
export function maySpend(maker: Event, out: number, log: string, by: string): MaySpend {
  const own = maker.log === log;
  if (out === RECORD || maker.type !== "dispatch") return own ? "yes" : "no";
  // What is sent is the sender's to take back, and nothing else, until it is received.
  if (own && by === "void") return "yes";
  const to = shown(maker.fields.to);
  if (to === undefined) return own ? "no" : "not shown";
  return to.log === log ? "yes" : "no";
}

export interface Use {
  log: string;
  seq: number;
  event: Event | undefined; // undefined when only its marker is shown
}

// A state used more than once by logs that may hold it, or whose uses cannot be told apart.
export interface DoubleUse {
  state: StateRef | undefined; // undefined when nothing shown names it
  decided: boolean; // false: who held the state cannot be told
  uses: Use[];
}

// DESIGN.md §4: SHA-256("quarrymark/spend/v1" ‖ 0x00 ‖ event id ‖ 0x00 ‖ the disclosure).
export function markerOf(graph: Graph, state: StateRef): string | undefined {
  const disclosure = graph.disclosure(state);
  if (disclosure === undefined) return undefined;
  return base64url(sha256(utf8(`quarrymark/spend/v1\0${state.event}\0${disclosure}`)));
}

// The log could hold the state at some time, whatever it did with it: the maker's, and after a
// dispatch the addressee's. A sender's use then counts as its void.
function couldHold(maker: Event, log: string): boolean {
  return maker.log === log || (maker.type === "dispatch" && shown(maker.fields.to)?.log === log);
}

// Uses of one state, each entry once.
class Uses {
  readonly list: Use[] = [];

  add(use: Use): void {
    if (!this.list.some((known) => known.log === use.log && known.seq === use.seq)) this.list.push(use);
  }

  get inOrder(): Use[] {
    return [...this.list].sort((a, b) => compareByBytes(a.log, b.log) || a.seq - b.seq);
  }

  get twiceInOneLog(): boolean {
    return new Set(this.list.map((use) => use.log)).size < this.list.length;
  }
}

function silentUses(graph: Graph): Map<string, Uses> {
  const uses = new Map<string, Uses>();
  for (const { log, seq, spends } of graph.evidence.silent)
    for (const marker of spends) usesOf(uses, marker).list.push({ log, seq, event: undefined });
  return uses;
}

function usesOf(all: Map<string, Uses>, marker: string): Uses {
  const known = all.get(marker) ?? new Uses();
  all.set(marker, known);
  return known;
}

// The uses of a state whose event is shown. Takes what it accounts for out of `silent`.
function judgeState(graph: Graph, maker: Event, out: number, silent: Map<string, Uses>): DoubleUse | undefined {
  const state = { event: maker.id, out };
  const byHolders = new Uses();
  const perhaps = new Uses(); // `to` is withheld: any other log might be the one it names
  for (const event of graph.usersOf(state)) {
    const may = maySpend(maker, out, event.log, event.type);
    if (may !== "no") (may === "yes" ? byHolders : perhaps).add({ log: event.log, seq: event.seq, event });
  }
  const marker = silent.size > 0 ? markerOf(graph, state) : undefined;
  const unheaded = marker === undefined ? undefined : silent.get(marker);
  if (marker !== undefined && unheaded !== undefined) {
    for (const use of unheaded.list) {
      if (couldHold(maker, use.log)) byHolders.add(use);
      else if (maker.type === "dispatch" && maker.fields.to.is === "withheld") perhaps.add(use);
    }
    silent.delete(marker);
  }
  if (byHolders.list.length > 1) return { state, decided: true, uses: byHolders.inOrder };
  perhaps.list.push(...byHolders.list);
  if (perhaps.list.length < 2) return undefined;
  return { state, decided: perhaps.twiceInOneLog, uses: perhaps.inOrder };
}

// States whose event is not shown: only markers tell (FORMATS.md, rule 21).
function judgeMarkers(graph: Graph, silent: Map<string, Uses>): DoubleUse[] {
  const states = new Map<string, StateRef>();
  for (const event of graph.events)
    event.inputs.forEach((input, i) => {
      const marker = event.spends[i];
      if (marker === undefined || graph.event(input.event) !== undefined) return;
      usesOf(silent, marker).add({ log: event.log, seq: event.seq, event });
      if (!states.has(marker)) states.set(marker, { event: input.event, out: input.out });
    });
  return [...silent]
    .filter(([, uses]) => uses.list.length > 1)
    .sort(([a], [b]) => compareDigests(a, b))
    .map(([marker, uses]) => ({ state: states.get(marker), decided: uses.twiceInOneLog, uses: uses.inOrder }));
}

export function findDoubleUses(graph: Graph): DoubleUse[] {
  const silent = silentUses(graph);
  const found: DoubleUse[] = [];
  for (const maker of graph.events)
    for (let out = RECORD; out < maker.outputs.length; out++) {
      const use = judgeState(graph, maker, out, silent);
      if (use !== undefined) found.push(use);
    }
  return [...found, ...judgeMarkers(graph, silent)];
}

// Uses of a state that a known monitor saw beyond those in the passports.
export function usesSeenElsewhere(graph: Graph, state: StateRef): Use[] {
  const clear = graph.evidence.clear;
  const maker = graph.event(state.event);
  const marker = clear === null || maker === undefined ? undefined : markerOf(graph, state);
  if (clear === null || maker === undefined || marker === undefined) return [];
  return (clear.markers.get(marker) ?? [])
    .filter((place) => couldHold(maker, place.log))
    .filter((place) => !graph.usersOf(state).some((user) => user.log === place.log && user.seq === place.seq))
    .map(({ log, seq }) => ({ log, seq, event: undefined }));
}
