// Slabs sawn out of blocks across one axis: do they and their kerfs fit? RULES.md, rule 18.
import type { StateRef } from "../evidence.ts";
import { groupByRoot, isVoided, measureOf, takesOnlyBlocks, yieldCheck, type SplitGroup, type YieldCheck } from "./balance.ts";
import { nameOf, remakes, shown, type Axis, type Event, type Fields, type Output, type Sides } from "./event.ts";
import { madeBy, sameState, type Graph } from "./graph.ts";
import { volumeOf } from "./measures.ts";
import { MAX_STEPS } from "./parents.ts";

// All saw steps of a set of blocks across one axis.
class Stack {
  slabs = 0n;
  thicknessSum = 0n; // Σ n·t
  remnants = 0n; // thickness of block remnants that are not sawn further
  remnantCount = 0n;
  kerf: bigint | undefined; // the smallest stated: in the doer's favour
  areaSum = 0n; // Σ n·A, mm²
  volumeSum = 0n; // Σ n·A·t, mm³
  complete = true; // every slab's size is known
  readonly thicknesses = new Set<bigint>();

  addSlab(slab: Output, saw: Fields["saw"]): void {
    const size = slab.measure.size;
    const thickness = size === undefined ? saw.thickness : size[2];
    this.slabs += 1n;
    this.thicknessSum += thickness;
    this.thicknesses.add(thickness);
    if (size === undefined) {
      this.complete = false;
    } else {
      this.areaSum += size[0] * size[1];
      this.volumeSum += volumeOf(size);
    }
  }

  addSplit(graph: Graph, split: Event, saw: Fields["saw"]): void {
    if (this.kerf === undefined || saw.kerf < this.kerf) this.kerf = saw.kerf;
    madeBy(graph, split).forEach((output, out) => {
      if (output?.kind === "slab") this.addSlab(output, saw);
      if (output?.kind !== "block") return;
      const box = output.measure.net ?? output.measure.gross;
      if (box === undefined || sawnFurther(graph, { event: split.id, out }, saw.axis)) return;
      this.remnants += box[saw.axis];
      this.remnantCount += 1n;
    });
  }

  // How many slabs the blocks allow: along the axis, and by volume; the lowest limit counts.
  limit(blocks: Sides[], axis: Axis): bigint {
    const kerf = this.kerf ?? 0n;
    const along = this.limitAlong(blocks.map((block) => block[axis]), kerf);
    if (!this.complete || this.areaSum === 0n || this.remnantCount > 0n) return along;
    // Σ(A·t) + (N−1)·k·A ≤ V, with the mean area: N·A·(t+k) ≤ V + k·A for each block.
    const volume = blocks.reduce((sum, block) => sum + volumeOf(block), 0n);
    const room = volume + BigInt(blocks.length) * kerf * (this.areaSum / this.slabs);
    const byVolume = (room * this.slabs) / (this.volumeSum + this.areaSum * kerf);
    return byVolume < along ? byVolume : along;
  }

  private limitAlong(depths: bigint[], kerf: bigint): bigint {
    // Remnants take their thickness and a cut each out of the first block's depth.
    let taken = this.remnants + this.remnantCount * kerf;
    let fit = 0n;
    for (const depth of depths) {
      const left = depth > taken ? depth - taken : 0n;
      taken = taken > depth ? taken - depth : 0n;
      // Mixed thickness: Σ n·t + (Σ n − 1)·k ≤ D, as the part of the declared stack that fits.
      const [only] = this.thicknesses;
      fit +=
        this.thicknesses.size === 1
          ? (left + kerf) / (only! + kerf)
          : ((left + kerf) * this.slabs) / (this.thicknessSum + this.slabs * kerf);
    }
    return fit;
  }
}

function sawsAlong(graph: Graph, event: Event, axis: Axis): boolean {
  return event.type === "split" && shown(graph.field(event, "saw"))?.axis === axis;
}

// Where the remnant went on, whole: handed over, relabelled or corrected.
function carriedOn(user: Event, remnant: StateRef): StateRef | undefined {
  if (!remakes(user) && user.type !== "correct") return undefined;
  const offset = user.type === "correct" ? 1 : 0;
  const input = user.inputs.findIndex((candidate, i) => i >= offset && sameState(candidate, remnant));
  return input < 0 ? undefined : { event: user.id, out: input - offset };
}

// Sawn across the same axis later, here or where it was sent: then its slabs stand in the stack
// and the remnant itself does not.
function sawnFurther(graph: Graph, remnant: StateRef, axis: Axis): boolean {
  let state = remnant;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const users = graph.usersOf(state);
    if (users.some((user) => sawsAlong(graph, user, axis) && !isVoided(graph, user))) return true;
    const next = users.map((user) => carriedOn(user, state)).filter((found) => found !== undefined);
    if (next.length === 0) return false;
    state = next.at(-1)!;
  }
  return false;
}

function judgeStack(graph: Graph, group: SplitGroup, axis: Axis): YieldCheck | undefined {
  const stack = new Stack();
  for (const split of group.splits) stack.addSplit(graph, split, shown(graph.field(split, "saw"))!);
  if (stack.slabs === 0n) return undefined;
  const gross: Sides[] = [];
  const net: Sides[] = [];
  for (const root of group.roots) {
    const measure = measureOf(graph, root);
    const box = measure.gross ?? measure.net;
    if (box === undefined) return undefined;
    gross.push(box);
    if (measure.net !== undefined) net.push(measure.net);
  }
  const [only] = stack.thicknesses;
  const thickness = stack.thicknesses.size === 1 ? ` of ${only} mm` : "";
  const blocks = group.roots.map((root) => {
    const output = graph.output(root);
    return output === undefined ? "a block" : nameOf(output);
  });
  const what = `slabs${thickness} from block ${blocks.join(", ")}`;
  const expected = net.length === group.roots.length ? stack.limit(net, axis) : undefined;
  return yieldCheck(group.splits, what, "piece", stack.slabs, stack.limit(gross, axis), { expected });
}

export function checkStacks(graph: Graph): YieldCheck[] {
  const axes: Axis[] = [0, 1, 2];
  return axes.flatMap((axis) => {
    const sawn = graph.events.filter(
      (event) =>
        sawsAlong(graph, event, axis) && takesOnlyBlocks(graph, event),
    );
    return groupByRoot(graph, sawn, axis)
      .map((group) => judgeStack(graph, group, axis))
      .filter((check) => check !== undefined);
  });
}
