// Disclosures (RFC 9901): base64url(["<salt>","<name>",<value>]). FORMATS.md, rules 1 to 6.
import { base64url, fromBase64url } from "../base/base64.ts";
import { fromUtf8, quoted, utf8 } from "../base/bytes.ts";
import { membersAscend, parseExact, type Value } from "../base/json.ts";
import { Refusal } from "../base/refusal.ts";
import { sha256 } from "../base/sha256.ts";

export interface Parsed {
  text: string;
  digest: string;
  name: string;
  value: Value;
}

export const headName = "event";
export const deviceName = "device";

export function digestOf(text: string): string {
  return base64url(sha256(utf8(text)));
}

export function parseDisclosure(text: string): Parsed {
  const parts = parseExact(fromUtf8(fromBase64url(text)));
  if (!Array.isArray(parts) || parts.length !== 3) throw new Refusal("expected an array of salt, name and value");
  const [salt, name, value] = parts;
  if (typeof salt !== "string" || typeof name !== "string") {
    throw new Refusal("expected salt and name to be strings");
  }
  if (salt.length !== 22 || fromBase64url(salt).length !== 16) {
    throw new Refusal("expected a salt of 22 base64url characters");
  }
  if (name !== headName && !membersAscend(value)) {
    throw new Refusal(`members of ${quoted(name)} are not in ascending order`);
  }
  return { text, digest: digestOf(text), name, value };
}

// The sign that an output was spent: SHA-256 of context, event id and the output's disclosure.
export function spendMarker(event: string, disclosure: string): string {
  return base64url(sha256(utf8(`quarrymark/spend/v1\0${event}\0${disclosure}`)));
}

