// Mass and volume of a part of a thing, from what its measure says; amounts as text.
import type { Output, Sides, Unit } from "./event.ts";

// The largest amount that formats and reports can name (FORMATS.md, rule 4).
export const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

export function volumeOf([length, width, height]: Sides): bigint {
  return length * width * height;
}

export function sameSides(a: Sides | undefined, b: Sides | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.every((side, i) => side === b[i]));
}

// All three are for `amount` of `output.amount`; undefined when the measure does not tell.
export function massOf(output: Output, amount: bigint): bigint | undefined {
  const mass = output.measure.mass;
  // What was weighed as an amount may have been weighed again; the newer figure is a measure.
  if (mass === undefined) return output.unit === "g" ? amount : undefined;
  return (mass * amount) / output.amount;
}

export function netVolumeOf(output: Output, amount: bigint): bigint | undefined {
  const { net, size } = output.measure;
  if (net !== undefined) return (volumeOf(net) * amount) / output.amount;
  if (output.unit === "mm3") return amount;
  if (size === undefined) return undefined;
  if (output.unit === "piece") return volumeOf(size) * amount;
  return output.unit === "mm2" ? amount * size[2] : undefined;
}

// The most it can hold: gross dimensions where they are known.
export function grossVolumeOf(output: Output, amount: bigint): bigint | undefined {
  const gross = output.measure.gross;
  return gross === undefined ? netVolumeOf(output, amount) : (volumeOf(gross) * amount) / output.amount;
}

function withDecimals(amount: bigint, unit: bigint): string {
  const hundredths = (amount * 200n + unit) / (unit * 2n); // to the nearest, halves up
  const rest = hundredths % 100n;
  const decimals = rest === 0n ? "" : `.${rest.toString().padStart(2, "0").replace(/0$/, "")}`;
  return `${hundredths / 100n}${decimals}`;
}

// "63.36 m²", "160 pieces", "25.96 t", for people.
export function amountText(amount: bigint, unit: Unit): string {
  switch (unit) {
    case "piece":
      return `${amount} ${amount === 1n ? "piece" : "pieces"}`;
    case "g":
      return `${withDecimals(amount, 1_000_000n)} t`;
    case "mm":
      return `${withDecimals(amount, 1000n)} m`;
    case "mm2":
      return `${withDecimals(amount, 1_000_000n)} m²`;
    case "mm3":
      return `${withDecimals(amount, 1_000_000_000n)} m³`;
  }
}
