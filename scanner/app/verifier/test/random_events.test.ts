// Logs full of events that nobody would record: any type, consuming anything, making anything, saying
// anything, rightly proved. Most break a rule, many several; both verifiers must find the same ones.
import assert from "node:assert/strict";
import { test } from "node:test";

import { check } from "../src/verify.ts";
import { base64url, batch, block, type Draft, Key, Log, passport, type Recorded, resetSalts, type State, trust } from "./support/builder.ts";
import { type Answer, inPairs, needsBinary, passportVerify } from "./support/product.ts";
import { type Random, randomFrom } from "./support/random.ts";

const types = [
  "extract", "split", "pack", "unpack", "dispatch", "dispatch", "receive", "receive", "acquire", "accept", "dispose", "label",
  "attest", "correct", "correct", "void", "void", "document", "contract", "site", "admit", "revoke", "rotate", "device", "erase",
];
const odd: unknown[] = [null, 0, -1, 1, "", "x", "A".repeat(43), [], {}, [1], ["x"], { x: 1 }, true, 9007199254740991];

class Chaos {
  private readonly logs = ["a", "b", "c"].map((seed) => new Log(seed));
  private readonly made: Recorded[] = [];
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  private pick<T>(list: T[]): T {
    return list[this.random(list.length)];
  }
  private often(): boolean {
    return this.random(4) > 0;
  }

  private states(): State[] {
    return this.made.flatMap(({ states }) => states);
  }

  // What the type asks for, more often than not.
  private inputs(type: string): State[] {
    const states = this.states();
    if (this.made.length === 0) return [];
    const maker = this.pick(this.made);
    const takesRecord = ["correct", "void", "revoke"].includes(type);
    let inputs = takesRecord && this.often() ? [maker.record, ...maker.states] : [];
    if (!takesRecord && states.length > 0) {
      inputs = Array.from({ length: this.random(3) }, () => this.pick(states));
      if (this.random(12) === 0) inputs.push(maker.record);
    }
    if (takesRecord && this.random(3) === 0) inputs = inputs.slice(0, -1);
    if (this.random(10) === 0) inputs = inputs.reverse();
    const distinct = inputs.filter((one, i) => inputs.findIndex(({ event, out }) => event === one.event && out === one.out) === i);
    return distinct.map((input) => (input.out >= 0 && this.random(10) === 0 ? { ...input, amount: input.amount + this.random(3) } : input));
  }

  private output(input: State | undefined): Record<string, unknown> {
    const before = input === undefined || input.out < 0 ? undefined : JSON.parse(Buffer.from(input.disclosure, "base64url").toString())[2];
    if (before !== undefined && this.often()) return { ...before, ...(before.kind === "batch" ? { amount: input!.amount } : {}) };
    const fresh = this.random(2) === 0 ? block(`B${this.random(4)}`) : batch(`S${this.random(4)}`, 1 + this.random(50), this.pick(["g", "mm2", "piece"]));
    if (this.random(15) === 0) fresh[this.pick(["kind", "unit", "item", "serial", "aliases", "measure", "contents"])] = this.pick(odd);
    if (this.random(10) === 0) fresh.contents = [{ amount: 1, in: this.random(3) }];
    return fresh;
  }

  private fields(type: string): Record<string, unknown> {
    const event = this.made.length > 0 ? this.pick(this.made).id : "A".repeat(43);
    const fields: Record<string, unknown> = {};
    const maybe = (name: string, value: unknown, one = 4) => {
      if (this.random(one) === 0) fields[name] = this.random(25) === 0 ? this.pick(odd) : value;
    };
    maybe("to", this.pick([{ log: this.pick(this.logs).origin }, { name: "The Town" }, { name: "A Town" }]), type === "dispatch" ? 1 : 3);
    maybe("received", { event, outs: Array.from({ length: this.random(3) }, () => this.random(2)) }, type === "dispatch" ? 3 : 20);
    maybe("accept", { result: this.pick(["refused", "accepted"]) }, type === "accept" ? 1 : 20);
    maybe("party", { name: "Somebody", aliases: ["S"] });
    maybe("site", type === "site" ? { kind: "quarry", name: "Pit", lat: this.random(2) * 9e8 + this.random(2) } : { site: event, parcel: "1" });
    maybe("stone", { family: "granite", name: "Grey" });
    maybe("saw", { axis: this.pick(["l", "w", "h", "x"]), kerf: this.random(1002), thickness: this.random(40) }, 8);
    maybe("home_work", { per_mille: this.random(1100) }, 8);
    maybe("waste", { mass: this.random(9) - 1, volume: 3 }, 8);
    maybe("corrects", { event });
    maybe("about", this.pick([{ event }, { item: "B1" }, { sightings: ["x"] }]));
    maybe("kind", "confirm");
    maybe("statement", { text: "said" });
    maybe("member", { country: "IN", log: this.pick(this.logs).origin, role: "factory" });
    maybe("sites", [{ from: this.pick(["2026-02-28", "2026-02-29", ""]), parcels: ["1"], role: "operator", site: event, to: "2030-01-01" }], 8);
    maybe("enrol", base64url(new Key("phone").raw));
    maybe("remarks", { any: [1, { thing: null }] });
    return fields;
  }

