// The checker page in a real browser, from the disk: files in, verdict out, no request to anybody.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { type BrowserContext, chromium, type Page } from "playwright-core";

import { Key, Log, passport, trust } from "./support/builder.ts";
import { chain, packetsOf, trustOf } from "./support/chain.ts";
import { html, pdf } from "./support/documents.ts";
import { root } from "./support/product.ts";
import { packetOfGreatLog } from "./support/great_log.ts";

const browser = process.env.QUARRYMARK_CHROMIUM ?? "/usr/bin/chromium";
const built = join(process.cwd(), "dist/checker.html");
const skip = !existsSync(browser) ? `no browser: ${browser}` : !existsSync(built) ? `the page is not built: ${built}` : false;

const folder = mkdtempSync(join(tmpdir(), "quarrymark-page-"));
const saved = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-quic",
];

let context: BrowserContext;
const requests: string[] = [];
const problems: string[] = [];

before(async () => {
  if (skip !== false) return;
  context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: browser,
    args: flags,
    locale: "en-GB",
  });
  context.on("request", (request) => requests.push(request.url()));
  context.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  context.on("weberror", (error) => problems.push(String(error.error())));
});
after(async () => {
  await context?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(pathToFileURL(built).href);
  return page;
}

const vectors = join(root, "schemas/vectors");
const { vectors: index } = JSON.parse(readFileSync(join(vectors, "vectors.json"), "utf8")) as {
  vectors: { name: string; passports: string[]; trust: string; contract: string }[];
};
const good = index.find(({ name }) => name === "good-quarry-and-factory")!;
const vectorFile = (name: string) => join(vectors, name);

async function check(page: Page, passports: string[], trust: string, contract?: string): Promise<void> {
  await page.locator("#passport").setInputFiles(passports);
  await page.locator("#trust").setInputFiles(trust);
  if (contract !== undefined) await page.locator("#contract").setInputFiles(contract);
  await page.locator("#check").click();
  await page.locator("#verdict").waitFor();
}
const heading = (page: Page) => page.locator("#verdict").innerText();
const role = (page: Page) => page.locator("#status").getAttribute("role");

test("a delivery is checked and the verdict read, with the focus on it", { skip }, async () => {
  const page = await opened();
  await page.locator("#language").selectOption("en");
  await check(page, good.passports.map(vectorFile), vectorFile(good.trust), vectorFile(good.contract));
  assert.equal(await heading(page), "Records support this");
  assert.equal(await role(page), "status");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "verdict");
  assert.ok((await page.locator(".chain > li").count()) > 2, "the chain is a list");
  assert.match(await page.locator("main").innerText(), /What this does not show/);
  await page.close();
});

