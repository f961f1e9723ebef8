// Withholding any subset of what a passport shows never yields a better verdict.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Disclosure, ShownEvent } from "../../src/evidence.ts";
import { VERDICTS, type Report } from "../../src/judge/index.ts";
import { StoneChain, thing, type Members } from "./world.ts";

// The same chances on every run.
class Chance {
  private state: number;
  constructor(seed: number) {
    this.state = seed * 2_654_435_761 + 1;
  }
  next(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }
  one<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)]!;
  }
  maybe(chance: number): boolean {
    return this.next() < chance;
  }
}

// A chain with none, one or several things wrong with it.
function chainWithFrauds(chance: Chance): StoneChain {
  const work: Members = chance.maybe(0.3) ? { home_work: { per_mille: 350 } } : {};
  const admitted: Members = chance.maybe(0.3) ? { to: "2024-12-31" } : {};
  const chain = new StoneChain({ slabs: chance.one([4, 20, 24, 30]), work, admitted });
  const frauds = [
    () => chain.hand(chain.factory, [chain.pack.state(0)], chain.town),
    () => chain.record(chain.factory, "void", { inputs: [chain.pack.state(-1), chain.pack.state(0)], outputs: [chain.tiles.value(0)] }),
    () => chain.record(chain.quarry, "correct", { inputs: [chain.extract.state(-1)], fields: { stone: { family: "granite", name: "Grey" } } }),
    () => chain.record(chain.town, "split", { inputs: [chain.tiles.state(0)], outputs: [thing("batch", { amount: 9 })] }),
    () => chain.take(chain.quarry, chain.sent),
  ];
  for (const fraud of frauds) if (chance.maybe(0.2)) fraud();
  return chain;
}

const CONTRACTS: Members[] = [
  { factory: "The Factory", quarry: "North Quarry" },
  { quarry: "South Quarry" },
  { factory: "Other Works", quarry: "North Quarry" },
  { operator: "North Operator", stone: "North Black" },
  { area: "North", parcel: "P" },
];

function rank(report: Report): number {
  return report.verdict === null ? VERDICTS.length : VERDICTS.indexOf(report.verdict);
}

// Heads, and what tells where the goods went last, stay: without them there is no passport.
function withhold(chance: Chance, events: Iterable<ShownEvent>, part: number): string[] {
  const hidden: string[] = [];
  for (const event of events)
    for (const name of [...event.fields.keys()])
      if (chance.maybe(part)) {
        (event.fields as Map<string, Disclosure>).delete(name);
        hidden.push(`${event.head.type}.${name}`);
      }
  return hidden;
}

test("withholding never improves a verdict", () => {
  for (let seed = 0; seed < 400; seed++) {
    const chance = new Chance(seed);
    const criteria = chance.one(CONTRACTS);
    const chain = chainWithFrauds(chance);
    const full = chain.check(criteria);
    const hidden = withhold(chance, chain.events.values(), chance.one([0.02, 0.05, 0.2, 0.6]));
    const less = chain.check(criteria);
    // A mismatch or duplicate of which a part is hidden becomes unknown: a gap, never support.
    const allowed = rank(full) < VERDICTS.indexOf("gap") ? VERDICTS.indexOf("gap") : rank(full);
    const worseOrHidden = rank(less) <= Math.max(allowed, rank(full));
    assert.ok(worseOrHidden, `seed ${seed}: ${full.verdict} became ${less.verdict} without ${hidden.join(", ")}`);
    if (full.verdict !== "match") assert.notEqual(less.verdict, "match", `seed ${seed}`);
  }
});

test("dropping whole events never makes a match", () => {
  for (let seed = 0; seed < 200; seed++) {
    const chance = new Chance(seed);
    const criteria = chance.one(CONTRACTS);
    const chain = chainWithFrauds(chance);
    const full = chain.check(criteria);
    const kept = [...chain.events.values()].filter(({ id }) => id === chain.sent.id || chance.maybe(0.85));
    chain.events.clear();
    for (const event of kept) chain.events.set(event.id, event);
    const less = chain.check(criteria);
    // What another use of the stone shows can be left out: that is what the clear note is for.
    if (full.verdict === "gap") assert.notEqual(less.verdict, "match", `seed ${seed}`);
    assert.ok(less.remarks.includes("not checked for later corrections or other use"));
  }
});
