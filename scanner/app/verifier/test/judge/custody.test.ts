// Holders, double uses, corrections, voids, late dispatches, labels and revocations
// (DESIGN.md §4 and §7; FORMATS.md 17 to 21; RULES.md 12 to 17).
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../src/judge/index.ts";
import { Log, StoneChain, World, day, thing, type Members, type Recorded } from "./world.ts";

const codes = (report: Report): string[] => report.findings.map(({ code }) => code);
const first = (report: Report): string => report.findings[0]!.code;

test("a state dispatched twice by its holder is a duplicate", () => {
  const chain = new StoneChain();
  chain.hand(chain.factory, [chain.pack.state(0)], chain.town);
  const report = chain.check();
  assert.equal(report.verdict, "duplicate");
  assert.equal(first(report), "spent_twice");
});

test("a use by a log that never held the state proves nothing", () => {
  const chain = new StoneChain();
  chain.hand(chain.town, [chain.pack.state(0)], chain.quarry);
  assert.equal(chain.check().verdict, "match");
});

test("a chain through a log that did not hold the stone is broken", () => {
  const chain = new StoneChain();
  const stolen = chain.hand(chain.town, [chain.pack.state(0)], chain.quarry);
  const report = chain.judge([stolen.state(0)], { quarry: "North Quarry" });
  assert.equal(report.verdict, "gap");
  assert.equal(first(report), "not_holder");
});

test("a receive by another than the one named breaks the chain", () => {
  const chain = new StoneChain();
  const taken = chain.take(chain.factory, chain.sent);
  const report = chain.judge([taken.state(0)], { quarry: "North Quarry" });
  assert.equal(first(report), "not_holder");
});

test("a second use shown without head is a duplicate where its log could hold the state", () => {
  const chain = new StoneChain();
  chain.silence(chain.hand(chain.factory, [chain.pack.state(0)], chain.town));
  assert.equal(chain.check().verdict, "duplicate");

  const other = new StoneChain();
  other.silence(other.hand(other.town, [other.pack.state(0)], other.quarry));
  assert.equal(other.check().verdict, "match");
});

test("an addressee's use and a sender's silent use are a double use", () => {
  const chain = new StoneChain();
  const sent = chain.hand(chain.importer, [chain.atImporter.state(0)], chain.town);
  chain.drop(chain.sent);
  chain.take(chain.town, sent);
  chain.silence(chain.record(chain.importer, "void", { inputs: [sent.state(-1), sent.state(0)] }));
  assert.equal(chain.judge([chain.take(chain.town, sent).state(0)], { quarry: "North Quarry" }).verdict, "duplicate");
});

test("two logs that used a state nobody shows leave it undecided", () => {
  const chain = new StoneChain();
  const twin = chain.hand(chain.town, [chain.extract.state(0)], chain.importer);
  chain.drop(chain.extract);
  const report = chain.check();
  assert.ok(twin);
  assert.ok(codes(report).includes("undecided_use"));
  assert.equal(report.verdict, "gap");
});

test("a withheld addressee is a gap, not a match and not a mismatch", () => {
  const chain = new StoneChain();
  const sent = [...chain.events.values()].find((event) => event.head.type === "dispatch")!;
  (sent.fields as Map<string, unknown>).delete("to");
  const report = chain.check();
  assert.equal(report.verdict, "gap");
  assert.match(report.sentence, /to whom the dispatch of \S+ went is not shown/);
});

test("where the passport stops the share is unknown and the chain is at least so long", () => {
  const chain = new StoneChain();
  chain.drop(chain.extract);
  const report = chain.check({ quarry: "North Quarry" });
  assert.equal(report.verdict, "gap");
  assert.equal(first(report), "link_missing");
  assert.equal(report.findings[0]!.ask, "North Operator");
  assert.equal(report.chain_length.at_least, true);
});

test("what was voided later has no origin", () => {
  const chain = new StoneChain();
  chain.record(chain.factory, "void", { inputs: [chain.pack.state(-1), chain.pack.state(0)], outputs: [chain.tiles.value(0)] });
  const report = chain.check();
  assert.ok(codes(report).includes("voided"));
  assert.ok(codes(report).includes("link_missing"));
  assert.equal(report.verdict, "duplicate");
});

