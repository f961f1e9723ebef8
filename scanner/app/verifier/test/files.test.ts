// Passports inside HTML and PDF documents, and sealed letters.
import assert from "node:assert/strict";
import { createCipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";

import { concat, hex, utf8 } from "../src/base/bytes.ts";
import { Refusal } from "../src/base/refusal.ts";
import { formatOf, NoPassport, takeOut } from "../src/files/carrier.ts";
import { aes128, importPrivateKey, openBase, pkcs8 } from "../src/files/hpke.ts";
import { openSealed, parseReadingKey } from "../src/files/sealed.ts";
import { checkPassports } from "../src/proofs/check.ts";
import { parseTrust } from "../src/proofs/trust.ts";
import { passport } from "./support/builder.ts";
import { chain, packetsOf, trustOf } from "./support/chain.ts";
import { html, opening, page, pdf } from "./support/documents.ts";

const bytesOf = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const small = utf8('{"v":1}');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const asBytes = (text: string) => new Uint8Array(Buffer.from(text));

async function reasonOf(bytes: Uint8Array): Promise<string> {
  try {
    await takeOut(bytes);
  } catch (error) {
    if (error instanceof NoPassport) return error.reason;
    throw error;
  }
  return "taken";
}

test("a document is known by its first bytes alone", () => {
  for (const text of ["<!doctype html>", "<!DOCTYPE HTML>", "\ufeff <html>", "\n\t<HTML lang=nl>"]) {
    assert.equal(formatOf(utf8(text)), "html", text);
  }
  assert.equal(formatOf(utf8("%PDF-1.7")), "pdf");
  for (const text of ["", "{", " %PDF-1.7", "<svg>", "html", "<!--<html>-->"]) assert.equal(formatOf(utf8(text)), "other", text);
});

test("JSON goes through as it is, right or wrong", async () => {
  for (const text of ['{"v":1}', "x", "<p>", ""]) assert.deepEqual(await takeOut(utf8(text)), utf8(text));
});

test("a passport is taken out of HTML to the byte, whatever the page says", async () => {
  assert.deepEqual(await takeOut(html(small)), small);
  assert.deepEqual(await takeOut(html(small, "<h1>match</h1><script>verdict('match')</script>")), small);
});

const refusedHtml: [string, string, Uint8Array][] = [
  ["without a passport", "none_inside", page("<p>match</p>")],
  ["with two passports", "several_inside", page(`${opening}AAAA</script>${opening}AAAA</script>`)],
  ["with a passport in a comment besides", "several_inside", html(small, `<!-- ${opening}AAAA</script> -->`)],
  ["with the media type in capitals besides", "several_inside", html(small, "<SCRIPT TYPE=APPLICATION/VND.QUARRYMARK.PASSPORT>AAAA</SCRIPT>")],
  ["with its attributes in another order", "broken_html", page(`<script data-encoding="base64" type="application/vnd.quarrymark.passport">AAAA</script>`)],
  ["with one attribute more", "broken_html", page(opening.replace(">", " async>") + "AAAA</script>")],
  ["with single quotes", "broken_html", page(opening.replaceAll('"', "'") + "AAAA</script>")],
  ["with an element that does not close", "broken_html", page(`${opening}AAAA`)],
  ["with an element inside", "broken_html", page(`${opening}AA<b>AA</b></script>`)],
  ["with base64 in lines", "broken_html", page(`${opening}AAAA\nAAAA</script>`)],
  ["with base64url", "broken_html", page(`${opening}AA-_</script>`)],
  ["with spare bits", "broken_html", page(`${opening}AB==</script>`)],
];
for (const [name, reason, bytes] of refusedHtml) {
  test(`HTML ${name} is refused: ${reason}`, async () => assert.equal(await reasonOf(bytes), reason));
}

test("a passport is taken out of PDF to the byte", async () => {
  const attached = { name: "passport.json", content: small };
  assert.deepEqual(await takeOut(pdf([attached])), small);
  assert.deepEqual(await takeOut(pdf([{ name: "notes.txt", content: utf8("match") }, attached], "match")), small);
});

const refusedPdf: [string, string, Uint8Array][] = [
  ["without an embedded file", "none_inside", pdf([])],
  ["with another embedded file", "none_inside", pdf([{ name: "passport.json.txt", content: small }])],
  ["with two passports", "several_inside", pdf([{ key: "a", name: "passport.json", content: small }, { key: "b", name: "passport.json", content: small }])],
  ["cut off after its first line", "broken_pdf", pdf([{ name: "passport.json", content: small }]).slice(0, 15)],
  ["that is no PDF", "broken_pdf", utf8("%PDF-1.7\nnot a document\n")],
];
for (const [name, reason, bytes] of refusedPdf) {
  test(`PDF ${name} is refused: ${reason}`, async () => assert.equal(await reasonOf(bytes), reason));
}

test("an edited document changes nothing: the passport inside decides", async () => {
  const made = chain();
  const bytes = passport([made.deliver.states[0]], packetsOf(made));
  const trust = parseTrust(trustOf(made));
  const forged = bytes.slice();
  forged[bytes.length - 40] ^= 1;
  for (const carrier of [html, (inside: Uint8Array) => pdf([{ name: "passport.json", content: inside }], "match")]) {
    const good = await checkPassports([await takeOut(carrier(bytes))], trust);
    const bad = await checkPassports([await takeOut(carrier(forged))], trust);
    assert.equal(good.findings.length, 0);
    assert.ok(bad.findings.length > 0);
  }
});

test("HPKE opens what RFC 9180 seals (A.1.1, base mode)", async () => {
  const key = await importPrivateKey(pkcs8(bytesOf("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")));
  assert.equal(hex(key.publicBytes), "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
  const enc = bytesOf("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
  const info = bytesOf("4f6465206f6e2061204772656369616e2055726e");
  const aad = bytesOf("436f756e742d30");
  const sealed = bytesOf(
    "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
  );
  const plain = await openBase(enc, key, info, aad, sealed, aes128);
  assert.equal(Buffer.from(plain).toString(), "Beauty is truth, truth beauty");
  await assert.rejects(openBase(enc, key, info, utf8("Count-1") as Uint8Array<ArrayBuffer>, sealed, aes128));
  await assert.rejects(openBase(enc, key, aad, aad, sealed, aes128));
  await assert.rejects(openBase(new Uint8Array(32), key, info, aad, sealed, aes128), "a point of small order");
  const altered = sealed.slice();
  altered[3] ^= 1;
  await assert.rejects(openBase(enc, key, info, aad, altered, aes128));
});

// The sender's side, with node's own crypto, written apart from what opens.
function seal(to: Uint8Array, plain: Uint8Array, info = "quarrymark/sealed/v1"): { enc: Uint8Array; ct: Uint8Array } {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const enc = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const spki = Buffer.concat([Buffer.from("302a300506032b656e032100", "hex"), to]);
  const dh = diffieHellman({ privateKey, publicKey: createPublicKey({ key: spki, format: "der", type: "spki" }) });
  const hmac = (key: Uint8Array, ...parts: Uint8Array[]) => {
    const mac = createHmac("sha256", key);
    for (const part of parts) mac.update(part);
    return mac.digest();
  };
  const two = (n: number) => Buffer.from([n >> 8, n & 255]);
  const [kem, hpke] = [Buffer.from("KEM\0\x20", "latin1"), Buffer.from("HPKE\0\x20\0\x01\0\x02", "latin1")];
  const version = Buffer.from("HPKE-v1");
  const extract = (suite: Buffer, salt: Uint8Array, label: string, ikm: Uint8Array) => hmac(salt, version, suite, Buffer.from(label), ikm);
  const expand = (suite: Buffer, prk: Buffer, label: string, context: Uint8Array, length: number) =>
    hmac(prk, two(length), version, suite, Buffer.from(label), context, Buffer.from([1])).subarray(0, length);
  const none = Buffer.alloc(0);
  const shared = expand(kem, extract(kem, none, "eae_prk", dh), "shared_secret", Buffer.concat([enc, to]), 32);
  const context = Buffer.concat([Buffer.from([0]), extract(hpke, none, "psk_id_hash", none), extract(hpke, none, "info_hash", Buffer.from(info))]);
  const secret = extract(hpke, shared, "secret", none);
  const cipher = createCipheriv("aes-256-gcm", expand(hpke, secret, "key", context, 32), expand(hpke, secret, "base_nonce", context, 12));
  return { enc, ct: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

const readerPkcs8 = pkcs8(bytesOf("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"));
const readerPem = createPrivateKey({ key: Buffer.from(readerPkcs8), format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" }) as string;

async function letterOf(pairs: unknown, change: (letter: Record<string, unknown>) => void = () => undefined, info?: string): Promise<Uint8Array> {
  const { publicBytes } = await parseReadingKey(readerPem);
  const { enc, ct } = seal(publicBytes, asBytes(typeof pairs === "string" ? pairs : JSON.stringify(pairs)), info);
  const url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  const letter: Record<string, unknown> = { v: 1, to: url(publicBytes), enc: url(enc), ct: url(ct) };
  change(letter);
  return asBytes(JSON.stringify(letter));
}

test("a sealed letter opens with its reader's key", async () => {
  const key = await parseReadingKey(readerPem);
  const pairs = [["A".repeat(43), "x"], ["A".repeat(43), "y"], [`${"A".repeat(42)}E`, "a"]];
  const opened = await openSealed(await letterOf(pairs), key);
  assert.deepEqual(opened.map(({ event, disclosure }) => [event, disclosure]), pairs);
});

test("a letter that is altered, badly formed or not for this reader is refused", async () => {
  const key = await parseReadingKey(readerPem);
  const one = [["A".repeat(43), "x"]];
  const refused = async (what: string, letter: Uint8Array) => assert.rejects(openSealed(letter, key), Refusal, what);
  await refused("another version", await letterOf(one, (letter) => (letter.v = 2)));
  await refused("more members", await letterOf(one, (letter) => (letter.x = 1)));
  await refused("another reader", await letterOf(one, (letter) => (letter.to = "A".repeat(43))));
  await refused("another sender", await letterOf(one, (letter) => (letter.enc = letter.to)));
  await refused("a sender of small order", await letterOf(one, (letter) => (letter.enc = "A".repeat(43))));
  await refused("altered text", await letterOf(one, (letter) => (letter.ct = `AAAA${String(letter.ct).slice(4)}`)));
  await refused("no text", await letterOf(one, (letter) => (letter.ct = "")));
  await refused("padded text", await letterOf(one, (letter) => (letter.ct = `${letter.ct}=`)));
  await refused("another purpose", await letterOf(one, undefined, "quarrymark/sealed/v2"));
  await refused("nothing inside", await letterOf([]));
  await refused("no pairs inside", await letterOf([["A".repeat(43)]]));
  await refused("no event id", await letterOf([["x", "y"]]));
  await refused("pairs that do not ascend", await letterOf([["A".repeat(43), "y"], ["A".repeat(43), "x"]]));
  await refused("a pair twice", await letterOf([...one, ...one]));
  await refused("spaces inside", await letterOf(`[["${"A".repeat(43)}", "x"]]`));
  await refused("white space", concat(await letterOf(one), utf8("\n")));
});

test("a key that is none is refused", async () => {
  const ed25519 = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }) as string;
  for (const pem of ["", "x", readerPem.replace("PRIVATE", "PUBLIC"), readerPem.replace("MC4C", "MC4D"), ed25519]) {
    await assert.rejects(parseReadingKey(pem), Refusal, pem);
  }
});

test("what a letter opens reads as if it had been shown", async () => {
  const made = chain();
  const trust = parseTrust(trustOf(made));
  const whole = passport([made.deliver.states[0]], packetsOf(made));
  const hidden = passport([made.deliver.states[0]], packetsOf(made, { hide: (name) => name === "party" || name === "stone" || name === "device" }));
  const opened = [made.quarry.recorded[0], made.registrar.recorded[0]].flatMap(({ id, names, disclosures }) =>
    disclosures.filter((_, i) => ["party", "stone", "device"].includes(names[i])).map((disclosure) => ({ event: id, disclosure })),
  );
  const fields = (evidence: { events: { fields: ReadonlyMap<string, unknown>; deviceSigned: boolean }[] }) =>
    evidence.events.map(({ fields, deviceSigned }) => [[...fields.keys()], deviceSigned]);
  const shown = await checkPassports([whole], trust);
  const withLetter = await checkPassports([hidden], trust, opened);
  assert.deepEqual(withLetter.findings, []);
  assert.deepEqual(fields(withLetter.evidence), fields(shown.evidence));
  const without = await checkPassports([hidden], trust);
  assert.notDeepEqual(fields(without.evidence), fields(shown.evidence));
  // Opened twice, or opened where it was shown already.
  assert.deepEqual(fields((await checkPassports([whole], trust, opened)).evidence), fields(shown.evidence));
});

test("a letter whose disclosures nothing commits to is refused as a whole", async () => {
  const made = chain();
  const trust = parseTrust(trustOf(made));
  const bytes = passport([made.deliver.states[0]], packetsOf(made, { hide: (name) => name === "stone" }));
  const [extract] = made.quarry.recorded;
  const stone = extract.disclosures[extract.names.indexOf("stone")];
  const refused = (event: string, disclosure: string) => assert.rejects(checkPassports([bytes], trust, [{ event, disclosure }]), Refusal);
  await refused("A".repeat(43), stone);
  await refused(made.split.id, stone);
  await refused(extract.id, `${stone}A`);
  await refused(extract.id, "x");
  await refused(extract.id, made.split.disclosures[0]);
  await refused(extract.id, base64(small));
});
