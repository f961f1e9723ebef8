// What a crate or bundle holds, through whatever happened to it since it was packed.
import type { StateRef } from "../evidence.ts";
import { remakes, type Event, type Output } from "./event.ts";
import { keyOf, type Graph } from "./graph.ts";
import { supportedBy } from "./lineage.ts";
import { MAX_STEPS, restoredBy } from "./parents.ts";

export const MAX_NESTING = 16; // crates within bundles within …

export interface Held {
  state: StateRef;
  amount: bigint;
}

export function holdsOthers(output: Output): boolean {
  return output.kind === "crate" || output.kind === "bundle";
}

// The state that a thing is again, one step back, where the step hands on what it took, or gives back
// what it undid.
export function sameBefore(graph: Graph, maker: Event, out: number): StateRef | undefined {
  if (maker.type === "correct") return maker.inputs[out + 1]; // the record comes first
  if (maker.type === "void") {
    const restored = restoredBy(graph, maker, out);
    return restored?.event.inputs[restored.input];
  }
  if (maker.type === "receive" && maker.inputs.length === 0) {
    const late = supportedBy(graph, maker, out);
    return late?.dispatch.inputs[late.input];
  }
  return remakes(maker) ? maker.inputs[out] : undefined;
}

function stateBefore(graph: Graph, maker: Event, out: number, depth: number): StateRef | undefined {
  const before = sameBefore(graph, maker, out);
  if (before !== undefined) return before;
  return maker.type === "unpack" ? putIn(graph, maker, maker.outputs[out]?.item, depth + 1) : undefined;
}

// A thing that came out of crates or bundles is the one that was put into them.
export function putIn(graph: Graph, unpack: Event, item: string | undefined, depth = 0): StateRef | undefined {
  for (const input of unpack.inputs) {
    const found = heldBy(graph, input, depth)?.find(({ state }) => graph.output(state)?.item === item);
    if (found !== undefined) return found.state;
  }
  return undefined;
}

// Each crate is looked into once: crates out of bundles out of bundles would double otherwise.
const looked = new WeakMap<Graph, Map<string, Held[] | undefined>>();

// Undefined when it is not shown, or when its record begins after it was packed. What no pack made
// holds nothing, and so does what is nested deeper than anybody packs.
export function heldBy(graph: Graph, crate: StateRef, depth = 0): Held[] | undefined {
  const known = looked.get(graph) ?? new Map<string, Held[] | undefined>();
  looked.set(graph, known);
  const key = keyOf(crate);
  if (!known.has(key)) known.set(key, lookInto(graph, crate, depth));
  return known.get(key);
}

function lookInto(graph: Graph, crate: StateRef, depth: number): Held[] | undefined {
  if (depth > MAX_NESTING) return [];
  let state = crate;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const maker = graph.event(state.event);
    const output = graph.output(state);
    if (maker === undefined || output === undefined) return undefined;
    if (maker.type === "pack")
      return output.contents.flatMap(({ amount, in: input }) => {
        const source = maker.inputs[input];
        return source === undefined ? [] : [{ state: source, amount }];
      });
    if (["extract", "acquire"].includes(maker.type)) return undefined;
    const before = stateBefore(graph, maker, state.out, depth);
    if (before === undefined) return maker.type === "receive" ? undefined : [];
    state = before;
  }
  return [];
}
