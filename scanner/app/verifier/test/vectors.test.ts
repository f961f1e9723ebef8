// Test vectors of third parties: Merkle proofs, signed notes of public logs, disclosures.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fromUtf8 } from "../src/base/bytes.ts";
import { attempt, Refusal } from "../src/base/refusal.ts";
import { digestOf } from "../src/proofs/disclosure.ts";
import { parseCheckpoint } from "../src/proofs/checkpoint.ts";
import { multiProofRoot } from "../src/proofs/merkle.ts";
import { parseNote, verifyNote } from "../src/proofs/note.ts";
import { parseVkey } from "../src/proofs/vkey.ts";
import { needsVectors, sharedVectors } from "./support/product.ts";

const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));
function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

// An inclusion proof lists siblings from the leaf up. The shared proof of one entry holds the same
// hashes in the order of the walk: those to the left from the root down, those to the right from the
// leaf up. Which is which follows from index and size; null when the count cannot be right.
function asMultiProof(index: bigint, size: bigint, path: Uint8Array[]): Uint8Array[] | null {
  const sides: boolean[] = []; // from the root down: the sibling is to the left
  for (let begin = 0n, end = size; end - begin > 1n; ) {
    let left = 1n;
    while (left * 2n < end - begin) left *= 2n;
    const right = index >= begin + left;
    sides.push(right);
    if (right) begin += left;
    else end = begin + left;
  }
  if (sides.length !== path.length) return null;
  const down = [...path].reverse();
  return [...down.filter((_, i) => sides[i]), ...down.filter((_, i) => !sides[i]).reverse()];
}

interface InclusionCase {
  leafIdx: number | string;
  treeSize: number | string;
  root: string | null;
  leafHash: string | null;
  proof: string[] | null;
  desc: string;
  wantErr: boolean;
}

test("inclusion proofs of transparency-dev/merkle are taken or refused as they say", { skip: needsVectors }, () => {
  const bytes = (text: string | null) => new Uint8Array(Buffer.from(text ?? "", "base64"));
  let good = 0;
  let bad = 0;
  for (const file of filesBelow(join(sharedVectors, "merkle/inclusion"))) {
    const vector: InclusionCase = readJson(file);
    const [index, size] = [BigInt(vector.leafIdx), BigInt(vector.treeSize)];
    // Empty hashes cannot be written in a passport: they have 43 characters.
    const path = (vector.proof ?? []).map(bytes);
    const [root, leaf] = [bytes(vector.root), bytes(vector.leafHash)];
    const wellFormed = [root, leaf, ...path].every((hash) => hash.length === 32);
    const proof = wellFormed && index >= 0n && index < size ? asMultiProof(index, size, path) : null;
    const found = proof === null ? null : attempt(() => multiProofRoot(size, [{ index, hash: leaf }], proof));
    const accepted = found !== null && "value" in found && Buffer.from(root).equals(found.value);
    assert.equal(accepted, !vector.wantErr, `${file}: ${vector.desc}`);
    if (accepted) good++;
    else bad++;
  }
  assert.ok(good >= 2 && bad > good, `${good} good and ${bad} bad ones`);
});

interface NoteCase {
  id: string;
  kind: string;
  note: string;
  vkeys: string[];
  valid: boolean;
  expect?: { origin: string; size: number; root: string };
}

test("notes of public logs verify, and no longer with a byte changed", { skip: needsVectors }, async () => {
  const cases: NoteCase[] = readJson(join(sharedVectors, "signed-notes/cases.json")).cases;
  for (const { id, kind, note, vkeys, valid, expect } of cases) {
    const known = vkeys.flatMap((vkey) => {
      const key = attempt(() => parseVkey(vkey));
      return "value" in key ? [key.value] : [];
    });
    if (known.length === 0) continue; // only types that are not verified here
    const verifies = async (text: string) => {
      const parsed = attempt(() => parseNote(text));
      if ("refusal" in parsed) return false;
      return (await verifyNote(parsed.value, known).catch((error) => {
        if (!(error instanceof Refusal)) throw error;
        return [];
      })).length > 0;
    };
    assert.equal(await verifies(note), valid, id);
    if (!valid) continue;
    if (kind === "checkpoint" && expect !== undefined) {
      const checkpoint = parseCheckpoint(parseNote(note).text);
      assert.equal(checkpoint.origin, expect.origin);
      assert.equal(checkpoint.size, BigInt(expect.size));
      assert.equal(Buffer.from(checkpoint.root).toString("base64"), expect.root);
    }
    const letters = Buffer.from(note);
    for (let at = 0; at < letters.length; at += 7) {
      const changed = Buffer.from(letters);
      changed[at] ^= 1;
      const text = attempt(() => fromUtf8(changed));
      if ("value" in text) assert.equal(await verifies(text.value), false, `${id}, byte ${at}`);
    }
  }
  assert.ok(cases.length >= 4);
});

test("disclosures of RFC 9901 have the digests it states", { skip: needsVectors }, () => {
  const pairs: { disclosure: string; sha256_b64url: string }[] = readJson(join(sharedVectors, "sd-jwt/inline.json"));
  assert.ok(pairs.length >= 2);
  for (const { disclosure, sha256_b64url } of pairs) assert.equal(digestOf(disclosure), sha256_b64url);
});