test("files that are dropped find their places by what is in them", { skip }, async () => {
  const page = await opened();
  await page.locator("#language").selectOption("en");
  const files = [...good.passports, good.trust, good.contract].map((name, i) => ({
    name: `${i}.json`,
    text: readFileSync(vectorFile(name), "utf8"),
  }));
  await page.evaluate((dropped) => {
    const data = new DataTransfer();
    for (const { name, text } of dropped) data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files);
  await page.getByText(`Remove ${files.length - 1}.json`).waitFor();
  await page.locator("#check").click();
  await page.locator("#verdict").waitFor();
  assert.equal(await heading(page), "Records support this");
  await page.close();
});

const made = chain();
const bytes = passport([made.deliver.states[0]], packetsOf(made));
const forged = bytes.slice();
forged[bytes.length - 60] ^= 1;
const claims = '<h1 class="verdict match">Records support this</h1><p>Verdict: match</p>';

for (const [name, file] of [
  ["an HTML document", saved("forged.html", html(forged, claims))],
  ["a PDF document", saved("forged.pdf", pdf([{ name: "passport.json", content: forged }], "Records support this: match"))],
]) {
  test(`${name} that says "match" changes nothing`, { skip }, async () => {
    const page = await opened();
    await page.locator("#language").selectOption("en");
    await check(page, [file], saved("trust.json", trustOf(made)));
    assert.equal(await heading(page), "Proof invalid");
    assert.equal(await role(page), "alert");
    assert.match(await page.locator("footer").innerText(), /What the file says of itself was ignored/);
    await page.close();
  });
}

test("a sealed letter shows its reader what the passport withholds", { skip }, async () => {
  const page = await opened();
  await page.locator("#language").selectOption("en");
  const sealed = (name: string) => join(root, "schemas/examples/sealed", name);
  await check(page, [sealed("shown.json")], sealed("trust.json"), sealed("contract.json"));
  assert.equal(await heading(page), "Gap in the chain");
  await page.locator("#letter").setInputFiles(sealed("letter.json"));
  await page.locator("#check").click();
  assert.match(await page.locator("#problem").innerText(), /Choose the key/);
  await page.locator("#key").setInputFiles(sealed("reader.pem"));
  await page.locator("#check").click();
  await page.locator("#verdict").waitFor();
  assert.equal(await heading(page), "Records support this");
  await page.locator("#letter").setInputFiles(saved("wrong-letter.json", bytes));
  await page.locator("#check").click();
  await page.locator("#problem").waitFor();
  assert.match(await page.locator("#problem").innerText(), /wrong-letter\.json cannot be opened/);
  await page.close();
});

test("what could not be checked does not look bad", { skip }, async () => {
  const page = await opened();
  await page.locator("#language").selectOption("en");
  for (const file of [saved("photo.json", Buffer.from("no passport")), saved("empty.json", Buffer.from("")), saved("other.pdf", pdf([]))]) {
    await check(page, [file], saved("trust.json", trustOf(made)));
    assert.equal(await heading(page), "Could not be checked", file);
    assert.equal(await role(page), "status");
    assert.equal(await page.locator("#status .not_verifiable").count(), 1);
    await page.locator(".chosen button").first().click();
  }
  await page.close();
});

test("a missing or wrong trust file is a problem of the form, not of the goods", { skip }, async () => {
  const page = await opened();
  await page.locator("#language").selectOption("en");
  await page.locator("#passport").setInputFiles(saved("passport.json", bytes));
  await page.locator("#check").click();
  assert.match(await page.locator("#problem").innerText(), /Choose your trust file/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "problem");
  await page.locator("#trust").setInputFiles(saved("wrong.json", bytes));
  await page.locator("#check").click();
  await page.locator("#problem").waitFor();
  assert.match(await page.locator("#problem").innerText(), /wrong\.json is not a trust file/);
  assert.equal(await page.locator("#trust").getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("#verdict").count(), 0);
  await page.close();
});

test("the page speaks five languages, and keeps the result when one is chosen", { skip }, async () => {
  const page = await opened();
  await check(page, good.passports.map(vectorFile), vectorFile(good.trust), vectorFile(good.contract));
  for (const language of ["nl", "zh", "hi", "te", "en"]) {
    const words = JSON.parse(readFileSync(join(root, `schemas/words/${language}.json`), "utf8"));
    await page.locator("#language").selectOption(language);
    assert.equal(await heading(page), words.verdict.match.heading);
    assert.equal(await page.locator("h1").innerText(), words.checker.title);
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /\{[a-z_]+\}|\b(?:document|phrase|checker|verdict|event|role)\.[a-z]/, "a place or key is left");
  }
  await page.close();
});

// The passport of the speed tests and its trust file, saved.
function greatFiles(): { passport: string; trust: string; bytes: number } {
  const witness = { key: new Key("witness"), name: "witness.example/w", seconds: 1_772_500_000 };
  const logs = Array.from({ length: 10 }, (_, i) => new Log(`great ${i}`));
  const packets = logs.map((log, i) => packetOfGreatLog(log, 1_000_000, i, witness));
  const great = passport([{ event: logs[9].recorded[3].id, out: 0 }], packets);
  const policy = `witness W ${witness.key.vkey(witness.name, 4)}\nquorum W\n`;
  const trusted = saved("great-trust.json", trust({ registrars: [logs[0].vkey()], policy }));
  return { passport: saved("great.json", great), trust: trusted, bytes: great.length };
}

