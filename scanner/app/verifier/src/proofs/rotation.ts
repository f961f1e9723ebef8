// A log's key change (FORMATS.md, rule 24): a note signed by the old key and the new.
import { equalBytes, quoted } from "../base/bytes.ts";
import { Refusal } from "../base/refusal.ts";
import { linesOf, parseNote, verifyNote } from "./note.ts";
import { ed25519Type, parseVkey, sameKey, type VerifierKey } from "./vkey.ts";

const context = "quarrymark/rotate/v1";

// The new key.
export async function verifyRotation(old: VerifierKey, text: string): Promise<VerifierKey> {
  const refuse = (what: string): never => {
    throw new Refusal(`rotation: ${what}`);
  };
  const note = parseNote(text);
  const lines = linesOf(note.text);
  if (lines.length !== 3 || lines[0] !== context) refuse(`expected the lines ${context}, origin and new vkey`);
  if (lines[1] !== old.name) refuse(`expected origin ${quoted(old.name, 100)}, got ${quoted(lines[1], 100)}`);
  const next = parseVkey(lines[2]);
  if (next.type !== ed25519Type) refuse("a log's key has signature type 1");
  if (next.name !== old.name) refuse("the name of the new key is not the origin");
  if (equalBytes(next.key, old.key)) refuse("the new key is the old one");
  const signers = await verifyNote(note, [old, next]);
  for (const key of [old, next]) {
    if (!signers.some((signer) => sameKey(signer, key))) refuse(`not signed by the ${key === old ? "old" : "new"} key`);
  }
  return next;
}
