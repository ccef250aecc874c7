import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { count, list, optionValues } from "./option-values.mjs";

export const SIZES = [
  "biggan-deep-128",
  "biggan-128",
  "biggan-deep-256",
  "biggan-256",
  "biggan-deep-512",
  "biggan-512",
];

export const HELP = `Measures our conversion, its rivals and the physical floor, alternating, in one run.

npm run bench -- [options]
  --sizes A,B        ${SIZES.join(", ")} [all]
  --only A,B         groups (ours, rivals, floor) or single rows, by id [all]
  --rivals none|all  [all]
  --rounds N         of ours and the floor [5]
  --rival-rounds N   of the rivals, which take minutes [1]
  --work DIR         where modules and Python environments are kept [a folder of the system's temporary one]
  --venvs DIR        Python environments made before [DIR/venvs]
  --program FILE     the program measured [bin/biggan-port.js]
  --out FILE         results [bench/results/DATE-convert.json]
  --profile          profile the conversion of the last size as well
  --answers          run what was converted, and compare the pictures with TensorFlow's, as well
  --write-docs       put tables and charts into docs/performance.md
  --docs-from FILE   only that, from results measured before
  --help`;

const STRINGS = ["sizes", "only", "rivals", "rounds", "rival-rounds", "work", "venvs", "program", "out", "docs-from"];
const SWITCHES = ["profile", "answers", "write-docs", "help"];

/** Options of the command line; throws a worded Error on ones that it does not know. Paths are made absolute. */
export function parseOptions(args, root, date) {
  const values = optionValues(args, STRINGS, SWITCHES);
  const sizes = list(values.sizes) ?? SIZES;
  const unknown = sizes.filter((size) => !SIZES.includes(size));
  if (unknown.length > 0) throw new Error(`--sizes: ${unknown.join(", ")} is none of ${SIZES.join(", ")}`);
  if (!["none", "all", undefined].includes(values.rivals)) throw new Error("--rivals: none or all");
  const work = resolve(values.work ?? join(tmpdir(), "biggan-port-bench"));
  return {
    sizes,
    only: list(values.only),
    rivals: values.rivals !== "none",
    rounds: count("--rounds", values.rounds ?? "5"),
    rivalRounds: count("--rival-rounds", values["rival-rounds"] ?? "1"),
    work,
    venvs: resolve(values.venvs ?? join(work, "venvs")),
    program: resolve(root, values.program ?? "bin/biggan-port.js"),
    out: resolve(root, values.out ?? `bench/results/${date}-convert.json`),
    profile: values.profile === true,
    answers: values.answers === true,
    writeDocs: values["write-docs"] === true,
    docsFrom: values["docs-from"] === undefined ? undefined : resolve(values["docs-from"]),
    help: values.help === true,
  };
}
