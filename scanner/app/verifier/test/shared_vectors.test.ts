// The project's own vectors, schemas/vectors: right and wrong passports with the verdict and first
// finding that every verifier must give them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { check, WrongInput } from "../src/verify.ts";
import { read, root } from "./support/product.ts";

interface Expected {
  code: string;
  facts: Record<string, unknown>;
}
interface Vector {
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
}

const folder = join(root, "schemas/vectors");
const { vectors } = JSON.parse(readFileSync(join(folder, "vectors.json"), "utf8")) as { vectors: Vector[] };
const file = (name: string) => read(join(folder, name));
const optional = (name: string | null) => (name === null ? undefined : file(name));

const holds = (finding: { code: string; facts: Record<string, unknown> }, { code, facts }: Expected): boolean =>
  finding.code === code &&
  Object.entries(facts).every(([name, value]) => JSON.stringify(finding.facts[name]) === JSON.stringify(value));

for (const vector of vectors) {
  test(`vector ${vector.name}: ${vector.why}`, async () => {
    const asked = check({
      passports: vector.passports.map(file),
      trust: file(vector.trust),
      contract: optional(vector.contract),
      scans: optional(vector.scans),
      sightings: optional(vector.sightings),
      date: vector.date ?? "2025-07-01",
    });
    if (vector.refused !== null) {
      await assert.rejects(asked, WrongInput);
      return;
    }
    const { report } = await asked;
    const told = JSON.stringify(report.findings.slice(0, 3));
    assert.equal(report.verdict, vector.verdict, told);
    const first = report.findings.find(({ verdict }) => verdict !== null);
    if (vector.first === null) assert.equal(first, undefined, told);
    else assert.ok(first !== undefined && holds(first, vector.first), `expected ${JSON.stringify(vector.first)}, got ${told}`);
    for (const also of vector.also) {
      assert.ok(report.findings.some(({ code }) => code === also), `expected also ${also}, got ${told}`);
    }
  });
}

test("there are at least 150 bad vectors", () => {
  assert.ok(vectors.filter(({ first, refused }) => first !== null || refused !== null).length >= 150);
});
