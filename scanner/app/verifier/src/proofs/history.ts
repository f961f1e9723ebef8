// What all packets of one log show together. FORMATS.md, rules 13, 16 and 29.
import type { LogStanding } from "../evidence.ts";
import { base64url } from "../base/base64.ts";
import { equalBytes } from "../base/bytes.ts";
import type { ShownEntry } from "./binding.ts";
import type { FindingList } from "./findings.ts";
import type { ProvedPacket } from "./packet.ts";

export class History {
  private readonly shown = new Map<number, ShownEntry>(); // by seq
  private readonly roots = new Map<bigint, Uint8Array>(); // by size
  private readonly cosigned = new Map<bigint, number>(); // size → earliest time
  private readonly underCosignature = new Map<number, boolean>(); // seq → shown under such a checkpoint
  private quorumMet = true;

  // Joins a packet; disclosures of an entry that was shown before add up.
  add(packet: ProvedPacket, findings: FindingList): void {
    const root = this.roots.get(packet.size);
    if (root === undefined) {
      this.roots.set(packet.size, packet.root);
    } else if (!equalBytes(root, packet.root)) {
      const what = `the log signed two different trees of ${packet.size} entries`;
      findings.add("split_history", packet.place, what, "checkpoint");
      return;
    }
    this.quorumMet &&= packet.quorumMet;
    if (packet.cosigned !== null) {
      this.cosigned.set(packet.size, Math.min(this.cosigned.get(packet.size) ?? Infinity, packet.cosigned));
    }
    for (const more of packet.entries) this.addEntry(more, packet.cosigned !== null, findings);
  }

  private addEntry(more: ShownEntry, cosigned: boolean, findings: FindingList): void {
    const { seq } = more.entry;
    this.underCosignature.set(seq, cosigned || (this.underCosignature.get(seq) ?? false));
    const known = this.shown.get(seq);
    if (known === undefined) {
      this.shown.set(seq, more);
    } else if (!equalBytes(known.hash, more.hash)) {
      findings.add("split_history", more.place, "the log signed two different entries here");
    } else {
      known.device ??= more.device;
      // Both heads are bound to one entry, so what stands under one name is the same.
      if (known.head === null) known.head = more.head;
      else for (const [name, field] of more.head?.fields ?? []) known.head.fields.set(name, field);
    }
  }

  // Ascending by seq.
  entries(): ShownEntry[] {
    return [...this.shown.values()].sort((a, b) => a.entry.seq - b.entry.seq);
  }

  rootAt(size: bigint): Uint8Array | undefined {
    return this.roots.get(size);
  }

  // What can be checked only when every packet is in: the hash chain, event ids that repeat.
  check(findings: FindingList): void {
    const seen = new Map<string, number>();
    let before: ShownEntry | null = null;
    for (const shown of this.entries()) {
      const { seq, prev, event } = shown.entry;
      if (before !== null && before.entry.seq + 1 === seq && prev !== base64url(before.hash)) {
        findings.add("wrong_chain", shown.place, "is not the hash of the entry before", "prev");
      }
      const first = seen.get(event);
      if (first !== undefined) {
        findings.add("wrong_chain", shown.place, `this event stands in entry ${first} already`, "event");
      } else {
        seen.set(event, seq);
      }
      before = shown;
    }
  }

  // A witness's date covers an entry only if it stands in the tree that was cosigned, and two
  // packets of one log are not proved to agree with each other. So a date does not count where an
  // entry it would cover is shown under checkpoints without cosignature only.
  standing(): LogStanding {
    const uncosigned = [...this.underCosignature].filter(([, cosigned]) => !cosigned).map(([seq]) => seq);
    const firstUncosigned = uncosigned.reduce((least, seq) => Math.min(least, seq), Infinity);
    const cosigned = [...this.cosigned]
      .map(([size, time]): [number, number] => [Number(size), time])
      .filter(([size]) => size <= firstUncosigned)
      .sort(([a], [b]) => a - b);
    const size = Math.max(...[...this.roots.keys()].map(Number), 0);
    return { size, quorumMet: this.quorumMet, cosigned: new Map(cosigned) };
  }
}
