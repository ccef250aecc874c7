// Keeps what V8 compiles of main.cjs while a module is checked and converted. `node scripts/compile-cli.mjs CLI` runs the bundled command line in the folder
// CLI, and writes main.v8 there.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

const [cli] = process.argv.slice(2);
const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
const load = (path) => import(pathToFileURL(resolve(path)).href);

// What has not been called for a while would be forgotten.
setFlagsFromString("--no-flush-bytecode");
const { main, script } = await load(join(cli, "main.js"));
const folder = mkdtempSync(join(tmpdir(), "biggan-port-build-"));
try {
  for (const name of ["biggan-mini", "biggan-deep-mini"]) {
    const module = join(fixtures, `${name}.tar.gz`);
    await run(["check", module]);
    await run(["convert", module, "-o", join(folder, name), "--to", "tfjs", "--dtype", "float32"]);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// V8 takes code with its own flags only.
setFlagsFromString("--flush-bytecode");
script.keep();

async function run(args) {
  const exitCode = await main([...args, "--quiet"]);
  if (exitCode !== 0) throw new Error(`${args.join(" ")} failed while building`);
}
