// The project's own vectors, schemas/vectors: right and wrong passports with the verdict and first
// finding that every verifier must give them; and everything a presenter could do to a passport of ten
// hand-overs, as tests/interop/adversary.py makes it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { root, scratchDirectory } from "./support/product.ts";
import { complaints, vectorsIn } from "./support/shared_vectors.ts";

const folder = join(root, "schemas/vectors");
const vectors = vectorsIn(folder);

for (const vector of vectors) {
  test(`vector ${vector.name}: ${vector.why}`, async () => assert.deepEqual(await complaints(folder, vector), []));
}

test("there are at least 150 bad vectors", () => {
  assert.ok(vectors.filter(({ first, refused }) => first !== null || refused !== null).length >= 150);
});

const script = join(root, "tests/interop/adversary.py");
const python = "/usr/bin/python3";
const needsPython = spawnSync(python, ["-c", "import cryptography"]).status === 0 ? false : `no ${python} with cryptography`;

test("nothing a presenter could do to a passport of ten hand-overs improves it", { skip: needsPython }, async (t) => {
  const made = join(scratchDirectory(), "adversary");
  const { status, stderr } = spawnSync(python, [script, "--write", made], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const forged = vectorsIn(made);
  const wrong: string[] = [];
  for (const vector of forged) {
    for (const complaint of await complaints(made, vector)) wrong.push(`${vector.name} (${vector.why}): ${complaint}`);
  }
  t.diagnostic(`${forged.length} cases`);
  assert.ok(forged.length > 1000);
  assert.deepEqual(wrong, []);
});
