// `npm run bench`: our conversion, its rivals and the physical floor, measured in one run. See docs/performance.md.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareAnswers, TRUNCATIONS } from "./answers.mjs";
import { contendersOf } from "./contenders.mjs";
import { writeDocs } from "./docs.mjs";
import { load, machine, ourVersions } from "./machine.mjs";
import { moduleOf } from "./modules.mjs";
import { HELP, parseOptions } from "./options.mjs";
import { profileConversion } from "./profile.mjs";
import { save, scrubber } from "./results.mjs";
import { measureRounds } from "./rounds.mjs";
import { versionsOf } from "./venvs.mjs";

const scripts = dirname(fileURLToPath(import.meta.url));
const root = join(scripts, "../..");

async function main() {
  const date = new Date().toISOString().slice(0, 10);
  const options = parseOptions(process.argv.slice(2), root, date);
  if (options.help) return console.log(HELP);
  if (options.docsFrom !== undefined) return writeDocs(root, JSON.parse(readFileSync(options.docsFrom, "utf8")));
  if (!existsSync(join(root, "dist"))) throw new Error("there is no dist folder: npm run build makes it");
  const results = await bench(options, date);
  if (options.writeDocs) writeDocs(root, results);
}

async function bench(options, date) {
  const { sizes, work, venvs, program, out } = options;
  const contenders = contendersOf(options);
  const context = {
    node: process.execPath,
    program,
    root,
    scripts,
    work,
    venvs,
    scrub: scrubber({ root, work, venvs }),
  };
  const modules = [];
  for (const size of sizes) modules.push(await moduleOf(size, context));
  const { rounds, rivalRounds } = options;
  const results = {
    date,
    machine: machine(),
    load: load(),
    rounds,
    rivalRounds,
    versions: {},
    contenders: contenders.map(({ id, title, group }) => ({ id, title, group })),
    modules: modules.map(({ files, folder, archive, bytes, ...facts }) => facts),
    measurements: [],
  };
  const outputs = mkdtempSync(join(work, "outputs-"));
  try {
    for (const module of modules) {
      results.measurements.push(...(await measureRounds(contenders, module, { ...context, outputs }, options)));
      save(out, results);
    }
  } finally {
    rmSync(outputs, { recursive: true, force: true });
  }
  results.versions = versions(contenders, venvs);
  if (options.answers)
    results.answers = { truncations: TRUNCATIONS, rows: await compareAnswers(contenders, sizes[0], context) };
  if (options.profile) results.profile = profileConversion(modules.at(-1), context);
  save(out, results);
  console.error(`results: ${out}\nmodules: ${work}`);
  return results;
}

function versions(contenders, venvs) {
  const names = new Set(contenders.flatMap(({ venv }) => venv ?? []));
  return { ours: ourVersions(root), ...Object.fromEntries([...names].map((name) => [name, versionsOf(venvs, name)])) };
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
