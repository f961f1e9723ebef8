// Passports with one thing wrong, and what is to be found first. Each is checked here and, where it
// was built, by the C++ command: docs/verification_order.md is held to this table.
import {
  base64url, batch, block, disclose, type Draft, Key, Log, type PacketJson, passport, type Recorded, type Shown,
  resetSalts, signNote, type State, trust, type TrustJson, type Witness,
} from "./builder.ts";

export interface Case {
  name: string;
  passports: Uint8Array[];
  trust: Uint8Array;
  // The first finding, or null: nothing is wrong with the proofs.
  code: string | null;
  field?: string;
  seq?: number;
  packet?: number;
  passport?: number;
}

type Step = "admit" | "extract" | "dispatch" | "receive" | "split" | "deliver";
type Tampers = Partial<Record<Step, (draft: Draft) => void>>;

export interface Chain {
  registrar: Log;
  quarry: Log;
  factory: Log;
  admit: Recorded;
  extract: Recorded;
  dispatch: Recorded;
  receive: Recorded;
  split: Recorded;
  deliver: Recorded;
  device: Key;
}

const phone = new Key("phone");

// A block is dug, handed over, sawn into two batches, of which one is sent on.
export function chain(tampers: Tampers = {}): Chain {
  resetSalts();
  const registrar = new Log("registrar");
  const quarry = new Log("quarry");
  const factory = new Log("factory");
  const step = (log: Log, name: Step, draft: Draft): Recorded => {
    tampers[name]?.(draft);
    return log.append(draft);
  };
  const admit = step(registrar, "admit", {
    type: "admit",
    fields: {
      enrol: base64url(phone.raw),
      member: { country: "IN", log: quarry.origin, role: "quarry" },
      party: { name: "Quarry One" },
      sites: [{ from: "2020-01-01", parcels: ["1"], role: "operator", site: "A".repeat(43), to: "2030-12-31" }],
    },
  });
  const measure = { gross: [2000, 1500, 1200], mass: 9_000_000, net: [1900, 1400, 1100] };
  const extract = step(quarry, "extract", {
    type: "extract",
    device: phone,
    outputs: [block("B1", { measure })],
    fields: {
      block: { number: "417" },
      party: { name: "Quarry One" },
      site: { parcel: "1", site: "A".repeat(43) },
      stone: { family: "granite", name: "Grey" },
    },
  });
  const dispatch = step(quarry, "dispatch", {
    type: "dispatch",
    inputs: [extract.states[0]],
    outputs: [block("B1", { measure })],
    fields: { to: { log: factory.origin } },
  });
  const receive = step(factory, "receive", {
    type: "receive",
    inputs: [dispatch.states[0]],
    outputs: [block("B1", { measure })],
  });
  const split = step(factory, "split", {
    type: "split",
    inputs: [receive.states[0]],
    outputs: [batch("S1", 4_000_000), batch("S2", 4_500_000)],
    fields: { saw: { axis: "w", kerf: 8, thickness: 30 } },
  });
  const deliver = step(factory, "deliver", {
    type: "dispatch",
    inputs: [split.states[0]],
    outputs: [batch("S1", 4_000_000)],
    fields: { to: { name: "The Town" } },
  });
  return { registrar, quarry, factory, admit, extract, dispatch, receive, split, deliver, device: phone };
}

const witness: Witness = { key: new Key("witness"), name: "witness.example/w", seconds: 1_772_500_000 };
const policy = `witness W ${witness.key.vkey(witness.name, 4)}\nquorum W\n`;
const monitor = new Key("monitor");
const monitorName = "monitor.example/m";

export function trustOf({ registrar }: Chain, more: TrustJson = {}): Uint8Array {
  return trust({ registrars: [registrar.vkey()], monitors: [monitor.vkey(monitorName)], ...more });
}

export function packetsOf(built: Chain, shown: Shown = {}): PacketJson[] {
  return [built.registrar, built.quarry, built.factory].map((log) => log.packet(shown));
}

function clearNote(lines: string[], by: Key = monitor, name = monitorName): string {
  const text = `quarrymark/clear/v1\ntime 1772600000\n${lines.map((line) => `${line}\n`).join("")}`;
  return signNote(text, by.signatureLine(text, name));
}

const cases: Case[] = [];

function add(name: string, expected: Partial<Case> & { code: string | null }, passports: Uint8Array[], trusted: Uint8Array): void {
  cases.push({ name, passports, trust: trusted, ...expected });
}

// An event built wrong, then proved rightly.
function built(name: string, code: string | null, field: string | undefined, tampers: Tampers, more: Partial<Case> = {}): void {
  const made = chain(tampers);
  const expected = { code, ...(field === undefined ? {} : { field }), ...more };
  add(name, expected, [passport([made.deliver.states[0] ?? made.deliver.record], packetsOf(made))], trustOf(made));
}

