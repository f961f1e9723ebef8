// HPKE, base mode, receiver's side (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-GCM.
import { subtle, Unavailable } from "../base/ed25519.ts";
import { concat, utf8 } from "../base/bytes.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export const aes128 = { id: 0x0001, keyBytes: 16 };
export const aes256 = { id: 0x0002, keyBytes: 32 };
export type Aead = typeof aes128;

export interface PrivateKey {
  key: CryptoKey;
  publicBytes: Bytes;
}

const hashBytes = 32;
const kemId = 0x0020;
const kdfId = 0x0001;
const two = (value: number): Bytes => Uint8Array.of(value >> 8, value & 0xff);
const kemSuite = concat(utf8("KEM"), two(kemId));

// A raw private key in the one form Web Crypto takes.
const pkcs8Prefix = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20]);
export function pkcs8(raw: Uint8Array): Bytes {
  return concat(pkcs8Prefix, raw);
}

export async function importPrivateKey(pkcs8Bytes: Bytes): Promise<PrivateKey> {
  const crypto = await subtle();
  const key = await crypto.importKey("pkcs8", pkcs8Bytes, { name: "X25519" }, true, ["deriveBits"]);
  const { x } = await crypto.exportKey("jwk", key);
  if (x === undefined) throw new Unavailable("this browser cannot read X25519 keys");
  const text = x.replaceAll("-", "+").replaceAll("_", "/");
  return { key, publicBytes: Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) };
}

async function hmac(key: Uint8Array, message: Bytes): Promise<Bytes> {
  const crypto = await subtle();
  // HMAC fills a short key up with zeros, and Web Crypto takes no empty one.
  const bytes = key.length === 0 ? new Uint8Array(hashBytes) : key.slice();
  const imported = await crypto.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.sign("HMAC", imported, message));
}

const version = utf8("HPKE-v1");

function labeledExtract(suite: Bytes, salt: Uint8Array, label: string, ikm: Uint8Array): Promise<Bytes> {
  return hmac(salt, concat(version, suite, utf8(label), ikm));
}

async function labeledExpand(suite: Bytes, prk: Bytes, label: string, info: Bytes, length: number): Promise<Bytes> {
  const labeled = concat(two(length), version, suite, utf8(label), info);
  let out: Bytes = new Uint8Array(0);
  let last: Bytes = new Uint8Array(0);
  for (let i = 1; out.length < length; i++) {
    last = await hmac(prk, concat(last, labeled, Uint8Array.of(i)));
    out = concat(out, last);
  }
  return out.slice(0, length);
}

async function sharedSecret(enc: Bytes, key: PrivateKey): Promise<Bytes> {
  const crypto = await subtle();
  const sender = await crypto.importKey("raw", enc, { name: "X25519" }, false, []);
  const dh = new Uint8Array(await crypto.deriveBits({ name: "X25519", public: sender }, key.key, 256));
  if (dh.every((byte) => byte === 0)) throw new Error("the sender's key is of small order");
  const prk = await labeledExtract(kemSuite, new Uint8Array(0), "eae_prk", dh);
  return labeledExpand(kemSuite, prk, "shared_secret", concat(enc, key.publicBytes), hashBytes);
}

// What was sealed first under `enc`. Rejects when it was not sealed to this key, for this purpose,
// or was altered.
export async function openBase(
  enc: Bytes,
  key: PrivateKey,
  info: Bytes,
  aad: Bytes,
  sealed: Bytes,
  aead: Aead,
): Promise<Bytes> {
  const crypto = await subtle();
  const suite = concat(utf8("HPKE"), two(kemId), two(kdfId), two(aead.id));
  const none = new Uint8Array(0);
  const pskIdHash = await labeledExtract(suite, none, "psk_id_hash", none);
  const infoHash = await labeledExtract(suite, none, "info_hash", info);
  const context = concat(Uint8Array.of(0), pskIdHash, infoHash);
  const secret = await labeledExtract(suite, await sharedSecret(enc, key), "secret", none);
  const raw = await labeledExpand(suite, secret, "key", context, aead.keyBytes);
  const nonce = await labeledExpand(suite, secret, "base_nonce", context, 12);
  const imported = await crypto.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  return new Uint8Array(await crypto.decrypt(algorithm, imported, sealed));
}
