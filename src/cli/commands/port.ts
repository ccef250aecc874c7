import { join } from "node:path";
import { writeBundle } from "../../export/bundle.js";
import { writeFolder } from "../../io/atomic-output.js";
import type { Model } from "../../mapping/open-model.js";
import { renderReport } from "../../parity/report.js";
import { DEFAULT_BACKEND } from "../../runtime/backends.js";
import { oneHot } from "../../sampling/class-mix.js";
import { findLabels } from "../../sampling/labels-file.js";
import { encodeGrid } from "../../sampling/picture-grid.js";
import { sampleZ } from "../../sampling/sample-z.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelLine } from "../describe-model.js";
import { generate } from "../generate.js";
import { measureParity, parityBackends, requireParity } from "../measure-parity.js";
import { list, withExport, withModel } from "../options.js";
import { paritySummary, parityTable } from "../parity-table.js";
import { formatBytes } from "../progress.js";
import type { Session } from "../session.js";
import { exportProgress, requireSupported } from "./convert.js";

/** Pictures in the sample grid: this many for each of up to ten classes. */
const SAMPLES = { columns: 8, classes: 10, truncation: 0.5, seed: 0 };

/** The main job: check, compare, sample, export and report in one go. */
export function portCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "port <model>",
    "The main job: inspect, check, convert, parity, samples and report in one go",
    (yargs) =>
      withExport(withModel(yargs))
        .option("against", {
          type: "string",
          array: true,
          default: ["float64"],
          describe: "float64 (our graph), or REF.npz files",
        })
        .option("backend", {
          type: "string",
          array: true,
          describe: "Back-ends to compare, or all [reference, tfjs-wasm]",
        })
        .example("$0 port fixtures/biggan-mini.tar.gz -o out/biggan-mini", "port the embedded module")
        .example("$0 port biggan-deep-256.tar.gz -o web/model --force", "replace an earlier export"),
    async (args) => {
      const session = open(args.quiet);
      requireSupported(args.to, args.dtype);
      const backends = parityBackends(args.backend);
      await withOpenModel(args, session, async (model) => {
        session.print(`${model.file}: ${modelLine(model)}`);
        const { resolution } = model;
        const parameters = model.parameters;
        parameters();
        session.print(
          `${resolution.mapping.name}: ${resolution.assignments.length} parameters filled, ${resolution.uses.size} source tensors accounted for\n`,
        );
        const result = await measureParity(model, list(args.against), backends, session);
        for (const line of parityTable(result)) session.print(line);
        session.print();
        requireParity(model.file, result);

        const labels = await findLabels(model.file, model.graph.classes);
        const samples = await drawSamples(model, labels, session);
        const html = renderReport({
          title: `Port of ${model.graph.name}, ${model.graph.resolution} x ${model.graph.resolution}`,
          facts: [
            ["Model", modelLine(model)],
            ["Mapping", resolution.mapping.name],
          ],
          result,
          warnings: model.warnings,
          samples,
        });
        const report = exportProgress(session);
        const manifest = await writeFolder(args.output, { force: args.force, signal: session.signal }, (folder) =>
          writeBundle(folder, model, {
            labels,
            parity: paritySummary(result),
            extraFiles: [
              { path: "report/index.html", bytes: Buffer.from(html) },
              { path: "report/samples.png", bytes: samples.png },
            ],
            signal: session.signal,
            onProgress: report.update,
          }),
        ).finally(report.stop);
        session.document({ output: args.output, parity: result, manifest });
        session.print(`Pictures  ${join(args.output, "report", "samples.png")}`);
        session.print(`Report    ${join(args.output, "report", "index.html")}`);
        const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
        session.print(
          `Export    ${args.output} (${manifest.files.length + 1} files, ${formatBytes(bytes)}; tfjs/model.json loads with tf.loadGraphModel)`,
        );
        session.print();
      });
    },
  );
}

/** A row of pictures for each of the first classes, evenly spread when there are many. */
async function drawSamples(model: Model, labels: readonly string[] | undefined, session: Session) {
  const { classes, zDim } = model.graph;
  const { columns, truncation, seed } = SAMPLES;
  const shown = Math.min(SAMPLES.classes, classes);
  const indices = Array.from({ length: shown }, (_, row) => Math.floor((row * classes) / shown));
  const mixes = indices.flatMap((index) => Array.from({ length: columns }, () => [{ index, weight: 1 }]));
  const z = sampleZ({ count: mixes.length, zDim, truncation, seed });
  const { image } = await generate(model, DEFAULT_BACKEND, { z, y: oneHot(mixes, classes), truncation }, session);
  const names = indices.map((index) => labels?.[index] ?? `class ${index}`);
  return { png: encodeGrid(image, columns), caption: `${names.join(", ")}: truncation ${truncation}, seed ${seed}` };
}
