// A packet of a log too large to build for a test: four entries in a tree of a million, in which
// every other subtree is a hash drawn at random. Whoever checks it cannot tell.
import { createHash } from "node:crypto";

import { base64url, batch, type Log, type PacketJson, signNote, type Witness } from "./builder.ts";

const hashOf = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function packetOfGreatLog(log: Log, size: number, shift: number, witness: Witness): PacketJson {
  const seqs = [0.11, 0.37, 0.62, 0.93].map((part) => Math.floor(part * size) + shift);
  seqs.forEach((seq, i) => {
    const before = log.recorded.at(-1);
    log.append({
      type: i === 0 ? "acquire" : "split",
      inputs: before === undefined ? [] : before.states,
      outputs: [batch(`S${shift}`, 4_000_000)],
      fields: {
        how: { by: "recorder", method: "scanned" },
        party: { name: `Works ${shift}` },
        remarks: { text: `${"Grey granite, sawn and bush-hammered. ".repeat(30)}` },
        transport: { carrier: "Example Lines", container: `EXMU ${shift} ${i}`, seal: "7741" },
        source: { block: `B${shift}`, operator: "Operator", quarry: "Quarry", words: "as labelled" },
      },
      // Of the entries between nothing is shown.
      entry: (entry) => Object.assign(entry, { seq, prev: base64url(hashOf(`before ${shift} ${i}`)) }),
    });
  });
  const proof: string[] = [];
  const walk = (begin: number, end: number): Buffer => {
    const inside = seqs.findIndex((seq) => seq >= begin && seq < end);
    if (inside < 0) {
      const other = hashOf(`subtree ${shift} ${begin} ${end}`);
      proof.push(base64url(other));
      return other;
    }
    if (end - begin === 1) return log.recorded[inside].hash;
    let left = 1;
    while (left * 2 < end - begin) left *= 2;
    const first = walk(begin, begin + left);
    return hashOf(Buffer.from([1]), first, walk(begin + left, end));
  };
  const text = `${log.origin}\n${size}\n${walk(0, size).toString("base64")}\n`;
  const cosignature = witness.key.cosignatureLine(text, witness.name, witness.seconds);
  return {
    key: log.vkey(),
    rotations: [],
    checkpoint: signNote(text, log.key.signatureLine(text, log.origin), cosignature),
    entries: log.recorded.map(({ entry }) => entry),
    disclosures: log.recorded.map(({ disclosures }) => disclosures),
    proof,
  };
}