test("goods a sender took back before they arrived come from where they were", () => {
  const chain = new StoneChain();
  const inputs = [chain.sent.state(-1), chain.sent.state(0)];
  const back = chain.record(chain.importer, "void", { inputs, outputs: [chain.plain(chain.atImporter.state(0))] });
  const report = chain.judge([back.state(0)], { factory: "The Factory", quarry: "North Quarry" });
  assert.equal(report.verdict, "match", report.sentence);
});

test("a void of another log's event takes nothing back", () => {
  const chain = new StoneChain();
  chain.record(chain.town, "void", { inputs: [chain.pack.state(-1), chain.pack.state(0)] });
  assert.equal(chain.check().verdict, "match");
});

test("a corrected field counts, and the correction is said", () => {
  const chain = new StoneChain();
  const fields = { stone: { family: "granite", name: "Grey" } };
  chain.record(chain.quarry, "correct", { inputs: [chain.extract.state(-1)], fields });
  const report = chain.check({ stone: "North Black" });
  assert.equal(report.verdict, "mismatch");
  assert.ok(codes(report).includes("corrected"));
});

test("a correction counts for what it says of the work, whichever way it goes", () => {
  const corrected = (fields: Members, saw: Members = {}) => {
    const chain = new StoneChain({ saw });
    const split = "home_work" in fields ? chain.tiles : chain.saw;
    chain.record(chain.factory, "correct", { inputs: [split.state(-1)], fields });
    return chain.check();
  };
  assert.equal(corrected({ home_work: { per_mille: 350 } }).verdict, "declared");
  const wide = { saw: { axis: "w", kerf: 70, thickness: 60 } };
  assert.equal(new StoneChain({ saw: wide }).check().verdict, "over_yield");
  assert.equal(corrected({ saw: { axis: "w", kerf: 7, thickness: 60 } }, wide).verdict, "match");
  assert.equal(corrected(wide).verdict, "over_yield");
});

test("what a correction says of the work and withholds is a gap", () => {
  const chain = new StoneChain();
  const fields = { home_work: { per_mille: 350 } };
  chain.hide(chain.record(chain.factory, "correct", { inputs: [chain.tiles.state(-1)], fields }), "home_work");
  assert.equal(chain.check().verdict, "gap");
});

test("a correction by another log corrects nothing", () => {
  const chain = new StoneChain();
  chain.record(chain.town, "correct", { inputs: [chain.extract.state(-1)], fields: { stone: { family: "granite", name: "Grey" } } });
  const report = chain.check({ stone: "North Black" });
  assert.equal(report.verdict, "match");
  assert.ok(!codes(report).includes("corrected"));
});

test("a withheld correction of a field withholds the field", () => {
  const chain = new StoneChain();
  const fields = { stone: { family: "dolerite", name: "North Black" } };
  chain.hide(chain.record(chain.quarry, "correct", { inputs: [chain.extract.state(-1)], fields }), "stone");
  assert.equal(chain.check({ stone: "North Black" }).verdict, "gap");
});

function oneSided(): World & { giver: Log; taker: Log; got: Recorded; pit: Recorded } {
  const world = new World();
  const [giver, taker] = [new Log("Giver", "quarry operator", "IN"), new Log("Taker", "factory", "CN")];
  const pit = world.site("North Quarry");
  world.admit(giver, [{ from: null, parcels: [], role: "operator", site: pit.id, to: null }]);
  world.admit(taker);
  const source = { block: "B-1", operator: "Giver", quarry: "North Quarry" };
  const got = world.record(taker, "receive", { outputs: [thing("block")], fields: { source } });
  return Object.assign(world, { giver, taker, got, pit });
}

function lateDispatch(world: ReturnType<typeof oneSided>, to = world.taker, goods = world.got.value(0)): Recorded {
  const extract = world.record(world.giver, "extract", { outputs: [goods], fields: { site: { site: world.pit.id } } });
  const fields = { received: { event: world.got.id, outs: [0] }, to: { log: to.origin } };
  return world.record(world.giver, "dispatch", { inputs: [extract.state(0)], fields });
}

