// Where a state's stone comes from: back through the events to those it began with, with exact
// shares. FORMATS.md, rules 17 to 20; RULES.md, rules 3, 12, 17 and 24.
//
// A branch is a share of the state with one beginning. Shares of a state add up to one, always:
// what is not shown, and what cannot be told, stays a share of its own.
import type { StateRef } from "../evidence.ts";
import { isLabelledThing, shown, stepName, type Event, type Output } from "./event.ts";
import { keyOf, type Graph, type LateHandOver } from "./graph.ts";
import { mergeAlike, weighParents } from "./mixture.ts";
import { isPortioned, MAX_STEPS, parentsOf, restoredBy, type Parent } from "./parents.ts";
import { dividedBy, NONE, plus, times, WHOLE, type Ratio } from "./ratio.ts";
import { maySpend } from "./spending.ts";

const MAX_BRANCHES = 200_000; // over all states of a walk
const MAX_MIXED = 100_000; // weighed on the way to them

export type Beginning =
  | "extract" // an extract event
  | "acquire" // stone whose earlier record is missing
  | "one-sided" // a receive that no dispatch supports
  | "not shown" // the passport stops, or something the walk needs is withheld
  | "broken" // a step by a log that did not hold the stone, or a voided event
  | "untold" // shares of a mixture cannot be told
  | "too long"; // the walk gave up at its limits

export interface Branch {
  readonly share: Ratio;
  readonly beginning: Beginning;
  readonly leaf: Event | undefined; // the extract, acquire or receive it begins with
  readonly leafOut: number;
  readonly makers: readonly Event[]; // splits on the way, the latest first
  readonly handOvers: number;
  readonly explained: Ratio; // less than one below an over-declared step
  readonly averaged: boolean; // the share is an average of a pooled lot
  readonly member: StateRef | undefined; // the labelled thing inside a pack that it comes through
  readonly code: string; // of a finding, where the branch stops early
  readonly reason: string;
  readonly ask: string; // the log whose holder can answer
}

const PLAIN: Branch = {
  share: WHOLE,
  beginning: "not shown",
  leaf: undefined,
  leafOut: 0,
  makers: [],
  handOvers: 0,
  explained: WHOLE,
  averaged: false,
  member: undefined,
  code: "",
  reason: "",
  ask: "",
};

function stopped(beginning: Beginning, code: string, reason: string, ask: string): Branch {
  return { ...PLAIN, beginning, code, reason, ask };
}

const TOO_LONG = stopped("too long", "unchecked", "the chain is longer or wider than this check goes", "");

function sameGoods(sent: Output, taken: Output): boolean {
  return sent.item === taken.item && sent.kind === taken.kind && sent.unit === taken.unit && taken.amount <= sent.amount;
}

// The late dispatch that supports what a receive took one-sidedly. Anybody can name a receive; only
// who held the stone and sent it there is heard.
export function supportedBy(graph: Graph, receive: Event, out: number): LateHandOver | undefined {
  const taken = graph.output({ event: receive.id, out });
  return graph.lateDispatches({ event: receive.id, out }).find(({ dispatch, input }) => {
    const state = dispatch.inputs[input]!;
    const sent = graph.output(state);
    const source = graph.event(state.event);
    if (dispatch.log === receive.log || shown(dispatch.fields.to)?.log !== receive.log) return false;
    if (sent !== undefined && taken !== undefined && !sameGoods(sent, taken)) return false;
    return source === undefined || maySpend(source, state.out, dispatch.log, dispatch.type) !== "no";
  });
}

export class Lineage {
  private readonly graph: Graph;
  private readonly explained: ReadonlyMap<string, Ratio>;
  private readonly known = new Map<string, readonly Branch[]>();
  private readonly mixtures = new Map<string, readonly Branch[]>();
  private made = 0;
  private mixed = 0;

  // `explained`: for each over-declared split, which part of its outputs is explained.
  constructor(graph: Graph, explained: ReadonlyMap<string, Ratio>) {
    this.graph = graph;
    this.explained = explained;
  }

  // The branches of a state; their shares add up to one.
  of(state: StateRef): readonly Branch[] {
    return this.walked(state, 0);
  }

  private walked(state: StateRef, depth: number): readonly Branch[] {
    const known = this.known.get(keyOf(state));
    if (known !== undefined) return known;
    let branches: readonly Branch[] = [TOO_LONG];
    if (depth < MAX_STEPS && this.made < MAX_BRANCHES) {
      branches = mergeAlike(this.walk(state, depth));
      this.made += branches.length;
    }
    this.known.set(keyOf(state), branches);
    return branches;
  }

