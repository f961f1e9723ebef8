// SHA-256 (FIPS 180-4). A passport asks for thousands of hashes of a few hundred bytes; Web Crypto
// answers each through a promise, which costs more than the hash.

const k = new Int32Array(64);
const start = new Int32Array(8);

// The constants are the first 32 bits of the fractional parts of cube and square roots of primes.
{
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) start[found] = fraction(Math.sqrt(n));
    k[found++] = fraction(Math.cbrt(n));
  }
}
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 0x100000000) | 0;
}

// One hash is made at a time, so its parts are there once.
const w = new Int32Array(64);
const state = new Int32Array(8);
const block = new Uint8Array(64);
const tail = new DataView(block.buffer);

function compress(bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++, at += 4) {
    w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

// The hash of the parts one after another.
export function sha256(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  state.set(start);
  let filled = 0;
  let length = 0;
  for (const part of parts) {
    length += part.length;
    let at = 0;
    if (filled > 0) {
      at = Math.min(64 - filled, part.length);
      block.set(part.subarray(0, at), filled);
      filled += at;
      if (filled < 64) continue;
      compress(block, 0);
    }
    for (; at + 64 <= part.length; at += 64) compress(part, at);
    block.set(part.subarray(at));
    filled = part.length - at;
  }
  block[filled++] = 0x80;
  if (filled > 56) {
    block.fill(0, filled);
    compress(block, 0);
    filled = 0;
  }
  block.fill(0, filled);
  tail.setUint32(56, Math.floor(length / 0x20000000));
  tail.setUint32(60, (length << 3) >>> 0);
  compress(block, 0);
  const out = new Uint8Array(32);
  for (let i = 0; i < 32; i++) out[i] = state[i >> 2] >>> (24 - 8 * (i & 3));
  return out;
}