// A right chain whose packets or frame are then changed.
type Frame = { v: unknown; items: unknown; packets: PacketJson[]; clear: unknown };
function framed(name: string, code: string | null, field: string | undefined, change: (frame: Frame, made: Chain) => void, more: Partial<Case> & { trusted?: TrustJson } = {}): void {
  const made = chain();
  const { trusted, ...expected } = more;
  const frame = JSON.parse(Buffer.from(passport([made.deliver.states[0]], packetsOf(made))).toString()) as Frame;
  change(frame, made);
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(frame)));
  add(name, { code, ...(field === undefined ? {} : { field }), ...expected }, [bytes], trustOf(made, trusted));
}

// Text of a right passport, changed.
function spelled(name: string, change: (text: string) => string): void {
  const made = chain();
  const text = Buffer.from(passport([made.deliver.states[0]], packetsOf(made))).toString();
  add(name, { code: "malformed", passport: 1 }, [new Uint8Array(Buffer.from(change(text)))], trustOf(made));
}

const lastOf = <T>(list: T[]): T => list[list.length - 1];

// --- nothing wrong
built("a whole chain", null, undefined, {});
framed("an entry without its head", null, undefined, ({ packets }) => (packets[1].disclosures[1] = []));
framed("fields withheld", null, undefined, ({ packets }) => (packets[1].disclosures[0] = [packets[1].disclosures[0][0]]));
framed("a clear note by nobody the reader knows", null, undefined, (frame) => (frame.clear = clearNote([], new Key("x"), "x")));
framed("a clear note by a known monitor", null, undefined, (frame, { quarry, factory, extract }) => {
  const logs = [quarry, factory].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  const lines = logs.map((log) => `log ${log.origin} ${log.recorded.length} ${log.rootOf(0, log.recorded.length).toString("base64")}`);
  const marker = JSON.parse(quarry.recorded[1].entry).spends[0];
  frame.clear = clearNote([...lines, `marker ${marker} ${quarry.origin} 1`]);
  void extract;
});
{
  const made = chain();
  made.factory.rotate(new Key("factory 2"));
  made.factory.rotate(new Key("factory 3"));
  add("two rotations", { code: null }, [passport([made.deliver.states[0]], packetsOf(made))], trustOf(made));
  add("a registrar trusted by a later key", { code: null }, [passport([made.deliver.states[0]], packetsOf(made))],
    trust({ registrars: [made.registrar.vkey(), made.factory.vkey(2)] }));
}
{
  const made = chain();
  const packets = packetsOf(made, { witnesses: [witness] });
  add("cosigned with a quorum", { code: null }, [passport([made.deliver.states[0]], packets)], trustOf(made, { policy }));
}
{
  const made = chain();
  const [registrar, quarry] = packetsOf(made);
  const first = made.factory.packet({ seqs: [0], size: 1 });
  const rest = made.factory.packet({ seqs: [1, 2] });
  add("two packets of one log", { code: null }, [passport([made.deliver.states[0]], [registrar, quarry, first, rest])], trustOf(made));
  add("two passports that add up", { code: null },
    [passport([made.receive.states[0]], [first]), passport([made.deliver.states[0]], [registrar, quarry, rest])], trustOf(made));
}

