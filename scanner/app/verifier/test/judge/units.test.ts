// Shares, packs, quantities and scans (RULES.md 3, 4, 9; FORMATS.md 27).
import assert from "node:assert/strict";
import { test } from "node:test";
import { readScans, type Report } from "../../src/judge/index.ts";
import { Log, StoneChain, World, thing, type Members, type Recorded } from "./world.ts";

const first = (report: Report): string => report.findings[0]!.code;

// Two quarries whose lots are pooled at a yard.
class Pool extends World {
  readonly north = new Log("North Operator", "quarry operator", "IN");
  readonly south = new Log("South Operator", "quarry operator", "IN");
  readonly yard = new Log("The Yard", "factory", "IN");
  readonly lots: Recorded[];

  constructor(values: [Members, Members]) {
    super();
    const pits = [this.site("North Quarry"), this.site("South Quarry")];
    [this.north, this.south].forEach((log, i) =>
      this.admit(log, [{ from: null, parcels: [], role: "operator", site: pits[i]!.id, to: null }]),
    );
    this.admit(this.yard);
    this.lots = [this.north, this.south].map((log, i) => {
      const lot = this.record(log, "extract", { outputs: [values[i]!], fields: { site: { site: pits[i]!.id } } });
      return this.pass(log, [lot.state(0)], this.yard);
    });
  }

  mix(outputs: Members[], type = "split"): Recorded {
    return this.record(this.yard, type, { inputs: this.lots.map((lot) => lot.state(0)), outputs });
  }
}

const grams = (amount: number): Members => thing("batch", { amount, unit: "g" });
const setts = (amount: number): Members => thing("batch", { amount, measure: { size: [100, 100, 80] } });

test("shares of a mixture are by mass, and a contradicted share is mixed", () => {
  const pool = new Pool([grams(30_000_000), grams(10_000_000)]);
  const made = pool.mix([setts(13_520)]);
  const lines = [{ amount: 160_000_000, joint: 10, size: [100, 100, 80], unit: "mm2" }];
  const report = pool.judge([made.state(0)], { quarry: "North Quarry" }, { lines });
  assert.equal(report.verdict, "mixed");
  assert.equal(report.sentence, "By amount, 75 % from North Quarry, 25 % from South Quarry; this cannot be told apart by piece.");
  assert.deepEqual(report.units[0]!.shares.map(({ per_mille }) => per_mille), [750, 250]);
  assert.equal(report.custody_model, "controlled_blending");
});

test("two outputs of a mixture carry averages", () => {
  const pool = new Pool([grams(30), grams(10)]);
  const made = pool.mix([setts(4), setts(4)]);
  assert.equal(pool.judge([made.state(0)], { quarry: "North Quarry" }).custody_model, "mass_balance");
});

test("several sources that all satisfy the criterion are segregated", () => {
  const pool = new Pool([grams(30), grams(10)]);
  const report = pool.judge([pool.mix([setts(4)]).state(0)], { area: "North" });
  assert.equal(report.verdict, "match");
  assert.equal(report.custody_model, "segregated");
});

test("shares that cannot be told are unknown for all of it", () => {
  const pool = new Pool([grams(30), thing("block")]);
  const report = pool.judge([pool.mix([setts(4)]).state(0)], { area: "North" });
  assert.equal(report.verdict, "gap");
  assert.match(report.sentence, /mixes stone in shares that cannot be told/);
});

test("whole amounts of a line add up to what was delivered", () => {
  const pool = new Pool([grams(2), grams(1)]);
  const report = pool.judge([pool.mix([setts(100)]).state(0)], { quarry: "North Quarry" });
  const { supported, contradicted } = report.criteria[0]!;
  assert.deepEqual([supported, contradicted], [67, 33]);
});

