// Whole deliveries: the demo's seven contracts by both verifiers, the command, sealed letters.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { takeOut } from "../src/files/carrier.ts";
import { check, WrongInput } from "../src/verify.ts";
import { command, demoDirectory, needsBinary, read, root, scratchDirectory, scratchFile } from "./support/product.ts";
import { page } from "./support/documents.ts";

const run = promisify(execFile);
const date = "2025-07-01";
const contracts: [string, string][] = [
  ["DUI", "K1"], ["GRA", "K2"], ["SLE", "K3"], ["MAA", "K4"], ["NOO", "K5"], ["BAR", "K6"], ["WAA", "K7"],
];

interface Comparable {
  verdict: string | null;
  covered: unknown;
  amount: unknown;
  criteria: Record<string, unknown>[];
  units: { item: string; amount: number; verdict: string | null }[];
  findings: { code: string; verdict: string | null }[];
  chain_length: unknown;
  custody_model: unknown;
  withheld_parties: unknown;
}
// What two verifiers must agree on; sentences may be worded anew.
const compared = ({ verdict, covered, amount, criteria, units, findings, chain_length, custody_model, withheld_parties }: Comparable) => ({
  verdict,
  covered,
  amount,
  criteria: criteria.map(({ facts: _, ...line }) => line),
  units: units.map(({ item, amount, verdict }) => ({ item, amount, verdict })),
  first: findings.filter(({ verdict }) => verdict !== null)[0]?.code,
  codes: [...new Set(findings.map(({ code }) => code))].sort(),
  chain_length,
  custody_model,
  withheld_parties,
});

for (const [authority, contract] of contracts) {
  test(`contract ${contract} of the demo reads the same as in C++`, { skip: needsBinary }, async () => {
    const folder = join(await demoDirectory(), "authorities", authority);
    const of = (name: string) => join(folder, contract, name);
    const passports = readdirSync(of("passports")).map((name) => of(`passports/${name}`));
    const has = (name: string) => readdirSync(join(folder, contract)).includes(name);
    const options = ["scans", "sightings"].filter((name) => has(`${name}.json`));
    const { stdout } = await command(
      "contract", "check", "--json", "--date", date, "--trust", join(folder, "trust.json"), "--contract", of("contract.json"),
      ...options.flatMap((name) => [`--${name}`, of(`${name}.json`)]), ...passports,
    );
    const { report } = await check({
      passports: passports.map(read),
      trust: read(join(folder, "trust.json")),
      contract: read(of("contract.json")),
      scans: has("scans.json") ? read(of("scans.json")) : undefined,
      sightings: has("sightings.json") ? read(of("sightings.json")) : undefined,
      date,
    });
    assert.deepEqual(compared(report as unknown as Comparable), compared(JSON.parse(stdout) as Comparable));
  });
}

test("documents that the command makes carry their passport, in every language", { skip: needsBinary }, async (t) => {
  if (!/^ *html\b/m.test((await command("passport", "--help")).stdout)) return t.skip("the command makes no documents");
  const folder = join(await demoDirectory(), "authorities/DUI");
  const delivery = join(folder, "K1/passports/delivery.json");
  for (const [format, language] of [["html", "nl"], ["html", "te"], ["pdf", "en"], ["pdf", "zh"], ["pdf", "hi"]]) {
    const made = join(scratchDirectory(), `${language}.${format}`);
    const { code, stderr } = await command(
      "passport", format, delivery, "--trust", join(folder, "trust.json"), "--contract", join(folder, "K1/contract.json"),
      "--lang", language, "-o", made,
    );
    assert.equal(code, 0, stderr);
    assert.ok(Buffer.from(read(delivery)).equals(await takeOut(read(made))), `${format} ${language}`);
  }
});

const example = (name: string) => join(root, "schemas/examples/sealed", name);
const letter = { letters: [read(example("letter.json"))], key: readFileSync(example("reader.pem"), "utf8") };
const shown = { passports: [read(example("shown.json"))], trust: read(example("trust.json")), contract: read(example("contract.json")), date };

test("the letter of schemas/examples opens: what was a gap becomes a match", async () => {
  const without = (await check(shown)).report;
  const opened = (await check({ ...shown, ...letter })).report;
  const whole = (await check({ ...shown, passports: [read(example("delivery.json"))] })).report;
  assert.equal(without.verdict, "gap");
  assert.equal(opened.verdict, "match");
  assert.deepEqual(opened, whole);
});

test("a letter cannot be opened with a key it is not for, nor for another passport", async () => {
  const altered = letter.letters[0].slice();
  altered[altered.length - 10] ^= 1;
  await assert.rejects(check({ ...shown, letters: [altered], key: letter.key }), WrongInput);
  await assert.rejects(check({ ...shown, ...letter, key: "no key" }), WrongInput);
  const other = read(join(root, "schemas/vectors/files/good-small.json"));
  await assert.rejects(check({ ...shown, passports: [other], ...letter }), WrongInput);
});

test("files that are not what they are given as are problems, and no verdicts", async () => {
  const wrong = new Uint8Array(Buffer.from("{]"));
  for (const [part, change] of Object.entries({ trust: { trust: wrong }, contract: { contract: wrong }, scans: { scans: new Uint8Array([0xff]) }, sightings: { sightings: wrong }, date: { date: "yesterday" }, passport: { passports: [page("")] } })) {
    await assert.rejects(check({ ...shown, ...change }), (error) => error instanceof WrongInput && error.part === part, part);
  }
});

const verify = join(process.cwd(), "dist/verify.mjs");
async function ran(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await run(process.execPath, [verify, ...args])) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

test("the command of the second verifier answers with the report and its exit code", async () => {
  const trust = ["--trust", example("trust.json")];
  const contract = ["--contract", example("contract.json"), "--date", date];
  const gap = await ran(...trust, ...contract, "--json", example("shown.json"));
  assert.equal(gap.code, 4);
  assert.equal((JSON.parse(gap.stdout) as Comparable).verdict, "gap");
  const opened = await ran(...trust, ...contract, "--letter", example("letter.json"), "--key", example("reader.pem"), example("shown.json"));
  assert.equal(opened.code, 0);
  assert.match(opened.stdout, /^match: /);
  const altered = read(example("shown.json"));
  altered[altered.length - 60] ^= 1;
  assert.equal((await ran(...trust, scratchFile(altered))).code, 3);
});

test("the command says in one line what is wrong with its input", async () => {
  for (const [code, ...args] of [
    [2], [2, "--trust", example("trust.json")], [2, example("shown.json")], [2, "--bogus"],
    [1, "--trust", example("contract.json"), example("shown.json")],
    [1, "--trust", example("trust.json"), "--contract", example("trust.json"), example("shown.json")],
    [1, "--trust", example("trust.json"), "--date", "1.7.2025", example("shown.json")],
    [1, "--trust", example("nothing.json"), example("shown.json")],
  ] as [number, ...string[]][]) {
    const { code: got, stderr, stdout } = await ran(...args);
    assert.equal(got, code, args.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, /^verify: [^\n]+\n$/, args.join(" "));
  }
});
