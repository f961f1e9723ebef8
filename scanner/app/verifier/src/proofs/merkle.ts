// The RFC 9162 tree and the one proof that several entries of it share (DESIGN §8): the tree is
// walked depth first, left before right; where a subtree holds none of the entries the next hash of
// the proof stands for it; all of them are used.
import { utf8 } from "../base/bytes.ts";
import { Refusal } from "../base/refusal.ts";
import { sha256 } from "../base/sha256.ts";

export interface Leaf {
  index: bigint;
  hash: Uint8Array;
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export function leafHash(entry: string): Uint8Array {
  return sha256(leafPrefix, utf8(entry));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(nodePrefix, left, right);
}

// The greatest power of two below `size`, which is at least 2.
function leftSize(size: bigint): bigint {
  return 1n << BigInt((size - 1n).toString(2).length - 1);
}

function refuse(what: string): never {
  throw new Refusal(`multi-proof: ${what}`);
}

// The root that these leaves, ascending, and this proof lead to.
export function multiProofRoot(size: bigint, leaves: Leaf[], proof: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) refuse("no entries");
  for (let i = 1; i < leaves.length; i++) {
    if (leaves[i - 1].index >= leaves[i].index) refuse("entries do not ascend");
  }
  if (leaves[leaves.length - 1].index >= size) refuse(`an entry is not below the tree size ${size}`);
  let used = 0;
  // The hash of [begin, end), which holds the leaves from `first` up to `last`. At most 64 deep: each
  // step halves a subtree that holds an entry.
  const walk = (begin: bigint, end: bigint, first: number, last: number): Uint8Array => {
    if (first === last) {
      if (used === proof.length) refuse(`too few hashes, all ${proof.length} are used up`);
      return proof[used++];
    }
    if (end - begin === 1n) return leaves[first].hash;
    const middle = begin + leftSize(end - begin);
    let split = first;
    while (split < last && leaves[split].index < middle) split++;
    const left = walk(begin, middle, first, split);
    return nodeHash(left, walk(middle, end, split, last));
  };
  const root = walk(0n, size, 0, leaves.length);
  if (used !== proof.length) refuse(`too many hashes, expected ${used}, got ${proof.length}`);
  return root;
}
