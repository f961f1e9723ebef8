// What a load's papers say against what is recorded of it: container number (ISO 6346), verified gross
// mass (RULES.md, rule 21), packing list. docs/verification_order.md, part 3, 4 and 5.
import type { StateRef } from "../evidence.ts";
import { count } from "./case.ts";
import type { Transport } from "./circumstances.ts";
import { type Doubt, stepWords } from "./doubting.ts";
import { shown, type Event } from "./event.ts";
import type { Graph } from "./graph.ts";
import { amountText, LARGEST, massOf } from "./measures.ts";
import { heldBy, holdsOthers, MAX_NESTING } from "./packing.ts";

const VGM_TOLERANCE_PER_MILLE = 50n;

// Letters count 10, 12, 13 … without the multiples of 11; place i weighs 2^i; remainder 10 prints 0.
export function checkDigit(number: string): number {
  const letters = new Map<string, number>();
  let value = 10;
  for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
    if (value % 11 === 0) value += 1;
    letters.set(letter, value);
    value += 1;
  }
  const sum = [...number.slice(0, 10)].reduce((total, c, i) => total + (letters.get(c) ?? Number(c)) * 2 ** i, 0);
  return (sum % 11) % 10;
}

function doubtContainer(event: Event, { container }: Transport): Doubt[] {
  if (container === "") return [];
  const expected = checkDigit(container);
  const stated = container.slice(-1);
  if (stated === `${expected}`) return [];
  const sentence = `container number ${container} of ${stepWords(event)} ends in ${stated}, its check digit is ${expected}`;
  return [{ code: "container_number_wrong", sentence, facts: { container, expected } }];
}

// What a thing weighs: as stated, else by what was packed into it.
function weight(graph: Graph, state: StateRef, amount: bigint, depth = 0): bigint | undefined {
  const output = graph.output(graph.corrected(state));
  if (output === undefined || depth > MAX_NESTING) return undefined;
  const mass = massOf(output, amount);
  if (mass !== undefined) return mass;
  const held = holdsOthers(output) ? heldBy(graph, state) : undefined;
  if (held === undefined || held.length === 0) return undefined;
  let sum = 0n;
  for (const thing of held) {
    const part = weight(graph, thing.state, thing.amount, depth + 1);
    if (part === undefined) return undefined;
    sum += part;
  }
  return sum;
}

function partsOf(graph: Graph, event: Event, { tare, packing }: Transport): bigint | undefined {
  if (tare === undefined || event.outputs.length === 0) return undefined;
  let parts = tare + (packing ?? 0n);
  for (const [out, output] of event.outputs.entries()) {
    const mass = output === null ? undefined : weight(graph, { event: event.id, out }, output.amount);
    if (mass === undefined) return undefined;
    parts += mass;
  }
  return parts >= LARGEST ? undefined : parts;
}

function doubtMass(graph: Graph, event: Event, transport: Transport): Doubt[] {
  const { vgm } = transport;
  const parts = vgm === undefined ? undefined : partsOf(graph, event, transport);
  if (vgm === undefined || parts === undefined) return [];
  const difference = vgm > parts ? vgm - parts : parts - vgm;
  if (difference * 1000n <= parts * VGM_TOLERANCE_PER_MILLE) return [];
  const sentence =
    `the load of ${stepWords(event)} weighs ${amountText(parts, "g")} by its parts and ` +
    `${amountText(vgm, "g")} by its verified gross mass`;
  return [{ code: "vgm_contradiction", sentence, facts: { parts_g: count(parts), vgm_g: count(vgm) } }];
}

// Outputs that are not shown may be crates or not.
function doubtCount(event: Event, { crates }: Transport): Doubt[] {
  if (crates === undefined || event.outputs.length === 0) return [];
  const hidden = event.outputs.filter((output) => output === null).length;
  const loaded = event.outputs.filter((output) => output !== null && holdsOthers(output)).length;
  if (loaded <= crates && crates <= loaded + hidden) return [];
  const sentence = `the packing list of ${stepWords(event)} counts ${crates} crates, ${loaded} are recorded`;
  return [{ code: "count_contradiction", sentence, facts: { listed: crates, loaded } }];
}

export function doubtLoad(graph: Graph, event: Event): Doubt[] {
  const transport = ["dispatch", "receive", "pack"].includes(event.type) ? shown(graph.field(event, "transport")) : undefined;
  if (transport === undefined) return [];
  return [...doubtContainer(event, transport), ...doubtMass(graph, event, transport), ...doubtCount(event, transport)];
}
