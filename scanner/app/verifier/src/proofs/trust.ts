// The trust file: what a reader starts from (FORMATS.md, rules 25 and 26). People edit it, so white
// space and escapes are free; members, their order and their number are not.
import { isHashText } from "../base/base64.ts";
import { fromUtf8, quoted } from "../base/bytes.ts";
import { kindName, parseInput, type Value } from "../base/json.ts";
import { ObjectReader } from "../base/object_reader.ts";
import { Refusal, within } from "../base/refusal.ts";
import { noPolicy, parsePolicy, type Policy } from "./policy.ts";
import { ed25519Type, parseVkey, sameKey, type VerifierKey } from "./vkey.ts";

export interface PinnedKey {
  log: VerifierKey;
  name: string;
  role: string;
  country: string;
}

export interface Trust {
  registrars: VerifierKey[]; // key name = origin of their log
  monitors: VerifierKey[];
  verifiers: string[]; // logs whose `resolve` counts
  pinned: PinnedKey[];
  policy: Policy;
}

const maxBytes = 4 << 20;
const maxListed = 10_000;
const maxPolicyBytes = 1 << 20;

export function isOrigin(text: string): boolean {
  return text.startsWith("quarrymark/") && isHashText(text.slice("quarrymark/".length));
}

function asString(value: Value): string {
  if (typeof value !== "string") throw new Refusal(`expected a string, got ${kindName(value)}`);
  return value;
}

function parseKey(text: string): VerifierKey {
  const key = parseVkey(text);
  if (key.type !== ed25519Type) throw new Refusal(`expected a key of type 1, got type ${key.type}`);
  return key;
}

function parseLogKey(text: string): VerifierKey {
  const key = parseKey(text);
  if (!isOrigin(key.name)) throw new Refusal(`expected a log's origin as key name, got ${quoted(key.name)}`);
  return key;
}

function parseVerifier(value: Value): string {
  const origin = asString(value);
  if (!isOrigin(origin)) throw new Refusal(`expected an origin, got ${quoted(origin)}`);
  return origin;
}

function parsePinned(value: Value): PinnedKey {
  const reader = ObjectReader.frame(value);
  const key = reader.string("log");
  const pinned = {
    log: within("log", () => parseLogKey(key)),
    name: reader.string("name"),
    role: reader.string("role"),
    country: reader.string("country"),
  };
  reader.finish();
  return pinned;
}

function samePinned(a: PinnedKey, b: PinnedKey): boolean {
  return sameKey(a.log, b.log) && a.name === b.name && a.role === b.role && a.country === b.country;
}

function readList<T>(
  reader: ObjectReader,
  name: string,
  parse: (value: Value) => T,
  same: (a: T, b: T) => boolean,
): T[] {
  const items: T[] = [];
  reader.array(name, maxListed).forEach((value, i) =>
    within(`${name}[${i}]`, () => {
      const item = parse(value);
      if (items.some((other) => same(other, item))) throw new Refusal("stands here twice");
      items.push(item);
    }),
  );
  return items;
}

export function parseTrust(bytes: Uint8Array): Trust {
  if (bytes.length > maxBytes) throw new Refusal(`expected at most ${maxBytes} bytes, got ${bytes.length}`);
  const reader = ObjectReader.frame(parseInput(fromUtf8(bytes)));
  const version = reader.integer("v", -Infinity, Infinity);
  if (version !== 1) throw new Refusal(`expected version 1, got ${version}`, "v");
  const trust = {
    registrars: readList(reader, "registrars", (value) => parseLogKey(asString(value)), sameKey),
    monitors: readList(reader, "monitors", (value) => parseKey(asString(value)), sameKey),
    verifiers: readList(reader, "verifiers", parseVerifier, (a, b) => a === b),
    pinned: readList(reader, "pinned", parsePinned, samePinned),
  };
  const policyText = reader.string("policy", maxPolicyBytes);
  reader.finish();
  // Empty text asks nothing; the policy format itself has no empty form.
  const policy = policyText === "" ? noPolicy : within("policy", () => parsePolicy(policyText));
  return { ...trust, policy };
}

export const noTrust: Trust = { registrars: [], monitors: [], verifiers: [], pinned: [], policy: noPolicy };
