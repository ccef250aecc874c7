// `npm test`: set up, then lint, types, tests and unused code. The last line is `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { build, install, root } from "./setup.mjs";

install();
build();
ensureChromium();

let passed = 0;
let failed = 0;

function tool(label, script, args) {
  console.log(`\n== ${label}`);
  const { status } = spawnSync(process.execPath, [join("node_modules", script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  return status === 0;
}

function check(label, script, args) {
  if (tool(label, script, args)) passed++;
  else failed++;
}

check("lint (biome)", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]);
check("types (tsc)", "typescript/bin/tsc", ["-p", "tsconfig.json"]);
check("unused code (knip)", "knip/bin/knip.js", ["--no-progress"]);

const folder = mkdtempSync(join(tmpdir(), "biggan-port-test-"));
const results = join(folder, "results.json");
try {
  const ok = tool("tests (vitest)", "vitest/vitest.mjs", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
  ]);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, "utf8"));
  passed += numPassedTests;
  failed += numFailedTests;
  // A suite that cannot even be loaded has no failed test to count.
  if (!ok && numFailedTests === 0) failed++;
} catch (error) {
  console.error(`vitest left no results: ${error.message}`);
  failed++;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
