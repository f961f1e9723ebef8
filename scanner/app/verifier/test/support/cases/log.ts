// What holds between entries: the chain of one log, markers, several packets, clear notes.
import { passport, signNote } from "../builder.ts";
import { chain, clearNote, monitor, monitorName, packetsOf, trustOf } from "../chain.ts";
import { add, built, framed } from "./table.ts";

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