test("a receive without dispatch is declared until the sender's late dispatch names it", () => {
  const world = oneSided();
  const before = world.judge([world.got.state(0)], { quarry: "North Quarry" });
  assert.equal(before.verdict, "declared");
  assert.ok(codes(before).includes("one_sided"));
  lateDispatch(world);
  const after = world.judge([world.got.state(0)], { quarry: "North Quarry" });
  assert.equal(after.verdict, "match", after.sentence);
  assert.ok(!codes(after).includes("one_sided"));
});

test("a late dispatch to somebody else, or of other goods, joins nothing", () => {
  const elsewhere = oneSided();
  lateDispatch(elsewhere, elsewhere.giver);
  assert.equal(elsewhere.judge([elsewhere.got.state(0)], { quarry: "North Quarry" }).verdict, "declared");
  const otherGoods = oneSided();
  lateDispatch(otherGoods, otherGoods.taker, thing("block"));
  assert.equal(otherGoods.judge([otherGoods.got.state(0)], { quarry: "North Quarry" }).verdict, "declared");
});

test("a late dispatch that was voided joins nothing", () => {
  const world = oneSided();
  const late = lateDispatch(world);
  world.record(world.giver, "void", { inputs: [late.state(-1)], outputs: [world.got.value(0)] });
  assert.equal(world.judge([world.got.state(0)], { quarry: "North Quarry" }).verdict, "declared");
});

function relabelled(label: { [member: string]: string } | null): Report {
  const chain = new StoneChain();
  chain.drop(chain.sent);
  const value = { ...chain.plain(chain.atImporter.state(0)), serial: "BBBB2222" };
  const fields: Members = label === null ? {} : { label: { action: "replace", ...label } };
  const made = chain.record(chain.importer, "label", { inputs: [chain.atImporter.state(0)], outputs: [value], fields });
  return chain.judge([made.state(0)], { quarry: "North Quarry" });
}

test("a relabel with old serial, photo and second person is a remark", () => {
  const report = relabelled({ old_serial: "AAAA1111", photo: "p", reason: "torn", second_person: "Ann" });
  assert.equal(report.verdict, "match");
  assert.ok(report.remarks.some((remark) => remark.endsWith("(torn), with photo and second person")));
});

test("a relabel without photo or second person says so", () => {
  const remarks = relabelled({ old_serial: "AAAA1111" }).remarks;
  assert.ok(remarks.some((remark) => remark.endsWith("without a photo or a second person")));
});

test("a relabel that does not name the old serial is a gap", () => {
  for (const label of [null, { old_serial: "" }, { old_serial: "CCCC3333" }]) {
    const report = relabelled(label);
    assert.equal(report.verdict, "gap");
    assert.equal(first(report), "label_history_missing");
  }
});

test("a serial that changes on the way without a relabel is a gap", () => {
  const chain = new StoneChain();
  const [output] = [{ ...chain.plain(chain.sent.state(0)), serial: "BBBB2222" }];
  const got = chain.record(chain.town, "receive", { inputs: [chain.sent.state(0)], outputs: [output!] });
  assert.equal(first(chain.judge([got.state(0)], { quarry: "North Quarry" })), "label_history_missing");
});

function revoked(prepare: (chain: StoneChain) => void = () => {}): Report {
  const chain = new StoneChain();
  const admit = [...chain.events.values()].find(
    (event) => event.head.type === "admit" && (event.fields.get("member")!.value as { log: string }).log === chain.factory.origin,
  )!;
  chain.record(chain.register, "revoke", { at: day(6, 1), inputs: [{ event: admit.id, out: -1, amount: 0 }] });
  prepare(chain);
  return chain.check();
}

test("after a revocation only dates from outside the log count", () => {
  const report = revoked();
  assert.equal(report.verdict, "not_verifiable");
  assert.match(report.sentence, /was revoked, and nothing from outside its log shows/);
  const witnessed = (at: string) => (chain: StoneChain) =>
    void chain.standings.set(chain.factory.origin, { size: 9, quorumMet: true, cosigned: new Map([[9, Date.parse(at)]]) });
  assert.equal(revoked(witnessed(day(5, 1))).verdict, "match");
  assert.equal(revoked(witnessed(day(7, 1))).verdict, "not_verifiable");
});

