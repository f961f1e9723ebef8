// Does a block weigh what stone of its family weighs? DOMAIN.md §3; RULES.md, rule 19.
import type { StateRef } from "../evidence.ts";
import { MAX_SIDE, shown, type Sides } from "./event.ts";
import type { Graph } from "./graph.ts";
import { amountText, volumeOf } from "./measures.ts";

// kg/m³ by petrological family.
const DENSITIES: readonly [family: string, min: bigint, max: bigint][] = [
  ["granite", 2600n, 2750n],
  ["dolerite", 2950n, 3050n],
  ["gabbro", 2950n, 3050n],
  ["sandstone", 2300n, 2500n],
  ["bluestone", 2680n, 2700n],
  ["limestone", 2300n, 2750n],
  ["marble", 2600n, 2850n],
  ["basalt", 2700n, 3100n],
];
const TOLERANCE_PER_MILLE = 20n;
// Outside this window no stone is known: a wrong unit or swapped digits.
const WINDOW: Interval = { lowest: 2000n, highest: 3300n };

interface Interval {
  lowest: bigint;
  highest: bigint;
}

export interface DensityCheck extends Interval {
  family: string; // as stated; empty: none
  contradicts: boolean; // the family's range, or the window of all stone
  alsoAdmits: string[]; // other families that the interval allows: the slack
  suggestion: string; // a likely slip of unit or digits, or empty
}

function overlap(a: Interval, b: Interval): boolean {
  return a.lowest <= b.highest && b.lowest <= a.highest;
}

// kg/m³ that the measures allow: mass ÷ gross to mass ÷ net. Grams per mm³ times 1e6 is kg per m³.
function implied(mass: bigint, gross: Sides, net: Sides): Interval {
  const density = (box: Sides): bigint => (mass * 1_000_000n) / volumeOf(box);
  return { lowest: density(gross), highest: density(net) };
}

function admits([, min, max]: (typeof DENSITIES)[number], interval: Interval): boolean {
  return overlap(interval, {
    lowest: (min * (1000n - TOLERANCE_PER_MILLE)) / 1000n,
    highest: (max * (1000n + TOLERANCE_PER_MILLE)) / 1000n,
  });
}

function withSide(box: Sides, axis: number, value: bigint): Sides {
  return box.map((side, i) => (i === axis ? value : side)) as unknown as Sides;
}

// Two digits of one number swapped, typed in centimetres.
function digitSwaps(side: bigint): bigint[] {
  const digits = (side / 10n).toString();
  const swaps: bigint[] = [];
  for (let i = 0; i + 1 < digits.length; i++)
    for (let j = i + 1; j < digits.length; j++) {
      const swapped = [...digits];
      [swapped[i], swapped[j]] = [swapped[j]!, swapped[i]!];
      const text = swapped.join("");
      if (text !== digits && !text.startsWith("0")) swaps.push(BigInt(text) * 10n);
    }
  return swaps;
}

// Factors of 10, 100 and 2.54, up and down.
const FACTORS: readonly [bigint, bigint][] = [
  [10n, 1n],
  [1n, 10n],
  [100n, 1n],
  [1n, 100n],
  [254n, 100n],
  [100n, 254n],
];

// Tries the slips people make with one side of a block; says which side and value would fit.
function suggestionFor(mass: bigint, gross: Sides, net: Sides): string {
  const fits = (axis: number, value: bigint): boolean => {
    const outer = value + gross[axis]! - net[axis]!;
    if (value < 1n || outer < 1n || outer > BigInt(MAX_SIDE)) return false;
    return overlap(implied(mass, withSide(gross, axis, outer), withSide(net, axis, value)), WINDOW);
  };
  const slips = (values: (side: bigint) => bigint[]): string | undefined => {
    for (const [axis, name] of ["length", "width", "height"].entries())
      for (const value of values(net[axis]!))
        if (fits(axis, value)) return `a ${name} of ${amountText(value, "mm")} would fit`;
    return undefined;
  };
  return slips(digitSwaps) ?? slips((side) => FACTORS.map(([up, down]) => (side * up) / down)) ?? "";
}

// For the blocks that extract and acquire events begin with, with corrected measures.
export function checkDensity(graph: Graph, block: StateRef): DensityCheck | undefined {
  const event = graph.event(block.event);
  const output = graph.output(graph.corrected(block));
  if (event === undefined || output?.kind !== "block") return undefined;
  const { mass, gross: outer, net: inner } = output.measure;
  const gross = outer ?? inner;
  const net = inner ?? outer;
  if (mass === undefined || gross === undefined || net === undefined) return undefined;
  const interval = implied(mass, gross, net);
  const family = shown(graph.field(event, "stone"))?.family ?? "";
  const range = DENSITIES.find(([name]) => name === family);
  const inWindow = overlap(interval, WINDOW);
  return {
    ...interval,
    family,
    contradicts: range === undefined ? !inWindow : !admits(range, interval),
    alsoAdmits: DENSITIES.filter((other) => other[0] !== family && admits(other, interval)).map(([name]) => name),
    suggestion: inWindow ? "" : suggestionFor(mass, gross, net),
  };
}

// 2714 → "2.71", t/m³ for people.
export function densityText(kgPerM3: bigint): string {
  const hundredths = (kgPerM3 + 5n) / 10n;
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, "0")}`;
}
