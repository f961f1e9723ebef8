// What physics and dates doubt: words, facts and places, beyond what schemas/vectors asks for.
// docs/verification_order.md, part 3; docs/balance.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../src/evidence.ts";
import { checkDigit } from "../../src/judge/loads.ts";
import type { Report } from "../../src/judge/index.ts";
import { day, StoneChain, thing, type Members } from "./world.ts";

const of = (report: Report, code: string): Finding[] => report.findings.filter((finding) => finding.code === code);

class Doubtful extends StoneChain {
  // As the site event would say it, had it been recorded so.
  say(name: string, value: Members[] | string): this {
    const disclosure = { text: "x", digest: "x", name, value };
    (this.pit.event.head.fields as Map<string, string>).set(name, "x");
    (this.pit.event.fields as Map<string, unknown>).set(name, disclosure);
    return this;
  }
  get dug(): string {
    return this.extract.event.head.at.slice(0, 10);
  }
}

test("a closure is a remark that names step, site and days, asks the quarry, and changes nothing", () => {
  const chain = new Doubtful();
  chain.say("closures", [{ from: "2024-12-01", parcels: [], reason: "strike", to: null }]);
  const report = chain.check();
  assert.equal(report.verdict, "match");
  const [found, ...more] = of(report, "site_closed");
  assert.equal(more.length, 0);
  assert.equal(found!.sentence, `the extract of ${chain.dug} falls into the closure of North Quarry from 2024-12-01 on`);
  assert.equal(found!.ask, "North Operator");
  assert.deepEqual([found!.facts.date, found!.facts.from, found!.facts.late, found!.facts.to], [chain.dug, "2024-12-01", false, null]);
  assert.ok(report.remarks.includes(found!.sentence));
});

test("the first season that a day falls into is named, and of a late step the claimed day before the outside one", () => {
  const chain = new Doubtful();
  chain.say("seasons", [
    { from: "06-01", parcels: [], to: "06-30" },
    { from: "12-15", parcels: [], to: "01-31" },
    { from: "01-01", parcels: [], to: "12-31" },
  ]);
  const [found] = of(chain.check(), "out_of_season");
  assert.equal(found!.sentence, `the extract of ${chain.dug} falls into the season in which North Quarry is closed, from 12-15 to 01-31`);
});

test("a value without its form counts as not shown, and never makes a passport malformed", () => {
  for (const value of ["winter", [{ from: "13-01", parcels: [], to: "01-31" }], [{ from: "01-01", to: "12-31" }]] as const) {
    const report = new Doubtful().say("seasons", value as unknown as Members[]).check();
    assert.equal(report.verdict, "match");
    assert.deepEqual(of(report, "out_of_season"), []);
  }
});

test("a container's check digit is that of ISO 6346, where a remainder of 10 prints 0", () => {
  assert.equal(checkDigit("CSQU3054383"), 3);
  assert.equal(checkDigit("TSTU4001019"), 9);
  assert.equal(checkDigit("TSTU0000020"), 0);
});

test("of a load the masses of what was packed count where nobody weighed the crate", () => {
  const loaded = (vgm: number): Finding[] => {
    const chain = new StoneChain();
    const batch = chain.tiles.event.fields.get("out.0")!.value as Members;
    (batch.measure as Members).mass = 10_000_000;
    const transport = { packing: 60_000, tare: 2_200_000, vgm };
    const sent = chain.hand(chain.factory, [chain.pack.state(0)], chain.town, { fields: { to: { log: chain.town.origin }, transport } });
    return of(chain.judge([sent.state(0)], { quarry: "North Quarry" }), "vgm_contradiction");
  };
  assert.deepEqual(loaded(12_873_000), []);
  const [found] = loaded(12_873_001);
  assert.match(found!.sentence, /^the load of the dispatch of \S+ weighs 12\.26 t by its parts and 12\.87 t by its verified gross mass$/);
  assert.deepEqual([found!.facts.parts_g, found!.facts.vgm_g], [12_260_000, 12_873_001]);
});

test("a step is compared with the latest of those it follows, as they were claimed", () => {
  const chain = new StoneChain();
  const late = chain.record(chain.factory, "acquire", { at: day(5, 2), outputs: [thing("slab")], fields: { source: { words: "bought" } } });
  const packed = chain.record(chain.factory, "pack", {
    at: day(5, 1),
    inputs: [chain.atFactory.state(0), late.state(0)],
    outputs: [thing("crate", { contents: [{ amount: 1, in: 0 }, { amount: 1, in: 1 }] })],
  });
  const [found, ...more] = of(chain.judge([packed.state(0)], { quarry: "North Quarry" }), "time_order");
  assert.equal(more.length, 0);
  assert.equal(found!.sentence, `the pack dated ${day(5, 1)} follows the acquire dated ${day(5, 2)}, which is later`);
});