test("a checkpoint that does not cover the step dates nothing", () => {
  const report = revoked((chain) => {
    const cosigned = new Map([[1, Date.parse(day(5, 1))]]);
    chain.standings.set(chain.factory.origin, { size: 9, quorumMet: true, cosigned });
  });
  assert.equal(report.verdict, "not_verifiable");
});

test("a claim more than 72 hours older than its entry is late", () => {
  const world = new World();
  const log = new Log("Somebody", "importer", "NL");
  world.admit(log);
  const bought = (hours: number): Report => {
    const time = new Date(Date.parse(day(3, 1)) + hours * 3_600_000).toISOString();
    const got = world.record(log, "acquire", { at: day(3, 1), time, outputs: [thing("block")] });
    return world.judge([got.state(0)]);
  };
  assert.ok(!codes(bought(72)).includes("late"));
  assert.ok(codes(bought(73)).includes("late"));
});

test("a clear note finds a void that was left out, and its absence is said", () => {
  const chain = new StoneChain();
  assert.ok(chain.check().remarks.includes("not checked for later corrections or other use"));
  const marker = chain.markerOf(chain.pack.state(-1));
  const sizes = new Map([[chain.factory.origin, 9]]);
  const seen = (log: Log, seq: number) => new Map([[marker, [{ log: log.origin, seq }]]]);
  chain.clear = { time: 0, sizes, markers: seen(chain.factory, 7), earlier: new Set() };
  assert.equal(chain.check().verdict, "gap");
  assert.equal(first(chain.check()), "link_missing");
  chain.clear = { time: 0, sizes, markers: seen(chain.town, 7), earlier: new Set() };
  assert.equal(chain.check().verdict, "match");
});

test("a clear note finds a second dispatch that was left out", () => {
  const chain = new StoneChain();
  const marker = chain.markerOf(chain.pack.state(0));
  const known = [...chain.events.values()].find((event) => event.spends.includes(marker))!;
  const places = [{ log: known.log, seq: known.seq }];
  chain.clear = { time: 0, sizes: new Map(), markers: new Map([[marker, places]]), earlier: new Set() };
  assert.equal(chain.check().verdict, "match");
  places.push({ log: known.log, seq: 8 });
  assert.equal(chain.check().verdict, "duplicate");
});

test("a clear note that does not reach all that is shown is said not to", () => {
  const chain = new StoneChain();
  const { register, quarry, factory, importer, town } = chain;
  const open = (change: (sizes: Map<string, number>, markers: Map<string, []>, earlier: Set<string>) => void) => {
    const sizes = new Map([register, quarry, factory, importer, town].map(({ origin }) => [origin, 99]));
    const states = [...chain.events.values()].flatMap(({ id, head }) =>
      Array.from({ length: head.outputs + 1 }, (_, out) => ({ event: id, out: out - 1 })),
    );
    const markers = new Map<string, []>(states.map((state) => [chain.markerOf(state), []]));
    const earlier = new Set<string>();
    change(sizes, markers, earlier);
    chain.clear = { time: 0, sizes, markers, earlier };
    const report = chain.check();
    assert.equal(report.verdict, "match"); // what is unchecked is not bad
    return report.findings.find(({ code }) => code === "not_checked_for_later")?.sentence ?? "";
  };
  const marker = chain.markerOf(chain.pack.state(-1));
  assert.equal(open(() => undefined), "");
  assert.match(open((sizes) => sizes.delete(factory.origin)), /does not follow the log of The Factory/);
  assert.match(open((sizes) => sizes.set(factory.origin, 0)), /it covers 0 entries of the log of The Factory/);
  assert.match(open((_, markers) => markers.delete(marker)), /does not answer for 1 of the states shown/);
  assert.match(open((_, __, earlier) => earlier.add(marker)), /does not answer for 1 of the states shown/);
});

test("numbers that a device left out or gave twice are named", () => {
  const chain = new StoneChain();
  const sign = (number: number) => {
    const { event } = chain.record(chain.factory, "attest", { fields: { kind: "confirm", about: { item: "none" } } });
    Object.assign(event, { deviceKey: "phone", head: { ...event.head, n: number } });
  };
  for (const number of [3, 5, 9, 9]) sign(number);
  const found = (code: string) => chain.check().findings.find((one) => one.code === code)?.facts;
  assert.equal(found("device_counter_hole")?.missing, "4, 6 to 8");
  assert.equal(found("device_counter_repeated")?.repeated, "9");
  assert.equal(chain.check().verdict, "match");
});

