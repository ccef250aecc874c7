import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { count, list, optionValues } from "../bench/option-values.mjs";

const MINIS = ["biggan-mini", "biggan-deep-mini"];

export const HELP = `Measures the browser runtime in this machine's Chromium: bytes of JavaScript, first picture, load, pictures, memory, long tasks.

npm run bench:web -- [options]
  --minis A,B        fixtures, float32: ${MINIS.join(", ")}, or none [all]
  --full A,B         full sizes, float16, or none [biggan-deep-128]
  --only A,B         single rows, by id: page, library, tfjs-wasm, … [all]
  --rounds N         first and second visits of each row on a mini [3]
  --full-rounds N    the same on a full size [3]
  --pictures N       pictures timed after the first one, each visit [5]
  --full-pictures N  the same on a full size [3]
  --keep             take exports of an earlier run, where there are any: a full size takes minutes
  --work DIR         where modules, exports and Python environments are kept [a folder of the system's temporary one]
  --venvs DIR        Python environments made before [DIR/venvs]
  --program FILE     the program that exports [bin/biggan-port.js]
  --out FILE         results [bench/results/DATE-web.json]
  --write-docs       put tables into docs/web.md
  --docs-from FILE   only that, from results measured before
  --help`;

const STRINGS = [
  ...["minis", "full", "only", "rounds", "full-rounds", "pictures", "full-pictures"],
  ...["work", "venvs", "program", "out", "docs-from"],
];
const SWITCHES = ["keep", "write-docs", "help"];

/** Options of the command line; throws a worded Error on ones that it does not know. Paths are made absolute. */
export function parseOptions(args, root, date) {
  const values = optionValues(args, STRINGS, SWITCHES);
  const minis = listOrNone(values.minis) ?? MINIS;
  const unknown = minis.filter((mini) => !MINIS.includes(mini));
  if (unknown.length > 0) throw new Error(`--minis: ${unknown.join(", ")} is none of ${MINIS.join(", ")}`);
  const work = resolve(values.work ?? join(tmpdir(), "biggan-port-bench"));
  return {
    minis,
    full: listOrNone(values.full) ?? ["biggan-deep-128"],
    only: listOrNone(values.only),
    rounds: count("--rounds", values.rounds ?? "3"),
    fullRounds: count("--full-rounds", values["full-rounds"] ?? "3"),
    pictures: count("--pictures", values.pictures ?? "5"),
    fullPictures: count("--full-pictures", values["full-pictures"] ?? "3"),
    keep: values.keep === true,
    work,
    venvs: resolve(values.venvs ?? join(work, "venvs")),
    program: resolve(root, values.program ?? "bin/biggan-port.js"),
    out: resolve(root, values.out ?? `bench/results/${date}-web.json`),
    writeDocs: values["write-docs"] === true,
    docsFrom: values["docs-from"] === undefined ? undefined : resolve(values["docs-from"]),
    help: values.help === true,
  };
}

/** `none` is an empty list. */
function listOrNone(text) {
  return list(text)?.filter((word) => word !== "none");
}
