// Contracts, scans and sightings as people hand them in: what is read, and what is refused.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { test } from "node:test";
import { Refusal } from "../../src/base/refusal.ts";
import { parseContract, readScans, readSightings, type Report } from "../../src/judge/index.ts";
import { Log, StoneChain, day, type Members } from "./world.ts";

async function refuses(read: Promise<unknown>, why: RegExp): Promise<void> {
  await assert.rejects(read, (problem) => problem instanceof Refusal && why.test(problem.line()));
}

const contract = (more: string): string => `{"id":"K1","criteria":{},"lines":[{"amount":1,"unit":"piece"}]${more}}`;

test("a contract reads with white space and in any order of members", () => {
  const read = parseContract(' {\n"lines":[ ], "criteria" : {"stone":"Black", "area":"North"},"id":"K1"}');
  assert.deepEqual(read.criteria.map(({ kind }) => kind), ["area", "stone"]);
});

const refusedContracts: [string, RegExp][] = [
  ["", /not JSON/],
  ["[]", /expected an object, got array/],
  ['{"id":"K1"}', /^criteria: missing/],
  ['{"criteria":{}}', /^id: missing/],
  ['{"id":1,"criteria":{}}', /^id: expected a string, got integer/],
  ['{"id":"K1","id":"K2","criteria":{}}', /"id"/],
  ['{"id":"K1","criteria":{"quary":"Q"}}', /^criteria: unknown member "quary"/],
  ['{"id":"K1","criteria":{"quarry":" "}}', /^criteria\.quarry: expected a name/],
  [contract(',"closed":1'), /^closed: expected true or false/],
  ['{"id":"K1","criteria":{},"lines":[{"amount":0,"unit":"piece"}]}', /^lines\[0\]\.amount: expected 1 to/],
  ['{"id":"K1","criteria":{},"lines":[{"amount":1.5,"unit":"piece"}]}', /expected a whole number/],
  ['{"id":"K1","criteria":{},"lines":[{"amount":9007199254740992,"unit":"piece"}]}', /beyond ±\(2\^53/],
  ['{"id":"K1","criteria":{},"lines":[{"amount":1,"unit":"m2"}]}', /^lines\[0\]\.unit: expected one of/],
  ['{"id":"K1","criteria":{},"lines":[{"amount":1,"unit":"mm2","size":[1,2]}]}', /^lines\[0\]\.size: expected three/],
  ['{"id":"K1","criteria":{},"lines":[{"amount":1,"unit":"mm2","size":[1,2,0]}]}', /^lines\[0\]\.size/],
  ['{"id":"K1","criteria":{},"lines":[{"amount":1,"unit":"mm2","joint":1001}]}', /^lines\[0\]\.joint/],
  ['{"id":"K1","criteria":{}} x', /more text after the value/],
  ['{"id":"\\ud800","criteria":{}}', /lone surrogate/],
  [`${"[".repeat(9)}${"]".repeat(9)}`, /nested deeper than 8/],
];

test("a contract that is not one is refused with what and where", () => {
  for (const [text, why] of refusedContracts)
    assert.throws(() => parseContract(text), (problem) => problem instanceof Refusal && why.test(problem.line()), text);
});

test("scans are labels, items, aliases, in an array or one a line", async () => {
  const label = "HTTPS://LABEL.EXAMPLE/Q/JWJ3DHB90W9JC2BBQ/JJ1YZ77M";
  const lines = await readScans(`${label}\n\n  CRATE 7 \r\n{"alias":"A"}\n`);
  assert.deepEqual(lines.map(({ item, serial, alias }) => [item, serial, alias]), [
    ["JWJ3DHB90W9JC2BBQ", "JJ1YZ77M", ""],
    ["", "", "CRATE 7"],
    ["", "", "A"],
  ]);
  assert.equal((await readScans(`["${label}"]`))[0]!.item, "JWJ3DHB90W9JC2BBQ");
  assert.deepEqual(await readScans("[]"), []);
});

test("what looks like a label and is none stays an alias", async () => {
  for (const text of ["HTTPS://H/Q/SHORT/JJ1YZ77M", "https://h/Q/JWJ3DHB90W9JC2BBQ/JJ1YZ77M", "HTTPS://H/Q/JWJ3DHB90W9JC2BBQ/JJ1YZ77M/"])
    assert.equal((await readScans(text))[0]!.alias, text);
});

test("a scan that says nothing, or something unknown, is refused with its place", async () => {
  await refuses(readScans('[{"serial":"S"}]'), /^\[0\]: expected a label/);
  await refuses(readScans('A\n{"itm":"I"}'), /^line 2: unknown member "itm"/);
  await refuses(readScans("[1]"), /^\[0\]: expected an object, got integer/);
});

interface Device {
  key: string;
  privateKey: KeyObject;
}

function device(): Device {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return { key: publicKey.export({ format: "jwk" }).x as string, privateKey };
}

function signed(by: Device, facts: Members): Members {
  const signature = sign(null, Buffer.from(`quarrymark/sighting/v1\n${JSON.stringify(facts)}`), by.privateKey);
  return { ...facts, sig: signature.toString("base64url") };
}

function seen(by: Device, log: Log, at: string, lat: number, lon: number, more: Members = {}): Members {
  const facts = { v: 1, item: null, serial: null, alias: "CRATE-7", at, lat, lon, error_mm: 10_000 };
  return signed(by, { ...facts, log: log.origin, key: by.key, ...more });
}

test("a sighting's signature is checked over its bytes", async () => {
  const by = device();
  const sighting = seen(by, new Log("L", "importer", "NL"), day(6, 20), 1, 1);
  const read = async (value: Members) => (await readSightings(JSON.stringify([value])))[0]!.verified;
  assert.equal(await read(sighting), true);
  assert.equal(await read({ ...sighting, lat: 2 }), false);
  assert.equal(await read({ ...sighting, key: device().key }), false);
  assert.equal(await read({ ...sighting, sig: "AAAA" }), false);
  assert.equal(await read({ ...sighting, key: "_".repeat(43) }), false);
});

test("a sighting in another form is refused", async () => {
  const good = seen(device(), new Log("L", "importer", "NL"), day(6, 20), 1, 1);
  const { v, ...rest } = good;
  const refused: [Members, RegExp][] = [
    [rest, /^\[0\]\.v: expected this member here, got "item"/],
    [{ ...rest, v: v! }, /^\[0\]\.v: expected this member here/],
    [{ ...good, extra: 1 }, /unknown member or wrong order/],
    [{ ...good, v: 2 }, /^\[0\]\.v: expected 1 to 1/],
    [{ ...good, alias: null }, /expected an item number or an alias/],
    [{ ...good, at: "2025-06-20T08:00:00Z" }, /^\[0\]\.at: expected a time/],
    [{ ...good, lat: 900_000_001 }, /^\[0\]\.lat/],
    [{ ...good, error_mm: -1 }, /^\[0\]\.error_mm/],
  ];
  for (const [value, why] of refused) await refuses(readSightings(JSON.stringify([value])), why);
});

// Duinstad and Antwerp, 96 km apart.
const PLACES: [number, number][] = [[520_830_000, 43_200_000], [512_200_000, 44_000_000]];

interface Travelling {
  minutes?: number;
  enrolled?: boolean;
  more?: Members;
  resolve?: "first" | "second";
  scannedBy?: "second";
}

async function travelled({ minutes = 30, enrolled = true, more = {}, resolve, scannedBy }: Travelling): Promise<Report> {
  const chain = new StoneChain();
  const [one, two] = [device(), device()];
  const [town, trader] = [new Log("Town", "authority", "NL"), new Log("Trader", "trader", "BE")];
  chain.admit(town, [], { enrol: one.key });
  chain.admit(trader, [], enrolled ? { enrol: two.key } : {});
  const start = Date.parse(day(6, 20));
  const at = new Date(start + minutes * 60_000).toISOString().replace(".000Z", "+00:00");
  const pair = [seen(one, town, day(6, 20), ...PLACES[0]!), seen(two, trader, at, ...PLACES[1]!, more)];
  const sightings = await readSightings(JSON.stringify(pair));
  if (resolve !== undefined) {
    const verifier = new Log("Verifier", "verifier", "NL");
    chain.admit(verifier);
    chain.verifiers.push(verifier.origin);
    const digests = sightings.map(({ digest }) => digest);
    const about = { genuine: digests[resolve === "first" ? 0 : 1]!, sightings: digests };
    chain.record(verifier, "attest", { fields: { about, kind: "resolve" } });
  }
  const scans = scannedBy === undefined ? undefined : await readScans(JSON.stringify([pair[1]!]));
  return chain.check({ quarry: "North Quarry" }, { sightings, scans });
}

test("one label in two places that nothing travels between is a duplicate", async () => {
  const report = await travelled({});
  assert.equal(report.verdict, "duplicate");
  assert.equal(report.findings[0]!.code, "seen_twice");
  assert.deepEqual([report.findings[0]!.facts.distance_km, report.findings[0]!.facts.minutes], [96, 30]);
});

test("91 km in an hour is possible and in less is not: 5 km or the position errors come off first", async () => {
  assert.equal((await travelled({ minutes: 61 })).verdict, "match");
  assert.equal((await travelled({ minutes: 60 })).verdict, "duplicate");
  assert.equal((await travelled({ more: { error_mm: 90_000_000 } })).verdict, "match");
});

test("a sighting by a device that nobody enrolled counts for nothing", async () => {
  assert.equal((await travelled({ enrolled: false })).verdict, "match");
});

test("a sighting of another label is of another thing", async () => {
  assert.equal((await travelled({ more: { alias: "CRATE-8" } })).verdict, "match");
});

test("a trusted verifier's resolve closes it, but not for whoever holds the copy", async () => {
  assert.equal((await travelled({ resolve: "first" })).verdict, "match");
  assert.equal((await travelled({ resolve: "second", scannedBy: "second" })).verdict, "match");
  assert.equal((await travelled({ resolve: "first", scannedBy: "second" })).verdict, "duplicate");
});
