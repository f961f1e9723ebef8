// The rules about an event and the states it consumes that need only those few events: markers,
// amounts, and what remaking, correcting and voiding may do. What is not shown is not judged.
// FORMATS.md, rules 10 to 14 and 17 to 22.
import type { Head, StateRef } from "../evidence.ts";
import { quoted } from "../base/bytes.ts";
import { spendMarker } from "./disclosure.ts";
import type { Shown, To } from "./fields.ts";
import { Wrong } from "./findings.ts";
import type { Graph, ProvedEvent } from "./graph.ts";
import { recordOut } from "./head.ts";

function malformed(field: string, what: string): never {
  throw new Wrong("malformed", what, field);
}

function headOf(event: ProvedEvent): Head {
  return event.shown.head.head;
}

// The first input whose marker is not the one its state's disclosure gives.
function checkMarkers(graph: Graph, event: ProvedEvent): void {
  headOf(event).inputs.forEach((input, i) => {
    const disclosure = graph.disclosure(input);
    if (disclosure === null || spendMarker(input.event, disclosure) === event.shown.entry.spends[i]) return;
    throw new Wrong("wrong_marker", `is not the marker of inputs[${i}]`, `spends[${i}]`);
  });
}

function takesRecord(type: string): boolean {
  return type === "correct" || type === "void" || type === "revoke";
}

// Rule 10: an input lies within the event it names and draws no more than that output holds.
function checkInputs(graph: Graph, event: ProvedEvent): void {
  const { type, inputs, outputs } = headOf(event);
  inputs.forEach((input, i) => {
    const field = `inputs[${i}]`;
    const record = input.out === recordOut;
    if (record !== (takesRecord(type) && i === 0)) {
      malformed(
        field,
        record
          ? "consumes a record state, which only correct, void and revoke do, as their first input"
          : "expected the record state of the event it names",
      );
    }
    const maker = graph.event(input.event);
    if (record || maker === undefined) return;
    const count = headOf(maker).outputs;
    if (input.out >= count) malformed(`${field}.out`, `expected one of ${count} outputs, got ${input.out}`);
    const output = graph.output(input);
    if (output !== null && input.amount > output.amount) {
      const what = `expected at most the ${output.amount} ${output.unit} of that state, got ${input.amount}`;
      malformed(`${field}.amount`, what);
    }
  });
  if (takesRecord(type) && inputs.length === 0) {
    malformed("inputs", "expected the record state of the event it names first");
  }
  for (let out = 0; out < outputs; out++) {
    const stray = event.fields.outputs[out]?.contents.find((input) => input >= inputs.length);
    if (stray !== undefined) malformed(`out.${out}.contents`, `names input ${stray} of ${inputs.length} inputs`);
  }
}

function checkCount(event: ProvedEvent, expected: number): void {
  const { outputs } = headOf(event);
  if (outputs === expected) return;
  malformed("outputs", `expected ${expected} outputs, as it remakes ${expected} states, got ${outputs}`);
}

// Output `out` against the state it remakes, as far as both are shown.
function checkIdentity(graph: Graph, event: ProvedEvent, out: number, state: StateRef, unit: boolean): void {
  const before = graph.output(state);
  const after = event.fields.outputs[out];
  if (before === null || after === null) return;
  for (const member of ["item", "kind", ...(unit ? ["unit" as const] : [])] as const) {
    if (after[member] !== before[member]) {
      malformed(`out.${out}.${member}`, `expected ${quoted(before[member])}, got ${quoted(after[member])}`);
    }
  }
}

// Rule 12.
function checkRemade(graph: Graph, event: ProvedEvent): void {
  const { inputs } = headOf(event);
  checkCount(event, inputs.length);
  inputs.forEach((input, i) => {
    checkIdentity(graph, event, i, input, true);
    const output = event.fields.outputs[i];
    if (output !== null && output.amount !== input.amount) {
      malformed(`out.${i}.amount`, `expected the ${input.amount} that its input draws, got ${output.amount}`);
    }
  });
}

function checkDispatch(graph: Graph, event: ProvedEvent): void {
  const { received, to } = event.fields;
  const { inputs, outputs } = headOf(event);
  if (to === undefined) malformed("to", "missing: a dispatch says to whom");
  if (received === undefined) return checkRemade(graph, event);
  if (outputs > 0) malformed("outputs", `expected none of a late dispatch, got ${outputs}`);
  if (received === null) return;
  if (received.outs.length !== inputs.length) {
    const what = `expected one for each of the ${inputs.length} inputs, got ${received.outs.length}`;
    malformed("received.outs", what);
  }
  const receive = graph.event(received.event);
  if (receive === undefined) return;
  const head = headOf(receive);
  if (head.type !== "receive") malformed("received.event", `expected a receive, got ${head.type}`);
  const stray = received.outs.find((out) => out >= head.outputs);
  if (stray !== undefined) malformed("received.outs", `names output ${stray} of ${head.outputs}`);
}

// Rules 19 and 20: after the record come outputs of the same event, ascending.
function checkUndone(event: ProvedEvent): void {
  const { inputs } = headOf(event);
  for (let i = 1; i < inputs.length; i++) {
    if (inputs[i].event !== inputs[0].event) {
      malformed(`inputs[${i}]`, "expected an output of the event whose record is consumed");
    }
    if (i > 1 && inputs[i].out <= inputs[i - 1].out) malformed(`inputs[${i}]`, "outputs are not in ascending order");
  }
}

