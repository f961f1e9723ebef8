// The proved events by id, and what is asked of them between themselves.
import type { ShownEntry, ShownHead } from "./binding.ts";
import type { Fields, Output } from "./fields.ts";
import { recordOut } from "./head.ts";
import type { StateRef } from "../evidence.ts";

export interface ProvedEvent {
  shown: ShownEntry & { head: ShownHead };
  fields: Fields;
}

export class Graph {
  private readonly byId = new Map<string, ProvedEvent>();

  constructor(events: ProvedEvent[]) {
    for (const event of events) {
      const { event: id } = event.shown.entry;
      if (!this.byId.has(id)) this.byId.set(id, event);
    }
  }

  event(id: string): ProvedEvent | undefined {
    return this.byId.get(id);
  }

  // Nothing for outputs that are withheld or not shown, and for record states.
  output(state: StateRef): Output | null {
    return this.event(state.event)?.fields.outputs[state.out] ?? null;
  }

  // The disclosure a state's marker is made from.
  disclosure(state: StateRef): string | null {
    if (state.out === recordOut) return this.event(state.event)?.shown.head.text ?? null;
    return this.output(state)?.text ?? null;
  }

  // The event that a chain of corrections began with, as far as it is shown: earlier entries of the
  // same log.
  first(event: ProvedEvent): ProvedEvent {
    for (let current = event; ; ) {
      const { head, entry } = current.shown;
      if (head.head.type !== "correct" || head.head.inputs.length === 0) return current;
      const before = this.event(head.head.inputs[0].event);
      if (before === undefined || before.shown.entry.log !== entry.log || before.shown.entry.seq >= entry.seq) {
        return current;
      }
      current = before;
    }
  }
}