test("a revocation is judged by a receiver the reader knows, and who is admitted again begins anew", () => {
  const verdict = (change: (chain: StoneChain) => void) => {
    const chain = new StoneChain();
    change(chain);
    return chain.check().verdict;
  };
  const revoke = (chain: StoneChain, at: string) => {
    const admit = [...chain.events.values()].find(
      (event) => event.head.type === "admit" && JSON.stringify([...event.fields].map(([, f]) => f.value)).includes(chain.factory.origin),
    )!;
    chain.record(chain.register, "revoke", { at, inputs: [{ event: admit.id, out: -1, amount: 0 }] });
  };
  const readmit = (chain: StoneChain, at: string) => {
    const member = { country: chain.factory.country, log: chain.factory.origin, role: chain.factory.role };
    chain.record(chain.register, "admit", { at, fields: { member, party: { name: chain.factory.name } } });
  };
  const late = day(12, 27);
  assert.equal(verdict((chain) => revoke(chain, late)), "not_verifiable");
  assert.equal(verdict((chain) => (revoke(chain, day(1, 2)), readmit(chain, late))), "not_verifiable");
  assert.equal(verdict((chain) => (revoke(chain, late), readmit(chain, day(1, 2)))), "match");
});

function resolvedTwice(listed: boolean, role: string, genuine: "own" | "other"): Report {
  const chain = new StoneChain();
  const verifier = new Log("The Verifier", role, "NL");
  chain.admit(verifier);
  if (listed) chain.verifiers.push(verifier.origin);
  const copy = chain.hand(chain.importer, [chain.atImporter.state(0)], chain.factory);
  const about = { genuine: genuine === "own" ? chain.sent.id : copy.id, marker: chain.markerOf(chain.atImporter.state(0)) };
  chain.record(verifier, "attest", { fields: { about, kind: "resolve" } });
  return chain.check();
}

test("a trusted verifier's resolve closes a duplicate, visibly", () => {
  const report = resolvedTwice(true, "verifier", "own");
  assert.equal(report.verdict, "match");
  assert.ok(codes(report).includes("resolved"));
});

test("a resolve by others, or for the other use, closes nothing", () => {
  assert.equal(resolvedTwice(false, "verifier", "own").verdict, "duplicate");
  assert.equal(resolvedTwice(true, "trader", "own").verdict, "duplicate");
  assert.equal(resolvedTwice(true, "verifier", "other").verdict, "duplicate");
});

test("an admission that was voided admits nobody", () => {
  const chain = new StoneChain();
  const admit = [...chain.events.values()].find((event) => event.head.type === "admit")!;
  chain.record(chain.register, "void", { inputs: [{ event: admit.id, out: -1, amount: 0 }] });
  assert.ok(codes(chain.check()).includes("unknown_signer"));
});

test("a log pinned by hand speaks for the sites it made itself, and for no others", () => {
  const world = new World();
  const quarry = new Log("Own Words", "quarry operator", "IN");
  world.pinned.push({ log: quarry.origin, name: "Pinned Name", role: "quarry operator", country: "IN" });
  const [own, foreign] = [world.site("Own Pit", "North", quarry), world.site("Other Pit")];
  const dug = (pit: Recorded) =>
    world.record(quarry, "extract", { outputs: [thing("block")], fields: { block: { number: "B" }, site: { site: pit.id } } });
  assert.equal(world.judge([dug(own).state(0)], { operator: "Pinned Name", quarry: "Own Pit" }).verdict, "match");
  assert.equal(world.judge([dug(foreign).state(0)], { quarry: "Other Pit" }).verdict, "declared");
});

test("what a known log calls itself does not name a factory whose admission hides its name", () => {
  const chain = new StoneChain();
  for (const event of chain.events.values())
    if (event.head.type === "admit") (event.fields as Map<string, unknown>).delete("party");
  const report = chain.check({ factory: "The Factory" });
  assert.equal(report.verdict, "gap");
  assert.equal(report.withheld_parties, 3);
});
