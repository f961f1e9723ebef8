// Exact fractions, amounts as text, names and orders.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { quoted } from "../../src/base/bytes.ts";
import { amountText } from "../../src/judge/measures.ts";
import { wholeAmounts } from "../../src/judge/origin_findings.ts";
import { compareRatios, dividedBy, percentText, perMille, plus, ratio, shareOf, times, WHOLE } from "../../src/judge/ratio.ts";
import { compareDigests, sameName } from "../../src/judge/text.ts";

test("shares of a whole add up to one, however long the chain", () => {
  const third = ratio(1n, 3n);
  const deep = Array.from({ length: 500 }).reduce<typeof third>((share) => times(share, third), WHOLE);
  const rest = Array.from({ length: 3 }).reduce<typeof third>((sum) => plus(sum, third), ratio(0n));
  assert.equal(compareRatios(rest, WHOLE), 0);
  assert.equal(compareRatios(dividedBy(deep, deep), WHOLE), 0);
});

test("a ratio to nothing is refused", () => {
  assert.throws(() => ratio(1n, 0n), RangeError);
  assert.throws(() => dividedBy(WHOLE, ratio(0n)), RangeError);
});

test("shares round to the nearest, halves up", () => {
  assert.deepEqual([1n, 3n, 5n].map((over) => shareOf(ratio(over, 2n), 1n)), [1n, 2n, 3n]);
  assert.equal(perMille(ratio(1n, 3n)), 333n);
  assert.equal(percentText(ratio(577n, 1000n)), "57.7 %");
  assert.equal(percentText(ratio(3n, 4n)), "75 %");
});

test("whole amounts of exact parts add up, the largest rest first", () => {
  const thirds = [ratio(1n, 3n), ratio(1n, 3n), ratio(1n, 3n)];
  assert.deepEqual(wholeAmounts(thirds, 100n), [34n, 33n, 33n]);
  assert.deepEqual(wholeAmounts([ratio(1n, 4n), ratio(3n, 4n)], 2n), [1n, 1n]);
});

test("amounts are written in units people use, two decimals at most", () => {
  assert.equal(amountText(63_360_000n, "mm2"), "63.36 m²");
  assert.equal(amountText(163_592_000n, "mm2"), "163.59 m²");
  assert.equal(amountText(26_400_000n, "mm2"), "26.4 m²");
  assert.equal(amountText(4_999n, "mm2"), "0 m²");
  assert.equal(amountText(5_000n, "mm2"), "0.01 m²");
  assert.equal(amountText(1n, "piece"), "1 piece");
  assert.equal(amountText(0n, "piece"), "0 pieces");
});

test("digests stand in the order of their bytes and not of their letters", () => {
  const bytes = Array.from({ length: 60 }, (_, i) => createHash("sha256").update(`${i}`).digest());
  const byBytes = [...bytes].sort(Buffer.compare).map((one) => one.toString("base64url"));
  assert.deepEqual(bytes.map((one) => one.toString("base64url")).sort(compareDigests), byBytes);
});

test("names compare after NFC and trimming, and no otherwise", () => {
  assert.ok(sameName("Zoe\u0308", "\u2003Zo\u00eb\t"));
  assert.ok(!sameName("Zoe", "Zo\u00eb"));
  assert.ok(!sameName("a b", "a  b"));
  assert.ok(!sameName("\ufeffa", "a"));
});

test("text from outside is cut by bytes and shows its control characters", () => {
  assert.equal(quoted("a\u001b[0m"), '"a\\x1b[0m"');
  assert.equal(quoted("\u0085"), '"\\xc2\\x85"');
  assert.equal(quoted("é".repeat(40)), `"${"é".repeat(30)}…"`);
  assert.equal(quoted(`${"x".repeat(59)}\u0085`), `"${"x".repeat(59)}\\xc2…"`);
  assert.equal(quoted("x".repeat(60)), `"${"x".repeat(60)}"`);
});

