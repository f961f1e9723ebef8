// The parts everything rests on: encodings, hashes, signatures, strict JSON, times.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { base64, base64url, fromBase64, fromBase64url, isHashText } from "../src/base/base64.ts";
import { compareByBytes, fromUtf8, hex, quoted, utf8, utf8Length } from "../src/base/bytes.ts";
import { verifyEd25519 } from "../src/base/ed25519.ts";
import { membersAscend, parseExact, parseInput, toPlain } from "../src/base/json.ts";
import { ObjectReader } from "../src/base/object_reader.ts";
import { Refusal, within } from "../src/base/refusal.ts";
import { sha256 } from "../src/base/sha256.ts";
import { parseClaimedTime, parseDate, parseNodeTime } from "../src/base/time.ts";

const refuses = (read: () => unknown, text: string) => assert.throws(read, Refusal, `accepted ${text}`);
const bytesOf = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

test("SHA-256 gives what FIPS 180-4 gives", () => {
  assert.equal(hex(sha256(utf8("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(hex(sha256()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const million = new Uint8Array(1_000_000).fill(0x61);
  assert.equal(hex(sha256(million)), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
});

test("SHA-256 agrees with node's at every length around a block, in one part and in several", () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    const right = createHash("sha256").update(bytes).digest("hex");
    assert.equal(hex(sha256(bytes)), right);
    const cut = Math.floor(length / 3);
    assert.equal(hex(sha256(bytes.subarray(0, cut), new Uint8Array(), bytes.subarray(cut))), right);
    assert.equal(hex(sha256(...Array.from(bytes, (byte) => Uint8Array.of(byte)))), right);
  }
});

test("Ed25519 gives what RFC 8032 gives, and refuses every changed bit", async () => {
  // Section 7.1, test 3.
  const key = bytesOf("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  const message = bytesOf("af82");
  const signature = bytesOf(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  );
  assert.equal(await verifyEd25519(key, message, signature), true);
  for (let bit = 0; bit < 512; bit += 37) {
    const wrong = signature.slice();
    wrong[bit >> 3] ^= 1 << (bit & 7);
    assert.equal(await verifyEd25519(key, message, wrong), false, `bit ${bit}`);
  }
  assert.equal(await verifyEd25519(key, bytesOf("af83"), signature), false);
  assert.equal(await verifyEd25519(key.slice(1), message, signature), false);
  assert.equal(await verifyEd25519(new Uint8Array(32).fill(0xff), message, signature), false);
  assert.equal(await verifyEd25519(key, message, signature.slice(0, 63)), false);
});

test("base64 goes there and back", () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length * 7) & 255);
    assert.equal(base64(bytes), Buffer.from(bytes).toString("base64"));
    assert.equal(base64url(bytes), Buffer.from(bytes).toString("base64url"));
    assert.deepEqual(fromBase64(base64(bytes)), bytes);
    assert.deepEqual(fromBase64url(base64url(bytes)), bytes);
  }
});

test("base64url in another spelling is refused", () => {
  for (const text of ["A", "AB", "AAB", "AA=", "AA==", "AA+A", "AA/A", "AA A", "AAA\n", "AAé", "A-_A\u0000"]) {
    refuses(() => fromBase64url(text), text);
  }
  assert.equal(isHashText("A".repeat(43)), true);
  assert.equal(isHashText("A".repeat(42) + "B"), false, "spare bits");
  assert.equal(isHashText("A".repeat(44)), false);
});

test("base64 in another spelling is refused", () => {
  for (const text of ["AA", "AAA", "AB==", "AAB=", "====", "A===", "AA=A", "AA-_", "AAAA=", "AAAA====", "AAAA\n"]) {
    refuses(() => fromBase64(text), text);
  }
});

test("JSON of one spelling is read", () => {
  const text = '{"b":[],"a":{"__proto__":-1,"10":0,"2":null},"c":"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé€😀"}';
  const value = parseExact(text);
  assert.deepEqual([...(value as Map<string, unknown>).keys()], ["b", "a", "c"]);
  const plain = toPlain(value) as Record<string, Record<string, unknown>>;
  assert.equal(Object.getPrototypeOf(plain), null);
  assert.equal(plain.a["__proto__"], -1);
  assert.equal(plain.c, '"\\\b\f\n\r\t\u0000\u001f\u007fé€😀');
  assert.equal(parseExact("9007199254740991"), 9007199254740991);
  assert.equal(parseExact("-9007199254740991"), -9007199254740991);
  assert.ok(parseExact("[[[[[[[[]]]]]]]]"));
});

const neverJson = [
  "", "{", "[", "[1,]", "[,1]", '{"a":1,}', '{"a"}', '{a:1}', "{'a':1}", "nul", "True", "NaN", "Infinity", "+1", "01",
  "-", "--1", ".5", "1.", "1.0", "1e2", "1E2", "9007199254740992", "-9007199254740992", "99999999999999999999999",
  '{"a":1,"a":1}', '{"a":1,"\\u0061":1}', "[[[[[[[[[]]]]]]]]]", '"\n"', '"\u0000"', '"\\x41"', '"\\u12"', '"\\ud800"',
  '"\\udc00\\ud800"', '"\\ud83d\\u0041"', '"a', '"\\', "[1 2]", "[1][2]", "1 2", "// a\n1", "1\u00a0",
];
test("what is no JSON, or not of our kind, is refused in both readings", () => {
  for (const text of neverJson) {
    refuses(() => parseExact(text), text);
    refuses(() => parseInput(text), text);
  }
});

