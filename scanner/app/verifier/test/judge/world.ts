// Evidence made by hand: logs, events and what is shown of them, without proofs.
import { createHash } from "node:crypto";
import type { ClearFacts, Disclosure, Evidence, Input, Json, LogStanding, Pinned, ShownEvent, StateRef } from "../../src/evidence.ts";
import { judge, readContract, type Question, type Report } from "../../src/judge/index.ts";

export type Members = { [member: string]: Json };

export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

export function day(month: number, number: number, hour = 8): string {
  const two = (value: number): string => value.toString().padStart(2, "0");
  return `2025-${two(month)}-${two(number)}T${two(hour)}:00:00+00:00`;
}

export class Log {
  readonly origin: string;
  readonly name: string;
  readonly role: string;
  readonly country: string;
  seq = 0;
  constructor(name: string, role: string, country: string) {
    this.origin = `quarrymark/${digestOf(name)}`;
    this.name = name;
    this.role = role;
    this.country = country;
  }
}

export class Recorded {
  readonly event: ShownEvent;
  constructor(event: ShownEvent) {
    this.event = event;
  }
  get id(): string {
    return this.event.id;
  }
  state(out: number, amount?: number): Input {
    const value = this.event.fields.get(`out.${out}`)?.value as Members | undefined;
    return { event: this.id, out, amount: out < 0 ? 0 : (amount ?? (value?.amount as number)) };
  }
  value(out: number): Members {
    return structuredClone(this.event.fields.get(`out.${out}`)!.value as Members);
  }
}

export interface Recording {
  at?: string;
  time?: string; // of the entry; else as claimed
  inputs?: Input[];
  outputs?: Members[];
  fields?: Members;
  deviceSigned?: boolean;
}

export class World {
  readonly register = new Log("Register", "registrar", "NL");
  readonly events = new Map<string, ShownEvent>();
  readonly silent: Evidence["silent"] = [];
  readonly verifiers: string[] = [];
  readonly pinned: Pinned[] = [];
  readonly standings = new Map<string, LogStanding>();
  clear: ClearFacts | null = null;
  asksQuorum = false;
  private salts = 0;
  private day = 0;

  private disclosure(name: string, value: Json): Disclosure {
    const text = Buffer.from(JSON.stringify([`salt${this.salts++}`, name, value])).toString("base64url");
    return { text, digest: digestOf(text), name, value };
  }

  record(log: Log, type: string, recording: Recording = {}): Recorded {
    const { inputs = [], outputs = [], fields = {}, deviceSigned = false } = recording;
    this.day += 1;
    const at = recording.at ?? new Date(Date.parse(day(1, 1)) + this.day * 3_600_000).toISOString().replace(".000Z", "+00:00");
    const named = Object.entries(fields).map(([name, value]) => this.disclosure(name, value));
    const made = outputs.map((value, out) => this.disclosure(`out.${out}`, value));
    const all = new Map([...named, ...made].map((disclosure) => [disclosure.name, disclosure]));
    const digests = new Map([...all].map(([name, { digest }]) => [name, digest]));
    const head = { type, log: log.origin, at, n: 0, inputs, outputs: outputs.length, fields: [...digests] };
    const headText = this.disclosure("event", head as unknown as Json).text;
    const event: ShownEvent = {
      id: digestOf(headText),
      log: log.origin,
      seq: log.seq++,
      time: Date.parse(recording.time ?? at),
      spends: inputs.map((input) => this.markerOf(input)),
      head: { ...head, atTime: Date.parse(at), fields: digests },
      headText,
      fields: all,
      deviceKey: null,
      deviceSigned,
    };
    this.events.set(event.id, event);
    return new Recorded(event);
  }

  markerOf({ event, out }: StateRef): string {
    const maker = this.events.get(event)!;
    const text = out < 0 ? maker.headText : maker.fields.get(`out.${out}`)!.text;
    return digestOf(`quarrymark/spend/v1\0${event}\0${text}`);
  }

  site(name: string, area = "North", log = this.register): Recorded {
    const facts = { area, country: "IN", kind: "quarry", name, parcels: ["P", "Q"], quarry: name };
    return this.record(log, "site", { fields: { site: facts } });
  }

  admit(log: Log, sites: Members[] = [], more: Members = {}, by = this.register): Recorded {
    const member = { country: log.country, log: log.origin, role: log.role };
    return this.record(by, "admit", { at: day(1, 1), fields: { member, party: { name: log.name }, sites, ...more } });
  }

  hand(giver: Log, states: Input[], taker: Log, more: Partial<Recording> = {}): Recorded {
    const outputs = states.map((state) => this.plain(state));
    const fields = { to: { log: taker.origin }, party: { name: giver.name } };
    return this.record(giver, "dispatch", { inputs: states, outputs, fields, ...more });
  }

  take(taker: Log, sent: Recorded, more: Partial<Recording> = {}): Recorded {
    const inputs = Array.from({ length: sent.event.head.outputs }, (_, out) => sent.state(out));
    const outputs = inputs.map((state) => this.plain(state));
    return this.record(taker, "receive", { inputs, outputs, fields: { party: { name: taker.name } }, ...more });
  }

