// Can the stone that came out have been in what went in? Slab stacks, volumes, masses, counts.
//
// Limits from gross dimensions are hard: more than that is `over_yield`. Limits from net ones are
// expected: more than that is a remark. Between what a block really yields and its limit lies room
// in which other stone stays invisible; each check says how much. DESIGN.md §10; RULES.md, 7 to 8, 18.
import type { StateRef } from "../evidence.ts";
import { remakes, shown, type Axis, type Event, type Measure, type Unit } from "./event.ts";
import { compareStates, keyOf, type Graph } from "./graph.ts";
import { LARGEST } from "./measures.ts";
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

// The block that a block was cut from. Along an axis: saw steps leave of a block a remnant that is
// thinner along that axis and otherwise the same; any other cut makes new blocks, whose stacks are
// their own. Without one: through all cuts, as the stone still is that of the first block.
export function rootBlock(graph: Graph, block: StateRef, along?: Axis): StateRef {
  let state: StateRef = { event: block.event, out: block.out };
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const maker = graph.event(state.event);
    const output = graph.output(state);
    if (maker === undefined || output === undefined) return state;
    const cut =
      maker.type === "split" &&
      output.kind === "block" &&
      (along === undefined || shown(graph.field(maker, "saw"))?.axis === along);
    if (!cut && !remakes(maker) && maker.type !== "correct") return state;
    const parents = parentsOf(graph, maker, state.out);
    if (parents.length !== 1) return state;
    const before = maker.inputs[parents[0]!.input]!;
    if (graph.output(before)?.kind !== "block") return state;
    state = { event: before.event, out: before.out };
  }
  return state;
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
      const owner = owners.get(keyOf(root));
      if (owner === undefined) owners.set(keyOf(root), i);
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
