// Values of fields a verifier reads.
import { batch, block, type Draft, passport } from "../builder.ts";
import { chain, packetsOf, type Tampers, trustOf } from "../chain.ts";
import { add, built, field, output } from "./table.ts";

const side = { measure: { gross: [0, 1, 1] } };
for (const [name, at, tampers] of [
  ["an output of amount 0", "out.0.amount", output("deliver", batch("S1", 0))],
  ["an output of unknown kind", "out.0.kind", output("extract", { ...block("B1"), kind: "pebble" })],
  ["an output of unknown unit", "out.0.unit", output("extract", { ...block("B1"), unit: "kg" })],
  ["an output without an item", "out.0.item", output("extract", { amount: 1, kind: "block", unit: "piece" })],
  ["two blocks in one output", "out.0.amount", output("extract", block("B1", { amount: 2 }))],
  ["a block by weight", "out.0.amount", output("extract", { ...block("B1"), unit: "g" })],
  ["a side of 0 mm", "out.0.measure.gross[0]", output("extract", block("B1", side))],
  ["two sides", "out.0.measure.net", output("extract", block("B1", { measure: { net: [1, 1] } }))],
  ["a weight of 0", "out.0.measure.mass", output("extract", block("B1", { measure: { mass: 0 } }))],
  ["aliases that are no strings", "out.0.aliases", output("extract", block("B1", { aliases: [1] }))],
  ["a serial that is none", "out.0.serial", output("extract", block("B1", { serial: null }))],
  ["contents without an input", "out.0.contents[0].in", output("extract", block("B1", { contents: [{ amount: 1 }] }))],
  ["contents of an input that is not there", "out.0.contents", output("extract", block("B1", { contents: [{ amount: 1, in: 0 }] }))],
  ["an output that is no object", "out.0", { deliver: (draft: Draft) => void (draft.outputs = [7 as unknown as Record<string, unknown>]) }],
  ["a party without a name", "party.name", field("extract", "party", {})],
  ["a site without a site", "site.site", field("extract", "site", { parcel: "1" })],
  ["a stone whose name is a number", "stone.name", field("extract", "stone", { name: 1 })],
  ["a block number that is a number", "block.number", field("extract", "block", { number: 417 })],
  ["a saw along no axis", "saw.axis", field("split", "saw", { axis: "x", kerf: 8, thickness: 30 })],
  ["a saw of thickness 0", "saw.thickness", field("split", "saw", { axis: "w", kerf: 8, thickness: 0 })],
  ["a saw without kerf", "saw.kerf", field("split", "saw", { axis: "w", thickness: 30 })],
  ["home work above all", "home_work.per_mille", field("split", "home_work", { per_mille: 1001 })],
  ["waste below nothing", "waste.mass", field("split", "waste", { mass: -1 })],
  ["a receiver with log and name", "to", field("dispatch", "to", { log: "a", name: "b" })],
  ["a receiver with nothing", "to", field("dispatch", "to", {})],
  ["a contract without a log", "to.contract", field("dispatch", "to", { contract: "a", name: "b" })],
  ["a reference that is no event", "corrects.event", field("split", "corrects", { event: "abc" })],
  ["received outputs that are no numbers", "received.outs", field("split", "received", { event: "A".repeat(43), outs: ["0"] })],
  ["a member without a log", "member.log", field("admit", "member", { country: "IN", role: "quarry" })],
  ["an admitted site from no date", "sites[0].from", field("admit", "sites", [{ from: "2020-02-30", site: "A" }])],
  ["admitted sites that are no list", "sites", field("admit", "sites", {})],
  ["an enrolled key that is a number", "enrol", field("admit", "enrol", 7)],
  ["an acceptance with a number", "accept.result", field("deliver", "accept", { result: 1 })],
  ["sightings that are no strings", "about.sightings", field("split", "about", { sightings: [1] })],
  ["a statement that is no object", "statement", field("split", "statement", "x")],
] as [string, string, Tampers][]) {
  built(name, "malformed", at, tampers);
}
built("optional members that are null", null, undefined, field("extract", "stone", { family: null, name: "Grey" }));
built("members nobody reads", null, undefined, field("extract", "stone", { colour: { shade: 7 }, name: "Grey" }));
{
  // Members in another order are committed to, and refused when they are disclosed.
  const made = chain({ extract: (draft) => void Object.assign(draft, { ascending: false, fields: { stone: { name: "Grey", family: "granite" } } }) });
  const bytes = passport([made.deliver.states[0]], packetsOf(made));
  add("a field with members in another order", { code: "malformed", packet: 2, seq: 0 }, [bytes], trustOf(made));
}
