// Every rule about proofs, by the table of support/cases.ts: what is found first, here and in C++.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Finding } from "../src/evidence.ts";
import { checkPassports } from "../src/proofs/check.ts";
import { parseTrust } from "../src/proofs/trust.ts";
import { cases } from "./support/cases.ts";
import { inPairs, needsBinary, passportVerify } from "./support/product.ts";

const invalid = (findings: { code: string; verdict: string | null; facts: object }[]) =>
  findings.filter(({ verdict }) => verdict === "invalid").map(({ code, facts }) => ({ code, facts: { ...facts } }));

async function findingsOf(passports: Uint8Array[], trust: Uint8Array): Promise<Finding[]> {
  return (await checkPassports(passports, parseTrust(trust))).findings;
}

for (const { name, passports, trust, code, field, seq, packet, passport } of cases) {
  test(code === null ? `${name}: nothing is wrong` : `${name}: ${code}`, async () => {
    const [first] = await findingsOf(passports, trust);
    if (code === null) {
      assert.equal(first, undefined, first?.sentence);
      return;
    }
    assert.ok(first !== undefined, "nothing was found");
    assert.equal(first.code, code, first.sentence);
    assert.equal(first.verdict, "invalid");
    for (const [fact, expected] of Object.entries({ field, seq, packet, passport })) {
      if (expected !== undefined) assert.equal(first.facts[fact], expected, `${fact}: ${first.sentence}`);
    }
  });
}

test("the C++ verifier finds the same in every case, in the same order and places", { skip: needsBinary }, async () => {
  const differences: string[] = [];
  await inPairs(cases, async ({ name, passports, trust }) => {
    const theirs = invalid((await passportVerify(trust, ...passports)).findings);
    const ours = invalid(await findingsOf(passports, trust));
    try {
      assert.deepEqual(ours, theirs);
    } catch {
      differences.push(`${name}\n  here: ${JSON.stringify(ours)}\n  C++:  ${JSON.stringify(theirs)}`);
    }
  });
  assert.equal(differences.length, 0, differences.join("\n"));
});
