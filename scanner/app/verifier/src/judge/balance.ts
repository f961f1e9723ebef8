// Can the stone that came out have been in what went in? Slab stacks, volumes, masses, counts.
//
// Limits from gross dimensions are hard: more than that is `over_yield`. Limits from net ones are
// expected: more than that is a remark. Between what a block really yields and its limit lies room
// in which other stone stays invisible; each check says how much. DESIGN.md §10; RULES.md, 7 to 8, 18.
import type { StateRef } from "../evidence.ts";
import { shown, type Axis, type Event, type Measure, type Output, type Unit } from "./event.ts";
import { compareStates, keyOf, type Graph } from "./graph.ts";
import { LARGEST } from "./measures.ts";
import { putIn, sameBefore } from "./packing.ts";
import { MAX_STEPS, parentsOf } from "./parents.ts";
import { ratio, WHOLE, type Ratio } from "./ratio.ts";

export interface YieldCheck {
  splits: Event[]; // judged together
  what: string; // "slabs of 80 mm from block P-221", for a sentence
  count: bigint; // declared
  limit: bigint; // hard, from gross dimensions
  expected: bigint | undefined; // from net dimensions
  unit: Unit; // of count and limit
  byMass: boolean; // a mass balance that cannot close
  explained: Ratio; // the part of the count that the limit allows, where it is over
}

// Compared exactly and named as far as numbers go: an absurd count is over all the more, and where
// the limit is absurd there is room for everything.
export function yieldCheck(
  splits: Event[],
  what: string,
  unit: Unit,
  count: bigint,
  limit: bigint,
  more: { expected?: bigint | undefined; byMass?: boolean } = {},
): YieldCheck | undefined {
  if (limit >= LARGEST) return undefined;
  const { expected, byMass = false } = more;
  const explained = count > limit ? ratio(limit, count) : WHOLE;
  return { splits, what, count: count > LARGEST ? LARGEST : count, limit, expected, unit, byMass, explained };
}

export function isOver(check: YieldCheck): boolean {
  return check.count > check.limit;
}

export function isAboveExpected(check: YieldCheck): boolean {
  return !isOver(check) && check.expected !== undefined && check.count > check.expected;
}

// The measure of a state as its last correction gives it.
export function measureOf(graph: Graph, state: StateRef): Measure {
  return graph.output(graph.corrected(state))?.measure ?? {};
}

export function takesOnlyBlocks(graph: Graph, split: Event): boolean {
  return split.inputs.length > 0 && split.inputs.every((input) => graph.output(input)?.kind === "block");
}

// The state that a block is again, or was cut from, one step back.
function blockBefore(graph: Graph, maker: Event, block: Output, out: number, along?: Axis): StateRef | undefined {
  if (maker.type === "unpack") return putIn(graph, maker, block.item);
  const saw = shown(graph.field(maker, "saw"));
  if (maker.type !== "split") return sameBefore(graph, maker, out);
  if (along !== undefined && saw?.axis !== along) return undefined;
  const parents = parentsOf(graph, maker, out);
  return parents.length === 1 ? maker.inputs[parents[0]!.input] : undefined;
}

// The block that a block was cut from. Along an axis: saw steps leave of a block a remnant that is
// thinner along that axis and otherwise the same; any other cut makes new blocks, whose stacks are
// their own. Without one: through all cuts, as the stone still is that of the first block.
export function rootBlock(graph: Graph, block: StateRef, along?: Axis): StateRef {
  let state: StateRef = { event: block.event, out: block.out };
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const maker = graph.event(state.event);
    const output = graph.output(state);
    if (maker === undefined || output === undefined) return state;
    const before = blockBefore(graph, maker, output, state.out, along);
    if (before === undefined || graph.output(before)?.kind !== "block") return state;
    state = { event: before.event, out: before.out };
  }
  return state;
}

export function isVoided(graph: Graph, event: Event): boolean {
  return graph.voidOf(graph.latest(event).id) !== undefined;
}

export interface SplitGroup {
  splits: Event[];
  roots: StateRef[]; // ascending
}

// Splits that share a root block, directly or through others, stand in one group.
export function groupByRoot(graph: Graph, splits: Event[], along?: Axis): SplitGroup[] {
  const leader = splits.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (leader[at] !== at) at = leader[at] = leader[leader[at]!]!;
    return at;
  };
  const rootsOf = splits.map((split) => rootsAscending(split.inputs.map((input) => rootBlock(graph, input, along))));
  const owners = new Map<string, number>();
  rootsOf.forEach((roots, i) => {
    for (const root of roots) {
      // What was voided gave the block back; it stands for itself.
      const key = isVoided(graph, splits[i]!) ? `${keyOf(root)} ${i}` : keyOf(root);
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, i);
      else leader[find(i)] = find(owner);
    }
  });
  const groups = new Map<number, SplitGroup>();
  splits.forEach((split, i) => {
    const group = groups.get(find(i)) ?? { splits: [], roots: [] };
    group.splits.push(split);
    group.roots.push(...rootsOf[i]!);
    groups.set(find(i), group);
  });
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([, group]) => ({ splits: group.splits, roots: rootsAscending(group.roots) }));
}

function rootsAscending(roots: StateRef[]): StateRef[] {
  return [...new Map(roots.map((root) => [keyOf(root), root])).values()].sort(compareStates);
}