// --- the frame of the file
spelled("a space", (text) => text.replace(",", ", "));
spelled("a final newline", (text) => `${text}\n`);
spelled("a byte-order mark", (text) => `\ufeff${text}`);
spelled("an escaped em dash", (text) => text.replace("\u2014", "\\u2014"));
spelled("an escaped slash", (text) => text.replace("/", "\\/"));
spelled("a member twice", (text) => text.replace('{"v":1,', '{"v":1,"v":1,'));
spelled("cut off", (text) => text.slice(0, -1));
spelled("nothing", () => "");
spelled("an array", (text) => `[${text}]`);
spelled("a fraction", (text) => text.replace('"v":1', '"v":1.0'));
framed("version 2", "malformed", "v", (frame) => (frame.v = 2));
framed("version as text", "malformed", "v", (frame) => (frame.v = "1"));
framed("an unknown member", "malformed", '"more"', (frame) => Object.assign(frame, { more: 1 }));
framed("members in another order", "malformed", "items", (frame) => {
  const { items } = frame;
  delete (frame as Partial<Frame>).items;
  frame.items = items;
});
framed("no clear member", "malformed", "clear", (frame) => delete (frame as Partial<Frame>).clear);
framed("clear as a number", "malformed", "clear", (frame) => (frame.clear = 0));
framed("no items", "malformed", "items", (frame) => (frame.items = []));
framed("items as an object", "malformed", "items", (frame) => (frame.items = {}));
framed("an item twice", "malformed", "items[1]", (frame) => (frame.items = [(frame.items as unknown[])[0], (frame.items as unknown[])[0]]));
framed("an item out of range", "malformed", "items[0].out", (frame) => ((frame.items as State[])[0].out = 1000));
framed("an item below the record", "malformed", "items[0].out", (frame) => ((frame.items as State[])[0].out = -2));
framed("an item with a short id", "malformed", "items[0].event", (frame) => ((frame.items as State[])[0].event = "abc"));
framed("an item with more members", "malformed", 'items[0]."x"', (frame) => Object.assign((frame.items as State[])[0], { x: 1 }));
framed("an item beyond its event's outputs", "malformed", "items[0]", (frame) => ((frame.items as State[])[0].out = 1));
framed("an item that is not in the passport", "malformed", "items[0]", (frame) => ((frame.items as State[])[0].event = "A".repeat(43)));
framed("an item whose head is not shown", "malformed", "items[0]", ({ packets }) => (packets[2].disclosures[2] = []));
framed("no packets", "malformed", "items[0]", (frame) => (frame.packets = []));
framed("a packet that is no object", "malformed", "packets[1]", ({ packets }) => ((packets as unknown[])[1] = "x"));
framed("a packet without a key", "malformed", "packets[0].key", ({ packets }) => delete (packets[0] as Partial<PacketJson>).key);
framed("a packet without entries", "malformed", "packets[0].entries", ({ packets }) => Object.assign(packets[0], { entries: [], disclosures: [] }));
framed("too few lists of disclosures", "malformed", "packets[1].disclosures", ({ packets }) => packets[1].disclosures.pop());
framed("an entry that is no string", "malformed", "packets[1].entries[1]", ({ packets }) => ((packets[1].entries as unknown[])[1] = {}));
framed("a disclosure that is no string", "malformed", "packets[1].disclosures[0][0]", ({ packets }) => ((packets[1].disclosures[0] as unknown[])[0] = 7));
framed("a list of disclosures that is none", "malformed", "packets[1].disclosures[0]", ({ packets }) => ((packets[1].disclosures as unknown[])[0] = null));
framed("a proof hash that is short", "malformed", "packets[1].proof[0]", ({ packets }) => packets[1].proof.push("AA"));
framed("a proof hash with spare bits", "malformed", "packets[1].proof[0]", ({ packets }) => packets[1].proof.push(`${"A".repeat(42)}B`));
framed("a rotation that is no string", "malformed", "packets[1].rotations[0]", ({ packets }) => (packets[1].rotations as unknown[]).push(null));

// --- keys and rotations
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

// --- checkpoint and cosignatures
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

