// Vectors in the form of schemas/vectors: files, and what every verifier must say of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { check, WrongInput } from "../../src/verify.ts";
import { read } from "./product.ts";

interface Expected {
  code: string;
  facts: Record<string, unknown>;
}
export interface Vector {
  name: string;
  why: string;
  passports: string[];
  trust: string;
  contract: string | null;
  scans: string | null;
  sightings: string | null;
  date: string | null; // null: nothing depends on it
  refused: string | null;
  verdict: string | null;
  first: Expected | null;
  also: string[]; // codes
  absent?: string[];
  letters?: string[];
  key?: string;
}

export function vectorsIn(folder: string): Vector[] {
  return (JSON.parse(readFileSync(join(folder, "vectors.json"), "utf8")) as { vectors: Vector[] }).vectors;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

// What differs from the vector; nothing when all is as it should be.
export async function complaints(folder: string, vector: Vector): Promise<string[]> {
  const file = (name: string) => read(join(folder, name));
  const optional = (name: string | null) => (name === null ? undefined : file(name));
  let report;
  try {
    ({ report } = await check({
      passports: vector.passports.map(file),
      trust: file(vector.trust),
      contract: optional(vector.contract),
      scans: optional(vector.scans),
      sightings: optional(vector.sightings),
      date: vector.date ?? "2025-07-01",
      letters: (vector.letters ?? []).map(file),
      key: vector.key === undefined ? "" : Buffer.from(file(vector.key)).toString(),
    }));
  } catch (error) {
    if (!(error instanceof WrongInput)) throw error;
    return vector.refused === error.part ? [] : [`refused the ${error.part}: ${error.message}`];
  }
  if (vector.refused !== null) return [`expected the ${vector.refused} to be refused, got ${report.verdict}`];
  const found: string[] = [];
  if (report.verdict !== vector.verdict) found.push(`expected ${vector.verdict}, got ${report.verdict}: ${report.sentence}`);
  const first = report.findings.find(({ verdict }) => verdict !== null);
  if (first?.code !== vector.first?.code) {
    found.push(`first finding: expected ${vector.first?.code}, got ${first?.code}: ${first?.sentence}`);
  } else {
    for (const [name, value] of Object.entries(vector.first?.facts ?? {})) {
      if (!same(first?.facts[name], value)) found.push(`${name}: expected ${value}, got ${first?.facts[name]} (${first?.sentence})`);
    }
  }
  const codes = report.findings.map(({ code }) => code);
  for (const code of vector.absent ?? []) if (codes.includes(code)) found.push(`expected no ${code}`);
  return [...found, ...vector.also.filter((code) => !codes.includes(code)).map((code) => `expected also ${code}, got ${codes}`)];
}
