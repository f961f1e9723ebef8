// The deciding rules about verdicts (RULES.md 1 to 14a), each with a chain that breaks it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, readContract, type Report } from "../../src/judge/index.ts";
import { Log, StoneChain, World, day, thing, type Members, type Recorded } from "./world.ts";

const codes = (report: Report): string[] => report.findings.map(({ code }) => code);
const first = (report: Report): string => report.findings[0]!.code;
const line = (report: Report, criterion: string) => report.criteria.find((one) => one.criterion === criterion)!;

test("a chain whose steps are all recorded by their doers matches", () => {
  const report = new StoneChain().check();
  assert.equal(report.verdict, "match", report.sentence);
  assert.equal(report.sentence, "Records support quarry North Quarry and factory The Factory for all 240 pieces.");
  assert.deepEqual(report.chain_length, { hand_overs: 3, at_least: false });
  assert.equal(report.custody_model, "identity_preserved");
});

test("without a contract a clean chain has no verdict word and shows its origin", () => {
  const report = new StoneChain().check(null);
  assert.equal(report.verdict, null);
  assert.equal(report.sentence, "Recorded origin of 240 pieces: North Quarry, by North Operator.");
});

test("without a contract nothing is contradicted and a duplicate still is one", () => {
  const chain = new StoneChain();
  chain.hand(chain.importer, [chain.atImporter.state(0)], chain.factory);
  assert.equal(chain.check(null).verdict, "duplicate");
});

test("another quarry for all of it is a mismatch, whatever the factory", () => {
  const report = new StoneChain().check({ factory: "The Factory", quarry: "South Quarry" });
  assert.equal(report.verdict, "mismatch");
  assert.equal(first(report), "origin_contradicted");
  assert.equal(line(report, "factory").supported, 240);
  assert.equal(report.findings[0]!.facts.recorded, "North Quarry");
});

test("another factory with the quarry supported is partial", () => {
  const report = new StoneChain().check({ factory: "Other Works", quarry: "North Quarry" });
  assert.equal(report.verdict, "partial");
  assert.equal(first(report), "factory_contradicted");
});

test("another stone is a mismatch only where no origin is named", () => {
  assert.equal(new StoneChain().check({ stone: "South Grey" }).verdict, "mismatch");
  assert.equal(new StoneChain().check({ quarry: "North Quarry", stone: "South Grey" }).verdict, "partial");
});

test("names compare after NFC and trimming, and otherwise exactly", () => {
  assert.equal(new StoneChain().check({ quarry: "  North Quarry\u2003" }).verdict, "match");
  assert.equal(new StoneChain().check({ quarry: "north quarry" }).verdict, "mismatch");
});

test("a quarry named by its site event is compared by that id", () => {
  const chain = new StoneChain();
  assert.equal(chain.check({ quarry: chain.pit.id }).verdict, "match");
  assert.equal(chain.check({ quarry: chain.extract.id }).verdict, "mismatch");
});

test("a site whose names are withheld is a gap by name and a match by id", () => {
  const chain = new StoneChain();
  chain.hide(chain.pit, "site");
  assert.equal(chain.check({ quarry: chain.pit.id }).verdict, "match");
  assert.equal(chain.check({ quarry: "North Quarry" }).verdict, "gap");
  assert.equal(first(chain.check({ quarry: "North Quarry" })), "not_shown");
});

test("an extract outside the admission is declared with operator and block number", () => {
  const others: Members[] = [{ to: "2024-12-31" }, { from: "2025-12-01" }, { role: "owner" }, { site: "elsewhere" }];
  for (const admitted of others) {
    const report = new StoneChain({ admitted }).check({ quarry: "North Quarry" });
    assert.equal(report.verdict, "declared", JSON.stringify(admitted));
  }
});

test("an extract outside the admission without a block number is unknown", () => {
  const world = new World();
  const quarry = new Log("Somebody", "quarry operator", "IN");
  world.admit(quarry);
  const pit = world.site("Pit");
  const block = world.record(quarry, "extract", { outputs: [thing("block")], fields: { site: { site: pit.id } } });
  const report = world.judge([block.state(0)], { quarry: "Pit" });
  assert.equal(report.verdict, "gap");
  assert.equal(first(report), "origin_unknown");
});

test("a withheld admission of sites is a gap and not a declaration", () => {
  const chain = new StoneChain();
  for (const event of chain.events.values())
    if (event.head.type === "admit") (event.fields as Map<string, unknown>).delete("sites");
  const report = chain.check();
  assert.equal(report.verdict, "gap");
  assert.equal(first(report), "not_shown");
});

function acquired(source: { [member: string]: string }): World & { bought: Recorded } {
  const world = new World();
  const importer = new Log("The Importer", "importer", "NL");
  world.admit(importer);
  const bought = world.record(importer, "acquire", { at: day(5, 12), outputs: [thing("block")], fields: { source } });
  return Object.assign(world, { bought });
}

