// The two base64 alphabets in their one allowed spelling (FORMATS.md, rule 5): base64url without
// padding inside JSON, padded standard base64 inside notes and vkeys; spare bits are zero.
import { Refusal } from "./refusal.ts";

const urlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const standardAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function tableOf(alphabet: string): Int8Array {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}
const urlTable = tableOf(urlAlphabet);
const standardTable = tableOf(standardAlphabet);

// Null: a foreign character, an impossible length or spare bits that are not zero.
function decode(text: string, size: number, table: Int8Array): Uint8Array<ArrayBuffer> | null {
  const rest = size % 4;
  if (rest === 1) return null;
  const out = new Uint8Array(Math.floor(size / 4) * 3 + (rest > 0 ? rest - 1 : 0));
  // Looked at once, at the end: a foreign character has the value −1, whose sign stays, or a code
  // beyond ASCII.
  let codes = 0;
  let values = 0;
  const whole = size - rest;
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    codes |= a | b | c | d;
    const group = (table[a & 127] << 18) | (table[b & 127] << 12) | (table[c & 127] << 6) | table[d & 127];
    values |= group;
    out[at++] = group >> 16;
    out[at++] = group >> 8;
    out[at++] = group;
  }
  let spare = 0;
  if (rest >= 2) {
    const a = text.charCodeAt(whole);
    const b = text.charCodeAt(whole + 1);
    const c = rest === 3 ? text.charCodeAt(whole + 2) : 0x41;
    codes |= a | b | c;
    const group = (table[a & 127] << 12) | (table[b & 127] << 6) | table[c & 127];
    values |= group;
    out[at++] = group >> 10;
    if (rest === 3) out[at] = group >> 2;
    spare = rest === 3 ? group & 3 : group & 0x3ff;
  }
  return values < 0 || codes > 127 || spare !== 0 ? null : out;
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let out = "";
  let group = 0;
  let bits = 0;
  for (const byte of bytes) {
    group = ((group << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      out += alphabet[(group >> bits) & 63];
    }
  }
  return bits > 0 ? out + alphabet[(group << (6 - bits)) & 63] : out;
}

export function base64url(bytes: Uint8Array): string {
  return encode(bytes, urlAlphabet);
}

export function base64(bytes: Uint8Array): string {
  const text = encode(bytes, standardAlphabet);
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = decode(text, text.length, urlTable);
  if (bytes === null) throw new Refusal("not canonical base64url");
  return bytes;
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) throw new Refusal("base64 length is not a multiple of 4");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = decode(text, text.length - padding, standardTable);
  if (bytes === null) throw new Refusal("not canonical base64");
  return bytes;
}

export const hashTextLength = 43;

// Whether `text` is the one spelling of a 32-byte value.
export function isHashText(text: string): boolean {
  return text.length === hashTextLength && decode(text, hashTextLength, urlTable) !== null;
}

export function hashFromText(text: string): Uint8Array {
  const bytes = text.length === hashTextLength ? decode(text, hashTextLength, urlTable) : null;
  if (bytes === null) throw new Refusal(`expected 43 base64url characters, got "${text.slice(0, 60)}"`);
  return bytes;
}
