// What is visited: exports, each with its page, and the page of the library alone beside it.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { lastWords } from "../bench/measure.mjs";
import { moduleOf } from "../bench/modules.mjs";

/** A fixture as float32, as `npm start` makes it. */
export function miniExport(name, context) {
  const input = join(context.root, "fixtures", `${name}.tar.gz`);
  return exportOf(name, input, [], { ...context, isMini: true });
}

/** A full size as float16, with the test pictures that make its self-test possible. */
export async function fullExport(size, context) {
  const { folder } = await moduleOf(size, context);
  return exportOf(`${size}-float16`, folder, ["--dtype", "float16", "--goldens"], { ...context, isMini: false });
}

function exportOf(name, input, words, { node, program, work, scripts, isMini, keep, scrub }) {
  const folder = join(work, "web", name);
  if (!keep || !existsSync(folder)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    console.error(`exporting ${name}`);
    const args = [program, "convert", input, "-o", folder, "--to", "tfjs,onnx", "--quiet", ...words];
    const { status, stdout, stderr } = spawnSync(node, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
    if (status !== 0) throw new Error(scrub(`${name} was not exported: ${lastWords(stdout + stderr)}`));
  }
  for (const file of ["visit.html", "visit.js"]) {
    copyFileSync(join(scripts, "bench-web/page", file), join(folder, `bench-${file}`));
  }
  const { files, goldens } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const bytesOf = (prefix) =>
    files.filter(({ path }) => path.startsWith(prefix)).reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    name,
    folder,
    isMini,
    tfjsBytes: bytesOf("tfjs/"),
    onnxBytes: bytesOf("onnx/"),
    goldens: goldens?.cases ?? 0,
  };
}
