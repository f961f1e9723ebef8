// The C++ command, when it was built: what it says of the same bytes.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

// Tests run from scanner/app.
export const root = join(process.cwd(), "../..");
export const binary = process.env.QUARRYMARK_BINARY ?? join(root, "build/release/bin/quarrymark");
// For the tests that need it.
export const needsBinary = existsSync(binary) ? false : `the command is not built: ${binary}`;

export const sharedVectors = join(root, "../shared/vectors");
export const needsVectors = existsSync(sharedVectors) ? false : `no test vectors of third parties in ${sharedVectors}`;

export interface Answer {
  verdict: string | null;
  findings: { code: string; verdict: string | null; facts: Record<string, unknown> }[];
}

let scratch: string | undefined;
let files = 0;
export function scratchDirectory(): string {
  if (scratch === undefined) {
    scratch = mkdtempSync(join(tmpdir(), "quarrymark-verifier-"));
    const made = scratch;
    if (process.env.QUARRYMARK_KEEP === undefined) process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  }
  return scratch;
}
export function scratchFile(bytes: Uint8Array, suffix = ".json"): string {
  const path = join(scratchDirectory(), `${files++}${suffix}`);
  writeFileSync(path, bytes);
  return path;
}

// The command's answer; a bad verdict is an exit code other than 0 and no failure.
export async function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await run(binary, args, { maxBuffer: 64 << 20 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, signal, stdout, stderr } = error as { code: number; signal: string | null; stdout: string; stderr: string };
    // A command that was ended from outside or crashed has no exit code.
    if (typeof code !== "number") throw new Error(`the command ended without an exit code: ${signal ?? code}, ${args.join(" ")}`);
    return { code, stdout, stderr };
  }
}

export async function passportVerify(trust: Uint8Array, ...passports: Uint8Array[]): Promise<Answer> {
  const paths = [trust, ...passports].map((bytes) => scratchFile(bytes));
  // Files of a command that crashed are kept.
  const { stdout, stderr } = await command("passport", "verify", "--json", "--trust", ...paths);
  for (const path of paths) rmSync(path);
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    throw new Error(`the command printed no report: ${stdout}${stderr}`);
  }
}

// The demo's directory, made once for each run of the tests.
let demo: Promise<string> | undefined;
export function demoDirectory(): Promise<string> {
  demo ??= (async () => {
    const given = process.env.QUARRYMARK_DEMO;
    if (given !== undefined && existsSync(given)) return given;
    const directory = join(scratchDirectory(), "demo");
    mkdirSync(directory);
    const { code, stderr } = await command("demo", "--dir", directory, "--data", join(root, "schemas/examples/stone-year"), "--quiet");
    if (code !== 0) throw new Error(`the demo failed: ${stderr}`);
    return directory;
  })();
  return demo;
}

export function read(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

// Runs `work` for all items, two at a time: what this machine has cores for.
export async function inPairs<T>(items: T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await work(items[index], index);
    }
  };
  await Promise.all([worker(), worker()]);
}
