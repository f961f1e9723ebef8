// Builds logs, packets and passports for tests, well-formed or with one thing wrong. Signs with
// node's own crypto, so that nothing here is checked with the code that made it.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";

type Value = unknown;
type Members = Record<string, Value>;

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const base64url = (bytes: Buffer): string => bytes.toString("base64url");

export class Key {
  readonly private: KeyObject;
  readonly raw: Buffer;

  // The same seed gives the same key, so that failures can be repeated.
  constructor(seed: string) {
    const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), sha256(seed)]);
    this.private = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    this.raw = createPublicKey(this.private).export({ format: "der", type: "spki" }).subarray(-32);
  }
  sign(text: string | Buffer): Buffer {
    return sign(null, Buffer.from(text as string), this.private);
  }
  id(name: string, type = 1): Buffer {
    return sha256(name, Buffer.from([0x0a, type]), this.raw).subarray(0, 4);
  }
  vkey(name: string, type = 1): string {
    const material = Buffer.concat([Buffer.from([type]), this.raw]).toString("base64");
    return `${name}+${this.id(name, type).toString("hex")}+${material}`;
  }
  signatureLine(text: string, name: string): string {
    return `\u2014 ${name} ${Buffer.concat([this.id(name), this.sign(text)]).toString("base64")}\n`;
  }
  // cosignature/v1
  cosignatureLine(text: string, name: string, seconds: number): string {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    const signature = this.sign(`cosignature/v1\ntime ${seconds}\n${text}`);
    return `\u2014 ${name} ${Buffer.concat([this.id(name, 4), time, signature]).toString("base64")}\n`;
  }
}

export function signNote(text: string, ...lines: string[]): string {
  return `${text}\n${lines.join("")}`;
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
}

// Salts are counted, so that a chain built twice is the same twice.
let salts = 0;
export function resetSalts(): void {
  salts = 0;
}
export function disclose(name: string, value: Value, ascending = true): string {
  const salt = base64url(sha256(`salt ${salts++}`).subarray(0, 16));
  return base64url(Buffer.from(JSON.stringify([salt, name, ascending ? sorted(value) : value])));
}
export const digest = (disclosure: string): string => base64url(sha256(disclosure));

export interface State {
  event: string;
  out: number;
  amount: number;
  disclosure: string;
}

export interface Recorded {
  seq: number;
  id: string;
  entry: string;
  hash: Buffer;
  disclosures: string[]; // head, fields in order, device
  names: string[]; // of those
  states: State[];
  record: State;
}

export interface Draft {
  type: string;
  at?: string;
  time?: string;
  n?: number;
  device?: Key;
  inputs?: State[];
  outputs?: Members[];
  fields?: Members;
  spends?: string[];
  // What is wrong: changes the frame before it is written.
  head?: (head: Members) => void;
  entry?: (entry: Members) => void;
  text?: (entry: string) => string;
  deviceValue?: (value: Members) => Value;
  ascending?: boolean;
}

export const block = (item: string, more: Members = {}): Members => ({ amount: 1, item, kind: "block", unit: "piece", ...more });
export const batch = (item: string, amount: number, unit = "g"): Members => ({ amount, item, kind: "batch", unit });

export interface Witness {
  key: Key;
  name: string;
  seconds: number;
}

export interface Shown {
  seqs?: number[]; // all when left out
  size?: number; // of the tree; all when left out
  witnesses?: Witness[];
  hide?: (name: string, seq: number) => boolean; // disclosures left out
  silent?: number[]; // entries without their head
}

export interface PacketJson {
  key: string;
  rotations: string[];
  checkpoint: string;
  entries: string[];
  disclosures: string[][];
  proof: string[];
}

export class Log {
  readonly keys: Key[];
  readonly origin: string;
  readonly rotations: string[] = [];
  readonly recorded: Recorded[] = [];

  constructor(seed: string) {
    this.keys = [new Key(seed)];
    this.origin = `quarrymark/${base64url(sha256(this.keys[0].raw))}`;
  }

  get key(): Key {
    return this.keys[this.keys.length - 1];
  }
  vkey(i = 0): string {
    return this.keys[i].vkey(this.origin);
  }

  rotate(next: Key, by: Key[] = [this.key, next]): void {
    const text = `quarrymark/rotate/v1\n${this.origin}\n${next.vkey(this.origin)}\n`;
    this.rotations.push(signNote(text, ...by.map((key) => key.signatureLine(text, this.origin))));
    this.keys.push(next);
  }

