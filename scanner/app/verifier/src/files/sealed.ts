// Sealed letters: disclosures for one named reader's key, in a file
// {"v":1,"to":"<X25519 key>","enc":…,"ct":…}; inside, [["<event id>","<disclosure>"],…] ascending.
import { fromBase64, fromBase64url, hashFromText, isHashText } from "../base/base64.ts";
import { compareByBytes, concat, equalBytes, fromUtf8, utf8 } from "../base/bytes.ts";
import { parseExact } from "../base/json.ts";
import { ObjectReader } from "../base/object_reader.ts";
import { Refusal, within } from "../base/refusal.ts";
import type { Opened } from "../proofs/opened.ts";
import { aes256, importPrivateKey, openBase, type PrivateKey } from "./hpke.ts";

const maxLetterBytes = 16_777_216;
const info = concat(utf8("quarrymark/sealed/v1"));

interface Letter {
  to: Uint8Array;
  enc: Uint8Array<ArrayBuffer>;
  ct: Uint8Array<ArrayBuffer>;
}

function readKey(reader: ObjectReader, name: string): Uint8Array<ArrayBuffer> {
  const text = reader.string(name);
  return within(name, () => hashFromText(text).slice());
}

function parseLetter(bytes: Uint8Array): Letter {
  if (bytes.length > maxLetterBytes) throw new Refusal(`a letter has at most ${maxLetterBytes} bytes`);
  const reader = ObjectReader.frame(parseExact(fromUtf8(bytes)));
  reader.integer("v", 1, 1);
  const to = readKey(reader, "to");
  const enc = readKey(reader, "enc");
  const ct = reader.string("ct", maxLetterBytes);
  reader.finish();
  return { to, enc, ct: within("ct", () => fromBase64url(ct)) };
}

function parsePairs(bytes: Uint8Array): Opened[] {
  const pairs = parseExact(fromUtf8(bytes));
  if (!Array.isArray(pairs) || pairs.length === 0) {
    throw new Refusal("expected at least one pair of event id and disclosure");
  }
  const opened: Opened[] = [];
  pairs.forEach((pair, i) =>
    within(`[${i}]`, () => {
      if (!Array.isArray(pair) || pair.length !== 2) throw new Refusal("expected an event id and a disclosure");
      const [event, disclosure] = pair;
      if (typeof event !== "string" || typeof disclosure !== "string" || !isHashText(event)) {
        throw new Refusal("expected an event id and a disclosure");
      }
      const last = opened.at(-1);
      const order = last === undefined ? -1 : compareByBytes(last.event, event) || compareByBytes(last.disclosure, disclosure);
      if (order >= 0) throw new Refusal("expected pairs that ascend, each once");
      opened.push({ event, disclosure });
    }),
  );
  return opened;
}

// A private key as `BEGIN PRIVATE KEY` (PKCS #8, X25519).
export async function parseReadingKey(pem: string): Promise<PrivateKey> {
  const body = /^-----BEGIN PRIVATE KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END PRIVATE KEY-----\s*$/.exec(pem);
  if (body === null) throw new Refusal("expected a private key that begins with BEGIN PRIVATE KEY");
  const bytes = fromBase64(body[1].replace(/[\r\n]/g, ""));
  return importPrivateKey(bytes).catch(() => {
    throw new Refusal("expected an X25519 private key");
  });
}

export async function openSealed(bytes: Uint8Array, key: PrivateKey): Promise<Opened[]> {
  const letter = parseLetter(bytes);
  if (!equalBytes(letter.to, key.publicBytes)) throw new Refusal("the letter is sealed to another key", "to");
  const none = new Uint8Array(0);
  const plain = await openBase(letter.enc, key, info, none, letter.ct, aes256).catch(() => {
    throw new Refusal("it was altered, or not sealed to this key for this purpose", "ct");
  });
  return within("ct", () => parsePairs(plain));
}
