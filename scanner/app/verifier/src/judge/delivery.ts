// What is delivered: the passports' items as units, with amounts in the contract's unit.
import type { StateRef } from "../evidence.ts";
import type { Contract, ContractLine } from "./contract.ts";
import { isLabelledThing, type Sides, type Unit } from "./event.ts";
import { keyOf, RECORD, sameState, type Graph } from "./graph.ts";
import { amountText, LARGEST, massOf, sameSides, volumeOf } from "./measures.ts";
import { ancestorsOf, packedState } from "./parents.ts";

const MAX_NESTING = 16; // crates within bundles within …
const MAX_PORTIONS = 100_000;

// A part of a unit that is stone of one product.
export interface Portion {
  member: StateRef | undefined; // the labelled thing inside the pack that holds it
  amount: bigint;
  unit: Unit;
  size: Sides | undefined; // of one piece
  mass: bigint | undefined;
}

export interface DeliveredUnit {
  state: StateRef; // an item of the passports
  member: StateRef | undefined; // a labelled thing inside it that is judged on its own
  item: string;
  serial: string;
  aliases: string[];
  portions: Portion[];
  amount: bigint; // in the delivery's unit
}

export interface QuantityLine {
  status: "supported" | "unknown" | "contradicted" | "unchecked";
  delivered: bigint;
  named: bigint;
  tolerance: bigint;
  unit: Unit;
  text: string; // "63.36 m² of 63 m²"
}

export interface Delivery {
  units: DeliveredUnit[];
  unit: Unit;
  amount: bigint;
  countedAsUnits: boolean; // the contract's unit cannot be computed: each unit counts 1
  quantity: QuantityLine[];
}

// What a state holds: itself, or what its pack put into it.
function contentsOf(graph: Graph, state: StateRef): Portion[] {
  const portions: Portion[] = [];
  const collect = (held: StateRef, amount: bigint, member: StateRef | undefined, depth: number): void => {
    const output = graph.output(held);
    if (output === undefined || portions.length >= MAX_PORTIONS) return;
    const holdsOthers = output.kind === "crate" || output.kind === "bundle";
    const packed = holdsOthers && depth < MAX_NESTING ? packedState(graph, held) : undefined;
    const crate = packed === undefined ? undefined : graph.output(packed);
    if (packed === undefined || crate === undefined) {
      const { unit, measure } = output;
      portions.push({ member, amount, unit, size: measure.size, mass: massOf(output, amount) });
      return;
    }
    const pack = graph.event(packed.event)!;
    for (const content of crate.contents) {
      const source = pack.inputs[content.in];
      if (source === undefined) continue;
      const inside = graph.output(source);
      const ownUnit = member === undefined && inside !== undefined && isLabelledThing(inside);
      const thing = ownUnit ? { event: source.event, out: source.out } : member;
      collect(source, content.amount, thing, depth + 1);
    }
  };
  const whole = graph.output(state);
  if (whole !== undefined) collect(state, whole.amount, undefined, 0);
  return portions;
}

// An amount that is too large to be named is not told.
function told(amount: bigint): bigint | undefined {
  return amount > LARGEST ? undefined : amount;
}

// A portion in another unit; undefined when its measures do not tell.
function converted(portion: Portion, unit: Unit, joint: bigint): bigint | undefined {
  const { amount, size } = portion;
  if (portion.unit === unit && (unit !== "mm2" || joint === 0n)) return amount;
  if (unit === "g") return portion.mass === undefined ? undefined : told(portion.mass);
  if (portion.unit !== "piece" || size === undefined) return undefined;
  switch (unit) {
    case "mm2":
      return told((size[0] + joint) * (size[1] + joint) * amount);
    case "mm3":
      return told(volumeOf(size) * amount);
    case "mm":
      return told((size[0] + joint) * amount);
    default:
      return undefined;
  }
}

function lineFor(lines: ContractLine[], portion: Portion): ContractLine | undefined {
  const fitting = lines.find(
    (line) => line.size !== undefined && portion.size !== undefined && sameSides(line.size, portion.size),
  );
  // One line needs no size to be told apart; of several, those without a size take the rest.
  return fitting ?? (lines.length === 1 ? lines[0] : lines.find((line) => line.size === undefined));
}

