// What is wrong with passports, each with the place where it was met. docs/verification_order.md
// fixes the order, and which codes and facts stand where.
import type { Finding, Json } from "../evidence.ts";
import { Refusal } from "../base/refusal.ts";

export interface Place {
  passport: number; // counting from 1
  packet: number; // counting from 1; 0: the passport as a whole
  log: string; // empty while it is not known
  seq: number | null;
}

export const maxFindings = 100; // more of them tell nobody anything

// An origin as people can tell it from others in one report.
export function shortOrigin(origin: string): string {
  return origin.length <= 19 ? origin : `${origin.slice(0, 19)}…`;
}

export class FindingList {
  readonly findings: Finding[] = [];

  add(code: string, place: Place, what: string, field = ""): void {
    if (this.findings.length >= maxFindings) return;
    let sentence = `Passport ${place.passport}`;
    const facts: { [member: string]: Json } = {};
    if (field !== "") facts.field = field;
    if (place.log !== "") facts.log = place.log;
    if (place.packet > 0) facts.packet = place.packet;
    facts.passport = place.passport;
    if (place.seq !== null) facts.seq = place.seq;
    if (place.packet > 0) sentence += `, packet ${place.packet}`;
    if (place.log !== "") sentence += `, log ${shortOrigin(place.log)}`;
    if (place.seq !== null) sentence += `, entry ${place.seq}`;
    if (field !== "") sentence += `, ${field}`;
    this.findings.push({ code, verdict: "invalid", sentence: `${sentence}: ${what}.`, ask: "", facts });
  }

  refused(code: string, place: Place, refusal: Refusal): void {
    this.add(code, place, refusal.message, refusal.field);
  }

  join(others: FindingList): void {
    this.findings.push(...others.findings.slice(0, maxFindings - this.findings.length));
  }
}

// Ends what is being checked: what is wrong, and where.
export class Wrong extends Error {
  readonly code: string;
  readonly field: string;
  constructor(code: string, what: string, field: string) {
    super(what);
    this.code = code;
    this.field = field;
  }
}

// The value of `read`; its refusal is a finding of that code and field.
export function orWrong<T>(code: string, field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw new Wrong(code, error.line(), field);
    throw error;
  }
}
export async function orWrongAsync<T>(code: string, field: string, read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Refusal) throw new Wrong(code, error.line(), field);
    throw error;
  }
}
