// One packet: entries of one log under one checkpoint. Every step that fails adds a finding and
// ends the packet; docs/verification_order.md has the order.
import { equalBytes, quoted } from "../base/bytes.ts";
import { bindDisclosures, type ShownEntry } from "./binding.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { verifyCosignature } from "./cosignature.ts";
import { parseEntry } from "./entry.ts";
import { type FindingList, orWrong, orWrongAsync, type Place, Wrong } from "./findings.ts";
import { leafHash, multiProofRoot } from "./merkle.ts";
import { type Note, parseNote, verifyNote } from "./note.ts";
import type { Packet } from "./passport.ts";
import { quorumMet, witnessKeys } from "./policy.ts";
import { verifyRotation } from "./rotation.ts";
import type { Trust } from "./trust.ts";
import { ed25519Type, originOf, parseVkey, sameKey, type VerifierKey } from "./vkey.ts";

export interface ProvedPacket {
  place: Place;
  size: bigint;
  root: Uint8Array;
  cosigned: number | null; // earliest time of a witness the reader knows
  quorumMet: boolean;
  entries: ShownEntry[];
}

class PacketProof {
  private readonly packet: Packet;
  private readonly trust: Trust;
  private readonly findings: FindingList;
  private place: Place;

  constructor(packet: Packet, place: Place, trust: Trust, findings: FindingList) {
    this.packet = packet;
    this.trust = trust;
    this.findings = findings;
    this.place = place;
  }

  async run(): Promise<ProvedPacket | null> {
    try {
      const keys = await this.keys();
      const { note, size, root } = await this.checkpoint(keys[keys.length - 1]);
      const seen = await this.cosignatures(note);
      this.trustedKeys(keys);
      const entries = this.entries(size);
      this.proof(size, root, entries);
      // Goes on after a bad one, so that one report names all entries that are wrong.
      let good = true;
      for (let i = 0; i < entries.length; i++) {
        const bound = await bindDisclosures(this.packet.disclosures[i], entries[i], this.findings);
        good = bound && this.rotationOf(entries[i]) && good;
      }
      return good ? { place: this.place, size, root, entries, ...seen } : null;
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.findings.add(error.code, this.place, error.message, error.field);
      return null;
    }
  }

  private async keys(): Promise<VerifierKey[]> {
    const first = orWrong("malformed", "key", () => parseVkey(this.packet.key));
    if (first.type !== ed25519Type) throw new Wrong("wrong_key", `expected a key of type 1, got ${first.type}`, "key");
    if (first.name !== originOf(first.key)) {
      throw new Wrong("wrong_key", "the key does not hash to the origin it is named for", "key");
    }
    this.place = { ...this.place, log: first.name };
    const keys = [first];
    for (const [i, rotation] of this.packet.rotations.entries()) {
      keys.push(await orWrongAsync("wrong_key", `rotations[${i}]`, verifyRotation(keys[i], rotation)));
    }
    return keys;
  }

  private async checkpoint(key: VerifierKey): Promise<{ note: Note; size: bigint; root: Uint8Array }> {
    const note = orWrong("malformed", "checkpoint", () => parseNote(this.packet.checkpoint));
    const { origin, size, root, extensions } = orWrong("malformed", "checkpoint", () => parseCheckpoint(note.text));
    if (extensions.length > 0) throw new Wrong("malformed", "has extension lines", "checkpoint");
    if (origin !== this.place.log) {
      const what = `is of log ${quoted(origin)}, not of the log the key belongs to`;
      throw new Wrong("wrong_key", what, "checkpoint");
    }
    await orWrongAsync("wrong_signature", "checkpoint", verifyNote(note, [key]));
    return { note, size, root };
  }

  // Witnesses the reader does not know say nothing; those it knows must be right.
  private async cosignatures(note: Note): Promise<{ cosigned: number | null; quorumMet: boolean }> {
    const witnesses = witnessKeys(this.trust.policy);
    const signers: VerifierKey[] = [];
    let cosigned: number | null = null;
    for (const signature of note.signatures) {
      for (const witness of witnesses) {
        if (witness.name !== signature.name || witness.id !== signature.id) continue;
        const time = await orWrongAsync("cosignature_invalid", "checkpoint", verifyCosignature(note.text, witness, signature));
        cosigned = cosigned === null ? time : Math.min(cosigned, time);
        signers.push(witness);
      }
    }
    return { cosigned, quorumMet: quorumMet(this.trust.policy, signers) };
  }

  // Rule 25: a key in the trust file must be among the keys of the log it names.
  private trustedKeys(keys: VerifierKey[]): void {
    const listed = [...this.trust.registrars, ...this.trust.pinned.map((pinned) => pinned.log)];
    for (const trusted of listed) {
      if (trusted.name === this.place.log && !keys.some((key) => sameKey(key, trusted))) {
        throw new Wrong("wrong_key", "the key in the trust file is not one of this log's keys", "key");
      }
    }
  }

  private entries(size: bigint): ShownEntry[] {
    const shown: ShownEntry[] = [];
    for (const [i, text] of this.packet.entries.entries()) {
      const field = `entries[${i}]`;
      const entry = orWrong("malformed", field, () => parseEntry(text));
      if (entry.log !== this.place.log) throw new Wrong("wrong_chain", `names another log, ${quoted(entry.log)}`, field);
      if (i > 0 && entry.seq <= shown[i - 1].entry.seq) {
        throw new Wrong("malformed", "entries do not ascend by seq", field);
      }
      if (BigInt(entry.seq) >= size) {
        throw new Wrong("malformed", `seq ${entry.seq} is not below the checkpoint's size ${size}`, field);
      }
      const place = { ...this.place, seq: entry.seq };
      shown.push({ place, hash: leafHash(text), entry, head: null, device: null });
    }
    return shown;
  }

  // Rule 24: what a log recorded about its keys is what its packets show of them.
  private rotationOf(shown: ShownEntry): boolean {
    if (shown.head === null || shown.head.head.type !== "rotate") return true;
    const field = shown.head.fields.get("rotation");
    if (field === undefined) return true;
    if (typeof field.value === "string" && this.packet.rotations.includes(field.value)) return true;
    this.findings.add("wrong_key", shown.place, "the rotation it records is not among the packet's", "rotation");
    return false;
  }

  private proof(size: bigint, root: Uint8Array, entries: ShownEntry[]): void {
    const leaves = entries.map(({ entry, hash }) => ({ index: BigInt(entry.seq), hash }));
    const found = orWrong("wrong_proof", "proof", () => multiProofRoot(size, leaves, this.packet.proof));
    if (!equalBytes(found, root)) {
      throw new Wrong("wrong_proof", "entries and proof do not lead to the checkpoint's root", "proof");
    }
  }
}

// Null when something is wrong with the packet; then at least one finding was added.
export function provePacket(
  packet: Packet,
  place: Place,
  trust: Trust,
  findings: FindingList,
): Promise<ProvedPacket | null> {
  return new PacketProof(packet, place, trust, findings).run();
}