  private walk(state: StateRef, depth: number): readonly Branch[] {
    const maker = this.graph.event(state.event);
    if (maker === undefined) return [stopped("not shown", "link_missing", "no earlier record is shown", "")];
    const step = stepName(maker);
    if (this.graph.output(state) === undefined)
      return [stopped("not shown", "not_shown", `what the ${step} made is not shown`, maker.log)];
    if (this.graph.takenBackBy(state) !== undefined)
      return [stopped("broken", "link_missing", `the ${step} was voided later`, maker.log)];
    const branches = this.before(maker, state.out, depth);
    // Who only portions a batch made nothing of it.
    const worked = maker.type === "split" && !isPortioned(this.graph, maker, state.out);
    const explained = this.explained.get(maker.id);
    return branches.map((branch) => ({
      ...branch,
      handOvers: branch.handOvers + (maker.type === "dispatch" ? 1 : 0),
      makers: worked ? [maker, ...branch.makers] : branch.makers,
      explained: explained === undefined ? branch.explained : times(branch.explained, explained),
    }));
  }

  private before(maker: Event, out: number, depth: number): readonly Branch[] {
    switch (maker.type) {
      case "extract":
        return [{ ...PLAIN, beginning: "extract", leaf: maker, leafOut: out }];
      case "acquire":
        return [{ ...PLAIN, beginning: "acquire", leaf: maker, leafOut: out, handOvers: 1 }];
      case "void":
        return this.throughVoid(maker, out, depth);
      case "receive":
        if (maker.inputs.length === 0) return this.beginAtReceive(maker, out, depth);
    }
    return this.throughMixture(maker, out, depth);
  }

  private throughInput(maker: Event, input: number, depth: number): readonly Branch[] {
    const state = maker.inputs[input]!;
    const source = this.graph.event(state.event);
    if (source === undefined) return this.walked(state, depth + 1).map((branch) => ({ ...branch, ask: maker.log }));
    const may = maySpend(source, state.out, maker.log, maker.type);
    if (may === "no") {
      const reason = `the ${stepName(maker)} was recorded by a log that did not hold the stone`;
      return [stopped("broken", "not_holder", reason, maker.log)];
    }
    if (may === "not shown")
      return [stopped("not shown", "not_shown", `to whom the ${stepName(source)} went is not shown`, source.log)];
    return this.walked(state, depth + 1);
  }

  // A late dispatch that names this receive is joined as if it were its input (RULES.md, rule 17).
  private beginAtReceive(receive: Event, out: number, depth: number): readonly Branch[] {
    const late = supportedBy(this.graph, receive, out);
    if (late !== undefined)
      return this.throughInput(late.dispatch, late.input, depth).map((branch) => ({
        ...branch,
        handOvers: branch.handOvers + 1,
      }));
    return [{ ...PLAIN, beginning: "one-sided", leaf: receive, leafOut: out, handOvers: 1 }];
  }

  private throughVoid(maker: Event, out: number, depth: number): readonly Branch[] {
    const restored = restoredBy(this.graph, maker, out);
    // Undoing a step gives back only what its doer held when it was done.
    if (restored !== undefined) return this.throughInput(restored.event, restored.input, depth);
    return [stopped("not shown", "link_missing", `what the ${stepName(maker)} undid is not shown`, maker.log)];
  }

  private throughMixture(maker: Event, out: number, depth: number): readonly Branch[] {
    const parents = parentsOf(this.graph, maker, out);
    if (parents.length === 0) {
      const reason = `what the ${stepName(maker)} was made from is not recorded`;
      return [stopped("not shown", "link_missing", reason, maker.log)];
    }
    if (parents.length === 1) return this.throughParent(maker, parents[0]!, depth);
    if (maker.type === "pack") return this.mix(maker, parents, depth);
    // All outputs of a mixture hold the same: a thousand of them are worked out once.
    const known = this.mixtures.get(maker.id) ?? this.mix(maker, parents, depth);
    this.mixtures.set(maker.id, known);
    return known;
  }

  private throughParent(maker: Event, parent: Parent, depth: number): readonly Branch[] {
    const branches = this.throughInput(maker, parent.input, depth);
    const { event, out } = maker.inputs[parent.input]!;
    const packed = this.graph.output({ event, out });
    if (maker.type !== "pack" || packed === undefined || !isLabelledThing(packed)) return branches;
    return branches.map((branch) => ({ ...branch, member: { event, out } }));
  }

  private mix(maker: Event, parents: readonly Parent[], depth: number): readonly Branch[] {
    const { known, groups } = weighParents(this.graph, maker, parents);
    const total = groups.reduce((sum, group) => plus(sum, group.weight), NONE);
    const all: Branch[] = [];
    for (const group of groups) {
      const branches = this.throughParent(maker, group.parent, depth);
      this.mixed += branches.length;
      if (this.mixed > MAX_MIXED) return [TOO_LONG];
      const part = dividedBy(group.weight, total);
      for (const branch of branches) all.push({ ...branch, share: times(branch.share, part) });
    }
    const merged = mergeAlike(all);
    if (merged.length < 2) return merged;
    if (!known) {
      const reason = `the ${stepName(maker)} mixes stone in shares that cannot be told`;
      return [stopped("untold", "origin_unknown", reason, maker.log)];
    }
    // What leaves a pooled lot in more than one output carries the average of the lot.
    return merged.map((branch) => ({ ...branch, averaged: branch.averaged || maker.outputs.length > 1 }));
  }
}
