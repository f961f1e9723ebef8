// Look-ups over the evidence: who made a state, who used it, what was corrected or undone since.
import { compareByBytes } from "../base/bytes.ts";
import type { Evidence, StateRef } from "../evidence.ts";
import { shown, type Event, type Field, type FieldName, type Fields, type Output } from "./event.ts";
import { compareDigests } from "./text.ts";

export const RECORD = -1; // the state that every event makes beside its outputs

// A state as a key of maps and sets.
export function keyOf(state: StateRef): string {
  return `${state.event} ${state.out}`;
}

export function sameState(a: StateRef, b: StateRef): boolean {
  return a.event === b.event && a.out === b.out;
}

export function compareStates(a: StateRef, b: StateRef): number {
  return compareDigests(a.event, b.event) || a.out - b.out;
}

export function byLogAndSeq(a: Event, b: Event): number {
  return compareByBytes(a.log, b.log) || a.seq - b.seq;
}

export function byTime(a: Event, b: Event): number {
  return a.time - b.time || byLogAndSeq(a, b);
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

// A late dispatch that names what was received, with its input for it (FORMATS.md, rule 12).
export interface LateHandOver {
  dispatch: Event;
  input: number;
}

export class Graph {
  readonly evidence: Evidence;
  // Ascending by log and seq: what is found does not depend on the order of packets.
  readonly events: readonly Event[];
  private readonly byId = new Map<string, Event>();
  private readonly users = new Map<string, Event[]>();
  private readonly lateByReceive = new Map<string, Event[]>();
  private readonly corrections = new Map<string, Event>();
  private readonly voids = new Map<string, Event>();

  constructor(evidence: Evidence, events: readonly Event[]) {
    this.evidence = evidence;
    for (const event of events) if (!this.byId.has(event.id)) this.byId.set(event.id, event);
    this.events = [...this.byId.values()].sort((a, b) => byLogAndSeq(a, b) || compareDigests(a.id, b.id));
    for (const event of this.events) this.enter(event);
  }

  private enter(event: Event): void {
    for (const input of event.inputs) addTo(this.users, keyOf(input), event);
    const received = shown(event.fields.received);
    if (event.type === "dispatch" && received !== undefined) addTo(this.lateByReceive, received.event, event);
    // What is corrected or voided is what had its record spent, and a record belongs to the log
    // that made it; the names in `corrects` and `voids` only repeat that for people.
    const target = this.undone(event);
    if (target === undefined) return;
    if (event.type === "correct" && !this.corrections.has(target.id)) this.corrections.set(target.id, event);
    if (event.type === "void" && !this.voids.has(target.id)) this.voids.set(target.id, event);
  }

  private undone(event: Event): Event | undefined {
    const record = event.inputs[0];
    if (record === undefined || record.out !== RECORD) return undefined;
    const target = this.byId.get(record.event);
    return target !== undefined && target.log === event.log && target.seq < event.seq ? target : undefined;
  }

  event(id: string): Event | undefined {
    return this.byId.get(id);
  }

  // The disclosed output that a state stands for.
  output(state: StateRef): Output | undefined {
    return this.byId.get(state.event)?.outputs[state.out] ?? undefined;
  }

  // The disclosure that a state's marker is made from: an output's, or for a record the head.
  disclosure(state: StateRef): string | undefined {
    const maker = this.byId.get(state.event);
    return state.out === RECORD ? maker?.headText : (maker?.outputTexts[state.out] ?? undefined);
  }

  // Events shown that consume the state.
  usersOf(state: StateRef): readonly Event[] {
    return this.users.get(keyOf(state)) ?? [];
  }

  // Late dispatches that name a received state and were not voided since.
  lateDispatches(received: StateRef): LateHandOver[] {
    const found: LateHandOver[] = [];
    for (const dispatch of this.lateByReceive.get(received.event) ?? []) {
      if (this.voidOf(this.latest(dispatch).id) !== undefined) continue;
      shown(dispatch.fields.received)!.outs.forEach((out, input) => {
        if (out === received.out && input < dispatch.inputs.length) found.push({ dispatch, input });
      });
    }
    return found;
  }

  correctionOf(event: Event): Event | undefined {
    return this.corrections.get(event.id);
  }

  voidOf(id: string): Event | undefined {
    return this.voids.get(id);
  }

  // The last correction of an event, or itself. Ends: each goes to a later entry of the same log.
  latest(event: Event): Event {
    for (let current = event; ; ) {
      const next = this.correctionOf(current);
      if (next === undefined) return current;
      current = next;
    }
  }

  // An event and its corrections, in order.
  versions(event: Event): Event[] {
    const versions = [event];
    for (let next = this.correctionOf(event); next !== undefined; next = this.correctionOf(next)) versions.push(next);
    return versions;
  }

  // What a chain of corrections began with, as far as it is shown.
  first(event: Event): Event {
    let current = event;
    while (current.type === "correct" && current.inputs.length > 0) {
      const before = this.byId.get(current.inputs[0]!.event);
      if (before === undefined || before.log !== current.log || before.seq >= current.seq) break;
      current = before;
    }
    return current;
  }

  // The void that took a state back. Of a dispatch only what the void consumes is taken back:
  // what was received stays received (FORMATS.md, rule 19).
  takenBackBy(state: StateRef): Event | undefined {
    const maker = this.byId.get(state.event);
    const voiding = maker === undefined ? undefined : this.voidOf(this.latest(maker).id);
    if (maker === undefined || voiding === undefined || this.first(maker).type !== "dispatch") return voiding;
    const last = this.corrected(state);
    const consumed = voiding.inputs.some((input) => sameState(input, state) || sameState(input, last));
    return consumed ? voiding : undefined;
  }

  // The state as the last correction remade it, or itself.
  corrected(state: StateRef): StateRef {
    let current = state;
    let maker = this.byId.get(state.event);
    while (maker !== undefined && (maker = this.correctionOf(maker)) !== undefined) {
      // The record comes first, so input i is remade as output i − 1.
      const input = maker.inputs.findIndex((candidate, i) => i > 0 && sameState(candidate, current));
      if (input > 0) current = { event: maker.id, out: input - 1 };
    }
    return current;
  }

  // A field as the last correction that states it says.
  field<Name extends FieldName>(event: Event, name: Name): Field<Fields[Name]> {
    const first = this.first(event);
    let found: Field<Fields[Name]> = first.fields[name];
    for (let next = this.correctionOf(first); next !== undefined; next = this.correctionOf(next))
      if (next.fields[name].is !== "absent") found = next.fields[name];
    return found;
  }
}

// The outputs of an event as its corrections restate them; undefined where they are withheld.
export function madeBy(graph: Graph, event: Event): (Output | undefined)[] {
  return event.outputs.map((_, out) => graph.output(graph.corrected({ event: event.id, out })));
}

