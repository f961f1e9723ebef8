// What is mixed: how much each part weighs, and which parts are one for a reader. RULES.md, rule 3.
import type { Event, Output } from "./event.ts";
import { keyOf, type Graph } from "./graph.ts";
import type { Branch } from "./lineage.ts";
import { massOf, netVolumeOf } from "./measures.ts";
import { isPortioned, remainderOf, type Parent } from "./parents.ts";
import { NONE, plus, ratio, ratioText, WHOLE, type Ratio } from "./ratio.ts";

export interface WeighedParent {
  parent: Parent;
  weight: Ratio;
}

// By mass, else net volume, else the amount drawn in one unit; undefined when none of these is
// known for all.
function weightsOf(graph: Graph, maker: Event, parents: readonly Parent[]): bigint[] | undefined {
  const sources = parents.map((parent) => graph.output(maker.inputs[parent.input]!));
  const weigh = (measure: (source: Output, amount: bigint) => bigint | undefined): bigint[] | undefined => {
    const weights: bigint[] = [];
    for (const [i, source] of sources.entries()) {
      const weight = source === undefined ? undefined : measure(source, parents[i]!.amount);
      if (weight === undefined || weight <= 0n) return undefined;
      weights.push(weight);
    }
    return weights;
  };
  const oneUnit = sources.every((source) => source !== undefined && source.unit === sources[0]?.unit);
  return weigh(massOf) ?? weigh(netVolumeOf) ?? (oneUnit ? weigh((_, amount) => amount) : undefined);
}

// Slabs of one block are one source: outputs of one split descend from the same inputs, so their
// weights add up and they are walked once.
function sourceKey(graph: Graph, maker: Event, parent: Parent): string {
  const source = maker.inputs[parent.input]!;
  const event = graph.event(source.event);
  const output = graph.output(source);
  const fromSplit =
    event !== undefined &&
    output !== undefined &&
    maker.type !== "pack" &&
    event.type === "split" &&
    remainderOf(graph, event, event.outputs, source.out) === undefined;
  return fromSplit ? `${source.event} ${isPortioned(graph, event, source.out)}` : "";
}

// `known` is false where the weights are not; the parts are then equal for the arithmetic alone.
export function weighParents(
  graph: Graph,
  maker: Event,
  parents: readonly Parent[],
): { known: boolean; groups: WeighedParent[] } {
  const weights = weightsOf(graph, maker, parents);
  const groups: WeighedParent[] = [];
  const places = new Map<string, WeighedParent>();
  parents.forEach((parent, i) => {
    const key = sourceKey(graph, maker, parent);
    const weight = weights === undefined ? WHOLE : ratio(weights[i]!);
    let group = key === "" ? undefined : places.get(key);
    if (group === undefined) {
      group = { parent, weight: NONE };
      groups.push(group);
      if (key !== "") places.set(key, group);
    }
    group.weight = plus(group.weight, weight);
  });
  return { known: weights !== undefined, groups };
}

function likeness(branch: Branch): string {
  return JSON.stringify([
    branch.beginning,
    branch.leaf?.id ?? null,
    branch.leafOut,
    branch.makers.map((maker) => maker.id),
    branch.handOvers,
    branch.reason,
    ratioText(branch.explained),
    branch.member === undefined ? null : keyOf(branch.member),
  ]);
}

// Branches that differ in nothing a reader could tell are one: 22 slabs of one block give one
// branch with the whole share, not 22.
export function mergeAlike(branches: readonly Branch[]): readonly Branch[] {
  if (branches.length < 2) return branches;
  const merged = new Map<string, Branch>();
  for (const branch of branches) {
    const key = likeness(branch);
    const known = merged.get(key);
    const joined =
      known === undefined
        ? branch
        : { ...known, share: plus(known.share, branch.share), averaged: known.averaged || branch.averaged };
    merged.set(key, joined);
  }
  return [...merged.values()];
}
