import { UsageError } from "../../core/errors.js";
import type { Model } from "../../mapping/open-model.js";
import { parseBackend } from "../../runtime/backends.js";
import { layerOf } from "../../runtime/runtime.js";
import { type ClassMix, describeMix, oneHot, resolveClass } from "../../sampling/class-mix.js";
import { findLabels } from "../../sampling/labels-file.js";
import { readPictures } from "../../sampling/read-picture.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { evaluateModel } from "../generate.js";
import { withBackend, withModel } from "../options.js";
import { requireRole } from "../require-role.js";
import { formatTable } from "../table.js";

/** Judges pictures with a discriminator. */
export function scoreCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "score <model>",
    "Judge pictures with a discriminator: a logit for each, higher for what looks real and like its class",
    (yargs) =>
      withBackend(withModel(yargs))
        .option("images", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "PNG pictures of the size that the discriminator was trained on",
        })
        .option("class", {
          type: "string",
          array: true,
          demandOption: true,
          describe: 'Index, name, or a mix such as "cat:0.5,dog:0.5": one for all pictures, or one for each',
        })
        .example("$0 score D.pth --images cat1.png cat2.png --class tabby", "do they look like real cats?")
        .example("$0 score D.pth --images a.png b.png --class 207 --class 281 --json", "a class each, for a script"),
    async (args) => {
      const session = open(args.quiet);
      const backend = parseBackend(args.backend);
      const work = async (model: Model) => {
        requireRole(model, "discriminator", "score");
        const { classes, resolution } = model.graph;
        const labels = await findLabels(model.file, classes);
        const mixes = classesOf(
          args.images,
          args.class.map((text) => resolveClass(text, labels, classes)),
        );
        const x = await readPictures(args.images, resolution, { signal: session.signal });
        const { layers, description } = await evaluateModel(model, backend, { x, y: oneHot(mixes, classes) }, session);
        const { data } = layerOf(layers, "logits");
        const scores = args.images.map((image, row) => ({
          image,
          class: describeMix(mixes[row] ?? [], labels),
          logit: data[row] ?? Number.NaN,
        }));
        session.document({ backend, runtime: description, scores });
        const rows = scores.map((score) => [score.image, score.class, score.logit.toFixed(4)]);
        for (const line of formatTable([["picture", "class", "logit"], ...rows], [2])) session.print(line);
      };
      await withOpenModel(args, session, work, { role: "discriminator" });
    },
  );
}

/** One class a picture. */
function classesOf(images: readonly string[], given: readonly ClassMix[]): readonly ClassMix[] {
  const [only] = given;
  if (only !== undefined && given.length === 1) return images.map(() => only);
  if (given.length === images.length) return given;
  throw new UsageError(`--class: expected 1 or ${images.length}, as many as pictures, found ${given.length}`);
}
