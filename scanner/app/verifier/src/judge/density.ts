// Does a block weigh what stone of its family weighs? DOMAIN.md §3; RULES.md, rule 19.
import type { StateRef } from "../evidence.ts";
import { shown } from "./event.ts";
import type { Graph } from "./graph.ts";
import { implied, overlap, type Interval } from "./measures.ts";
import { suggestionFor } from "./suggestion.ts";

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

export interface DensityCheck extends Interval {
  family: string; // as stated; empty: none
  contradicts: boolean; // the family's range, or the window of all stone
  alsoAdmits: string[]; // other families that the interval allows: the slack
  suggestion: string; // a likely slip of unit or digits, or empty
}

// With the tolerance for scales and tapes.
function tolerant([, min, max]: (typeof DENSITIES)[number]): Interval {
  return {
    lowest: (min * (1000n - TOLERANCE_PER_MILLE)) / 1000n,
    highest: (max * (1000n + TOLERANCE_PER_MILLE)) / 1000n,
  };
}

function admits(range: (typeof DENSITIES)[number], interval: Interval): boolean {
  return overlap(interval, tolerant(range));
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
    // What is no stone at all is a slip; what brings it to the stone it is said to be may be meant.
    suggestion: inWindow ? "" : suggestionFor({ mass, gross, net }, range === undefined ? WINDOW : tolerant(range)),
  };
}

// 2714 → "2.71", t/m³ for people.
export function densityText(kgPerM3: bigint): string {
  const hundredths = (kgPerM3 + 5n) / 10n;
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, "0")}`;
}
