// Keys of logs, rotations, and keys the reader trusts.
import { Key, passport, trust } from "../builder.ts";
import { type Chain, chain, packetsOf, trustOf } from "../chain.ts";
import { add, framed } from "./table.ts";

framed("a key of another name", "wrong_key", "key", ({ packets }, { quarry }) => (packets[0].key = quarry.key.vkey("quarrymark/x")), { packet: 1 });
framed("a key that is no vkey", "malformed", "key", ({ packets }) => (packets[0].key = "x"), { packet: 1 });
framed("a key with a wrong id", "malformed", "key", ({ packets }) => (packets[0].key = packets[0].key.replace(/\+[0-9a-f]{8}\+/, "+00000000+")), { packet: 1 });
framed("a witness's key as a log's", "wrong_key", "key", ({ packets }, { quarry }) => (packets[1].key = quarry.key.vkey(quarry.origin, 4)), { packet: 2 });
framed("the key of another log", "wrong_key", "checkpoint", ({ packets }, { quarry }) => (packets[2].key = quarry.vkey()), { packet: 3 });
function rotated(name: string, code: string, field: string, change: (made: Chain, next: Key) => void): void {
  const made = chain();
  change(made, new Key("factory 2"));
  add(name, { code, field, packet: 3 }, [passport([made.deliver.states[0]], packetsOf(made))], trustOf(made));
}
rotated("a rotation the old key did not sign", "wrong_key", "rotations[0]", ({ factory }, next) => factory.rotate(next, [next]));
rotated("a rotation the new key did not sign", "wrong_key", "rotations[0]", ({ factory }, next) => factory.rotate(next, [factory.key]));
rotated("a rotation by strangers", "wrong_key", "rotations[0]", ({ factory }, next) => factory.rotate(next, [new Key("a"), new Key("b")]));
rotated("a rotation to the same key", "wrong_key", "rotations[0]", ({ factory }) => factory.rotate(factory.key));
rotated("a rotation of another log", "wrong_key", "rotations[0]", ({ factory, quarry }, next) => {
  quarry.rotate(next);
  factory.rotations.push(quarry.rotations[0]);
  quarry.rotations.length = 0;
  quarry.keys.pop();
});
rotated("a second rotation that does not follow from the first", "wrong_key", "rotations[1]", ({ factory }, next) => {
  const [first] = factory.keys;
  factory.rotate(next);
  const other = new Key("factory 3");
  factory.rotate(other, [first, other]);
});
rotated("a rotation with an altered text", "wrong_key", "rotations[0]", ({ factory }, next) => {
  factory.rotate(next);
  factory.rotations[0] = factory.rotations[0].replace("rotate/v1", "rotate/v2");
});
rotated("a checkpoint by the old key after a rotation", "wrong_signature", "checkpoint", ({ factory }, next) => {
  factory.rotate(next);
  factory.keys.pop();
});
rotated("rotations left out", "wrong_signature", "checkpoint", ({ factory }, next) => {
  factory.rotate(next);
  factory.rotations.length = 0;
});
{
  const made = chain();
  add("a trusted key that is not the log's", { code: "wrong_key", field: "key", packet: 1 },
    [passport([made.deliver.states[0]], packetsOf(made))], trust({ registrars: [new Key("x").vkey(made.registrar.origin)] }));
  const pinned = { log: new Key("x").vkey(made.quarry.origin), name: "Q", role: "quarry", country: "IN" };
  add("a pinned key that is not the log's", { code: "wrong_key", field: "key", packet: 2 },
    [passport([made.deliver.states[0]], packetsOf(made))], trustOf(made, { pinned: [pinned] }));
}