async function timed(page: Page): Promise<number> {
  await page.evaluate(() => document.querySelector("footer")?.remove());
  await page.locator("#check").click();
  await page.locator("footer").waitFor();
  assert.notEqual(await page.locator("section[data-verdict]").getAttribute("data-verdict"), "invalid");
  return Number(await page.locator("footer").getAttribute("data-milliseconds"));
}

// In a browser that was just started: what somebody waits for who checks one delivery.
async function firstCheck(files: { passport: string; trust: string }): Promise<{ waited: number; worked: number; again: number[] }> {
  const fresh = await chromium.launch({ executablePath: browser, args: flags });
  const page = await fresh.newPage();
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Performance.enable", { timeDomain: "threadTicks" });
  const work = async () => {
    const { metrics } = await protocol.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
  await page.goto(pathToFileURL(built).href);
  await page.locator("#passport").setInputFiles(files.passport);
  await page.locator("#trust").setInputFiles(files.trust);
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  const before = await work();
  const waited = await timed(page);
  const worked = (await work()) - before;
  const again = [await timed(page), await timed(page), await timed(page)];
  await fresh.close();
  return { waited, worked, again };
}

test("40 entries of 10 logs of a million entries are checked in less than 150 ms, the first time too", { skip }, async (t) => {
  const files = greatFiles();
  const runs = [await firstCheck(files), await firstCheck(files), await firstCheck(files)];
  for (const { waited, worked, again } of runs) {
    const later = again.map((time) => `${time} ms`).join(", ");
    t.diagnostic(`${files.bytes} bytes: ${waited} ms at first, ${worked.toFixed(0)} ms of work with drawing it, then ${later}`);
  }
  assert.ok(files.bytes > 150_000 && files.bytes <= 170_000, `${files.bytes} bytes`);
  // The machine may be busy with other things: then the page waits longer, and works hardly longer.
  const least = (of: (run: (typeof runs)[number]) => number[]) => Math.min(...runs.flatMap(of));
  const first = least(({ waited, worked }) => [waited, worked]);
  assert.ok(first < 150, `${first} ms`);
  assert.ok(least(({ again }) => again) < 100, `${least(({ again }) => again)} ms`);
});

test("every field has a label, and everything can be reached", { skip }, async () => {
  const page = await opened();
  const unlabelled = await page.evaluate(() =>
    [...document.querySelectorAll("input, select")].filter((field) => (field as HTMLInputElement).labels?.length !== 1).map(({ id }) => id),
  );
  assert.deepEqual(unlabelled, []);
  await page.setViewportSize({ width: 320, height: 800 });
  await check(page, good.passports.map(vectorFile), vectorFile(good.trust), vectorFile(good.contract));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `wider than 320 pixels by ${overflow}`);
  await page.close();
});

test("axe finds no fault with the form, a problem, and a result", { skip }, async () => {
  const source = readFileSync(join(process.cwd(), "node_modules/axe-core/axe.min.js"), "utf8");
  const page = await opened();
  await page.evaluate(source);
  const faults = async (when: string): Promise<string[]> => {
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      }),
    );
    return violations.map(({ id, nodes }) => `${when}: ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`);
  };
  const found = await faults("form");
  await page.locator("#check").click();
  found.push(...(await faults("problem")));
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator("#passport").setInputFiles(good.passports.map(vectorFile));
    await page.locator("#trust").setInputFiles(vectorFile(good.trust));
    await page.locator("#check").click();
    await page.locator("footer").waitFor();
    found.push(...(await faults(scheme)));
  }
  assert.deepEqual(found, []);
  await page.close();
});

test("no request leaves the page, and its own policy holds nothing up", { skip }, async () => {
  const outside = requests.filter((url) => !url.startsWith("file:") && !url.startsWith("blob:"));
  assert.deepEqual(outside, []);
  assert.deepEqual(problems, []);
  const page = await opened();
  const refused = await page.evaluate(() => fetch("https://example.com/").then(() => "went out", () => "refused"));
  assert.equal(refused, "refused");
  await page.close();
});