// --- entries and proof
const entryText = (change: (text: string) => string) => ({ packets }: Frame) => {
  packets[1].entries[1] = change(packets[1].entries[1]);
};
const second = { packet: 2 };
framed("an entry with a space", "malformed", "entries[1]", entryText((text) => text.replace(",", ", ")), second);
framed("an entry with a backslash", "malformed", "entries[1]", entryText((text) => text.replace("quarrymark/", "quarrymark\\/")), second);
framed("an entry beyond ASCII", "malformed", "entries[1]", entryText((text) => text.replace("quarrymark/", "quarrymärk/")), second);
framed("an entry that is too long", "malformed", "entries[1]", entryText((text) => text.replace('"spends":[', `"spends":[${'"x",'.repeat(20_000)}`)), second);
framed("an entry with an unknown member", "malformed", "entries[1]", entryText((text) => text.replace(/}$/, ',"x":1}')), second);
framed("an entry with two decimals in its time", "malformed", "entries[1]", entryText((text) => text.replace(".120Z", ".12Z")), second);
framed("an entry of a day that is none", "malformed", "entries[1]", entryText((text) => text.replace("2026-03-02", "2026-02-30")), second);
framed("an entry with seq 01", "malformed", "entries[1]", entryText((text) => text.replace('"seq":1', '"seq":01')), second);
framed("an entry with a great seq", "malformed", "entries[1]", entryText((text) => text.replace('"seq":1', '"seq":9007199254740992')), second);
framed("an entry with prev null", "malformed", "entries[1]", entryText((text) => text.replace(/"prev":"[^"]*"/, '"prev":null')), second);
framed("an entry with a digest with spare bits", "malformed", "entries[1]", entryText((text) => text.replace(/"event":"[^"]*"/, `"event":"${"A".repeat(42)}B"`)), second);
framed("an entry with another time", "wrong_proof", "proof", entryText((text) => text.replace(".120Z", ".121Z")), second);
framed("an entry with an altered marker", "wrong_proof", "proof", entryText((text) => text.replace(/"spends":\["[^"]*"/, `"spends":["${"A".repeat(43)}"`)), second);
framed("an entry with another event", "wrong_proof", "proof", entryText((text) => text.replace(/"event":"[^"]*"/, `"event":"${"A".repeat(43)}"`)), second);
framed("an entry with its seq changed", "malformed", "entries[1]", entryText((text) => text.replace('"seq":1', '"seq":5')), second);
framed("an entry of another log", "wrong_chain", "entries[0]", ({ packets }) => (packets[1].entries[0] = packets[2].entries[0]), second);
framed("an entry twice", "malformed", "entries[1]", ({ packets }) => (packets[1].entries[1] = packets[1].entries[0]), second);
framed("entries in another order", "malformed", "entries[1]", ({ packets }) => void (packets[1].entries.reverse(), packets[1].disclosures.reverse()), second);
framed("an entry left out", "wrong_proof", "proof", ({ packets }) => void (packets[2].entries.pop(), packets[2].disclosures.pop()), { packet: 3 });
framed("a proof hash too many", "wrong_proof", "proof", ({ packets }) => packets[2].proof.push("A".repeat(43)), { packet: 3 });
framed("a proof of another packet", "wrong_proof", "proof", (frame, { factory }) => (frame.packets[2] = { ...factory.packet({ seqs: [0, 2] }), proof: factory.packet({ seqs: [0, 1] }).proof }), { packet: 3 });
framed("a proof with its hashes swapped", "wrong_proof", "proof", (frame, { factory }) => {
  frame.packets[2] = factory.packet({ seqs: [1] });
  frame.packets[2].proof.reverse();
}, { packet: 3 });
framed("a proof with a hash too few", "wrong_proof", "proof", (frame, { factory }) => {
  frame.packets[2] = factory.packet({ seqs: [1] });
  frame.packets[2].proof.pop();
}, { packet: 3 });

// --- disclosures
const disclosures = (change: (list: string[], made: Chain, packets: PacketJson[]) => string[] | void) => (frame: Frame, made: Chain) => {
  const { packets } = frame;
  packets[1].disclosures[0] = change(packets[1].disclosures[0], made, packets) ?? packets[1].disclosures[0];
};
const firstEntry = { packet: 2, seq: 0 };
const raw = (value: unknown) => base64url(Buffer.from(JSON.stringify(value)));
framed("a field of another event", "wrong_disclosure", "stone", disclosures((list, { quarry }) => {
  const { names } = quarry.recorded[0];
  return list.map((text, i) => (names[i] === "stone" ? disclose("stone", { family: "marble", name: "White" }) : text));
}), firstEntry);
framed("a field the head does not have", "wrong_disclosure", '"remarks"', disclosures((list) => [...list.slice(0, -1), disclose("remarks", {}), lastOf(list)]), firstEntry);
framed("a second head", "wrong_disclosure", '"event"', disclosures((list) => [list[0], list[0], ...list.slice(1)]), firstEntry);
framed("fields in another order", "wrong_disclosure", "block", disclosures((list) => [list[0], list[2], list[1], ...list.slice(3)]), firstEntry);
framed("a field twice", "wrong_disclosure", "block", disclosures((list) => [list[0], list[1], list[1], ...list.slice(2)]), firstEntry);
framed("the head not first", "wrong_disclosure", "head", disclosures((list) => [list[1], list[0], ...list.slice(2)]), firstEntry);
framed("the head of another event", "wrong_disclosure", "head", disclosures((list, { quarry }) => [quarry.recorded[1].disclosures[0], ...list.slice(1)]), firstEntry);
framed("the disclosures of another event", "wrong_disclosure", "head", ({ packets }) => packets[1].disclosures.reverse(), { packet: 2 });
framed("the device's disclosure not last", "wrong_disclosure", "device", disclosures((list) => [list[0], lastOf(list), ...list.slice(1, -1)]), firstEntry);
framed("another device's disclosure", "wrong_disclosure", "device", disclosures((list) => [...list.slice(0, -1), disclose("device", { key: "a", sig: "b" })]), firstEntry);
framed("a device's disclosure where none signed", "wrong_disclosure", "device", ({ packets }) => packets[1].disclosures[1].push(lastOf(packets[1].disclosures[0])), { packet: 2, seq: 1 });
framed("a disclosure that is no base64url", "malformed", "disclosure 1", disclosures((list) => [list[0], `${list[1]}=`, ...list.slice(2)]), firstEntry);
framed("a disclosure that is no JSON", "malformed", "disclosure 1", disclosures((list) => [list[0], base64url(Buffer.from("x")), ...list.slice(2)]), firstEntry);
framed("a disclosure with a short salt", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["abc", "block", {}]), ...list.slice(2)]), firstEntry);
framed("a disclosure with four parts", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["A".repeat(22), "block", {}, 1]), ...list.slice(2)]), firstEntry);
framed("a disclosure with its members in another order", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["A".repeat(22), "block", { b: 1, a: 1 }]), ...list.slice(2)]), firstEntry);
framed("a disclosure nested too deep", "malformed", "disclosure 1", disclosures((list) => [list[0], raw(["A".repeat(22), "block", [[[[[[[[]]]]]]]]]), ...list.slice(2)]), firstEntry);
framed("a head that is no base64url", "malformed", "head", disclosures((list) => [`${list[0]}!`, ...list.slice(1)]), firstEntry);

