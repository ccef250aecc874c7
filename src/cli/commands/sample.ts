import { writeFile } from "../../io/atomic-output.js";
import type { Model } from "../../mapping/open-model.js";
import { parseBackend } from "../../runtime/backends.js";
import { describeMix, oneHot, resolveClass } from "../../sampling/class-mix.js";
import { findLabels } from "../../sampling/labels-file.js";
import { encodeGrid } from "../../sampling/picture-grid.js";
import { sampleZ } from "../../sampling/sample-z.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { generate } from "../generate.js";
import { truncationValue, wholeNumber, withBackend, withModel, withSampling } from "../options.js";
import { requireRole } from "../require-role.js";
import type { Session } from "../session.js";

const MAX_COUNT = 1000;
/** Without --class, the first few classes are shown. */
const CLASSES_SHOWN = 10;

/** A grid of pictures: one row a class. */
export function sampleCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "sample <model>",
    "A grid of pictures as PNG: one row for each class",
    (yargs) =>
      withSampling(withBackend(withModel(yargs)))
        .option("output", { alias: "o", type: "string", demandOption: true, describe: "PNG to write" })
        .option("class", {
          type: "string",
          array: true,
          describe: 'Index, name, or a mix such as "cat:0.5,dog:0.5"; repeat for more rows',
        })
        .option("count", { type: "number", default: 8, describe: "Pictures for each class" })
        .example("$0 sample biggan-128.tar.gz -o cats.png --class tabby --truncation 0.4 --count 8", "eight cats")
        .example(
          '$0 sample biggan-128.tar.gz -o mix.png --class "otter:0.5,sea lion:0.5" --seed 7',
          "something between",
        ),
    async (args) => {
      const session = open(args.quiet);
      const backend = parseBackend(args.backend);
      const request = {
        classes: args.class ?? [],
        seed: wholeNumber("seed", args.seed, 0, 2 ** 32 - 1),
        count: wholeNumber("count", args.count, 1, MAX_COUNT),
        truncation: truncationValue(args.truncation),
      };
      await withOpenModel(args, session, async (model) => {
        requireRole(model, "generator", "sample");
        const { inputs, rows } = await drawInputs(model, request);
        await writeFile(args.output, async () => {
          const { image } = await generate(model, backend, inputs, session);
          return encodeGrid(image, request.count);
        });
        report(args.output, rows, request, session);
      });
    },
  );
}

interface SampleRequest {
  readonly classes: readonly string[];
  readonly seed: number;
  readonly count: number;
  readonly truncation: number;
}

/** z goes on from row to row of the grid, in one stream from the seed. */
async function drawInputs({ file, graph }: Model, { classes, seed, count, truncation }: SampleRequest) {
  const labels = await findLabels(file, graph.classes);
  const texts =
    classes.length > 0
      ? classes
      : Array.from({ length: Math.min(CLASSES_SHOWN, graph.classes) }, (_, index) => String(index));
  const mixes = texts.map((text) => resolveClass(text, labels, graph.classes));
  const z = sampleZ({ count: mixes.length * count, zDim: graph.zDim, truncation, seed });
  const y = oneHot(
    mixes.flatMap((mix) => Array.from({ length: count }, () => mix)),
    graph.classes,
  );
  return { inputs: { z, y, truncation }, rows: mixes.map((mix) => describeMix(mix, labels)) };
}

function report(
  output: string,
  rows: readonly string[],
  { seed, count, truncation }: SampleRequest,
  session: Session,
): void {
  session.document({ output, rows, count, seed, truncation });
  session.print(`${output}: ${count} pictures each of ${rows.join("; ")} (seed ${seed}, truncation ${truncation})`);
}
