import { ExportError, UsageError } from "../../core/errors.js";
import { writeBundle } from "../../export/bundle.js";
import { writeFolder } from "../../io/atomic-output.js";
import { findLabels } from "../../sampling/labels-file.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelLine } from "../describe-model.js";
import { list, withExport, withModel } from "../options.js";
import { formatBytes } from "../progress.js";
import type { Session } from "../session.js";

/** Exports a model. */
export function convertCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "convert <model>",
    "Export as a folder that a web page can load and that proves itself",
    (yargs) =>
      withExport(withModel(yargs)).example(
        "$0 convert biggan-deep-128.tar.gz -o web/model --to tfjs",
        "for tf.loadGraphModel",
      ),
    async (args) => {
      const session = open(args.quiet);
      requireSupported(args.to, args.dtype);
      await withOpenModel(args, session, async (model) => {
        const labels = await findLabels(model.file, model.graph.classes);
        const report = exportProgress(session);
        const manifest = await writeFolder(args.output, { force: args.force, signal: session.signal }, (folder) =>
          writeBundle(folder, model, { labels, signal: session.signal, onProgress: report.update }),
        ).finally(report.stop);
        session.document({ output: args.output, manifest });
        session.print(modelLine(model));
        session.print(
          `${args.output}: ${manifest.files.length + 1} files, ${formatBytes(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0))}`,
        );
      });
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

const FORMATS = ["tfjs", "onnx", "safetensors"];

/** Exit 2 for what nobody knows, exit 6 for what this version cannot write. */
export function requireSupported(to: string | readonly string[], dtype: string): void {
  for (const format of list(to)) {
    if (!FORMATS.includes(format)) throw new UsageError(`--to: expected ${FORMATS.join(", ")}, found ${format}`);
    if (format !== "tfjs")
      throw new ExportError(`--to ${format}: this version writes tfjs`, { hint: "Use --to tfjs." });
  }
  if (dtype !== "float32")
    throw new ExportError(`--dtype ${dtype}: this version writes float32`, { hint: "Use --dtype float32." });
}
