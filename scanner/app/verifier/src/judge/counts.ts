// Counted amounts that may not grow: portions of what was drawn, what a pack holds and gives back,
// and what is remade. A node refuses these when it records; a reader cannot count on that. Only
// what is over is returned: nothing may come out that was not put in, so there is no slack.
import { yieldCheck, type YieldCheck } from "./balance.ts";
import { remakes, type Event, type Output, type Unit, UNITS } from "./event.ts";
import { madeBy, type Graph } from "./graph.ts";
import { netVolumeOf } from "./measures.ts";
import { heldBy, holdsOthers, sameBefore } from "./packing.ts";
import { remainderOf } from "./parents.ts";

function over(event: Event, what: string, unit: Unit, count: bigint, limit: bigint): YieldCheck[] {
  if (count <= limit) return [];
  const named = `${unit === "piece" ? "pieces" : "of stone"} ${what}`;
  const check = yieldCheck([event], named, unit, count, limit);
  return check === undefined ? [] : [check];
}

// Amounts of batches add up by unit and size, as sizes tell products apart.
class Amounts {
  private readonly byProduct = new Map<string, { output: Output; amount: bigint }>();

  add(output: Output, amount: bigint): void {
    const known = this.byProduct.get(productKey(output));
    if (known === undefined) this.byProduct.set(productKey(output), { output, amount });
    else known.amount += amount;
  }

  of(output: Output): bigint | undefined {
    return this.byProduct.get(productKey(output))?.amount;
  }

  // By unit, then by length, width and height.
  get ascending(): { output: Output; amount: bigint }[] {
    return [...this.byProduct.values()].sort((a, b) => compareProducts(a.output, b.output));
  }
}

function productNumbers(output: Output): bigint[] {
  return [BigInt(UNITS.indexOf(output.unit)), ...(output.measure.size ?? [0n, 0n, 0n])];
}

function productKey(output: Output): string {
  return productNumbers(output).join(" ");
}

function compareProducts(a: Output, b: Output): number {
  const left = productNumbers(a);
  const right = productNumbers(b);
  const at = left.findIndex((number, i) => number !== right[i]);
  return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
}

function checkPortions(graph: Graph, split: Event): YieldCheck[] {
  const drawn = new Amounts();
  const made = new Amounts();
  for (const input of split.inputs) {
    const output = graph.output(input);
    if (output === undefined) return [];
    if (output.kind === "batch") drawn.add(output, BigInt(input.amount));
  }
  const outputs = madeBy(graph, split);
  outputs.forEach((output, out) => {
    const isNew = output?.kind === "batch" && remainderOf(graph, split, outputs, out) === undefined;
    if (isNew) made.add(output, output.amount);
  });
  return made.ascending.flatMap(({ output, amount }) => {
    const from = drawn.of(output);
    return from === undefined ? [] : over(split, "portioned out of what was drawn", output.unit, amount, from);
  });
}

const PACKED = "packed out of what was drawn";

// A pack makes crates and bundles. Anything else it claims to make is what it put in, or made up.
function checkPackedProduct(graph: Graph, pack: Event, out: number): YieldCheck[] {
  const made = pack.outputs[out]!;
  if (made === null || holdsOthers(made) || remainderOf(graph, pack, pack.outputs, out) !== undefined) return [];
  let held = 0n;
  for (const content of made.contents) {
    const input = pack.inputs[content.in];
    const source = input === undefined ? undefined : graph.output(input);
    if (source?.kind === made.kind && productKey(source) === productKey(made)) held += content.amount;
  }
  return over(pack, PACKED, made.unit, made.amount, held);
}

