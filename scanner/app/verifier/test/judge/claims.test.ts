// Shares of a delivery at the five levels of claim. DOMAIN.md §1, C5 and C6.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Log, StoneChain, World, thing, type Recorded } from "./world.ts";

test("each level says what is recorded of it, with the parcel of the operator and the quarry of the block", () => {
  const { claims } = new StoneChain().check();
  assert.deepEqual(
    claims.map(({ level, shares }) => [level, ...shares.map(({ value, of, status, per_mille }) => [value, of, status, per_mille])]),
    [
      ["area", ["North", null, "supported", 1000]],
      ["quarry", ["North Quarry", null, "supported", 1000]],
      ["operator", ["North Operator", null, "supported", 1000]],
      ["block", ["B-1", "North Quarry", "supported", 1000]],
      ["appearance", ["North Black", null, "supported", 1000]],
    ],
  );
});

test("of three equal shares the rest that no whole number divides goes to the first, and unknown stands last", () => {
  const world = new World();
  const works = new Log("Works", "factory", "CN");
  world.admit(works);
  const bought = (source: Record<string, string>): Recorded =>
    world.record(works, "acquire", { outputs: [thing("batch", { amount: 1000, unit: "g" })], fields: { source } });
  const lots = [
    bought({ block: "L1", operator: "A", quarry: "Zulu" }),
    bought({ block: "L2", operator: "B", quarry: "Alpha" }),
    bought({ words: "from the hill" }),
  ];
  const pooled = world.record(works, "split", {
    inputs: lots.map((lot) => lot.state(0)),
    outputs: [thing("batch", { amount: 1000, unit: "g" })],
  });
  const { claims } = world.judge([pooled.state(0)]);
  const quarry = claims.find(({ level }) => level === "quarry")!;
  assert.deepEqual(
    quarry.shares.map(({ value, status, per_mille, amount }) => [value, status, per_mille, amount]),
    [
      ["Alpha", "declared", 334, quarry.shares[0]!.amount],
      ["Zulu", "declared", 333, quarry.shares[1]!.amount],
      [null, "unknown", 333, quarry.shares[2]!.amount],
    ],
  );
  for (const { shares } of claims) assert.equal(shares.reduce((sum, { per_mille }) => sum + per_mille, 0), 1000);
});
