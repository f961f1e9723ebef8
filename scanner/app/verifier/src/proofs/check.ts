// From the bytes of passports to proved evidence: everything a reader can check about proofs. What
// the events mean together (double use, holders, yields) is the judgement's. Pure: bytes and a trust
// file in, values out. docs/verification_order.md says in which order things are looked at.
import type { Disclosure, Evidence, Finding, Reader, ShownEvent, SilentEntry, StateRef } from "../evidence.ts";
import { equalBytes } from "../base/bytes.ts";
import { toPlain } from "../base/json.ts";
import { attempt } from "../base/refusal.ts";
import type { ShownEntry, ShownHead } from "./binding.ts";
import { ClearNotes } from "./clear_facts.ts";
import { deviceSigned } from "./enrolment.ts";
import { readFields } from "./fields.ts";
import { FindingList, type Place, shortOrigin, Wrong } from "./findings.ts";
import { Graph, type ProvedEvent } from "./graph.ts";
import { History } from "./history.ts";
import { type Opened, OpenedLetter } from "./opened.ts";
import { type ProvedPacket, provePacket } from "./packet.ts";
import { type Passport, parsePassport } from "./passport.ts";
import { checkShape } from "./shape.ts";
import type { Trust } from "./trust.ts";

export interface Checked {
  evidence: Evidence; // only what was proved; with findings it may lack whole packets
  findings: Finding[]; // all of them `invalid`, in the order in which they were met
}

class Checker {
  private readonly trust: Trust;
  private readonly findings = new FindingList();
  private readonly histories = new Map<string, History>();
  private readonly letter: OpenedLetter;
  private readonly clear: ClearNotes;
  private readonly items = new Map<string, StateRef>();

  constructor(trust: Trust, opened: Opened[]) {
    this.trust = trust;
    this.letter = new OpenedLetter(opened);
    this.clear = new ClearNotes(trust.monitors);
  }

  async read(bytes: Uint8Array, number: number): Promise<void> {
    const place: Place = { passport: number, packet: 0, log: "", seq: null };
    const parsed = attempt(() => parsePassport(bytes));
    if ("refusal" in parsed) return this.findings.refused("malformed", place, parsed.refusal);
    const passport = this.letter.addTo(parsed.value);
    const before = this.findings.findings.length;
    const heads = await this.packets(passport, place);
    if (passport.clear !== null) await this.clear.read(passport.clear, place, this.findings);
    // With a packet refused its items are missing for a reason that was given already.
    const whole = this.findings.findings.length === before;
    passport.items.forEach((state, i) => this.item(state, `items[${i}]`, heads.get(state.event), whole, place));
  }

  // The heads shown in this passport's packets: event id → number of outputs.
  private async packets(passport: Passport, place: Place): Promise<Map<string, number>> {
    // Packets are proved side by side, which keeps the machine's signature checks busy, and joined
    // in their order.
    const proofs = passport.packets.map(async (packet, i) => {
      const findings = new FindingList();
      return { findings, proved: await provePacket(packet, { ...place, packet: i + 1 }, this.trust, findings) };
    });
    const heads = new Map<string, number>();
    for (const { findings, proved } of await Promise.all(proofs)) {
      this.findings.join(findings);
      if (proved === null) continue;
      for (const { entry, head } of proved.entries) {
        if (head !== null && !heads.has(entry.event)) heads.set(entry.event, head.head.outputs);
      }
      this.join(proved);
    }
    return heads;
  }

  private join(proved: ProvedPacket): void {
    const { log } = proved.place;
    let history = this.histories.get(log);
    if (history === undefined) this.histories.set(log, (history = new History()));
    history.add(proved, this.findings);
  }

  private item(state: StateRef, field: string, outputs: number | undefined, whole: boolean, place: Place): void {
    if (outputs === undefined) {
      if (whole) this.findings.add("malformed", place, "its entry and head are not in the passport", field);
    } else if (state.out >= outputs) {
      this.findings.add("malformed", place, `expected one of ${outputs} outputs, got ${state.out}`, field);
    } else {
      const name = `${state.event} ${state.out}`;
      if (!this.items.has(name)) this.items.set(name, state);
    }
  }

