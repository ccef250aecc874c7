// Where a conversion spends its time: node scripts/bench/profile.mjs MODEL [options of convert]
// Functions by their own time, of all JavaScript threads; native threads (inflating, file system) show in the CPU time alone.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Own milliseconds of each function of a V8 CPU profile, most first: [{ name, place, milliseconds }]. Places are relative to `base`. */
export function selfTimes({ nodes, samples, timeDeltas }, base) {
  const labels = new Map(nodes.map(({ id, callFrame }) => [id, labelOf(callFrame, base)]));
  const total = new Map();
  samples.forEach((id, index) => {
    const label = labels.get(id);
    total.set(label, (total.get(label) ?? 0) + timeDeltas[index] / 1000);
  });
  return [...total]
    .map(([label, milliseconds]) => {
      const [name, place] = label.split("\n");
      return { name, place, milliseconds };
    })
    .toSorted((a, b) => b.milliseconds - a.milliseconds);
}

function labelOf({ functionName, url, lineNumber }, base) {
  const file = url.replace(/^file:\/\//, "").replace(base, "");
  return `${functionName || "(anonymous)"}\n${file === "" ? "" : `${file}:${lineNumber + 1}`}`;
}

/** Profiles one conversion of a model: per thread { thread, milliseconds, functions }, the 20 functions with the most own time. */
export function profile(model, args, { program, node = process.execPath }) {
  const folder = mkdtempSync(join(tmpdir(), "biggan-port-profile-"));
  try {
    const words = [
      "--cpu-prof",
      "--cpu-prof-dir",
      folder,
      program,
      "convert",
      model,
      "-o",
      join(folder, "out"),
      ...args,
    ];
    const { status, stderr } = spawnSync(node, words, { encoding: "utf8" });
    if (status !== 0) throw new Error(`convert exited ${status}: ${stderr.trim().split("\n").at(-1)}`);
    const files = readdirSync(folder).filter((name) => name.endsWith(".cpuprofile"));
    return files
      .map((name) => selfTimes(JSON.parse(readFileSync(join(folder, name), "utf8")), root))
      .map((functions) => ({
        milliseconds: functions.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
        functions: functions.slice(0, 20),
      }))
      .toSorted((a, b) => b.milliseconds - a.milliseconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Profile of a benchmark's module, from its archive. */
export function profileConversion(module, context) {
  const threads = profile(module.archive, ["--to", "tfjs", "--dtype", "float32", "--quiet"], context);
  return { module: module.name, from: "archive", threads };
}

/** A table of each thread. */
export function profileTable(threads) {
  return threads
    .map(({ milliseconds, functions }, index) => {
      const rows = functions
        .filter((one) => one.milliseconds >= milliseconds / 200)
        .map((one) => {
          const part = ((100 * one.milliseconds) / milliseconds).toFixed(1);
          return `| ${Math.round(one.milliseconds)} | ${part} | \`${one.name}\` | ${one.place} |`;
        });
      const title = `Thread ${index + 1}, ${Math.round(milliseconds)} ms`;
      return [title, "", "| own ms | % | function | place |", "|---:|---:|---|---|", ...rows].join("\n");
    })
    .join("\n\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [model, ...args] = process.argv.slice(2);
  if (model === undefined) console.error("node scripts/bench/profile.mjs MODEL [options of convert]");
  else console.log(profileTable(profile(resolve(model), args, { program: join(root, "bin/biggan-port.js") })));
}
