// From an output to the inputs it descends from. FORMATS.md, rules 12, 17 and 19.
import type { StateRef } from "../evidence.ts";
import { remakes, type Event, type Output } from "./event.ts";
import { RECORD, sameState, type Graph } from "./graph.ts";
import { sameSides } from "./measures.ts";

export const MAX_STEPS = 1000; // in one chain

export interface Parent {
  input: number; // of the event that made the output
  amount: bigint; // drawn from it
}

function isRest(source: Output, drawn: bigint, output: Output): boolean {
  const left = source.amount - drawn;
  if (left <= 0n || output.amount !== left || output.item !== source.item) return false;
  if (output.unit !== source.unit || output.kind !== source.kind) return false;
  if (!sameSides(output.measure.size, source.measure.size)) return false;
  const [whole, rest] = [source.measure.mass, output.measure.mass];
  return whole === undefined || rest === undefined || rest <= (whole * left) / source.amount;
}

// The input that a part was drawn of and that an output is the rest of: the same product under the
// same item, with exactly what was not drawn, and no more mass than that has. Each input leaves one
// rest; whatever else is called one was made.
export function remainderOf(
  graph: Graph,
  maker: Event,
  outputs: readonly (Output | null | undefined)[],
  out: number,
): number | undefined {
  const output = outputs[out] ?? undefined;
  if (output === undefined) return undefined;
  const left = maker.inputs.flatMap((input, i) => {
    const source = input.out === RECORD ? undefined : graph.output(input);
    return source !== undefined && isRest(source, BigInt(input.amount), output) ? [i] : [];
  });
  if (left.length === 0) return undefined;
  const before = outputs.slice(0, out).filter((other) => other?.item === output.item && other.amount === output.amount);
  return left[before.length];
}

function drawn(maker: Event, input: number): Parent[] {
  const source = maker.inputs[input];
  return source === undefined ? [] : [{ input, amount: BigInt(source.amount) }];
}

// Nothing for a void: what it remakes stands in the event it undoes.
export function parentsOf(graph: Graph, maker: Event, out: number): Parent[] {
  const output = maker.outputs[out];
  if (output === undefined) return [];
  if (remakes(maker)) return drawn(maker, out);
  if (maker.type === "correct") return drawn(maker, out + 1); // the record comes first
  // Nothing else makes things of things, whatever outputs it claims.
  if (output === null || !["split", "pack", "unpack"].includes(maker.type)) return [];
  const whole = remainderOf(graph, maker, maker.outputs, out);
  if (whole !== undefined) return [{ input: whole, amount: output.amount }];
  if (maker.type === "pack")
    return output.contents
      .filter((content) => content.in < maker.inputs.length)
      .map((content) => ({ input: content.in, amount: content.amount }));
  return maker.inputs.flatMap((input, i) => (input.out === RECORD ? [] : drawn(maker, i)));
}

export interface Restored {
  event: Event;
  input: number;
}

// The input of the undone event that output `out` of a void restores; undefined when that event
// is not shown or is another log's.
export function restoredBy(graph: Graph, voiding: Event, out: number): Restored | undefined {
  const record = voiding.inputs[0];
  const undone = record === undefined ? undefined : graph.event(record.event);
  if (undone === undefined || undone.log !== voiding.log || out < 0) return undefined;
  const first = graph.first(undone);
  let input = out;
  if (first.type === "dispatch" && first.outputs.length > 0) {
    // Of a dispatch each output taken back restores the input that it remade.
    const taken = voiding.inputs[out + 1];
    if (taken === undefined) return undefined;
    input = first.outputs.findIndex((_, sent) => sameState(graph.corrected({ event: first.id, out: sent }), taken));
  } else if (first.inputs[0]?.out === RECORD) {
    input = out + 1;
  }
  return input >= 0 && input < first.inputs.length ? { event: first, input } : undefined;
}

// A portion of what went in, or what is left of it: the same product in the same unit, not worked.
export function isPortioned(graph: Graph, split: Event, out: number): boolean {
  const output = split.outputs[out] ?? undefined;
  const parents = parentsOf(graph, split, out);
  if (output === undefined || parents.length === 0 || output.kind !== "batch") return false;
  if (graph.field(split, "saw").is !== "absent" || graph.field(split, "homeWork").is !== "absent") return false;
  return parents.every((parent) => {
    const source = graph.output(split.inputs[parent.input]!);
    return (
      source !== undefined &&
      source.kind === "batch" &&
      source.unit === output.unit &&
      sameSides(source.measure.size, output.measure.size)
    );
  });
}

// The state in which a pack made a crate or bundle, back through whatever happened to it since.
export function packedState(graph: Graph, crate: StateRef): StateRef | undefined {
  let state: StateRef = crate;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const maker = graph.event(state.event);
    if (maker === undefined) return undefined;
    if (maker.type === "pack") return state;
    if (!remakes(maker) && maker.type !== "correct") return undefined;
    const parents = parentsOf(graph, maker, state.out);
    if (parents.length !== 1) return undefined;
    state = maker.inputs[parents[0]!.input]!;
  }
  return undefined;
}

// Every state that `state` descends from, and itself.
export function ancestorsOf(graph: Graph, state: StateRef): Map<string, StateRef> {
  const seen = new Map<string, StateRef>();
  const open: StateRef[] = [state];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    const key = `${current.event} ${current.out}`;
    if (seen.has(key)) continue;
    seen.set(key, { event: current.event, out: current.out });
    const maker = graph.event(current.event);
    if (maker === undefined) continue;
    if (maker.type === "void") {
      const restored = restoredBy(graph, maker, current.out);
      if (restored !== undefined) open.push(restored.event.inputs[restored.input]!);
      continue;
    }
    for (const parent of parentsOf(graph, maker, current.out)) open.push(maker.inputs[parent.input]!);
    for (const { dispatch, input } of graph.lateDispatches(current)) open.push(dispatch.inputs[input]!);
  }
  return seen;
}