  finish(): Checked {
    const logs = [...this.histories].sort(([a], [b]) => (a < b ? -1 : 1));
    const events: ProvedEvent[] = [];
    const silent: SilentEntry[] = [];
    for (const [, history] of logs) {
      history.check(this.findings);
      for (const shown of history.entries()) this.entry(shown, events, silent);
    }
    this.compareClearRoots();
    // With something wrong its event may be missing for a reason that was given already.
    if (this.findings.findings.length === 0) this.letter.finish();
    const reader = this.reader();
    const signed = deviceSigned(events, reader.registrars);
    const graph = new Graph(events);
    for (const event of events) this.shape(graph, event);
    const evidence: Evidence = {
      events: events.map((event) => shownEvent(event, signed.has(event))),
      silent,
      logs: new Map(logs.map(([log, history]) => [log, history.standing()])),
      reader,
      clear: this.clear.facts,
      items: [...this.items.values()],
    };
    return { evidence, findings: this.findings.findings };
  }

  private entry(shown: ShownEntry, events: ProvedEvent[], silent: SilentEntry[]): void {
    const { entry, head } = shown;
    if (head === null) {
      const { event, log, seq, time, spends } = entry;
      silent.push({ event, log, seq, time, spends });
      return;
    }
    const fields = attempt(() => readFields(head));
    if ("refusal" in fields) return this.findings.refused("malformed", shown.place, fields.refusal);
    events.push({ shown: shown as ShownEntry & { head: ShownHead }, fields: fields.value });
  }

  private shape(graph: Graph, event: ProvedEvent): void {
    try {
      checkShape(graph, event);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.findings.add(error.code, event.shown.place, error.message, error.field);
    }
  }

  // A monitor that saw another tree of the same size holds the other half of a split history.
  private compareClearRoots(): void {
    for (const { place, log } of this.clear.roots) {
      const root = this.histories.get(log.origin)?.rootAt(log.size);
      if (root === undefined || equalBytes(root, log.root)) continue;
      const what = `the monitor saw another tree of ${log.size} entries of log ${shortOrigin(log.origin)}`;
      this.findings.add("split_history", place, what, "clear");
    }
  }

  private reader(): Reader {
    const { registrars, verifiers, pinned, policy, monitors } = this.trust;
    return {
      // A packet of such a log without the trusted key was refused, so the name is enough here.
      registrars: [...new Set(registrars.map((key) => key.name))],
      verifiers,
      pinned: pinned.map(({ log, name, role, country }) => ({ log: log.name, name, role, country })),
      asksQuorum: policy.quorum !== null,
      knowsMonitor: monitors.length > 0,
    };
  }
}

function shownEvent({ shown }: ProvedEvent, signed: boolean): ShownEvent {
  const { entry, head } = shown;
  const fields = new Map<string, Disclosure>();
  for (const [name, { text, digest, value }] of head.fields) {
    fields.set(name, { text, digest, name, value: toPlain(value) });
  }
  return {
    id: entry.event,
    log: entry.log,
    seq: entry.seq,
    time: entry.time,
    spends: entry.spends,
    head: head.head,
    headText: head.text,
    fields,
    deviceKey: shown.device?.key ?? null,
    deviceSigned: signed,
  };
}

// Several passports are read as one: packets of one log join, disclosures of one entry add up.
// Throws a Refusal only for what `opened` holds: disclosures out of a sealed letter.
export async function checkPassports(
  passports: Uint8Array[],
  trust: Trust,
  opened: Opened[] = [],
): Promise<Checked> {
  const checker = new Checker(trust, opened);
  for (const [i, passport] of passports.entries()) await checker.read(passport, i + 1);
  return checker.finish();
}