function checkPack(graph: Graph, pack: Event): YieldCheck[] {
  const packed = pack.inputs.map(() => 0n);
  const shownOutputs = pack.outputs.filter((output) => output !== null);
  for (const { amount, in: input } of shownOutputs.flatMap((output) => output.contents))
    if (input < packed.length) packed[input]! += amount;
  let room = 0n;
  const drawnOver = pack.inputs.flatMap((input, i) => {
    const source = graph.output(input);
    const drawn = BigInt(input.amount);
    if (drawn > packed[i]!) room += drawn - packed[i]!;
    // The rest of a part draw may be one of the outputs that are not shown.
    if (source !== undefined && drawn < source.amount) room += 1n;
    return over(pack, PACKED, source?.unit ?? "piece", packed[i]!, drawn);
  });
  // Whatever is not shown holds at least one of something.
  const hidden = BigInt(pack.outputs.length - shownOutputs.length);
  return [
    ...pack.outputs.flatMap((_, out) => checkPackedProduct(graph, pack, out)),
    ...drawnOver,
    ...over(pack, "not shown, or more, packed out of what was left", "piece", hidden, room),
  ];
}

// What the packs behind the crates consumed: batches by product, things by item.
interface Packed {
  batches: Amounts;
  things: Map<string, Output[]>;
}

function addTo(packed: Packed, output: Output, amount: bigint): void {
  if (output.kind === "batch") packed.batches.add(output, amount);
  else packed.things.set(output.item, [...(packed.things.get(output.item) ?? []), output]);
}

// undefined: what went in is not shown, or begins with who states it.
function packedIn(graph: Graph, unpack: Event): Packed | undefined {
  const packed: Packed = { batches: new Amounts(), things: new Map() };
  for (const input of unpack.inputs) {
    const output = graph.output(input);
    if (output === undefined) return undefined;
    if (!holdsOthers(output)) {
      addTo(packed, output, BigInt(input.amount)); // not a crate: it holds itself
      continue;
    }
    const held = heldBy(graph, input);
    if (held === undefined) return undefined;
    for (const { state, amount } of held) {
      const source = graph.output(state);
      if (source === undefined) return undefined;
      addTo(packed, source, amount);
    }
  }
  return packed;
}

function checkUnpack(graph: Graph, unpack: Event): YieldCheck[] {
  const packed = packedIn(graph, unpack);
  if (packed === undefined) return [];
  const what = "unpacked out of what was packed";
  const made = new Amounts();
  const grown: YieldCheck[] = [];
  let things = 0n;
  let known = 0n;
  for (const output of madeBy(graph, unpack)) {
    if (output?.kind === "batch") made.add(output, output.amount);
    if (output === undefined || output.kind === "batch") continue;
    things += 1n;
    const source = packed.things.get(output.item)?.shift();
    if (source === undefined) continue;
    known += 1n;
    grown.push(...checkVolume(unpack, what, source, output));
  }
  return [
    ...made.ascending.flatMap(({ output, amount }) =>
      over(unpack, what, output.unit, amount, packed.batches.of(output) ?? 0n),
    ),
    ...over(unpack, what, "piece", things, known),
    ...grown,
  ];
}

// The same thing is no larger after a step than before. Blocks are held to the block they come from.
function checkVolume(event: Event, what: string, before: Output, after: Output): YieldCheck[] {
  if (before.kind === "block") return [];
  const [was, is] = [netVolumeOf(before, before.amount), netVolumeOf(after, after.amount)];
  return was === undefined || is === undefined ? [] : over(event, `${what}, by volume`, "mm3", is, was);
}

// A remake hands on what it took, a void gives back what was taken, also after a correction of it.
function handsOn(graph: Graph, event: Event): boolean {
  const first = event.type === "correct" ? graph.first(event) : event;
  return remakes(first) || first.type === "void";
}

function checkRemake(graph: Graph, event: Event): YieldCheck[] {
  if (!handsOn(graph, event)) return [];
  const what = "handed on out of what was taken";
  return event.outputs.flatMap((after, out) => {
    const state = sameBefore(graph, event, out);
    const before = state === undefined ? undefined : graph.output(state);
    if (before === undefined || after === null || before.kind === "block") return [];
    return [
      ...(before.unit === after.unit ? over(event, what, after.unit, after.amount, before.amount) : []),
      ...checkVolume(event, what, before, after),
    ];
  });
}

export function checkCounts(graph: Graph): YieldCheck[] {
  return graph.events.flatMap((event) => {
    switch (event.type) {
      case "split":
        return checkPortions(graph, event);
      case "pack":
        return checkPack(graph, event);
      case "unpack":
        return checkUnpack(graph, event);
      default:
        return checkRemake(graph, event);
    }
  });
}
