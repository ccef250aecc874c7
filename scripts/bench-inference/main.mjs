// `npm run bench:inference`: milliseconds for a picture, ours beside the rivals' and beside the graph as it was. See docs/performance.md.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { load, machine, ourVersions } from "../bench/machine.mjs";
import { moduleOf } from "../bench/modules.mjs";
import { save, scrubber } from "../bench/results.mjs";
import { versionsOf } from "../bench/venvs.mjs";

const scripts = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(scripts, "..");

async function main() {
  const date = new Date().toISOString().slice(0, 10);
  const { HELP, parseOptions } = await import("./options.mjs");
  const options = parseOptions(process.argv.slice(2), root, date);
  if (options.help) return console.log(HELP);
  const { writeDocs } = await import("./docs.mjs");
  if (options.docsFrom !== undefined) return writeDocs(root, JSON.parse(readFileSync(options.docsFrom, "utf8")));
  if (!existsSync(join(root, "dist"))) throw new Error("there is no dist folder: npm run build makes it");
  const results = await bench(options, date);
  if (options.writeDocs) writeDocs(root, results);
}

async function bench(options, date) {
  // Both need dist.
  const [{ contendersOf }, { race }] = await Promise.all([import("./contenders.mjs"), import("./race.mjs")]);
  const { sizes, work, venvs, program, out, rounds, turnSeconds, threads } = options;
  const contenders = contendersOf(options);
  const dawn = options.webgpu ? await probeDawn() : undefined;
  const scrub = scrubber({ root, work, venvs });
  const context = { node: process.execPath, program, root, scripts, work, venvs, dawn, scrub, made: new Set() };
  const modules = [];
  for (const size of sizes) modules.push(await moduleOf(size, context));
  const results = {
    date,
    machine: { ...machine(), ...(dawn && { adapter: dawn.adapter.name }) },
    load: load(),
    rounds,
    turnSeconds,
    threads,
    versions: {},
    contenders: contenders.map(({ id, title, group }) => ({ id, title, group })),
    modules: modules.map(({ name, size, parameters }) => ({ name, size, parameters })),
    turns: [],
    checks: [],
    failures: [],
  };
  for (const module of modules) {
    const found = await race(contenders, { ...context, module }, options);
    for (const key of ["turns", "checks", "failures"]) results[key].push(...found[key]);
    save(out, results);
  }
  results.versions = versions(contenders, venvs);
  save(out, results);
  console.error(`results: ${out}\nmodules and exports: ${work}`);
  return results;
}

/** An adapter, and the environment in which Dawn finds it; throws where there is none. */
async function probeDawn() {
  const dawn = await import("../../dist/src/runtime/native/dawn.js");
  return dawn.probeDawn();
}

function versions(contenders, venvs) {
  const names = new Set(contenders.flatMap(({ venv }) => venv ?? []));
  const packages = ["onnxruntime-node", "@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-wasm"].map((name) => {
    const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
    return `${name}==${version}`;
  });
  const rivals = [...names].map((name) => [name, versionsOf(venvs, name)]);
  return { ours: [...ourVersions(root), ...packages], ...Object.fromEntries(rivals) };
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
