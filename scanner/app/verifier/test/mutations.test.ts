// A passport of ten hand-overs, altered at every place in turn: nothing that is altered passes, and the C++
// verifier finds the same.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { checkPassports } from "../src/proofs/check.ts";
import { parseTrust } from "../src/proofs/trust.ts";
import type { PacketJson } from "./support/builder.ts";
import { type Random, randomFrom } from "./support/random.ts";
import { inPairs, needsBinary, passportVerify, read, root } from "./support/product.ts";

interface PassportJson {
  v: number;
  items: { event: string; out: number }[];
  packets: PacketJson[];
  clear: string | null;
}

const file = (name: string) => read(join(root, "schemas/vectors/files", name));
const bytes = file("ten-hops.json");
const trust = file("ten-hops.trust.json");
const others = [file("mixed-two-quarries.json"), file("yield-eight-slabs.json")];

const keyOf = (findings: { code: string; verdict: string | null; facts: object }[]) =>
  JSON.stringify(
    findings.filter(({ verdict }) => verdict === "invalid").map(({ code, facts }) => [code, Object.entries(facts).sort()]),
  );

test("every 16th byte of a passport, changed, is noticed, and the place is named", async () => {
  const trusted = parseTrust(trust);
  const whole = await checkPassports([bytes], trusted);
  assert.equal(whole.findings.length, 0, whole.findings[0]?.sentence);
  const vouched = ({ evidence }: typeof whole) =>
    evidence.clear !== null && [...evidence.logs.values()].every(({ quorumMet }) => quorumMet);
  assert.ok(vouched(whole));
  let lost = 0;
  for (let at = 0; at < bytes.length; at += 16) {
    const changed = bytes.slice();
    changed[at] ^= at % 3 === 0 ? 0x01 : at % 3 === 1 ? 0x20 : 0x80;
    const checked = await checkPassports([changed], trusted);
    const [first] = checked.findings;
    // The name or key id of a witness or monitor: now it is somebody whom the reader does not know.
    if (first === undefined && !vouched(checked)) lost++;
    else assert.ok(first !== undefined && first.verdict === "invalid" && first.facts.passport === 1, `byte ${at}`);
  }
  assert.ok(lost <= 40, `${lost} bytes only cost a witness or monitor`);
});

// Changes that a forger would try, each on a fresh copy.
function forgeries(random: Random, others: PassportJson[]): ((passport: PassportJson) => void)[] {
  const pick = <T>(list: T[]): T => list[random(list.length)];
  const swap = <T>(list: T[], i: number, j: number) => ([list[i], list[j]] = [list[j], list[i]]);
  return [
    ({ packets }) => swap(packets, random(packets.length), random(packets.length)),
    ({ packets }) => packets.splice(random(packets.length), 1),
    ({ packets }) => packets.push(pick(packets)),
    ({ packets }) => packets.splice(random(packets.length), 1, pick(pick(others).packets)),
    ({ packets }) => swap(pick(packets).entries, 0, random(2)),
    ({ packets }) => pick(packets).entries.pop(),
    ({ packets }) => pick(packets).disclosures.pop(),
    ({ packets }) => pick(pick(packets).disclosures).splice(random(8), 1),
    ({ packets }) => pick(pick(packets).disclosures).reverse(),
    ({ packets }) => pick(pick(packets).disclosures).push(pick(pick(pick(packets).disclosures))),
    ({ packets }) => pick(packets).proof.pop(),
    ({ packets }) => pick(packets).proof.reverse(),
    ({ packets }) => (pick(packets).proof = pick(packets).proof),
    ({ packets }) => (pick(packets).checkpoint = pick(packets).checkpoint),
    ({ packets }) => (pick(packets).checkpoint = pick(pick(others).packets).checkpoint),
    ({ packets }) => (pick(packets).key = pick(packets).key),
    ({ packets }) => pick(packets).rotations.push(pick(packets).checkpoint),
    ({ packets }) => (pick(packets).entries[0] = pick(pick(packets).entries)),
    ({ packets }) => (pick(packets).disclosures[0] = pick(pick(packets).disclosures)),
    (passport) => passport.items.push(pick(pick(others).items)),
    (passport) => (passport.items[0].out = random(4) - 1),
    (passport) => (passport.clear = pick(passport.packets).checkpoint),
    ({ packets }) => {
      const packet = pick(packets);
      const i = random(packet.entries.length);
      packet.entries[i] = packet.entries[i].replace(/"seq":\d+/, `"seq":${random(40)}`);
    },
    ({ packets }) => {
      const list = pick(pick(packets).disclosures);
      const i = random(list.length);
      if (list.length === 0) return;
      const text = Buffer.from(list[i], "base64url").toString().replace(/\d/, String(random(10)));
      list[i] = Buffer.from(text).toString("base64url");
    },
  ];
}

test("forgeries of a passport are found here as in C++", { skip: needsBinary }, async () => {
  const trusted = parseTrust(trust);
  const parsed = (passport: Uint8Array) => JSON.parse(Buffer.from(passport).toString()) as PassportJson;
  const rounds = Number(process.env.QUARRYMARK_ROUNDS ?? 6);
  const random = randomFrom(20261124);
  const altered: { name: string; passport: Uint8Array }[] = [];
  for (let round = 0; round < rounds; round++) {
    const changes = forgeries(random, others.map(parsed));
    changes.forEach((change, i) => {
      const passport = parsed(bytes);
      change(passport);
      altered.push({ name: `round ${round}, change ${i}`, passport: new Uint8Array(Buffer.from(JSON.stringify(passport))) });
    });
    for (let i = 0; i < 12; i++) {
      const passport = bytes.slice();
      const at = random(passport.length);
      passport[at] = random(256);
      altered.push({ name: `round ${round}, byte ${at}`, passport });
    }
  }
  const differences: string[] = [];
  await inPairs(altered, async ({ name, passport }) => {
    const ours = keyOf((await checkPassports([passport], trusted)).findings);
    const theirs = await passportVerify(trust, passport).then(({ findings }) => keyOf(findings), String);
    if (ours !== theirs) differences.push(`${name}\n  here: ${ours}\n  C++:  ${theirs}`);
  });
  assert.equal(differences.length, 0, differences.join("\n"));
});
