// Slips people make with a measure: a wrong unit, or two digits of one number swapped. DOMAIN.md §3;
// docs/balance.md, "Slips of unit and digits".
import { MAX_SIDE, type Sides } from "./event.ts";
import { amountText, implied, overlap, type Interval } from "./measures.ts";

interface Measured {
  mass: bigint;
  gross: Sides;
  net: Sides;
}

type Factor = readonly [up: bigint, down: bigint];
const AXES = ["length", "width", "height"] as const;
// Millimetres, centimetres, metres and inches taken for one another; grams, kilograms and tonnes.
const SIDE_FACTORS: readonly Factor[] = [[10n, 1n], [1n, 10n], [100n, 1n], [1n, 100n], [254n, 100n], [100n, 254n]];
const MASS_FACTORS: readonly Factor[] = [[10n, 1n], [1n, 10n], [100n, 1n], [1n, 100n], [1000n, 1n], [1n, 1000n]];
const MOST_GRAMS = 1_000_000_000_000n;
// Blocks that are traded weigh this much.
const LIKELY_GRAMS = { least: 500_000n, most: 40_000_000n };

const isSide = (value: bigint): boolean => value >= 1n && value <= BigInt(MAX_SIDE);

function withSide(box: Sides, axis: number, value: bigint): Sides {
  return box.map((side, i) => (i === axis ? value : side)) as unknown as Sides;
}

// Two digits of a number as it was typed swapped; `typed`: how many base units its last digit counts.
function digitSwaps(value: bigint, typed: bigint): bigint[] {
  const digits = (value / typed).toString();
  const swaps: bigint[] = [];
  for (let i = 0; i + 1 < digits.length; i++)
    for (let j = i + 1; j < digits.length; j++) {
      const swapped = [...digits];
      [swapped[i], swapped[j]] = [swapped[j]!, swapped[i]!];
      const text = swapped.join("");
      if (text !== digits && !text.startsWith("0")) swaps.push(BigInt(text) * typed);
    }
  return swaps;
}

// People type tonnes or kilograms, so zeros at the end were not typed.
function lastDigit(grams: bigint): bigint {
  let typed = 1n;
  while (grams % (typed * 10n) === 0n) typed *= 10n;
  return typed;
}

interface Slip {
  measured: Measured;
  text: string;
}

// The allowance between gross and net stays what it was.
function sideSlip({ mass, gross, net }: Measured, axis: number, value: bigint): Slip[] {
  const outer = value + gross[axis]! - net[axis]!;
  if (!isSide(value) || !isSide(outer)) return [];
  const measured = { mass, gross: withSide(gross, axis, outer), net: withSide(net, axis, value) };
  return [{ measured, text: `a ${AXES[axis]} of ${amountText(value, "mm")} would fit` }];
}

function massSlip(stated: Measured, mass: bigint): Slip[] {
  if (mass < 1n || mass > MOST_GRAMS) return [];
  return [{ measured: { ...stated, mass }, text: `a mass of ${amountText(mass, "g")} would fit` }];
}

function allSidesSlip({ mass, gross, net }: Measured, [up, down]: Factor): Slip[] {
  const scaled = (box: Sides): Sides => box.map((side) => (side * up) / down) as unknown as Sides;
  const measured = { mass, gross: scaled(gross), net: scaled(net) };
  if (![...measured.gross, ...measured.net].every(isSide)) return [];
  const sides = measured.net.map((side) => amountText(side, "mm")).join(" × ");
  return [{ measured, text: `sides of ${sides} would fit` }];
}

function* slipsOf(stated: Measured): Generator<Slip> {
  for (const axis of AXES.keys()) {
    const side = stated.net[axis]!;
    for (const value of digitSwaps(side, side % 10n === 0n ? 10n : 1n)) yield* sideSlip(stated, axis, value);
  }
  for (const mass of digitSwaps(stated.mass, lastDigit(stated.mass))) yield* massSlip(stated, mass);
  for (const axis of AXES.keys())
    for (const [up, down] of SIDE_FACTORS) yield* sideSlip(stated, axis, (stated.net[axis]! * up) / down);
  for (const [up, down] of MASS_FACTORS) yield* massSlip(stated, (stated.mass * up) / down);
  for (const factor of SIDE_FACTORS) yield* allSidesSlip(stated, factor);
}

// Of all slips that would explain the measures, the one that leaves a block of a weight that is traded,
// and of these the most cube-like: a length of 26 m fits as well as a height of 1.45 m, and nobody lifts
// it. The first of equals.
export function suggestionFor(stated: Measured, meant: Interval): string {
  if (stated.mass < 1n || stated.mass > MOST_GRAMS) return "";
  let best: { text: string; likely: boolean; shortest: bigint; longest: bigint } | undefined;
  for (const { measured, text } of slipsOf(stated)) {
    const { mass, gross, net } = measured;
    if (!overlap(implied(mass, gross, net), meant)) continue;
    const likely = LIKELY_GRAMS.least <= mass && mass <= LIKELY_GRAMS.most;
    const ascending = [...net].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const [shortest, longest] = [ascending[0]!, ascending[2]!];
    const better =
      best === undefined ||
      (likely && !best.likely) ||
      (likely === best.likely && longest * best.shortest < best.longest * shortest);
    if (better) best = { text, likely, shortest, longest };
  }
  return best?.text ?? "";
}