function splitByMember(graph: Graph, whole: DeliveredUnit): DeliveredUnit[] {
  const things: DeliveredUnit[] = [];
  const rest: Portion[] = [];
  for (const portion of whole.portions) {
    const member = portion.member;
    if (member === undefined) {
      rest.push(portion);
      continue;
    }
    let unit = things.find((thing) => sameState(thing.member!, member));
    if (unit === undefined) {
      const { item, serial, aliases } = graph.output(member)!;
      unit = { state: whole.state, member, item, serial, aliases, portions: [], amount: 0n };
      things.push(unit);
    }
    unit.portions.push(portion);
  }
  return things.length === 0 || rest.length > 0 ? [{ ...whole, portions: rest }, ...things] : things;
}

function unitsOf(graph: Graph): DeliveredUnit[] {
  // Items that only carry evidence (record states) are no units; of two states of one item in one
  // chain the later one is.
  const states = graph.evidence.items.filter((state) => state.out !== RECORD);
  const older = new Set<string>();
  for (const state of states)
    for (const key of ancestorsOf(graph, state).keys()) if (key !== keyOf(state)) older.add(key);
  return states
    .filter((state) => !older.has(keyOf(state)))
    .flatMap((state) => {
      const output = graph.output(state);
      const withheld: Portion = { member: undefined, amount: 1n, unit: "piece", size: undefined, mass: undefined };
      return splitByMember(graph, {
        state,
        member: undefined,
        item: output?.item ?? "",
        serial: output?.serial ?? "",
        aliases: output?.aliases ?? [],
        portions: output === undefined ? [withheld] : contentsOf(graph, state),
        amount: 0n,
      });
    });
}

function commonUnit(units: DeliveredUnit[]): Unit {
  const met = new Set(units.flatMap((unit) => unit.portions.map((portion) => portion.unit)));
  const [only] = met;
  return met.size === 1 ? only! : "piece";
}

// The unit's amount; undefined when the measures of some portion do not tell.
function amountOf(unit: DeliveredUnit, into: Unit, lines: ContractLine[]): bigint | undefined {
  let amount = 0n;
  for (const portion of unit.portions) {
    const part = converted(portion, into, lineFor(lines, portion)?.joint ?? 0n);
    if (part === undefined) return undefined;
    amount += part;
  }
  return told(amount);
}

function quantityOf(units: DeliveredUnit[], contract: Contract, line: ContractLine): QuantityLine {
  const { amount: named, tolerance, unit } = line;
  let delivered = 0n;
  for (const portion of units.flatMap((one) => one.portions)) {
    if (lineFor(contract.lines, portion) !== line) continue;
    const part = converted(portion, unit, line.joint);
    if (part === undefined || told(delivered + part) === undefined) {
      const text = `the measures do not tell how much of ${amountText(named, unit)} was delivered`;
      return { status: "unchecked", delivered, named, tolerance, unit, text };
    }
    delivered += part;
  }
  // Excess never counts against; a shortage may still be delivered until the contract is closed.
  const enough = delivered >= named - tolerance;
  const status = enough ? "supported" : contract.closed ? "contradicted" : "unknown";
  return { status, delivered, named, tolerance, unit, text: `${amountText(delivered, unit)} of ${amountText(named, unit)}` };
}

export function deliveryOf(graph: Graph, contract: Contract | undefined): Delivery {
  const units = unitsOf(graph);
  const lines = contract?.lines ?? [];
  const asked = lines[0]?.unit ?? commonUnit(units);
  const amounts = units.map((unit) => amountOf(unit, asked, lines));
  const total = amounts.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n);
  const countedAsUnits = amounts.includes(undefined) || told(total) === undefined;
  units.forEach((unit, i) => (unit.amount = countedAsUnits ? 1n : amounts[i]!));
  return {
    units,
    unit: countedAsUnits ? "piece" : asked,
    amount: units.reduce((sum, unit) => sum + unit.amount, 0n),
    countedAsUnits,
    quantity: contract === undefined ? [] : lines.map((line) => quantityOf(units, contract, line)),
  };
}
