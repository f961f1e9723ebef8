// Ed25519 by Web Crypto: in a browser the browser's own, in older node that of node:crypto.

let known: SubtleCrypto | undefined;

export async function subtle(): Promise<SubtleCrypto> {
  if (known !== undefined) return known;
  const found = globalThis.crypto?.subtle;
  if (found !== undefined) return (known = found);
  // Not written as a literal, so that nothing that bundles for a browser tries to follow it.
  const module = "node:crypto";
  try {
    const { webcrypto } = (await import(/* @vite-ignore */ module)) as typeof import("node:crypto");
    return (known = webcrypto.subtle as SubtleCrypto);
  } catch {
    throw new Unavailable("this browser offers no Web Crypto here; open the page from a file or by https");
  }
}

// What is asked for cannot be done here. That says nothing about what was to be checked.
export class Unavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Unavailable";
  }
}

const imported = new Map<string, Promise<CryptoKey>>();

function importKey(crypto: SubtleCrypto, key: Uint8Array): Promise<CryptoKey> {
  const name = key.join();
  let found = imported.get(name);
  if (found === undefined) {
    if (imported.size >= 1000) imported.clear();
    found = crypto.importKey("raw", key.slice(), "Ed25519", false, ["verify"]);
    imported.set(name, found);
  }
  return found;
}

let works: Promise<boolean> | undefined;

// RFC 8032, section 7.1, test 1: a browser that does not know Ed25519 must not make every
// signature look wrong.
function knowsEd25519(crypto: SubtleCrypto): Promise<boolean> {
  const bytes = (text: string) => Uint8Array.from(text.match(/../g)!, (pair) => parseInt(pair, 16));
  const key = bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const signature = bytes(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  );
  works ??= importKey(crypto, key)
    .then((imported) => crypto.verify("Ed25519", imported, signature, new Uint8Array()))
    .catch(() => false);
  return works;
}

// Whether `signature` over `message` is by `key` (32 raw bytes).
export async function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (key.length !== 32 || signature.length !== 64) return false;
  const crypto = await subtle();
  if (!(await knowsEd25519(crypto))) throw new Unavailable("this browser cannot check Ed25519 signatures");
  try {
    return await crypto.verify("Ed25519", await importKey(crypto, key), signature.slice(), message.slice());
  } catch {
    return false; // a key that is no point of the curve
  }
}
