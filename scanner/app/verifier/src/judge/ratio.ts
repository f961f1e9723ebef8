// Exact fractions: shares of a whole always add up to one, however long the chain.

export interface Ratio {
  readonly over: bigint;
  readonly under: bigint; // above zero, without a common divisor
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let left = a < 0n ? -a : a;
  let right = b;
  while (right !== 0n) [left, right] = [right, left % right];
  return left === 0n ? 1n : left;
}

export function ratio(over: bigint, under = 1n): Ratio {
  if (under === 0n) throw new RangeError("a ratio to nothing");
  const sign = under < 0n ? -1n : 1n;
  const divisor = commonDivisor(over, under * sign);
  return { over: (over * sign) / divisor, under: (under * sign) / divisor };
}

export const NONE = ratio(0n);
export const WHOLE = ratio(1n);

export function plus(a: Ratio, b: Ratio): Ratio {
  return ratio(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function minus(a: Ratio, b: Ratio): Ratio {
  return ratio(a.over * b.under - b.over * a.under, a.under * b.under);
}

export function times(a: Ratio, b: Ratio): Ratio {
  return ratio(a.over * b.over, a.under * b.under);
}

export function dividedBy(a: Ratio, b: Ratio): Ratio {
  return ratio(a.over * b.under, a.under * b.over);
}

// Below zero, zero or above, as sort functions want it.
export function compareRatios(a: Ratio, b: Ratio): number {
  const left = a.over * b.under;
  const right = b.over * a.under;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isNone(a: Ratio): boolean {
  return a.over === 0n;
}

export function isWhole(a: Ratio): boolean {
  return a.over === a.under;
}

export function ratioText(a: Ratio): string {
  return `${a.over}/${a.under}`;
}

// The whole part; only for what is not negative.
export function wholePart(a: Ratio): bigint {
  return a.over / a.under;
}

// `share` of `amount`, to the nearest whole, halves up.
export function shareOf(share: Ratio, amount: bigint): bigint {
  return (2n * share.over * amount + share.under) / (2n * share.under);
}

export function perMille(share: Ratio): bigint {
  return shareOf(share, 1000n);
}

// "75 %" or "57.7 %".
export function percentText(share: Ratio): string {
  const tenths = perMille(share);
  return tenths % 10n === 0n ? `${tenths / 10n} %` : `${tenths / 10n}.${tenths % 10n} %`;
}
