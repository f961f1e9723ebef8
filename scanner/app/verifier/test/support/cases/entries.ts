// Entries, and the multi-proof that holds them.
import { type Frame, framed } from "./table.ts";

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
