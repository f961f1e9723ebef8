// The shape of events: what a type may consume and make.
import { batch, block, type Draft, Log, passport, type Recorded, type State, type TrustJson } from "../builder.ts";
import { type Chain, chain, packetsOf, trustOf } from "../chain.ts";
import { add, built, output } from "./table.ts";

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
