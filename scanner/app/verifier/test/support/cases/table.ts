// The table of cases, and the ways to make one: an event built wrong, a frame changed, a text spelled otherwise.
import { type Draft, type PacketJson, passport, type TrustJson } from "../builder.ts";
import { type Chain, chain, packetsOf, type Step, type Tampers, trustOf } from "../chain.ts";

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

export const cases: Case[] = [];

export function add(name: string, expected: Partial<Case> & { code: string | null }, passports: Uint8Array[], trusted: Uint8Array): void {
  cases.push({ name, passports, trust: trusted, ...expected });
}

// An event built wrong, then proved rightly.
export function built(name: string, code: string | null, field: string | undefined, tampers: Tampers, more: Partial<Case> = {}): void {
  const made = chain(tampers);
  const expected = { code, ...(field === undefined ? {} : { field }), ...more };
  add(name, expected, [passport([made.deliver.states[0] ?? made.deliver.record], packetsOf(made))], trustOf(made));
}

// A right chain whose packets or frame are then changed.
export type Frame = { v: unknown; items: unknown; packets: PacketJson[]; clear: unknown };
export function framed(name: string, code: string | null, field: string | undefined, change: (frame: Frame, made: Chain) => void, more: Partial<Case> & { trusted?: TrustJson } = {}): void {
  const made = chain();
  const { trusted, ...expected } = more;
  const frame = JSON.parse(Buffer.from(passport([made.deliver.states[0]], packetsOf(made))).toString()) as Frame;
  change(frame, made);
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(frame)));
  add(name, { code, ...(field === undefined ? {} : { field }), ...expected }, [bytes], trustOf(made, trusted));
}

// Text of a right passport, changed.
export function spelled(name: string, change: (text: string) => string): void {
  const made = chain();
  const text = Buffer.from(passport([made.deliver.states[0]], packetsOf(made))).toString();
  add(name, { code: "malformed", passport: 1 }, [new Uint8Array(Buffer.from(change(text)))], trustOf(made));
}

export const lastOf = <T>(list: T[]): T => list[list.length - 1];

// One field, or the outputs, of one step.
export const field = (step: Step, name: string, value: unknown) => ({ [step]: (draft: Draft) => void ((draft.fields ??= {})[name] = value) });
export const output = (step: Step, value: Record<string, unknown>) => ({ [step]: (draft: Draft) => void (draft.outputs = [value]) });
