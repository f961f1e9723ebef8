// Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log, perhaps extension lines.
import { quoted } from "../base/bytes.ts";
import { Refusal } from "../base/refusal.ts";
import { linesOf, parseBase64Hash, parseDecimal } from "./note.ts";

export interface Checkpoint {
  origin: string;
  size: bigint;
  root: Uint8Array;
  extensions: string[];
}

export function parseCheckpoint(text: string): Checkpoint {
  const lines = linesOf(text);
  if (lines.length < 3) throw new Refusal(`checkpoint: expected at least 3 lines, got ${lines.length}`);
  if (lines.includes("")) throw new Refusal("checkpoint: has an empty line");
  const size = parseDecimal(lines[1]);
  if (size === null) throw new Refusal(`checkpoint: expected a tree size, got ${quoted(lines[1])}`);
  return { origin: lines[0], size, root: parseBase64Hash(lines[2]), extensions: lines.slice(3) };
}