// --- heads that are wrong in themselves, though committed to
const head = (change: (head: Record<string, unknown>) => void) => ({ extract: (draft: Draft) => void (draft.head = change) });
const quarryFirst = { packet: 2, seq: 0 };
built("a head of an unknown type", "malformed", "head", head((value) => (value.type = "teleport")), quarryFirst);
built("a head with a member too many", "malformed", "head", head((value) => (value.more = 1)), quarryFirst);
built("a head without n", "malformed", "head", head((value) => delete value.n), quarryFirst);
built("a head with a fraction of a second", "malformed", "head", head((value) => (value.at = "2026-03-02T14:44:03.0+05:30")), quarryFirst);
built("a head with Z", "malformed", "head", head((value) => (value.at = "2026-03-02T14:44:03Z")), quarryFirst);
built("a head of another log", "wrong_disclosure", "head.log", head((value) => (value.log = new Log("x").origin)), quarryFirst);
built("a head with a device but counter 0", "malformed", "head.n", head((value) => (value.n = 0)), quarryFirst);
built("a head with a counter but no device", "malformed", "head.n", { dispatch: (draft) => void (draft.n = 4) }, { packet: 2, seq: 1 });
built("a head with 1001 outputs", "malformed", "head", head((value) => (value.outputs = 1001)), quarryFirst);
built("a head with an output missing", "malformed", "head", head((value) => (value.outputs = 2)), quarryFirst);
built("a head with an output too many", "malformed", "head", head((value) => (value.outputs = 0)), quarryFirst);
built("a head with a field named device", "malformed", "head", head((value) => Object.assign(value, { fields: { device: "A".repeat(43), ...(value.fields as object) } })), quarryFirst);
built("a head with a field in capitals", "malformed", "head", head((value) => Object.assign(value, { fields: { Remarks: "A".repeat(43), ...(value.fields as object) } })), quarryFirst);
built("a head with its fields in another order", "malformed", "head", head((value) => (value.fields = Object.fromEntries(Object.entries(value.fields as object).reverse()))), quarryFirst);
built("a head with a field that is no digest", "malformed", "head", head((value) => ((value.fields as Record<string, unknown>).stone = "x")), quarryFirst);
built("a head that names a state twice", "malformed", "head", { dispatch: (draft) => void (draft.inputs = [draft.inputs![0], draft.inputs![0]], draft.spends = ["A".repeat(43), `${"A".repeat(42)}E`]) }, { packet: 2, seq: 1 });
built("a head that draws nothing", "malformed", "head", { dispatch: (draft) => void (draft.inputs = [{ ...draft.inputs![0], amount: 0 }]) }, { packet: 2, seq: 1 });
built("a head that draws from a record", "malformed", "head", { dispatch: (draft) => void (draft.inputs = [{ ...draft.inputs![0], out: -1 }]) }, { packet: 2, seq: 1 });
built("fewer markers than inputs", "wrong_marker", "spends", { dispatch: (draft) => void (draft.spends = []) }, { packet: 2, seq: 1 });
built("more markers than inputs", "wrong_marker", "spends", { extract: (draft) => void (draft.spends = ["A".repeat(43)]) }, quarryFirst);
built("a marker twice", "malformed", "entries[1]", { dispatch: (draft) => void (draft.spends = ["A".repeat(43), "A".repeat(43)]) }, { packet: 2 });
built("a marker of nothing", "wrong_marker", "spends[0]", { dispatch: (draft) => void (draft.spends = ["A".repeat(43)]) }, { seq: 1 });
built("a device's key cut short", "malformed", "device", { extract: (draft) => void (draft.deviceValue = (value) => ({ ...value, key: "AAAA" })) }, quarryFirst);
built("a device's disclosure with more members", "malformed", "device", { extract: (draft) => void (draft.deviceValue = (value) => ({ ...value, x: 1 })) }, quarryFirst);
built("a device's signature over another event", "wrong_signature", "device", { extract: (draft) => void (draft.deviceValue = (value) => ({ ...value, sig: base64url(phone.sign("quarrymark/device/v1\nx\n")) })) }, quarryFirst);
built("a device's signature by another key", "wrong_signature", "device", { extract: (draft) => void (draft.deviceValue = (value) => ({ ...value, key: base64url(new Key("other").raw) })) }, quarryFirst);