  private draft(): Draft {
    const type = this.pick(types);
    const inputs = this.inputs(type);
    const goods = inputs.filter(({ out }) => out >= 0);
    const remakes = ["dispatch", "receive", "label", "correct", "void"].includes(type);
    const count = remakes && this.often() ? goods.length : this.random(3);
    const draft: Draft = { type, inputs, outputs: Array.from({ length: count }, (_, i) => this.output(goods[i])), fields: this.fields(type) };
    if (this.random(30) === 0) draft.spends = inputs.map((_, i) => base64url(Buffer.alloc(32, i + 1)));
    if (this.random(5) === 0) draft.device = new Key(this.pick(["phone", "other"]));
    if (this.random(60) === 0) draft.entry = (entry) => (entry.prev = "A".repeat(43));
    return draft;
  }

  bytes(): Uint8Array {
    const events = 6 + this.random(12);
    for (let i = 0; i < events; i++) this.made.push(this.pick(this.logs).append(this.draft()));
    const shown = this.logs.filter(({ recorded }) => recorded.length > 0);
    const hidden = this.pick(["", "to", "out.0", "received", "contents"]);
    const packets = shown.map((log) => log.packet({ hide: (name) => name === hidden, silent: this.random(4) === 0 ? [0] : [] }));
    const items = [this.pick(this.made)].map(({ id, states }) => ({ event: id, out: states.length - 1 }));
    return passport(items, packets);
  }

  trust(): Uint8Array {
    return trust({ registrars: [this.logs[0].vkey()] });
  }
}

// The verdict and all that is wrong with the proofs, or the first finding where they hold.
function keyOf({ verdict, findings }: Answer): string[] {
  const first = findings.findIndex((one) => one.verdict !== null);
  const compared = findings.filter((one, i) => one.verdict === "invalid" || i === first);
  return [String(verdict), ...compared.map(({ code, facts, verdict }) => JSON.stringify([code, verdict === "invalid" ? Object.entries(facts).sort() : verdict]))];
}

test("of events that nobody would record both verifiers find the same wrong", { skip: needsBinary }, async (t) => {
  const rounds = Number(process.env.QUARRYMARK_ROUNDS ?? 6) * 10;
  const differences: string[] = [];
  const codes = new Map<string, number>();
  const made = Array.from({ length: rounds }, (_, seed) => {
    resetSalts();
    const chaos = new Chaos(randomFrom(seed));
    return { seed, bytes: chaos.bytes(), trust: chaos.trust() };
  });
  await inPairs(made, async ({ seed, bytes, trust }) => {
    const { report } = await check({ passports: [bytes], trust, date: "2026-07-01" });
    for (const { code, facts } of report.findings) codes.set(`${code} ${String(facts.field).replace(/\d+/g, "N")}`, 1);
    const ours = keyOf(report);
    const theirs = await passportVerify(trust, bytes).then(keyOf, (error) => [String(error)]);
    if (ours.join() !== theirs.join()) differences.push(`seed ${seed}\n  here: ${ours.join("\n        ")}\n  C++:  ${theirs.join("\n        ")}`);
  });
  t.diagnostic(`${rounds} passports, ${codes.size} kinds of findings`);
  assert.ok(codes.size > 25, [...codes.keys()].join(", "));
  assert.equal(differences.length, 0, differences.slice(0, 5).join("\n"));
});
