// Builds what runs: into dist/, which is not kept.
//
//   node build.mjs            the checker page and the command for node
//   node build.mjs verifier   only the command, dist/verify.mjs
//   node build.mjs checker    only the page, dist/checker.html
//   node build.mjs tests      the tests of the verifier, dist/test/*.test.mjs
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

function verifier() {
  return build({ ...forNode, entryPoints: { verify: "verifier/cli.ts" }, outdir: "dist" });
}

// One file that needs nothing else: it works from a disk, and its policy lets it ask for nothing.
async function checker() {
  const made = await build({
    ...shared,
    platform: "browser",
    format: "iife",
    minify: true,
    write: false,
    outdir: "dist",
    entryPoints: ["checker/src/main.ts", "checker/src/style.css"],
    // pdf.js looks for these in node only.
    external: ["module", "url", "node:*", "fs", "http", "https", "canvas", "@napi-rs/canvas"],
  });
  const textOf = (ending) => made.outputFiles.find(({ path }) => path.endsWith(ending)).text;
  // A script ends at the first closing tag, in a string too.
  const script = textOf(".js").replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const style = textOf(".css");
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy =
    `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; ` +
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
  const page = readFileSync(join(here, "checker/page.html"), "utf8")
    .replace("{policy}", () => policy)
    .replace("{style}", () => style)
    .replace("{script}", () => script);
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "checker.html"), page);
}

const parts = { verifier, checker, tests };
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`build.mjs: expected ${Object.keys(parts).join(", ")}, got ${unknown.join(" ")}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : ["verifier", "checker"]) await parts[name]();