// --- the chain of one log
built("a broken hash chain", "wrong_chain", "prev", { dispatch: (draft) => void (draft.entry = (value) => (value.prev = "A".repeat(43))) }, { packet: 2, seq: 1 });
{
  const made = chain();
  const { quarry } = made;
  // The same event once more, in an entry of its own.
  const { id, disclosures: texts, names } = quarry.recorded[0];
  quarry.append({ type: "extract", entry: (value) => Object.assign(value, { event: id, device: JSON.parse(quarry.recorded[0].entry).device }) });
  Object.assign(quarry.recorded[2], { disclosures: texts, names });
  add("an event twice in one log", { code: "wrong_chain", field: "event", seq: 2 }, [passport([made.deliver.states[0]], packetsOf(made))], trustOf(made));
}
{
  const made = chain();
  const other = chain({ dispatch: (draft) => void (draft.time = "2026-03-03T00:00:00.000Z") });
  const both = [passport([made.deliver.states[0]], packetsOf(made)), passport([other.dispatch.states[0]], [other.quarry.packet()])];
  add("one size with two roots", { code: "split_history", field: "checkpoint", packet: 1, passport: 2 }, both, trustOf(made));
  other.quarry.append({ type: "attest" });
  const longer = [both[0], passport([other.dispatch.states[0]], [other.quarry.packet({ seqs: [0, 1] })])];
  add("one position with two entries", { code: "split_history", seq: 1, packet: 1, passport: 2 }, longer, trustOf(made));
}
framed("a clear note that saw another tree", "split_history", "clear", (frame, { quarry }) => (frame.clear = clearNote([`log ${quarry.origin} 2 ${Buffer.alloc(32).toString("base64")}`])));
for (const [name, lines] of Object.entries({
  "with a log twice": ["log a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "log a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],
  "with logs in another order": ["log b 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "log a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],
  "with a log after markers": [`marker ${"A".repeat(43)} unseen`, "log a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],
  "with a place beyond the log's size": ["log a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", `marker ${"A".repeat(43)} a 1`],
  "with a place in a log that is not listed": [`marker ${"A".repeat(43)} a 0`],
  "with a marker seen and unseen": ["log a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", `marker ${"A".repeat(43)} unseen`, `marker ${"A".repeat(43)} a 0`],
  "with a marker twice": [`marker ${"A".repeat(43)} unseen`, `marker ${"A".repeat(43)} unseen`],
  "with a marker that is none": ["marker abc unseen"],
  "with an unknown line": ["mark"],
  "with an empty line": [""],
})) {
  framed(`a clear note ${name}`, "malformed", "clear", (frame) => (frame.clear = clearNote(lines)));
}
framed("a clear note without a time", "malformed", "clear", (frame) => (frame.clear = signNote("quarrymark/clear/v1\n", monitor.signatureLine("quarrymark/clear/v1\n", monitorName))));
framed("a clear note that is no note", "malformed", "clear", (frame) => (frame.clear = "clear"));
framed("a clear note with a forged signature", "wrong_signature", "clear", (frame) => (frame.clear = clearNote([]).replace("1772600000", "1772600001")));

// --- field values
const field = (step: Step, name: string, value: unknown) => ({ [step]: (draft: Draft) => void ((draft.fields ??= {})[name] = value) });
const output = (step: Step, value: Record<string, unknown>) => ({ [step]: (draft: Draft) => void (draft.outputs = [value]) });
const side = { measure: { gross: [0, 1, 1] } };
for (const [name, at, tampers] of [
  ["an output of amount 0", "out.0.amount", output("deliver", batch("S1", 0))],
  ["an output of unknown kind", "out.0.kind", output("extract", { ...block("B1"), kind: "pebble" })],
  ["an output of unknown unit", "out.0.unit", output("extract", { ...block("B1"), unit: "kg" })],
  ["an output without an item", "out.0.item", output("extract", { amount: 1, kind: "block", unit: "piece" })],
  ["two blocks in one output", "out.0.amount", output("extract", block("B1", { amount: 2 }))],
  ["a block by weight", "out.0.amount", output("extract", { ...block("B1"), unit: "g" })],
  ["a side of 0 mm", "out.0.measure.gross[0]", output("extract", block("B1", side))],
  ["two sides", "out.0.measure.net", output("extract", block("B1", { measure: { net: [1, 1] } }))],
  ["a weight of 0", "out.0.measure.mass", output("extract", block("B1", { measure: { mass: 0 } }))],
  ["aliases that are no strings", "out.0.aliases", output("extract", block("B1", { aliases: [1] }))],
  ["a serial that is none", "out.0.serial", output("extract", block("B1", { serial: null }))],
  ["contents without an input", "out.0.contents[0].in", output("extract", block("B1", { contents: [{ amount: 1 }] }))],
  ["contents of an input that is not there", "out.0.contents", output("extract", block("B1", { contents: [{ amount: 1, in: 0 }] }))],
  ["an output that is no object", "out.0", { deliver: (draft: Draft) => void (draft.outputs = [7 as unknown as Record<string, unknown>]) }],
  ["a party without a name", "party.name", field("extract", "party", {})],
  ["a site without a site", "site.site", field("extract", "site", { parcel: "1" })],
  ["a stone whose name is a number", "stone.name", field("extract", "stone", { name: 1 })],
  ["a block number that is a number", "block.number", field("extract", "block", { number: 417 })],
  ["a saw along no axis", "saw.axis", field("split", "saw", { axis: "x", kerf: 8, thickness: 30 })],
  ["a saw of thickness 0", "saw.thickness", field("split", "saw", { axis: "w", kerf: 8, thickness: 0 })],
  ["a saw without kerf", "saw.kerf", field("split", "saw", { axis: "w", thickness: 30 })],
  ["home work above all", "home_work.per_mille", field("split", "home_work", { per_mille: 1001 })],
  ["waste below nothing", "waste.mass", field("split", "waste", { mass: -1 })],
  ["a receiver with log and name", "to", field("dispatch", "to", { log: "a", name: "b" })],
  ["a receiver with nothing", "to", field("dispatch", "to", {})],
  ["a contract without a log", "to.contract", field("dispatch", "to", { contract: "a", name: "b" })],
  ["a reference that is no event", "corrects.event", field("split", "corrects", { event: "abc" })],
  ["received outputs that are no numbers", "received.outs", field("split", "received", { event: "A".repeat(43), outs: ["0"] })],
  ["a member without a log", "member.log", field("admit", "member", { country: "IN", role: "quarry" })],
  ["an admitted site from no date", "sites[0].from", field("admit", "sites", [{ from: "2020-02-30", site: "A" }])],
  ["admitted sites that are no list", "sites", field("admit", "sites", {})],
  ["an enrolled key that is a number", "enrol", field("admit", "enrol", 7)],
  ["an acceptance with a number", "accept.result", field("deliver", "accept", { result: 1 })],
  ["sightings that are no strings", "about.sightings", field("split", "about", { sightings: [1] })],
  ["a statement that is no object", "statement", field("split", "statement", "x")],
] as [string, string, Tampers][]) {
  built(name, "malformed", at, tampers);
}
built("optional members that are null", null, undefined, field("extract", "stone", { family: null, name: "Grey" }));
built("members nobody reads", null, undefined, field("extract", "stone", { colour: { shade: 7 }, name: "Grey" }));
{
  // Members in another order are committed to, and refused when they are disclosed.
  const made = chain({ extract: (draft) => void Object.assign(draft, { ascending: false, fields: { stone: { name: "Grey", family: "granite" } } }) });
  const bytes = passport([made.deliver.states[0]], packetsOf(made));
  add("a field with members in another order", { code: "malformed", packet: 2, seq: 0 }, [bytes], trustOf(made));
}

// --- shape
const states = (change: (inputs: State[]) => State[]) => (draft: Draft) => void (draft.inputs = change(draft.inputs!));
built("drawing more than there is", "malformed", "inputs[0].amount", { split: states(([input]) => [{ ...input, amount: 2 }]) });
built("a dispatch that changes the item", "malformed", "out.0.item", output("dispatch", block("B2")));
built("a dispatch that changes the kind", "malformed", "out.0.kind", output("dispatch", { ...block("B1"), kind: "slab" }));
built("a dispatch that changes the unit", "malformed", "out.0.unit", output("deliver", batch("S1", 4_000_000, "mm2")));
built("a dispatch that adds to the amount", "malformed", "out.0.amount", output("deliver", batch("S1", 4_000_001)));
built("a dispatch with an output too many", "malformed", "outputs", { dispatch: (draft) => void draft.outputs!.push(block("B2")) });
built("a receive with an output too few", "malformed", "outputs", { deliver: () => undefined, receive: (draft) => void (draft.outputs = []), split: (draft) => void (draft.inputs = []) });
built("a receive of nobody's dispatch", null, undefined, { receive: (draft) => void (draft.inputs = []) });
built("an output beyond those of its event", "malformed", "inputs[0].out", { dispatch: states(([input]) => [{ ...input, out: 1 }]) });

type More = (made: Chain) => { log: Log; draft: Draft };
function after(name: string, code: string | null, field: string | undefined, more: More, trusted: TrustJson = {}): void {
  const made = chain();
  const { log, draft } = more(made);
  const { seq } = log.append(draft);
  const expected = { code, ...(field === undefined ? {} : { field, seq }) };
  add(name, expected, [passport([made.deliver.states[0]], packetsOf(made))], trustOf(made, trusted));
}
const voids = (event: Recorded, outputs: Record<string, unknown>[], inputs: State[] = [event.record, ...event.states]): Draft => ({
  type: "void", inputs, outputs, fields: { voids: { event: event.id } },
});
const corrects = (event: Recorded, outputs: Record<string, unknown>[], inputs: State[] = [event.record, ...event.states], fields = {}): Draft => ({
  type: "correct", inputs, outputs, fields: { corrects: { event: event.id }, ...fields },
});
after("a void of the last dispatch", null, undefined, ({ factory, deliver }) => ({ log: factory, draft: voids(deliver, [batch("S1", 4_000_000)]) }));
after("a void that brings back more", "malformed", "out.0.amount", ({ factory, deliver }) => ({ log: factory, draft: voids(deliver, [batch("S1", 4_000_001)]) }));
after("a void that brings back something else", "malformed", "out.0.item", ({ factory, deliver }) => ({ log: factory, draft: voids(deliver, [batch("S9", 4_000_000)]) }));
after("a void that brings back nothing", "malformed", "outputs", ({ factory, deliver }) => ({ log: factory, draft: voids(deliver, []) }));
after("a void of a receive", "malformed", "inputs[0]", ({ factory, receive }) => ({ log: factory, draft: voids(receive, [block("B1")]) }));
after("a void without the record", "malformed", "inputs[0]", ({ factory, deliver }) => ({ log: factory, draft: voids(deliver, [batch("S1", 1)], deliver.states) }));
after("a void of nothing", "malformed", "inputs", ({ factory, deliver }) => ({ log: factory, draft: voids(deliver, [], []) }));
after("a void of a part of a split", "malformed", "inputs", ({ factory, split }) => ({ log: factory, draft: voids(split, [block("B1")], [split.record, split.states[1]]) }));
after("a void with outputs of another event", "malformed", "inputs[1]", ({ factory, deliver, split }) => ({ log: factory, draft: voids(deliver, [], [deliver.record, split.states[1]]) }));
after("a void with outputs in another order", "malformed", "inputs[2]", ({ factory, split }) => ({ log: factory, draft: voids(split, [block("B1")], [split.record, split.states[1], split.states[0]]) }));
after("a correction", null, undefined, ({ factory, split }) => ({ log: factory, draft: corrects(split, [batch("S2", 4_400_000)], [split.record, split.states[1]]) }));
after("a correction that changes the item", "malformed", "out.0.item", ({ factory, split }) => ({ log: factory, draft: corrects(split, [batch("S9", 4_400_000)], [split.record, split.states[1]]) }));
after("a correction that changes the kind", "malformed", "out.0.kind", ({ factory, split }) => ({ log: factory, draft: corrects(split, [{ amount: 1, item: "S2", kind: "crate", unit: "piece" }], [split.record, split.states[1]]) }));
after("a correction that remakes nothing", "malformed", "outputs", ({ factory, split }) => ({ log: factory, draft: corrects(split, [], [split.record, split.states[1]]) }));
after("a correction that changes the receiver", "malformed", "to", ({ factory, deliver }) => ({ log: factory, draft: corrects(deliver, [], [deliver.record], { to: { name: "Another Town" } }) }));
after("a correction that repeats the receiver", null, undefined, ({ factory, deliver }) => ({ log: factory, draft: corrects(deliver, [], [deliver.record], { to: { name: "The Town" } }) }));
after("a correction that adds a receiver", "malformed", "to", ({ factory, split }) => ({ log: factory, draft: corrects(split, [], [split.record], { to: { name: "The Town" } }) }));
after("an event that spends a record", "malformed", "inputs[0]", ({ factory, split }) => ({ log: factory, draft: { type: "dispose", inputs: [split.record] } }));
after("a revocation", null, undefined, ({ registrar, admit }) => ({ log: registrar, draft: { type: "revoke", inputs: [admit.record], fields: { about: { event: admit.id } } } }));
after("a revocation of something else", "malformed", "inputs[0]", ({ factory, split }) => ({ log: factory, draft: { type: "revoke", inputs: [split.record] } }));
after("a revocation of two things", "malformed", "inputs", ({ factory, split }) => ({ log: factory, draft: { type: "revoke", inputs: [split.record, split.states[1]] } }));
after("an attestation that consumes", "malformed", "inputs", ({ factory, split }) => ({ log: factory, draft: { type: "attest", inputs: [split.states[1]] } }));
after("an erasure that consumes", "malformed", "inputs", ({ factory, split }) => ({ log: factory, draft: { type: "erase", inputs: [split.states[1]] } }));
after("a refused acceptance that consumes", "malformed", "inputs", ({ factory, split }) => ({ log: factory, draft: { type: "accept", inputs: [split.states[1]], fields: { accept: { result: "refused" } } } }));
after("a refused acceptance", null, undefined, ({ factory }) => ({ log: factory, draft: { type: "accept", fields: { accept: { result: "refused" } } } }));
after("an acceptance", null, undefined, ({ factory, split }) => ({ log: factory, draft: { type: "accept", inputs: [split.states[1]], fields: { accept: { result: "accepted" } } } }));
after("a relabelling that loses an item", "malformed", "outputs", ({ factory, split }) => ({ log: factory, draft: { type: "label", inputs: [split.states[1]] } }));
after("a late dispatch with outputs", "malformed", "outputs", ({ factory, split }) => ({ log: factory, draft: { type: "dispatch", inputs: [split.states[1]], outputs: [batch("S2", 4_500_000)], fields: { received: { event: "A".repeat(43), outs: [0] }, to: { name: "x" } } } }));
after("a late dispatch that names too few", "malformed", "received.outs", ({ factory, split }) => ({ log: factory, draft: { type: "dispatch", inputs: [split.states[1]], fields: { received: { event: "A".repeat(43), outs: [] }, to: { name: "x" } } } }));
after("a late dispatch of what was no receive", "malformed", "received.event", ({ factory, split, extract }) => ({ log: factory, draft: { type: "dispatch", inputs: [split.states[1]], fields: { received: { event: extract.id, outs: [0] }, to: { name: "x" } } } }));
after("a late dispatch that names an output not there", "malformed", "received.outs", ({ factory, split, receive }) => ({ log: factory, draft: { type: "dispatch", inputs: [split.states[1]], fields: { received: { event: receive.id, outs: [1] }, to: { name: "x" } } } }));

export { cases };