test("a bought origin other than the one named contradicts it, stated by one party", () => {
  const world = acquired({ block: "B-9", operator: "O", quarry: "South Quarry" });
  const report = world.judge([world.bought.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "mismatch");
  assert.match(report.sentence, /lead to South Quarry \(stated by one party\), for all 1 piece\.$/);
});

test("hearsay is unknown, and its words are quoted safely", () => {
  const world = acquired({ words: 'from "Khammam"\u0007' });
  const report = world.judge([world.bought.state(0)], { quarry: "Khammam" });
  assert.equal(report.verdict, "gap");
  assert.match(report.sentence, /bought on 2025-05-12 .*the seller said "from "Khammam"\\x07"\.$/);
  assert.deepEqual(report.chain_length, { hand_overs: 1, at_least: true });
});

test("an operator without a block number is hearsay too", () => {
  const world = acquired({ operator: "O", quarry: "Q" });
  assert.equal(world.judge([world.bought.state(0)], { quarry: "Q" }).verdict, "gap");
});

test("home work counts for its factory as declared for that share", () => {
  const report = new StoneChain({ work: { home_work: { per_mille: 350 } } }).check();
  assert.equal(report.verdict, "declared");
  const { supported, declared } = line(report, "factory");
  assert.deepEqual([supported, declared], [156, 84]);
});

test("a withheld share of home work is a gap", () => {
  const chain = new StoneChain({ work: { home_work: { per_mille: 350 } } });
  chain.hide(chain.tiles, "home_work");
  assert.equal(chain.check().verdict, "gap");
});

test("an unknown signer makes the result at best not verifiable", () => {
  const chain = new StoneChain();
  const stranger = new Log("Stranger", "trader", "XX");
  const sent = chain.pass(chain.importer, [chain.atImporter.state(0)], stranger);
  chain.drop(chain.sent);
  const report = chain.judge([sent.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "not_verifiable");
  assert.equal(first(report), "unknown_signer");
});

test("an admission that hides whom it admits makes a gap of what an unknown log recorded", () => {
  const chain = new StoneChain();
  const stranger = new Log("Stranger", "trader", "XX");
  chain.hide(chain.admit(stranger), "member");
  assert.equal(chain.check().verdict, "match"); // everybody in this chain is known
  const sent = chain.pass(chain.importer, [chain.atImporter.state(0)], stranger);
  chain.drop(chain.sent);
  const report = chain.judge([sent.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "gap");
  assert.equal(first(report), "not_shown");
  assert.ok(!codes(report).includes("unknown_signer"));
});

test("an admission by a registrar nobody trusts makes no log known", () => {
  const chain = new StoneChain();
  const stranger = new Log("Stranger", "trader", "XX");
  chain.admit(stranger, [], {}, new Log("Other Register", "registrar", "XX"));
  const sent = chain.pass(chain.importer, [chain.atImporter.state(0)], stranger);
  assert.ok(codes(chain.judge([sent.state(0)], { quarry: "North Quarry" })).includes("unknown_signer"));
});

test("a quorum that is not met makes the result at best not verifiable, and what else is found counts", () => {
  const chain = new StoneChain();
  chain.standings.set(chain.factory.origin, { size: 9, quorumMet: false, cosigned: new Map() });
  assert.equal(chain.check().verdict, "not_verifiable");
  assert.equal(first(chain.check()), "quorum_not_met");
  assert.equal(chain.check({ quarry: "South Quarry" }).verdict, "mismatch");
});

test("a proof that fails makes everything invalid and hides nothing else", () => {
  const chain = new StoneChain();
  const bad = { code: "wrong_proof", verdict: "invalid" as const, sentence: "Passport 1: no.", ask: "", facts: { passport: 1 } };
  const contract = readContract({ criteria: { quarry: "South Quarry" }, id: "C1" });
  const report = judge(chain.evidence([chain.sent.state(0)]), { contract }, [bad]);
  assert.equal(report.verdict, "invalid");
  assert.equal(report.sentence, "A proof fails: Passport 1: no.");
  assert.ok(codes(report).includes("origin_contradicted"));
  assert.equal(report.covered.value, 240);
});

test("an event that does not read is malformed and no evidence", () => {
  const chain = new StoneChain();
  const fields = chain.extract.event.fields as unknown as Map<string, { value: unknown }>;
  fields.set("stone", { ...fields.get("stone")!, value: "black" });
  const report = chain.check();
  assert.equal(report.verdict, "invalid");
  assert.equal(report.findings[0]!.facts.field, "stone");
});

test("passports without goods carry nothing to check", () => {
  const chain = new StoneChain();
  const record = { ...chain.sent.state(-1) };
  assert.equal(chain.judge([record], { quarry: "North Quarry" }).verdict, "not_verifiable");
  assert.equal(chain.judge([record]).sentence, "These passports carry evidence and no goods; their proofs hold.");
});

test("of two states of one item in one chain the later one is delivered", () => {
  const chain = new StoneChain();
  const report = chain.judge([chain.pack.state(0), chain.sent.state(0)], { quarry: "North Quarry" });
  assert.equal(report.units.length, 1);
});

test("the verdict is the worst of all units, with the amount it holds for", () => {
  const chain = new StoneChain();
  const world = chain.record(chain.importer, "acquire", { outputs: [thing("block")], fields: { source: { words: "?" } } });
  const report = chain.judge([chain.sent.state(0), world.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "gap");
  assert.equal(report.covered.value, 1);
  assert.deepEqual(report.units.map(({ verdict }) => verdict), ["match", "gap"]);
});

test("a hold, a recall and a dispute flag and never block", () => {
  for (const kind of ["hold", "recall", "dispute"]) {
    const chain = new StoneChain();
    const about = { item: (chain.sent.value(0).item as string) };
    chain.record(chain.town, "attest", { fields: { about, kind, statement: { text: "look" } } });
    const report = chain.check();
    assert.equal(report.verdict, "match");
    assert.ok(codes(report).includes(kind));
  }
});

test("a confirmation raises nothing", () => {
  const world = acquired({ words: "?" });
  const about = { event: world.bought.id };
  world.record(world.register, "attest", { fields: { about, kind: "confirm", statement: { text: "It is from North Quarry" } } });
  const report = world.judge([world.bought.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "gap");
  assert.ok(codes(report).includes("statement"));
});
