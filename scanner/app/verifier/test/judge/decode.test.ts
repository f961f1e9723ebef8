// Fields as they were disclosed: absent, withheld or shown, and refused where a member that the
// rules use does not fit.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../src/evidence.ts";
import { Refusal } from "../../src/base/refusal.ts";
import { decodeEvent } from "../../src/judge/index.ts";
import { Log, World, thing, type Members } from "./world.ts";

function recorded(type: string, fields: Members, outputs: Members[] = []) {
  const world = new World();
  return { world, recorded: world.record(new Log("L", "factory", "CN"), type, { fields, outputs }) };
}

test("withheld never reads as absent", () => {
  const { world, recorded: event } = recorded("split", { saw: { axis: "w", kerf: 7, thickness: 60 } }, [thing("slab")]);
  assert.equal(decodeEvent(event.event).fields.saw.is, "shown");
  world.hide(event, "saw");
  world.hide(event, "out.0");
  const hidden = decodeEvent(event.event);
  assert.equal(hidden.fields.saw.is, "withheld");
  assert.equal(hidden.fields.stone.is, "absent");
  assert.deepEqual(hidden.outputs, [null]);
});

test("one name, two meanings: what a site event says, and where a step took place", () => {
  const site = decodeEvent(recorded("site", { site: { name: "Pit" } }).recorded.event);
  assert.deepEqual([site.fields.siteFacts.is, site.fields.place.is], ["shown", "absent"]);
  const step = decodeEvent(recorded("extract", { site: { site: "id" } }).recorded.event);
  assert.deepEqual([step.fields.siteFacts.is, step.fields.place.is], ["absent", "shown"]);
});

test("members that no rule uses are passed over", () => {
  assert.equal(decodeEvent(recorded("extract", { stone: { colour: 7, name: null } }).recorded.event).fields.stone.is, "shown");
});

const id = "A".repeat(43);
const refused: [string, Json, string][] = [
  ["party", {}, "party.name: missing"],
  ["party", "x", "party: expected an object, got string"],
  ["party", { name: "x".repeat(4097) }, "party.name: expected at most 4096 bytes of text, got 4097"],
  ["party", { aliases: [1], name: "x" }, "party.aliases: expected strings, got integer"],
  ["site", { parcel: "P" }, "site.site: missing"],
  ["saw", { axis: "x", kerf: 7, thickness: 60 }, 'saw.axis: expected l, w or h, got "x"'],
  ["saw", { axis: "w", kerf: -1, thickness: 60 }, "saw.kerf: expected 0 to 1000, got -1"],
  ["saw", { axis: "w", kerf: 7, thickness: 0 }, "saw.thickness: expected 1 to 100000, got 0"],
  ["home_work", { per_mille: 1001 }, "home_work.per_mille: expected 0 to 1000, got 1001"],
  ["waste", { mass: null }, "waste.mass: expected a whole number, got null"],
  ["to", {}, "to: expected either log or name"],
  ["to", { log: "a", name: "b" }, "to: expected either log or name"],
  ["to", { contract: id, name: "b" }, "to.contract: a contract needs the log that holds it"],
  ["received", { event: "short", outs: [] }, 'received.event: expected 43 base64url characters, got "short"'],
  ["received", { event: id, outs: [1000] }, "received.outs: expected output numbers from 0 to 999"],
  ["voids", { event: `${"A".repeat(42)}B` }, `voids.event: expected 43 base64url characters, got "${"A".repeat(42)}B"`],
  ["kind", 1, "kind: expected a string, got integer"],
  ["member", { role: "factory" }, "member.log: missing"],
  ["sites", {}, "sites: expected an array, got object"],
  ["sites", [{ from: "2025-02-30", site: id }], 'sites[0].from: expected a date like 2026-03-02, got "2025-02-30"'],
  ["about", { sightings: "x" }, "about.sightings: expected an array, got string"],
];

test("a field that does not fit is named", () => {
  for (const [name, value, why] of refused) {
    const { recorded: event } = recorded("split", { [name]: value });
    assert.throws(() => decodeEvent(event.event), (problem) => problem instanceof Refusal && problem.line() === why, why);
  }
});

const refusedOutputs: [Members, string][] = [
  [{ amount: 0 }, "out.0.amount: expected 1 to 9007199254740991, got 0"],
  [{ amount: 2 }, "out.0.amount: only a batch has an amount other than 1 piece, got 2 piece of kind block"],
  [{ unit: "g" }, "out.0.amount: only a batch has an amount other than 1 piece, got 1 g of kind block"],
  [{ kind: "stone" }, 'out.0.kind: expected one of block, slab, bundle, piece, crate, batch, got "stone"'],
  [{ unit: "t" }, 'out.0.unit: expected one of piece, g, mm, mm2, mm3, got "t"'],
  [{ item: "x".repeat(65) }, "out.0.item: expected at most 64 bytes of text, got 65"],
  [{ measure: { gross: [1, 2] } }, "out.0.measure.gross: expected three sides in mm, got 2"],
  [{ measure: { net: [1, 2, 100_001] } }, "out.0.measure.net[2]: expected whole millimetres from 1 to 100000"],
  [{ measure: { mass: 0 } }, "out.0.measure.mass: expected 1 to 9007199254740991, got 0"],
  [{ contents: [{ amount: 1, in: -1 }] }, "out.0.contents[0].in: expected 0 to 999, got -1"],
  [{ serial: null }, "out.0.serial: expected a string, got null"],
];

test("an output that does not fit is named", () => {
  for (const [more, why] of refusedOutputs) {
    const { recorded: event } = recorded("extract", {}, [thing("block", more)]);
    assert.throws(() => decodeEvent(event.event), (problem) => problem instanceof Refusal && problem.line() === why, why);
  }
});
