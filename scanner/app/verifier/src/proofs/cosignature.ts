// cosignature/v1 (C2SP tlog-cosignature): a witness's dated signature on a checkpoint, 8 bytes of
// time and an Ed25519 signature over `cosignature/v1\ntime <seconds>\n<checkpoint>`.
import { quoted, utf8 } from "../base/bytes.ts";
import { verifyEd25519 } from "../base/ed25519.ts";
import { Refusal } from "../base/refusal.ts";
import type { NoteSignature } from "./note.ts";
import { cosignatureType, type VerifierKey } from "./vkey.ts";

const maxTime = (1n << 63n) - 1n;
// Milliseconds are counted in 64 bits elsewhere; what lies beyond counts as the last of them.
const lastTime = Number.MAX_SAFE_INTEGER;

// The stated time, in milliseconds.
export async function verifyCosignature(
  checkpointText: string,
  key: VerifierKey,
  signature: NoteSignature,
): Promise<number> {
  const refuse = (what: string): never => {
    throw new Refusal(`the cosignature of ${quoted(key.name, 100)} ${what}`);
  };
  if (key.type !== cosignatureType) refuse("is by a key of another type");
  if (signature.bytes.length !== 72) refuse(`has ${signature.bytes.length} bytes, expected 72`);
  const time = new DataView(signature.bytes.buffer, signature.bytes.byteOffset).getBigUint64(0);
  if (time > maxTime) refuse("states a time beyond 2^63-1");
  const message = utf8(`cosignature/v1\ntime ${time}\n${checkpointText}`);
  if (!(await verifyEd25519(key.key, message, signature.bytes.subarray(8)))) refuse("does not verify");
  return timeOfSeconds(time);
}

export function timeOfSeconds(seconds: bigint): number {
  return Math.min(Number(seconds) * 1000, lastTime);
}
