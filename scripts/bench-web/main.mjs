// `npm run bench:web`: what the browser runtime costs a visitor, in this machine's Chromium. See docs/web.md.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { load, machine } from "../bench/machine.mjs";
import { save, scrubber } from "../bench/results.mjs";
import { HELP, parseOptions } from "./options.mjs";

const scripts = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(scripts, "..");

async function main() {
  const date = new Date().toISOString().slice(0, 10);
  const options = parseOptions(process.argv.slice(2), root, date);
  if (options.help) return console.log(HELP);
  const { writeDocs } = await import("./docs.mjs");
  if (options.docsFrom !== undefined) return writeDocs(root, JSON.parse(readFileSync(options.docsFrom, "utf8")));
  if (!existsSync(join(root, "dist"))) throw new Error("there is no dist folder: npm run build makes it");
  const results = await bench(options, date);
  if (options.writeDocs) writeDocs(root, results);
}

async function bench(options, date) {
  // All three need dist.
  const [{ miniExport, fullExport }, { probeBrowser }, { race }] = await Promise.all([
    import("./exports.mjs"),
    import("./browser.mjs"),
    import("./race.mjs"),
  ]);
  const { rowsFor } = await import("./rows.mjs");
  const { minis, full, only, work, venvs, program, keep, out } = options;
  const browser = await probeBrowser();
  const context = {
    node: process.execPath,
    program,
    root,
    scripts,
    work,
    venvs,
    keep,
    scrub: scrubber({ root, work, venvs }),
  };
  const results = {
    date,
    machine: machine(),
    load: load(),
    browser,
    versions: versions(),
    rounds: options.rounds,
    fullRounds: options.fullRounds,
    rows: rowsFor({ only, isMini: true, hasGpu: browser.hasGpu }).map(({ id, title }) => ({ id, title })),
    models: [],
    visits: [],
    programs: [],
    failures: [],
  };
  for (const [names, exportOf, rounds, pictures] of [
    [minis, miniExport, options.rounds, options.pictures],
    [full, fullExport, options.fullRounds, options.fullPictures],
  ]) {
    for (const name of names) {
      const { folder, ...model } = await exportOf(name, context);
      results.models.push(model);
      const rows = rowsFor({ only, isMini: model.isMini, hasGpu: browser.hasGpu });
      const found = await race(rows, { folder, ...model }, { ...context, rounds, pictures });
      for (const key of ["visits", "programs", "failures"]) results[key].push(...found[key]);
      save(out, results);
    }
  }
  console.error(`results: ${out}\nexports: ${work}`);
  return results;
}

function versions() {
  const names = ["@tensorflow/tfjs-core", "onnxruntime-web", "playwright-core", "vite"];
  const packages = names.map((name) => `${name}==${versionOf(join(root, "node_modules", name))}`);
  return [`biggan-port==${versionOf(root)}`, ...packages];
}

function versionOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