test("labelled things in a pack stay separate units, unlabelled ones share", () => {
  const pool = new Pool([thing("block", { serial: "S1" }), thing("block", { serial: "S2" })]);
  const contents = [{ amount: 1, in: 0 }, { amount: 1, in: 1 }];
  const crate = pool.mix([thing("crate", { contents })], "pack");
  const report = pool.judge([crate.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "partial");
  assert.deepEqual(report.units.map(({ verdict }) => verdict), ["match", "partial"]);

  const loose = new Pool([grams(1), grams(1)]);
  const packed = loose.mix([thing("crate", { contents })], "pack");
  assert.equal(loose.judge([packed.state(0)], { quarry: "North Quarry" }).verdict, "mixed");
});

test("one block under two of its slabs in a crate is one source", () => {
  const chain = new StoneChain();
  assert.equal(chain.check().units[0]!.shares.length, 1);
});

test("a crate whose contents are withheld counts as a crate and hides nothing else", () => {
  const chain = new StoneChain();
  chain.hide(chain.pack, "out.0");
  const report = chain.check();
  assert.equal(report.verdict, "gap");
  assert.equal(report.amount.text, "1 piece");
});

test("a quantity short is unknown until the contract is closed, and excess never counts against", () => {
  const chain = new StoneChain();
  const status = (amount: number, tolerance: number): string => {
    const lines = [{ amount, size: [600, 400, 60], tolerance, unit: "mm2" }];
    return (chain.check({ quarry: "North Quarry" }, { lines }).quantity[0]!.status);
  };
  const delivered = 240 * 600 * 400;
  assert.equal(status(delivered + 1, 0), "unknown");
  assert.equal(status(delivered + 1, 1), "supported");
  assert.equal(status(1, 0), "supported");
});

test("a joint is counted with each piece where pieces become area", () => {
  const chain = new StoneChain();
  const lines = [{ amount: 1, joint: 10, size: [600, 400, 60], unit: "mm2" }];
  const report = chain.check({ quarry: "North Quarry" }, { lines });
  assert.equal(report.amount.value, 240 * 610 * 410);
});

test("a line in a unit that the measures do not tell is unchecked and units are counted", () => {
  const chain = new StoneChain();
  const report = chain.check({ quarry: "North Quarry" }, { lines: [{ amount: 5, unit: "g" }] });
  assert.equal(report.quantity[0]!.status, "unchecked");
  assert.equal(report.amount.text, "1 piece");
  assert.equal(report.remarks[0], "the measures do not tell the amount in the contract's unit; units are counted instead");
});

test("an amount that is too large to be named is not told", () => {
  const shop = new Pool([setts(1), setts(1)]);
  const made = shop.mix([setts(5e13), setts(5e13)]);
  const lines = [{ amount: 1, unit: "mm" }];
  const both = shop.judge([made.state(0), made.state(1)], { area: "North" }, { lines });
  assert.deepEqual([both.amount.text, both.quantity[0]!.status], ["2 pieces", "unchecked"]);
  const more = shop.mix([setts(Number.MAX_SAFE_INTEGER)]);
  const report = shop.judge([more.state(0)], { area: "North" }, { lines });
  assert.deepEqual([report.amount.text, report.quantity[0]!.status], ["1 piece", "unchecked"]);
});

test("of several lines each portion goes to the one with its size", () => {
  const chain = new StoneChain();
  const lines = [{ amount: 1, size: [500, 500, 60], unit: "piece" }, { amount: 240, size: [600, 400, 60], unit: "piece" }];
  const report = chain.check({ quarry: "North Quarry" }, { lines });
  assert.deepEqual(report.quantity.map(({ delivered }) => delivered), [0, 240]);
});

const scanned = async (chain: StoneChain, scans: string): Promise<Report> =>
  chain.check({ quarry: "North Quarry" }, { scans: await readScans(scans) });

test("a scanned crate is counted by alias, by item and by label", async () => {
  const chain = new StoneChain();
  const item = chain.sent.value(0).item as string;
  for (const scan of ["CRATE-7", `{"item":"${item}"}`, `{"item":"${item}","serial":"AAAA1111"}`])
    assert.equal((await scanned(chain, scan)).scanned, 1, scan);
});

test("a scanned label that no passport carries is not verifiable", async () => {
  const report = await scanned(new StoneChain(), "CRATE-8");
  assert.equal(report.verdict, "not_verifiable");
  assert.equal(first(report), "label_not_carried");
});

test("a scanned label with another serial was replaced", async () => {
  const chain = new StoneChain();
  const report = await scanned(chain, `{"item":"${chain.sent.value(0).item}","serial":"BBBB2222"}`);
  assert.equal(report.verdict, "not_verifiable");
  assert.equal(first(report), "label_replaced");
});

test("a scan in which nothing was read is not verifiable", async () => {
  const report = await scanned(new StoneChain(), "[]");
  assert.equal(report.verdict, "not_verifiable");
  assert.equal(report.scanned, 0);
});