const otherSpellings = [
  " 1", "1 ", "1\n", "[1, 2]", '{"a": 1}', "\ufeff1", "-0", '"\\/"', '"\\u0041"', '"\\u000a"', '"\\u001F"', '"\\u0008"',
  '"\\ud83d\\ude00"', '"\\u007f"', '"\\u00e9"',
];
test("another spelling is refused where bytes are hashed, and read where people write", () => {
  for (const text of otherSpellings) {
    refuses(() => parseExact(text), text);
    parseInput(text);
  }
  assert.equal(parseInput('"\\ud83d\\ude00\\u0041\\/"'), "😀A/");
  assert.ok(Object.is(parseInput("-0"), 0));
});

test("bytes that are not UTF-8 are refused, and a byte-order mark is kept", () => {
  for (const text of ["c0af", "eda080", "f4908080", "80", "e282", "ff"]) refuses(() => fromUtf8(bytesOf(text)), text);
  assert.equal(fromUtf8(bytesOf("efbbbf31")), "\ufeff1");
});

test("text sorts by its bytes, not by UTF-16", () => {
  const names = ["", "a", "a0", "ab", "b", "é", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"];
  for (const a of names) {
    for (const b of names) {
      const right = Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      assert.equal(Math.sign(compareByBytes(a, b)), right, `${quoted(a)} ${quoted(b)}`);
    }
    assert.equal(utf8Length(a), Buffer.byteLength(a));
  }
  assert.equal(membersAscend(parseExact('{"\uffff":1,"\u{10000}":1}')), true);
  assert.equal(membersAscend(parseExact('{"\u{10000}":1,"\uffff":1}')), false);
  assert.equal(membersAscend(parseExact('[{"a":[{"b":1,"a":1}]}]')), false);
});

test("a frame has its members in order and no others", () => {
  const frame = (text: string) => {
    const reader = ObjectReader.frame(parseExact(text));
    reader.integer("a", 0, 9);
    reader.string("b", 3);
    reader.finish();
  };
  frame('{"a":1,"b":"xyz"}');
  frame('{"a":1,"b":"é"}');
  for (const text of [
    "[]", "1", "{}", '{"a":1}', '{"b":"x","a":1}', '{"a":1,"b":"x","c":1}', '{"a":1,"c":1,"b":"x"}', '{"a":"1","b":"x"}',
    '{"a":10,"b":"x"}', '{"a":-1,"b":"x"}', '{"a":1,"b":1}', '{"a":1,"b":"wxyz"}', '{"a":1,"b":"éé"}', '{"a":null,"b":"x"}',
  ]) {
    refuses(() => frame(text), text);
  }
});

test("a refusal says where", () => {
  const refusal = (place: string, field: string) => {
    try {
      within(place, () => {
        throw new Refusal("wrong", field);
      });
    } catch (error) {
      return (error as Refusal).field;
    }
    return undefined;
  };
  assert.equal(refusal("packets[2]", "key"), "packets[2].key");
  assert.equal(refusal("sites", "[1].from"), "sites[1].from");
  assert.equal(refusal("policy", ""), "policy");
});

test("a node's time has one spelling", () => {
  assert.equal(parseNodeTime("2026-03-02T09:14:03.120Z"), Date.UTC(2026, 2, 2, 9, 14, 3, 120));
  assert.equal(parseNodeTime("2024-02-29T00:00:00.000Z"), Date.UTC(2024, 1, 29));
  assert.equal(parseNodeTime("0001-01-01T00:00:00.000Z"), -62135596800000);
  for (const text of [
    "2026-03-02T09:14:03Z", "2026-03-02T09:14:03.12Z", "2026-03-02T09:14:03.1200Z", "2026-03-02t09:14:03.120Z",
    "2026-03-02T09:14:03.120+00:00", "2026-02-29T09:14:03.120Z", "2026-13-02T09:14:03.120Z", "2026-00-02T09:14:03.120Z",
    "2026-03-00T09:14:03.120Z", "2026-04-31T09:14:03.120Z", "2026-03-02T24:14:03.120Z", "2026-03-02T09:60:03.120Z",
    "2026-03-02T09:14:60.120Z", "1900-02-29T00:00:00.000Z", " 2026-03-02T09:14:03.12Z",
  ]) {
    assert.equal(parseNodeTime(text), null, text);
  }
});

test("a claimed time has one spelling", () => {
  assert.equal(parseClaimedTime("2026-03-02T14:44:03+05:30"), Date.UTC(2026, 2, 2, 9, 14, 3));
  assert.equal(parseClaimedTime("2026-03-02T00:00:00-14:00"), Date.UTC(2026, 2, 2, 14));
  assert.equal(parseClaimedTime("2026-03-02T00:00:00+00:00"), Date.UTC(2026, 2, 2));
  for (const text of [
    "2026-03-02T14:44:03Z", "2026-03-02T14:44:03-00:00", "2026-03-02T14:44:03+14:01", "2026-03-02T14:44:03+15:00",
    "2026-03-02T14:44:03+05:60", "2026-03-02T14:44:03.0+05:30", "2026-03-02T14:44:03+0530", "2026-02-30T14:44:03+05:30",
  ]) {
    refuses(() => parseClaimedTime(text), text);
  }
  assert.equal(parseDate("2026-03-02"), Date.UTC(2026, 2, 2));
  for (const text of ["2026-3-2", "2026-02-30", "20260302", "2026-03-02T", ""]) refuses(() => parseDate(text), text);
});
