// The second verifier as a command, for comparing it with the first and for machines with node
// alone. Same files in, same report and exit codes out as `quarrymark contract check`.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { Unavailable } from "./src/base/ed25519.ts";
import { exitCode, writeReport } from "./src/judge/index.ts";
import { check, WrongInput } from "./src/verify.ts";

const help = `Check passports with a trust file, and against a contract; works without a network

Usage: node verify.mjs --trust FILE [OPTIONS] PASSPORT...

Options:
  --trust FILE       Trust file: whose word the reader takes
  --contract FILE    What was required; without it the origin is shown
  --scans FILE       Labels that were scanned at the delivery
  --sightings FILE   Signed sightings that were sent to the reader
  --date DATE        Date of the check, YYYY-MM-DD; today when left out
  --letter FILE      A sealed letter with disclosures for the reader; may be repeated
  --key FILE         The reader's private key, for letters
  --json             Print the report as JSON
  --help             Print this help

Passports come as JSON, HTML or PDF; several are read as one delivery.
Exit codes: 0 match or no verdict, 1 failure, 2 usage, 3 invalid, mismatch, duplicate or over_yield,
4 gap, mixed, partial or declared, 5 not_verifiable.
`;

class Usage extends Error {}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        trust: { type: "string" },
        contract: { type: "string" },
        scans: { type: "string" },
        sightings: { type: "string" },
        date: { type: "string" },
        letter: { type: "string", multiple: true },
        key: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
const optional = (path: string | undefined): Uint8Array | undefined => (path === undefined ? undefined : bytesOf(path));

async function main(): Promise<number> {
  const { values, positionals } = options();
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values.trust === undefined) throw new Usage("--trust is missing");
  if (positionals.length === 0) throw new Usage("name the passports to check");
  if (values.letter !== undefined && values.key === undefined) throw new Usage("--letter needs --key");
  const names = { trust: [values.trust], contract: [values.contract], scans: [values.scans], sightings: [values.sightings] };
  try {
    const { report } = await check({
      passports: positionals.map(bytesOf),
      trust: bytesOf(values.trust),
      contract: optional(values.contract),
      scans: optional(values.scans),
      sightings: optional(values.sightings),
      date: values.date ?? new Date().toISOString().slice(0, 10),
      letters: (values.letter ?? []).map(bytesOf),
      key: values.key === undefined ? "" : readFileSync(values.key, "utf8"),
    });
    if (values.json) {
      process.stdout.write(writeReport(report));
    } else {
      process.stdout.write(`${report.verdict ?? "origin shown"}: ${report.sentence}\n`);
      for (const { code, sentence } of report.findings) process.stdout.write(`- ${code}: ${sentence}\n`);
    }
    return exitCode(report.verdict);
  } catch (error) {
    if (!(error instanceof WrongInput)) throw error;
    const all: Partial<Record<string, (string | undefined)[]>> = { ...names, passport: positionals, letter: values.letter ?? [], key: [values.key], date: ["--date"] };
    throw new Error(`${all[error.part]?.[error.index] ?? error.part}: ${error.message}`);
  }
}

// Whoever reads may have read enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await main();
} catch (error) {
  const usage = error instanceof Usage;
  const known = usage || error instanceof Unavailable || error instanceof Error;
  process.stderr.write(`verify: ${known ? (error as Error).message : String(error)}\n`);
  process.exitCode = usage ? 2 : 1;
}