  append(draft: Draft): Recorded {
    const seq = this.recorded.length;
    const outputs = draft.outputs ?? [];
    const inputs = draft.inputs ?? [];
    const values: Members = { ...draft.fields };
    outputs.forEach((output, i) => (values[`out.${i}`] = output));
    const names = Object.keys(values).sort();
    const fields = names.map((name) => disclose(name, values[name], draft.ascending ?? true));
    const headValue: Members = {
      type: draft.type,
      log: this.origin,
      at: draft.at ?? "2026-03-02T14:44:03+05:30",
      n: draft.n ?? (draft.device === undefined ? 0 : seq + 1),
      inputs: inputs.map(({ event, out, amount }) => ({ event, out, amount })),
      outputs: outputs.length,
      fields: Object.fromEntries(names.map((name, i) => [name, digest(fields[i])])),
    };
    draft.head?.(headValue);
    const head = disclose("event", headValue, false);
    const id = digest(head);
    const device = draft.device === undefined ? [] : [this.deviceDisclosure(draft, id)];
    const markers = inputs.map(({ event, disclosure }) => base64url(sha256(`quarrymark/spend/v1\0${event}\0${disclosure}`)));
    const entryValue: Members = {
      v: 1,
      log: this.origin,
      seq,
      prev: seq === 0 ? null : base64url(this.recorded[seq - 1].hash),
      time: draft.time ?? `2026-03-02T09:${String(20 + (seq % 40)).padStart(2, "0")}:03.120Z`,
      event: id,
      spends: draft.spends ?? markers,
      ...(device.length > 0 ? { device: digest(device[0]) } : {}),
    };
    draft.entry?.(entryValue);
    const entry = (draft.text ?? ((text) => text))(JSON.stringify(entryValue));
    const states = outputs.map((output, out) => ({
      event: id,
      out,
      amount: output.amount as number,
      disclosure: fields[names.indexOf(`out.${out}`)],
    }));
    const recorded = {
      seq,
      id,
      entry,
      hash: sha256(Buffer.from([0]), entry),
      disclosures: [head, ...fields, ...device],
      names: ["event", ...names, ...device.map(() => "device")],
      states,
      record: { event: id, out: -1, amount: 0, disclosure: head },
    };
    this.recorded.push(recorded);
    return recorded;
  }

  private deviceDisclosure(draft: Draft, id: string): string {
    const signature = draft.device!.sign(`quarrymark/device/v1\n${id}\n`);
    const value = { key: base64url(draft.device!.raw), sig: base64url(signature) };
    return disclose("device", draft.deviceValue?.(value) ?? value, draft.deviceValue === undefined);
  }

  rootOf(begin: number, end: number): Buffer {
    if (end === begin) return sha256("");
    if (end - begin === 1) return this.recorded[begin].hash;
    const middle = begin + leftSize(end - begin);
    return sha256(Buffer.from([1]), this.rootOf(begin, middle), this.rootOf(middle, end));
  }

  proof(size: number, seqs: number[]): string[] {
    const hashes: string[] = [];
    const walk = (begin: number, end: number): void => {
      if (!seqs.some((seq) => seq >= begin && seq < end)) {
        hashes.push(base64url(this.rootOf(begin, end)));
      } else if (end - begin > 1) {
        const middle = begin + leftSize(end - begin);
        walk(begin, middle);
        walk(middle, end);
      }
    };
    walk(0, size);
    return hashes;
  }

  checkpointText(size: number): string {
    return `${this.origin}\n${size}\n${this.rootOf(0, size).toString("base64")}\n`;
  }
  checkpoint(size: number, witnesses: Witness[] = [], text = this.checkpointText(size)): string {
    const lines = witnesses.map(({ key, name, seconds }) => key.cosignatureLine(text, name, seconds));
    return signNote(text, this.key.signatureLine(text, this.origin), ...lines);
  }

  packet({ seqs, size, witnesses, hide, silent }: Shown = {}): PacketJson {
    const tree = size ?? this.recorded.length;
    const shown = seqs ?? Array.from({ length: tree }, (_, seq) => seq);
    return {
      key: this.vkey(),
      rotations: this.rotations,
      checkpoint: this.checkpoint(tree, witnesses),
      entries: shown.map((seq) => this.recorded[seq].entry),
      disclosures: shown.map((seq) => {
        const { disclosures, names } = this.recorded[seq];
        if (silent?.includes(seq)) return [];
        return disclosures.filter((_, i) => hide === undefined || !hide(names[i], seq));
      }),
      proof: this.proof(tree, shown),
    };
  }
}

function leftSize(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}

export function passport(
  items: { event: string; out: number }[],
  packets: PacketJson[],
  clear: string | null = null,
): Uint8Array {
  const refs = items.map(({ event, out }) => ({ event, out }));
  return new Uint8Array(Buffer.from(JSON.stringify({ v: 1, items: refs, packets, clear })));
}

export interface TrustJson {
  registrars?: string[];
  monitors?: string[];
  verifiers?: string[];
  pinned?: Members[];
  policy?: string;
}
export function trust({ registrars, monitors, verifiers, pinned, policy }: TrustJson = {}): Uint8Array {
  const value = {
    v: 1,
    registrars: registrars ?? [],
    monitors: monitors ?? [],
    verifiers: verifiers ?? [],
    pinned: pinned ?? [],
    policy: policy ?? "quorum none\n",
  };
  return new Uint8Array(Buffer.from(JSON.stringify(value)));
}
