import { writeBundle } from "../../export/bundle.js";
import { writeFolder } from "../../io/atomic-output.js";
import { openWeightThread } from "../../io/weight-thread/weight-thread.js";
import type { Model } from "../../mapping/model.js";
import { NAMES } from "../../naming/names.js";
import { findLabels } from "../../sampling/labels-file.js";
import { choosePage, openThePage } from "../choose-page.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { describeExport, passReports } from "../describe-export.js";
import { modelLine, modelTitle } from "../describe-model.js";
import { exportRequest, prepareExport } from "../export-request.js";
import { goldenCost, noteGoldens } from "../golden-cost.js";
import { exportNamed, namedRequest } from "../named-export.js";
import { withExport, withModel } from "../options.js";
import { formatBytes } from "../progress.js";
import { qualityFiles } from "../quality-file.js";
import type { Session } from "../session.js";
import { collectGarbage, flagsToRepeat } from "../v8-flags.js";

/** Exports a model. */
export function convertCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "convert <model>",
    "Export as a folder that a web page can load and that proves itself",
    (yargs) =>
      withExport(withModel(yargs))
        .option("names", {
          choices: NAMES,
          default: NAMES[0],
          describe: "Names of tensors, with --to safetensors: ours, BigGAN-PyTorch's or pytorch-pretrained-BigGAN's",
        })
        .example("$0 convert biggan-deep-128.tar.gz -o web/model --to tfjs", "for tf.loadGraphModel")
        .example("$0 convert biggan-128.tar.gz -o model --to tfjs,onnx --dtype float16", "half the bytes")
        .example("$0 convert biggan-128.tar.gz -o model --quality 40dB", "the smallest weights that are as good")
        .example("$0 convert biggan-128.tar.gz -o model --truncation 0.5", "one truncation, baked in")
        .example("$0 convert biggan-128.tar.gz -o G --to safetensors --names biggan-pytorch", "back to who trains"),
    async (args) => {
      const session = open(args.quiet);
      const named = namedRequest(args);
      if (named !== undefined) {
        await withOpenModel(args, session, (model) => exportNamed(model, named, args, session));
        return;
      }
      const request = exportRequest(args);
      await using thread = openWeightThread(flagsToRepeat());
      const work = async (model: Model) => {
        const labels = await findLabels(model.file, model.graph.classes);
        const page = await choosePage(model, request.formats, args.page, session);
        const report = exportProgress(session);
        const { formats, manifest } = await writeFolder(
          args.output,
          { force: args.force, signal: session.signal },
          async (folder) => {
            const formats = await prepareExport(model, request, session);
            if (args.goldens === true) noteGoldens(model.graph, formats, session);
            collectGarbage();
            const { truncation } = request;
            const about = { title: modelTitle(model), resolution: model.graph.resolution, labels };
            const manifest = await writeBundle(folder, model, {
              extraFiles: await qualityFiles(formats, about),
              formats,
              truncation,
              labels,
              page,
              goldens: args.goldens,
              thread,
              timings: args.timings,
              signal: session.signal,
              onProgress: report.update,
            });
            return { formats, manifest };
          },
        ).finally(report.stop);
        session.document({ output: args.output, manifest, passes: passReports(formats) });
        session.print(modelLine(model));
        for (const line of describeExport(formats)) session.print(line);
        if (manifest.goldens === undefined && args.goldens === undefined) {
          session.note(`golden pictures left out: ${goldenCost(model.graph, formats)}; --goldens writes them`);
        }
        session.print(
          `${args.output}: ${manifest.files.length + 1} files, ${formatBytes(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0))}`,
        );
        if (page.length > 0) session.print(openThePage(args.output));
      };
      await withOpenModel(args, session, work, { thread });
    },
  );
}

/** One bar for each stage, the earlier one gone when the next begins. */
export function exportProgress(session: Session) {
  const bars = { weights: session.progress("writing"), goldens: session.progress("golden pictures", "steps") };
  return {
    update: (stage: keyof typeof bars, done: number, total: number) => {
      if (stage === "goldens") bars.weights.stop();
      bars[stage].update(done, total);
    },
    stop: () => {
      bars.weights.stop();
      bars.goldens.stop();
    },
  };
}
