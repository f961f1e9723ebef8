// The whole check: the bytes of files in, the report out. Pure but for the runtime's own Web Crypto:
// no network, no clock, no storage.
import { fromUtf8 } from "./base/bytes.ts";
import { Refusal } from "./base/refusal.ts";
import { parseDate } from "./base/time.ts";
import type { Finding } from "./evidence.ts";
import { NoPassport, takeOut } from "./files/carrier.ts";
import { openSealed, parseReadingKey } from "./files/sealed.ts";
import { judge, parseContract, readScans, readSightings, type Report } from "./judge/index.ts";
import { checkPassports } from "./proofs/check.ts";
import type { Opened } from "./proofs/opened.ts";
import { parseTrust } from "./proofs/trust.ts";

export interface Files {
  passports: Uint8Array[]; // JSON, HTML or PDF; several are read as one
  trust: Uint8Array;
  contract?: Uint8Array | undefined;
  scans?: Uint8Array | undefined;
  sightings?: Uint8Array | undefined;
  date: string; // YYYY-MM-DD
  letters?: Uint8Array[] | undefined; // sealed, with the key that opens them
  key?: string | undefined;
}

export type Part = "passport" | "trust" | "contract" | "scans" | "sightings" | "date" | "letter" | "key";

// One of the files is not what it was given as, so there is nothing to say about the goods.
export class WrongInput extends Error {
  readonly part: Part;
  readonly index: number; // among files of that part
  override readonly cause: Refusal | NoPassport;

  constructor(part: Part, index: number, cause: Refusal | NoPassport) {
    super(cause instanceof Refusal ? cause.line() : cause.message);
    this.part = part;
    this.index = index;
    this.cause = cause;
  }
}

async function reading<T>(part: Part, index: number, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoPassport) {
      throw new WrongInput(part, index, error);
    }
    throw error;
  }
}

async function optional<T>(part: Part, bytes: Uint8Array | undefined, read: (text: string) => T | Promise<T>): Promise<T | undefined> {
  return bytes === undefined ? undefined : reading(part, 0, () => read(fromUtf8(bytes)));
}

async function opened(letters: Uint8Array[], pem: string): Promise<Opened[]> {
  if (letters.length === 0) return [];
  const key = await reading("key", 0, () => parseReadingKey(pem));
  const all = letters.map((letter, i) => reading("letter", i, () => openSealed(letter, key)));
  return (await Promise.all(all)).flat();
}

export interface Checked {
  report: Report;
  proofs: Finding[]; // what is wrong with the proofs alone
  asksWitnesses: boolean; // the trust file has a quorum
}

// Throws WrongInput, and Unavailable where the runtime lacks what the check needs.
export async function check(files: Files): Promise<Checked> {
  const trust = await reading("trust", 0, () => parseTrust(files.trust));
  const contract = await optional("contract", files.contract, parseContract);
  const scans = await optional("scans", files.scans, readScans);
  const sightings = await optional("sightings", files.sightings, readSightings);
  const date = await reading("date", 0, () => parseDate(files.date));
  const passports = await Promise.all(files.passports.map((bytes, i) => reading("passport", i, () => takeOut(bytes))));
  const letters = await opened(files.letters ?? [], files.key ?? "");
  const { evidence, findings } = await reading("letter", 0, () => checkPassports(passports, trust, letters));
  const report = judge(evidence, { contract, scans, sightings, date }, findings);
  return { report, proofs: findings, asksWitnesses: evidence.reader.asksQuorum };
}