  // A hand-over with both halves.
  pass(giver: Log, states: Input[], taker: Log): Recorded {
    return this.take(taker, this.hand(giver, states, taker));
  }

  plain({ event, out }: StateRef): Members {
    const { contents, ...value } = this.events.get(event)!.fields.get(`out.${out}`)!.value as Members;
    return structuredClone(value);
  }

  // Withholds a field. Its digest stays in the head.
  hide(recorded: Recorded, name: string): void {
    (recorded.event.fields as Map<string, Disclosure>).delete(name);
  }

  // As if the passport stopped before this event.
  drop(recorded: Recorded): void {
    this.events.delete(recorded.id);
  }

  // Shows its entry alone, without the head.
  silence(recorded: Recorded): void {
    this.events.delete(recorded.id);
    const { id, log, seq, time, spends } = recorded.event;
    this.silent.push({ event: id, log, seq, time, spends });
  }

  evidence(items: StateRef[]): Evidence {
    const { verifiers, pinned, asksQuorum } = this;
    const reader = { registrars: [this.register.origin], verifiers, pinned, asksQuorum, knowsMonitor: this.clear !== null };
    const events = [...this.events.values()];
    return { events, silent: this.silent, logs: this.standings, reader, clear: this.clear, items };
  }

  judge(items: StateRef[], criteria: Members | null = null, question: Question & { lines?: Json } = {}): Report {
    const { lines = [], ...rest } = question;
    const contract = criteria === null ? undefined : readContract({ criteria, id: "C1", lines });
    return judge(this.evidence(items.map(({ event, out }) => ({ event, out }))), { contract, ...rest }, []);
  }
}

let items = 0;
export function thing(kind: string, more: Members = {}): Members {
  items += 1;
  return { amount: 1, item: `ITEM${items}`, kind, unit: "piece", ...more };
}

export const BLOCK = { gross: [2800, 1700, 1600], mass: 20_600_000, net: [2700, 1600, 1500] };

// A quarry, a factory and an importer; one block becomes slabs, tiles, a crate, and is delivered.
export class StoneChain extends World {
  readonly quarry = new Log("North Operator", "quarry operator", "IN");
  readonly factory = new Log("The Factory", "factory", "CN");
  readonly importer = new Log("The Importer", "importer", "NL");
  readonly town = new Log("The Town", "authority", "NL");
  readonly pit: Recorded;
  readonly extract: Recorded;
  readonly atFactory: Recorded;
  readonly saw: Recorded;
  readonly tiles: Recorded;
  readonly pack: Recorded;
  readonly atImporter: Recorded;
  readonly sent: Recorded;

  constructor({ slabs = 20, saw = {}, work = {}, admitted = {} }: { slabs?: number; saw?: Members; work?: Members; admitted?: Members } = {}) {
    super();
    this.pit = this.site("North Quarry");
    const site = { from: "2025-01-01", parcels: [], role: "operator", site: this.pit.id, to: null, ...admitted };
    this.admit(this.quarry, [site]);
    for (const log of [this.factory, this.importer, this.town]) this.admit(log);
    this.extract = this.record(this.quarry, "extract", {
      outputs: [thing("block", { aliases: ["B-1"], measure: BLOCK })],
      fields: {
        block: { number: "B-1" },
        party: { name: this.quarry.name },
        site: { site: this.pit.id },
        stone: { family: "dolerite", name: "North Black" },
      },
    });
    this.atFactory = this.pass(this.quarry, [this.extract.state(0)], this.factory);
    this.saw = this.record(this.factory, "split", {
      inputs: [this.atFactory.state(0)],
      outputs: Array.from({ length: slabs }, () => thing("slab", { measure: { size: [2650, 1450, 60] } })),
      fields: { party: { name: this.factory.name }, saw: { axis: "w", kerf: 7, thickness: 60 }, ...saw },
    });
    this.tiles = this.record(this.factory, "split", {
      inputs: Array.from({ length: slabs }, (_, out) => this.saw.state(out)),
      outputs: [thing("batch", { amount: 12 * slabs, measure: { size: [600, 400, 60] } })],
      fields: { party: { name: this.factory.name }, ...work },
    });
    this.pack = this.record(this.factory, "pack", {
      inputs: [this.tiles.state(0)],
      outputs: [thing("crate", { aliases: ["CRATE-7"], contents: [{ amount: 12 * slabs, in: 0 }], serial: "AAAA1111" })],
      fields: { party: { name: this.factory.name } },
    });
    this.atImporter = this.pass(this.factory, [this.pack.state(0)], this.importer);
    this.sent = this.hand(this.importer, [this.atImporter.state(0)], this.town);
  }

  check(criteria: Members | null = { factory: "The Factory", quarry: "North Quarry" }, question: Question & { lines?: Json } = {}): Report {
    return this.judge([this.sent.state(0)], criteria, question);
  }
}
