// Key names, key ids and verifier keys (C2SP signed-note): <name>+<8 hex digits>+<base64(type ‖ key)>.
import { base64, base64url, fromBase64 } from "../base/base64.ts";
import { concat, equalBytes, quoted, utf8, utf8Length } from "../base/bytes.ts";
import { Refusal } from "../base/refusal.ts";
import { sha256 } from "../base/sha256.ts";

export const ed25519Type = 0x01; // over the note's text
export const cosignatureType = 0x04; // dated, over a checkpoint
export const mlDsaType = 0x06; // known by its form, not verified here

export interface VerifierKey {
  name: string;
  id: number;
  type: number;
  key: Uint8Array; // 32 raw bytes of types 0x01 and 0x04
}

// What a vkey says, of whatever type.
export type VkeyParts = VerifierKey;

const maxKeyName = 1024; // bytes
const keySizes = new Map([[ed25519Type, 32], [cosignatureType, 32], [mlDsaType, 1312]]);
// Unicode's White_Space, the plus sign and the C0 controls.
const notInNames = /[\u0000-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]/;

export function checkKeyName(name: string): void {
  if (name === "") throw new Refusal("key name: empty");
  if (utf8Length(name) > maxKeyName) throw new Refusal(`key name: longer than ${maxKeyName} bytes`);
  if (notInNames.test(name)) {
    throw new Refusal(`key name ${quoted(name)}: contains a space, a plus sign or a control character`);
  }
}

export function keyId(name: string, type: number, key: Uint8Array): number {
  const digest = sha256(utf8(name), Uint8Array.of(0x0a, type), key);
  return new DataView(digest.buffer).getUint32(0);
}

export function idText(id: number): string {
  return id.toString(16).padStart(8, "0");
}

export function parseVkeyParts(text: string): VkeyParts {
  const refuse = (what: string): never => {
    throw new Refusal(`vkey ${quoted(text, 100)}: ${what}`);
  };
  // base64 may hold plus signs of its own, so only the first two separate.
  const first = text.indexOf("+");
  const second = first < 0 ? -1 : text.indexOf("+", first + 1);
  if (second < 0) refuse("expected <name>+<key id>+<key>");
  const name = text.slice(0, first);
  checkKeyName(name);
  const idDigits = text.slice(first + 1, second);
  if (!/^[0-9a-f]{8}$/.test(idDigits)) refuse("expected 8 lower-case hex digits as key id");
  const material = fromBase64(text.slice(second + 1));
  if (material.length < 2) refuse("expected a signature type and a public key");
  const parts = { name, id: parseInt(idDigits, 16), type: material[0], key: material.slice(1) };
  const size = keySizes.get(parts.type);
  if (size !== undefined) {
    if (parts.key.length !== size) refuse(`expected a key of ${size} bytes, got ${parts.key.length}`);
    const right = keyId(name, parts.type, parts.key);
    if (right !== parts.id) refuse(`expected key id ${idText(right)}, got ${idDigits}`);
  }
  return parts;
}

// Of type 0x01 or 0x04.
export function parseVkey(text: string): VerifierKey {
  const parts = parseVkeyParts(text);
  if (parts.type !== ed25519Type && parts.type !== cosignatureType) {
    throw new Refusal(`vkey ${quoted(text, 100)}: signature type ${parts.type}, expected 1 or 4`);
  }
  return parts;
}

export function vkeyText(key: VerifierKey): string {
  return `${key.name}+${idText(key.id)}+${base64(concat(Uint8Array.of(key.type), key.key))}`;
}

export function sameKey(a: VerifierKey, b: VerifierKey): boolean {
  return a.name === b.name && a.id === b.id && a.type === b.type && equalBytes(a.key, b.key);
}

const originPrefix = "quarrymark/";

// The opaque origin of the log whose first key this is.
export function originOf(key: Uint8Array): string {
  return originPrefix + base64url(sha256(key));
}

