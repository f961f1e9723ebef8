// Checkpoints and cosignatures.
import { signNote } from "../builder.ts";
import { type Chain, policy, witness } from "../chain.ts";
import { type Frame, framed } from "./table.ts";

const note = (change: (note: string, made: Chain) => string) => ({ packets }: Frame, made: Chain) => {
  packets[1].checkpoint = change(packets[1].checkpoint, made);
};
const checkpoint = { packet: 2 };
framed("a checkpoint with carriage returns", "malformed", "checkpoint", note((text) => text.replaceAll("\n", "\r\n")), checkpoint);
framed("a checkpoint without the empty line", "malformed", "checkpoint", note((text) => text.replace("\n\n", "\n")), checkpoint);
framed("a checkpoint with an ASCII hyphen", "malformed", "checkpoint", note((text) => text.replace("\u2014", "-")), checkpoint);
framed("a checkpoint without its final newline", "malformed", "checkpoint", note((text) => text.slice(0, -1)), checkpoint);
framed("a checkpoint without signatures", "malformed", "checkpoint", note((text) => text.slice(0, text.indexOf("\n\n") + 2)), checkpoint);
framed("a checkpoint with 65 signatures", "malformed", "checkpoint", note((text) => text + "\u2014 x AAAAAAA=\n".repeat(64)), checkpoint);
framed("a checkpoint with 64 signatures", null, undefined, note((text) => text + "\u2014 x AAAAAAA=\n".repeat(63)));
framed("a checkpoint with a size in another spelling", "malformed", "checkpoint", note((text) => text.replace(/\n2\n/, "\n02\n")), checkpoint);
framed("a checkpoint with another size", "wrong_signature", "checkpoint", note((text) => text.replace(/\n2\n/, "\n3\n")), checkpoint);
framed("a checkpoint with another key's signature", "wrong_signature", "checkpoint", note((_, { quarry, factory }) => {
  const text = quarry.checkpointText(2);
  return signNote(text, factory.key.signatureLine(text, quarry.origin));
}), checkpoint);
framed("a checkpoint with a signature cut short", "wrong_signature", "checkpoint", note((text, { quarry }) =>
  text.replace(/ [^ ]*\n$/, ` ${quarry.key.id(quarry.origin).toString("base64").replace("==", "")}AA\n`).replace(/ ([^ ]*)\n$/, (_, b: string) => ` ${Buffer.from(b, "base64").subarray(0, 5).toString("base64")}\n`)), checkpoint);
framed("a checkpoint of another log", "wrong_key", "checkpoint", ({ packets }) => (packets[1].checkpoint = packets[2].checkpoint), checkpoint);
framed("a checkpoint with an extension line", "malformed", "checkpoint", note((_, { quarry }) => quarry.checkpoint(2, [], `${quarry.checkpointText(2)}more\n`)), checkpoint);
framed("a checkpoint with a short root", "malformed", "checkpoint", note((_, { quarry }) => quarry.checkpoint(2, [], `${quarry.origin}\n2\nAAAA\n`)), checkpoint);
framed("a checkpoint of size 0", "malformed", "entries[0]", note((_, { quarry }) => quarry.checkpoint(0)), checkpoint);
framed("a checkpoint of a shorter log", "malformed", "entries[1]", note((_, { quarry }) => quarry.checkpoint(1)), checkpoint);
framed("a checkpoint of the greatest size there is", "wrong_proof", "proof", note((_, { quarry }) => quarry.checkpoint(2, [], quarry.checkpointText(2).replace("\n2\n", "\n18446744073709551615\n"))), checkpoint);
framed("a checkpoint beyond the greatest size", "malformed", "checkpoint", note((_, { quarry }) => quarry.checkpoint(2, [], quarry.checkpointText(2).replace("\n2\n", "\n18446744073709551616\n"))), checkpoint);
framed("a cosignature of another checkpoint", "cosignature_invalid", "checkpoint", note((_, { quarry }) => {
  const other = quarry.checkpointText(1);
  return quarry.checkpoint(2) + witness.key.cosignatureLine(other, witness.name, witness.seconds);
}), { ...checkpoint, trusted: { policy } });
framed("a cosignature with another time", "cosignature_invalid", "checkpoint", note((_, { quarry }) => {
  const text = quarry.checkpointText(2);
  const line = witness.key.cosignatureLine(text, witness.name, witness.seconds);
  const [dash, name, encoded] = line.trim().split(" ");
  const bytes = Buffer.from(encoded, "base64");
  bytes[11] ^= 1;
  return `${quarry.checkpoint(2)}${dash} ${name} ${bytes.toString("base64")}\n`;
}), { ...checkpoint, trusted: { policy } });
framed("a wrong cosignature by a witness the reader does not know", null, undefined, note((_, { quarry }) => {
  const other = quarry.checkpointText(1);
  return quarry.checkpoint(2) + witness.key.cosignatureLine(other, witness.name, witness.seconds);
}));
