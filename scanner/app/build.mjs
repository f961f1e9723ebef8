// Builds what runs: into dist/, which is not kept.
//
//   node build.mjs            the checker page and the command for node
//   node build.mjs verifier   only the command, dist/verify.mjs
//   node build.mjs checker    only the page, dist/checker.html
//   node build.mjs tests      the tests of the verifier, dist/test/*.test.mjs
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");

const shared = {
  absWorkingDir: here,
  bundle: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};
const forNode = { ...shared, platform: "node", format: "esm", packages: "external", outExtension: { ".js": ".mjs" } };

async function tests() {
  const folder = join(here, "verifier/test");
  const entries = existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `verifier/test/${name}`)
    : [];
  rmSync(join(dist, "test"), { recursive: true, force: true });
  mkdirSync(join(dist, "test"), { recursive: true });
  await build({ ...forNode, entryPoints: entries, outdir: "dist/test", sourcemap: "inline" });
}

const parts = { tests };
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`build.mjs: expected ${Object.keys(parts).join(", ")}, got ${unknown.join(" ")}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(parts)) await parts[name]();
