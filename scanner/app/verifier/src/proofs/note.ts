// Signed notes (C2SP signed-note): a text, an empty line, and one line for each signature,
// `— <key name> <base64(4-byte key id ‖ signature)>`. The text must not be used before
// verifyNote has accepted it.
import { fromBase64 } from "../base/base64.ts";
import { equalBytes, quoted, utf8, utf8Length } from "../base/bytes.ts";
import { verifyEd25519 } from "../base/ed25519.ts";
import { Refusal } from "../base/refusal.ts";
import { verifyCosignature } from "./cosignature.ts";
import { checkKeyName, cosignatureType, ed25519Type, type VerifierKey } from "./vkey.ts";

export interface NoteSignature {
  name: string;
  id: number;
  bytes: Uint8Array; // what follows the key id
}

export interface Note {
  text: string; // with its final newline
  signatures: NoteSignature[];
}

const maxNoteBytes = 1 << 20;
const maxSignatures = 64; // FORMATS.md, rule 23
const prefix = "\u2014 "; // em dash, space

export function parseNote(text: string): Note {
  if (utf8Length(text) > maxNoteBytes) throw new Refusal(`note: at most ${maxNoteBytes} bytes`);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) throw new Refusal("note: has a control character");
  if (!text.endsWith("\n")) throw new Refusal("note: does not end with a newline");
  const gap = text.lastIndexOf("\n\n");
  if (gap < 0) throw new Refusal("note: no empty line between text and signatures");
  const lines = text.slice(gap + 2).split("\n").slice(0, -1);
  if (lines.length === 0) throw new Refusal("note: no signature line after the empty line");
  if (lines.length > maxSignatures) {
    throw new Refusal(`note: at most ${maxSignatures} signature lines, got ${lines.length}`);
  }
  return { text: text.slice(0, gap + 1), signatures: lines.map(parseSignatureLine) };
}

function parseSignatureLine(line: string): NoteSignature {
  const refuse = (what: string): never => {
    throw new Refusal(`signature line ${quoted(line, 100)}: ${what}`);
  };
  if (!line.startsWith(prefix)) refuse("expected an em dash and a space first");
  const rest = line.slice(prefix.length);
  const space = rest.indexOf(" ");
  if (space < 0) refuse("expected <key name> <base64>");
  const name = rest.slice(0, space);
  checkKeyName(name);
  const bytes = fromBase64(rest.slice(space + 1));
  if (bytes.length <= 4) refuse(`expected more than 4 bytes, got ${bytes.length}`);
  return { name, id: new DataView(bytes.buffer).getUint32(0), bytes: bytes.slice(4) };
}

// The keys of `known` that signed. A signature of a known key that does not verify, or none by a
// known key, is refused; signatures of other keys are passed over.
export async function verifyNote(note: Note, known: VerifierKey[]): Promise<VerifierKey[]> {
  const verified: VerifierKey[] = [];
  for (const signature of note.signatures) {
    const keys = known.filter((key) => key.id === signature.id && key.name === signature.name);
    if (keys.length === 0) continue;
    const [key, ...others] = keys;
    if (others.some((other) => other.type !== key.type || !equalBytes(other.key, key.key))) {
      throw new Refusal(`two known keys are named ${quoted(key.name, 100)} with the same id`);
    }
    if (key.type === cosignatureType) {
      await verifyCosignature(note.text, key, signature);
    } else if (key.type !== ed25519Type || !(await verifyEd25519(key.key, utf8(note.text), signature.bytes))) {
      throw new Refusal(`the signature of known key ${quoted(key.name, 100)} does not verify`);
    }
    verified.push(key);
  }
  if (verified.length === 0) throw new Refusal("none of the note's signatures is by a known key");
  return verified;
}

// Lines of a note's text, without their newlines.
export function linesOf(text: string): string[] {
  if (!text.endsWith("\n")) throw new Refusal("the text does not end with a newline");
  return text.slice(0, -1).split("\n");
}

// Decimal without sign and leading zeros, below 2^64.
export function parseDecimal(text: string): bigint | null {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) return null;
  const value = BigInt(text);
  return value < 1n << 64n ? value : null;
}

export function parseBase64Hash(text: string): Uint8Array {
  const bytes = text.length === 44 ? fromBase64(text) : null;
  if (bytes === null || bytes.length !== 32) {
    throw new Refusal(`expected the base64 of 32 bytes, got ${quoted(text)}`);
  }
  return bytes;
}
