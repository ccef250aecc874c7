import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { count, list, optionValues } from "../bench/option-values.mjs";

const SIZES = ["biggan-deep-128", "biggan-128", "biggan-deep-256"];
/** Beside any published size: for software GPUs. */
const KNOWN = [...SIZES, "biggan-256", "biggan-deep-512", "biggan-512", "biggan-mini", "biggan-deep-mini"];

export const HELP = `Measures how long a picture takes: ours, the graph before its rewrites, PyTorch and its exports, in turns, in one run.

npm run bench:inference -- [options]
  --sizes A,B        ${KNOWN.join(", ")} [${SIZES.join(",")}]
  --only A,B         groups (ours, plain, rivals) or single rows, by id [all]
  --variant PASSES   one row more: ours on onnxruntime with --passes PASSES; may be repeated
  --batches A,B      1 to 8 [1,8]
  --rounds N         turns of each row at each batch [7]
  --turn-seconds S   length of a turn, one run at least [1]
  --threads N        for all [2]
  --webgpu           tfjs-webgpu as well; on a software adapter, of mini sizes alone
  --work DIR         where modules, exports and Python environments are kept [a folder of the system's temporary one]
  --venvs DIR        Python environments made before [DIR/venvs]
  --program FILE     the program that exports [bin/biggan-port.js]
  --out FILE         results [bench/results/DATE-inference.json]
  --write-docs       put tables and charts into docs/performance.md
  --docs-from FILE   only that, from results measured before
  --help`;

const STRINGS = [
  ...["sizes", "only", "batches", "rounds", "turn-seconds", "threads"],
  ...["work", "venvs", "program", "out", "docs-from"],
];
const SWITCHES = ["webgpu", "write-docs", "help"];

/** Options of the command line; throws a worded Error on ones that it does not know. Paths are made absolute. */
export function parseOptions(args, root, date) {
  const values = optionValues(args, STRINGS, SWITCHES, {
    variant: { type: "string", multiple: true },
  });
  const sizes = list(values.sizes) ?? SIZES;
  const unknown = sizes.filter((size) => !KNOWN.includes(size));
  if (unknown.length > 0) throw new Error(`--sizes: ${unknown.join(", ")} is none of ${KNOWN.join(", ")}`);
  const batches = (list(values.batches) ?? ["1", "8"]).map((text) => count("--batches", text));
  if (batches.some((batch) => batch > 8)) throw new Error(`--batches: expected at most 8, found ${values.batches}`);
  const turnSeconds = Number(values["turn-seconds"] ?? "1");
  if (!(turnSeconds > 0)) throw new Error(`--turn-seconds: expected a number above 0, found ${values["turn-seconds"]}`);
  const work = resolve(values.work ?? join(tmpdir(), "biggan-port-bench"));
  return {
    sizes,
    only: list(values.only),
    variants: values.variant ?? [],
    // Memory counts from a process's start: the smaller batch has to come first.
    batches: batches.toSorted((a, b) => a - b),
    rounds: count("--rounds", values.rounds ?? "7"),
    turnSeconds,
    threads: count("--threads", values.threads ?? "2"),
    webgpu: values.webgpu === true,
    work,
    venvs: resolve(values.venvs ?? join(work, "venvs")),
    program: resolve(root, values.program ?? "bin/biggan-port.js"),
    out: resolve(root, values.out ?? `bench/results/${date}-inference.json`),
    writeDocs: values["write-docs"] === true,
    docsFrom: values["docs-from"] === undefined ? undefined : resolve(values["docs-from"]),
    help: values.help === true,
  };
}
