// Fields that were erased for good: docs/erasure.md, docs/withholding.md, FORMATS.md, rule 22.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../src/evidence.ts";
import type { Report } from "../../src/judge/index.ts";
import { day, StoneChain, type Log, type Members, type Recorded } from "./world.ts";

const erasedIn = (report: Report): Finding[] => report.findings.filter(({ code }) => code === "erased");

class Erasing extends StoneChain {
  erase(log: Log, event: Recorded, name: string, more: Members = {}): Recorded {
    const erased = { disclosures: [{ event: event.id, name }], reason: "asked for", ...more };
    return this.record(log, "erase", { at: day(6, 1), fields: { erased } });
  }
}

test("a field that was erased is remarked with who, when and why, and counts as withheld", () => {
  const chain = new Erasing();
  chain.hide(chain.extract, "stone");
  chain.erase(chain.quarry, chain.extract, "stone");
  const report = chain.check();
  assert.equal(report.verdict, "match");
  const [found, ...more] = erasedIn(report);
  assert.equal(more.length, 0);
  assert.equal(
    found!.sentence,
    `the stone of the extract of ${chain.extract.event.head.at.slice(0, 10)} was erased for good by North Operator on 2025-06-01 (asked for)`,
  );
  assert.equal(found!.ask, "North Operator");
  assert.equal(found!.facts.field, "stone");
  assert.equal(found!.verdict, null);
  assert.equal(chain.check({ stone: "North Black" }).verdict, "gap");
});

test("an erasure without a reason says none", () => {
  const chain = new Erasing();
  chain.hide(chain.extract, "party");
  chain.erase(chain.quarry, chain.extract, "party", { reason: null });
  assert.match(erasedIn(chain.check())[0]!.sentence, /on 2025-06-01$/);
});

test("an erasure by another log than the event's says nothing", () => {
  const chain = new Erasing();
  chain.hide(chain.extract, "stone");
  chain.erase(chain.factory, chain.extract, "stone");
  assert.deepEqual(erasedIn(chain.check()), []);
});

test("an erasure of a field that somebody still shows says nothing", () => {
  const chain = new Erasing();
  chain.erase(chain.quarry, chain.extract, "stone");
  assert.deepEqual(erasedIn(chain.check()), []);
});

test("an erasure of a field the event never had says nothing", () => {
  const chain = new Erasing();
  chain.erase(chain.quarry, chain.extract, "remarks");
  assert.deepEqual(erasedIn(chain.check()), []);
});

test("an erasure in an event outside the chain says nothing, and one in a statement about it does", () => {
  const chain = new Erasing();
  const yard = chain.record(chain.quarry, "site", { fields: { party: { name: "A person" }, site: { kind: "yard", name: "Yard" } } });
  chain.hide(yard, "party");
  chain.erase(chain.quarry, yard, "party");
  assert.deepEqual(erasedIn(chain.check()), []);
  const about = { about: { event: chain.extract.id }, kind: "confirm", party: { name: "A person" } };
  const attest = chain.record(chain.quarry, "attest", { fields: about });
  chain.hide(attest, "party");
  chain.erase(chain.quarry, attest, "party");
  assert.equal(erasedIn(chain.check()).length, 1);
  assert.match(erasedIn(chain.check())[0]!.sentence, /^the party of the attest of /);
});

test("of an erasure that names several fields each withheld one of the chain is remarked", () => {
  const chain = new Erasing();
  chain.hide(chain.extract, "stone");
  chain.hide(chain.extract, "party");
  const names = ["block", "party", "stone"].map((name) => ({ event: chain.extract.id, name }));
  chain.erase(chain.quarry, chain.extract, "", { disclosures: [...names, { event: chain.saw.id, name: "saw" }] });
  assert.deepEqual(erasedIn(chain.check()).map(({ facts }) => facts.field), ["party", "stone"]);
});

test("only an erase event erases, and one whose own field is withheld says nothing", () => {
  const chain = new Erasing();
  chain.hide(chain.extract, "stone");
  const erased = { disclosures: [{ event: chain.extract.id, name: "stone" }], reason: "" };
  chain.record(chain.quarry, "document", { fields: { erased } });
  assert.deepEqual(erasedIn(chain.check()), []);
  const erase = chain.erase(chain.quarry, chain.extract, "stone");
  chain.hide(erase, "erased");
  assert.deepEqual(erasedIn(chain.check()), []);
});

test("an erasure that is not of its form makes the passport invalid, with the place", () => {
  const forms: [Members, string][] = [
    [{ disclosures: "stone" }, "erased.disclosures"],
    [{ disclosures: [{ name: "stone" }] }, "erased.disclosures[0].event"],
    [{ disclosures: [{ event: "A".repeat(42), name: "stone" }] }, "erased.disclosures[0].event"],
    [{ disclosures: [{ event: "A".repeat(43), name: "out.0" }] }, "erased.disclosures[0].name"],
    [{ disclosures: [{ event: "A".repeat(43), name: "event" }] }, "erased.disclosures[0].name"],
    [{ reason: 7 }, "erased.reason"],
  ];
  for (const [more, place] of forms) {
    const chain = new Erasing();
    chain.erase(chain.quarry, chain.extract, "stone", more);
    const { verdict, findings } = chain.check();
    assert.equal(verdict, "invalid");
    assert.equal(findings[0]!.facts.field, place);
  }
});