// What an event says of its receiver: its own `to`, or that of what it corrects.
function effectiveTo(graph: Graph, event: ProvedEvent | undefined): Shown<To> {
  let current = event;
  while (current !== undefined && current.fields.to === undefined && headOf(current).type === "correct") {
    const { inputs } = headOf(current);
    if (inputs.length === 0) break;
    current = graph.event(inputs[0].event);
  }
  return current === undefined ? null : current.fields.to;
}

function checkCorrect(graph: Graph, event: ProvedEvent): void {
  const { inputs } = headOf(event);
  checkUndone(event);
  checkCount(event, inputs.length - 1);
  for (let i = 1; i < inputs.length; i++) checkIdentity(graph, event, i - 1, inputs[i], false);
  const { to } = event.fields;
  if (to === null || to === undefined) return;
  const before = effectiveTo(graph, graph.event(inputs[0].event));
  if (before === null) return;
  if (before === undefined || before.log !== to.log || before.contract !== to.contract || before.name !== to.name) {
    malformed("to", "a correction may not change it");
  }
}

// The input of `first` that output `out` of its correction `event` descends from.
function dispatchedInput(graph: Graph, first: ProvedEvent, event: ProvedEvent, out: number): number | null {
  let current: ProvedEvent | undefined = event;
  let at = out;
  while (current !== first) {
    if (current === undefined || at + 1 >= headOf(current).inputs.length) return null;
    const before: StateRef = headOf(current).inputs[at + 1];
    if (before.out < 0) return null;
    current = graph.event(before.event);
    at = before.out;
  }
  return at < headOf(first).inputs.length ? at : null;
}

// The states a void of `target` brings back; null when that cannot be seen.
function restoredStates(
  graph: Graph,
  event: ProvedEvent,
  target: ProvedEvent,
  first: ProvedEvent,
): StateRef[] | null {
  const { type, inputs, outputs } = headOf(first);
  if (type !== "dispatch" || outputs === 0) return inputs.filter((input) => input.out !== recordOut);
  const states: StateRef[] = [];
  for (const { out } of headOf(event).inputs.slice(1)) {
    const input = dispatchedInput(graph, first, target, out);
    if (input === null) return null;
    states.push(inputs[input]);
  }
  return states;
}

function checkVoid(graph: Graph, event: ProvedEvent): void {
  checkUndone(event);
  const { inputs } = headOf(event);
  const { voids } = event.fields;
  if (voids !== undefined && voids !== null && voids !== inputs[0].event) {
    malformed("voids", "names another event than the one whose record is consumed");
  }
  const target = graph.event(inputs[0].event);
  if (target === undefined) return;
  const first = graph.first(target);
  const { type } = headOf(first);
  if (type === "receive") malformed("inputs[0]", "a receive is not voided; goods go back by dispatch");
  if (type === "correct") return; // what it corrected is not shown
  // Only what a dispatch left on the way may be voided in part.
  const all = headOf(target).outputs;
  if (type !== "dispatch" && inputs.length !== all + 1) {
    const what = `expected the record and all ${all} outputs of the event it undoes, got ${inputs.length}`;
    malformed("inputs", what);
  }
  const states = restoredStates(graph, event, target, first);
  if (states === null) return;
  checkCount(event, states.length);
  states.forEach((state, out) => {
    checkIdentity(graph, event, out, state, true);
    const before = graph.output(state);
    const after = event.fields.outputs[out];
    if (before !== null && after !== null && after.amount > before.amount) {
      const what = `expected at most the ${before.amount} of the state it remakes, got ${after.amount}`;
      malformed(`out.${out}.amount`, what);
    }
  });
}

function checkRevoke(graph: Graph, event: ProvedEvent): void {
  const { inputs } = headOf(event);
  if (inputs.length !== 1) malformed("inputs", `expected the record of an admit alone, got ${inputs.length}`);
  const target = graph.event(inputs[0].event);
  if (target === undefined) return;
  const { type } = headOf(graph.first(target));
  if (type !== "admit" && type !== "correct") {
    malformed("inputs[0]", `expected the record of an admit, got ${type}`);
  }
}

function checkConsumesNothing(event: ProvedEvent): void {
  const { inputs } = headOf(event);
  if (inputs.length > 0) malformed("inputs", `expected none, got ${inputs.length}`);
}

// Throws Wrong with the first rule the event breaks.
export function checkShape(graph: Graph, event: ProvedEvent): void {
  checkMarkers(graph, event);
  checkInputs(graph, event);
  const { type, inputs } = headOf(event);
  switch (type) {
    case "dispatch": return checkDispatch(graph, event);
    case "label": return checkRemade(graph, event);
    // Without inputs the taker alone says what arrived.
    case "receive": return inputs.length === 0 ? undefined : checkRemade(graph, event);
    case "correct": return checkCorrect(graph, event);
    case "void": return checkVoid(graph, event);
    case "revoke": return checkRevoke(graph, event);
    case "extract":
    case "acquire":
    case "attest":
    case "erase": return checkConsumesNothing(event);
    case "accept": return event.fields.accept === "refused" ? checkConsumesNothing(event) : undefined;
    default: return undefined;
  }
}
