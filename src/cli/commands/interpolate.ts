import { UsageError } from "../../core/errors.js";
import { writeFile } from "../../io/atomic-output.js";
import { parseBackend } from "../../runtime/backends.js";
import { oneHot, resolveClass } from "../../sampling/class-mix.js";
import { interpolate } from "../../sampling/interpolate.js";
import { findLabels } from "../../sampling/labels-file.js";
import { encodeGrid } from "../../sampling/picture-grid.js";
import { sampleZ } from "../../sampling/sample-z.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { generate } from "../generate.js";
import { truncationValue, wholeNumber, withBackend, withModel, withSampling } from "../options.js";
import { requireRole } from "../require-role.js";

const MAX_STEPS = 1000;

/** Pictures on the straight line between two points, z and class each for itself. */
export function interpolateCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "interpolate <model>",
    "A strip of pictures between two points, each CLASS or CLASS@SEED",
    (yargs) =>
      withSampling(withBackend(withModel(yargs)))
        .option("output", { alias: "o", type: "string", demandOption: true, describe: "PNG to write" })
        .option("from", {
          type: "string",
          demandOption: true,
          describe: "Class (index, name or mix), optionally @SEED",
        })
        .option("to", {
          type: "string",
          demandOption: true,
          describe: "Likewise; without @SEED the seed is --seed + 1",
        })
        .option("steps", { type: "number", default: 8, describe: "Pictures, both ends included" })
        .example(
          "$0 interpolate biggan-128.tar.gz -o strip.png --from goldfish@0 --to goldfish@5 --steps 10",
          "one class, two seeds",
        )
        .example("$0 interpolate biggan-128.tar.gz -o strip.png --from 207@3 --to 281@3", "one seed, two classes"),
    async (args) => {
      const session = open(args.quiet);
      const backend = parseBackend(args.backend);
      const seed = wholeNumber("seed", args.seed, 0, 2 ** 32 - 2);
      const steps = wholeNumber("steps", args.steps, 2, MAX_STEPS);
      const truncation = truncationValue(args.truncation);
      const ends = [parsePoint("from", args.from, seed), parsePoint("to", args.to, seed + 1)] as const;
      await withOpenModel(args, session, async (model) => {
        requireRole(model, "generator", "interpolate");
        const { file, graph } = model;
        const labels = await findLabels(file, graph.classes);
        const [from, to] = ends.map((end) => ({
          z: sampleZ({ count: 1, zDim: graph.zDim, truncation, seed: end.seed }),
          y: oneHot([resolveClass(end.label, labels, graph.classes)], graph.classes),
        }));
        if (from === undefined || to === undefined) throw new Error("interpolate: two ends are needed");
        const inputs = { z: interpolate(from.z, to.z, steps), y: interpolate(from.y, to.y, steps), truncation };
        await writeFile(args.output, async () => {
          const { image } = await generate(model, backend, inputs, session);
          return encodeGrid(image, steps);
        });
        session.document({ output: args.output, from: ends[0], to: ends[1], steps, truncation });
        session.print(`${args.output}: ${steps} pictures from ${args.from} to ${args.to} (truncation ${truncation})`);
      });
    },
  );
}

/** `goldfish@12`: the class before the last @, the seed behind it. */
function parsePoint(
  option: string,
  text: string,
  otherwise: number,
): { readonly label: string; readonly seed: number } {
  const match = /^(.+)@(\d+)$/.exec(text);
  if (match === null) {
    if (text.includes("@"))
      throw new UsageError(`--${option}: expected CLASS or CLASS@SEED with a whole number, found ${text}`);
    return { label: text, seed: otherwise };
  }
  return { label: match[1] ?? "", seed: wholeNumber(option, Number(match[2]), 0, 2 ** 32 - 1) };
}
