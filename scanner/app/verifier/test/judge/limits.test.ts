// Long and wide chains: an answer in bounded time, and never more support than was checked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Log, StoneChain, World, day, thing, type Members, type Recorded } from "./world.ts";

test("a chain longer than the check goes is not verifiable, and takes no stack with it", () => {
  const chain = new StoneChain();
  let held: Recorded = chain.atImporter;
  for (let i = 0; i < 700; i++) held = chain.pass(i % 2 === 0 ? chain.importer : chain.town, [held.state(0)], i % 2 === 0 ? chain.town : chain.importer);
  chain.drop(chain.sent);
  const report = chain.judge([held.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "not_verifiable");
  assert.equal(report.findings[0]!.code, "unchecked");
  assert.equal(report.steps.length, 500);
  assert.ok(report.remarks.some((remark) => /^the first 500 of 1\d{3} steps are listed$/.test(remark)));
});

test("a chain within the limit is walked to its beginning", () => {
  const chain = new StoneChain();
  let held: Recorded = chain.atImporter;
  for (let i = 0; i < 400; i++) held = chain.pass(i % 2 === 0 ? chain.importer : chain.town, [held.state(0)], i % 2 === 0 ? chain.town : chain.importer);
  chain.drop(chain.sent);
  const report = chain.judge([held.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "match");
  assert.equal(report.chain_length.hand_overs, 402);
});

test("a flood of remarks washes no verdict away", () => {
  const chain = new StoneChain();
  const about = { item: chain.sent.value(0).item as string };
  for (let i = 0; i < 600; i++)
    chain.record(chain.factory, "attest", { at: day(2, 1), fields: { about, kind: "inspection", statement: { text: `seen ${i}` } } });
  const report = chain.check({ quarry: "Another Quarry" });
  assert.equal(report.verdict, "mismatch");
  assert.equal(report.findings.length, 500);
  chain.hand(chain.factory, [chain.pack.state(0)], chain.town);
  assert.equal(chain.check().verdict, "duplicate");
});

// Each step mixes all that the one before made, so that paths double with every step.
test("paths that double with every step are walked once each", () => {
  const world = new World();
  const log = new Log("The Yard", "factory", "IN");
  const pit = world.site("Pit");
  world.admit(log, [{ from: null, parcels: [], role: "operator", site: pit.id, to: null }]);
  const fields: Members = { site: { site: pit.id } };
  const lot = (): Members => thing("batch", { amount: 100, unit: "g" });
  let held = world.record(log, "extract", { outputs: [lot(), lot()], fields });
  for (let i = 0; i < 60; i++)
    held = world.record(log, "split", { inputs: [held.state(0), held.state(1)], outputs: [lot(), lot()], fields: { waste: {} } });
  const report = world.judge([held.state(0)], { quarry: "Pit" });
  assert.equal(report.verdict, "match", report.sentence);
});

test("a mixture of more beginnings than the check goes through is not verifiable", () => {
  const world = new World();
  const log = new Log("The Yard", "factory", "IN");
  world.admit(log);
  const lots = (count: number): Members[] => Array.from({ length: count }, () => thing("batch", { amount: 10, unit: "g" }));
  const source = world.record(log, "acquire", { outputs: lots(900) });
  let held = world.record(log, "split", { inputs: Array.from({ length: 900 }, (_, out) => source.state(out)), outputs: lots(200), fields: { waste: {} } });
  held = world.record(log, "pack", {
    inputs: Array.from({ length: 200 }, (_, out) => held.state(out)),
    outputs: [thing("crate", { contents: Array.from({ length: 200 }, (_, input) => ({ amount: 10, in: input })) })],
  });
  const report = world.judge([held.state(0)], { quarry: "Pit" });
  assert.ok(report.findings.some(({ code }) => code === "unchecked"), report.sentence);
});
