// Byte strings, UTF-8 and the order of bytes.
import { Refusal } from "./refusal.ts";

const encoder = new TextEncoder();
// ignoreBOM keeps a byte-order mark in the text, so that it is refused rather than lost.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

// Refuses what is not UTF-8; lone surrogates and overlong forms are not.
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refusal("not UTF-8");
  }
}

// The number of bytes `text` has in UTF-8.
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (unit >= 0xd800 && unit < 0xdc00) (length += 2), i++;
    else length += 2;
  }
  return length;
}

// Negative, 0 or positive, as the UTF-8 of `a` sorts before, with or after that of `b`. UTF-16,
// in which strings compare by themselves, sorts characters beyond U+FFFF before U+E000.
export function compareByBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Text from outside for a message: at most `limit` bytes, control characters made visible.
export function visible(text: string, limit: number): string {
  let out = "";
  let bytes = 0;
  for (const character of text) {
    if (bytes >= limit) return `${out}…`;
    const code = character.codePointAt(0)!;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
      const encoded = utf8(character);
      const room = encoded.subarray(0, limit - bytes);
      out += Array.from(room, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
      if (room.length < encoded.length) return `${out}…`;
      bytes += encoded.length;
    } else {
      out += character;
      bytes += utf8Length(character);
    }
  }
  return out;
}

export function quoted(text: string, limit = 60): string {
  return `"${visible(text, limit)}"`;
}
