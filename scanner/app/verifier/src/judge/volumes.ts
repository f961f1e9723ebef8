// Volumes and masses of what went into a step and what came out. RULES.md, rules 7 and 18.
import { groupByRoot, measureOf, rootBlock, takesOnlyBlocks, yieldCheck, type SplitGroup, type YieldCheck } from "./balance.ts";
import type { Input } from "../evidence.ts";
import { shown, type Event, type Output } from "./event.ts";
import { madeBy, type Graph } from "./graph.ts";
import { grossVolumeOf, massOf, netVolumeOf, volumeOf } from "./measures.ts";
import { remainderOf } from "./parents.ts";

// A node's outputs and waste may weigh this much of its inputs: scales differ (DOMAIN §3).
const MASS_LIMIT_PER_MILLE = 1020n;

function least(...volumes: (bigint | undefined)[]): bigint | undefined {
  const known = volumes.filter((volume) => volume !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => (a < b ? a : b));
}

// The most stone that an input can hold. A block is no larger than the one it was cut from.
function inputVolume(graph: Graph, input: Input): bigint | undefined {
  const output = graph.output(input);
  if (output === undefined) return undefined;
  if (output.kind === "block") {
    const boxes = [measureOf(graph, rootBlock(graph, input)).gross, output.measure.gross];
    const volume = least(...boxes.map((box) => (box === undefined ? undefined : volumeOf(box))));
    if (volume !== undefined) return volume;
  }
  return grossVolumeOf(output, BigInt(input.amount));
}

// Stone lost between pieces cut at the stated thickness across the stated axis, at least: one
// kerf for each face but those of one layer. Slabs are judged by their stack.
function kerfVolume(graph: Graph, split: Event): bigint {
  const saw = shown(graph.field(split, "saw"));
  if (saw === undefined || saw.kerf === 0n) return 0n;
  let faces = 0n;
  for (const output of madeBy(graph, split)) {
    const size = output?.measure.size;
    if (output === undefined || size === undefined || output.kind === "block" || output.unit !== "piece") continue;
    if (size[2] === saw.thickness) faces += size[0] * size[1] * output.amount;
  }
  for (const input of split.inputs) {
    const measure = measureOf(graph, input);
    const box = measure.gross ?? measure.net;
    if (box === undefined) return 0n;
    faces -= volumeOf(box) / box[saw.axis];
  }
  return faces > 0n ? faces * saw.kerf : 0n;
}

// What a step made, without what it left of its inputs.
function newlyMade(graph: Graph, split: Event): Output[] {
  const made = madeBy(graph, split);
  return made
    .filter((_, out) => remainderOf(graph, split, made, out) === undefined)
    .filter((output) => output !== undefined);
}

// undefined: nothing made tells its volume. `cutFurther`: blocks that another split of the same
// group cuts count as what that makes.
function madeVolume(graph: Graph, split: Event, cutFurther: boolean): { volume: bigint; any: boolean } {
  const volumes = newlyMade(graph, split)
    .filter((output) => !(cutFurther && output.kind === "block"))
    // Boxes around shapeless remnants overlap; only what surely is stone counts.
    .map((output) => netVolumeOf(output, output.amount))
    .filter((volume) => volume !== undefined);
  const kerf = takesOnlyBlocks(graph, split) ? kerfVolume(graph, split) : 0n;
  return { volume: volumes.reduce((sum, volume) => sum + volume, kerf), any: volumes.length > 0 };
}

function checkVolume(graph: Graph, split: Event): YieldCheck | undefined {
  let room = 0n;
  for (const input of split.inputs) {
    const volume = inputVolume(graph, input);
    if (volume === undefined) return undefined;
    room += volume;
  }
  const made = madeVolume(graph, split, false);
  if (!made.any || room <= 0n) return undefined;
  return yieldCheck([split], "of stone out of one step, by volume,", "mm3", made.volume, room);
}

// All that was ever made of a block, over every cut of it and of its parts.
function checkWhole(graph: Graph, group: SplitGroup): YieldCheck | undefined {
  if (group.splits.length < 2) return undefined;
  let room = 0n;
  for (const root of group.roots) {
    const measure = measureOf(graph, root);
    const box = measure.gross ?? measure.net;
    if (box === undefined) return undefined;
    room += volumeOf(box);
  }
  const made = group.splits.reduce((sum, split) => sum + madeVolume(graph, split, true).volume, 0n);
  return yieldCheck(group.splits, "of stone out of one block in several steps, by volume,", "mm3", made, room);
}

export function checkVolumes(graph: Graph): YieldCheck[] {
  const splits = graph.events.filter((event) => event.type === "split");
  const cuts = splits.filter((split) => takesOnlyBlocks(graph, split));
  return [
    ...splits.map((split) => checkVolume(graph, split)),
    ...groupByRoot(graph, cuts).map((group) => checkWhole(graph, group)),
  ].filter((found) => found !== undefined);
}

// Σ out + waste ≤ Σ in × 1.02, where all inputs are weighed.
function checkMass(graph: Graph, split: Event): YieldCheck | undefined {
  let room = 0n;
  for (const input of split.inputs) {
    const output = graph.output(input);
    const mass = output === undefined ? undefined : massOf(output, BigInt(input.amount));
    if (mass === undefined) return undefined;
    room += mass;
  }
  const masses = newlyMade(graph, split)
    .map((output) => massOf(output, output.amount))
    .filter((mass) => mass !== undefined);
  if (masses.length === 0 || room <= 0n) return undefined;
  const waste = shown(graph.field(split, "waste"))?.mass ?? 0n;
  const made = masses.reduce((sum, mass) => sum + mass, waste);
  return yieldCheck([split], "of stone out of one step, by mass,", "g", made, (room * MASS_LIMIT_PER_MILLE) / 1000n, {
    byMass: true,
  });
}

export function checkMasses(graph: Graph): YieldCheck[] {
  return graph.events
    .filter((event) => event.type === "split")
    .map((split) => checkMass(graph, split))
    .filter((found) => found !== undefined);
}
