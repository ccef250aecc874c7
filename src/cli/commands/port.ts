import { join } from "node:path";
import { writeBundle } from "../../export/bundle.js";
import type { PageFile } from "../../export/page.js";
import { writeFolder } from "../../io/atomic-output.js";
import type { Model } from "../../mapping/open-model.js";
import { withFiles } from "../../parity/report/file-check.js";
import { renderReport } from "../../parity/report/page.js";
import { reportJson } from "../../parity/report/report-data.js";
import { reportText } from "../../parity/report/write-report.js";
import { findLabels } from "../../sampling/labels-file.js";
import { choosePage, openThePage } from "../choose-page.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { composeReport, requireSweep } from "../compose-report.js";
import { describeExport } from "../describe-export.js";
import { modelLine, modelTitle } from "../describe-model.js";
import { drawSamples } from "../draw-samples.js";
import { type ExportRequest, exportRequest, prepareExport } from "../export-request.js";
import { noteGoldens } from "../golden-cost.js";
import { measureParity, type ParityRequest, parityRequest, requireParity } from "../measure-parity.js";
import { withExport, withModel, withParity } from "../options.js";
import { paritySummary } from "../parity-summary.js";
import { parityTable, terminalColour } from "../parity-table.js";
import { formatBytes } from "../progress.js";
import { qualityFiles } from "../quality-file.js";
import { requireRole } from "../require-role.js";
import type { Session } from "../session.js";
import { tryExport } from "../try-export.js";
import { exportProgress } from "./convert.js";

/** The main job: check, compare, sample, export and report in one go. */
export function portCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "port <model>",
    "The main job: inspect, check, convert, parity, samples and report in one go",
    (yargs) =>
      withParity(withExport(withModel(yargs)))
        .example("$0 port fixtures/biggan-mini.tar.gz -o out/biggan-mini", "port the embedded module")
        .example("$0 port biggan-deep-256.tar.gz -o web/model --force", "replace an earlier export"),
    async (args) => {
      const session = open(args.quiet);
      const request = await parityRequest(args);
      const exported = exportRequest(args);
      const { output, force } = args;
      await withOpenModel(args, session, async (model) => {
        requireRole(model, "generator", "port");
        session.print(`${model.file}: ${modelLine(model)}`);
        model.parameters();
        const { mapping, assignments, uses } = model.resolution;
        session.print(
          `${mapping.name}: ${assignments.length} parameters filled, ${uses.size} source tensors accounted for\n`,
        );
        const page = await choosePage(model, exported.formats, args.page, session);
        const { data, manifest, formats } = await writeFolder(output, { force, signal: session.signal }, (folder) =>
          portInto(folder, model, { request, exported, ...args, page }, session),
        );
        session.document({ output: output, parity: reportJson(data), manifest });
        for (const line of describeExport(formats)) session.print(line);
        session.print(`Pictures  ${join(output, "report", "samples.png")}`);
        session.print(`Report    ${join(output, "report", "index.html")}`);
        const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
        session.print(
          `Export    ${output} (${manifest.files.length + 1} files, ${formatBytes(bytes)}; tfjs/model.json loads with tf.loadGraphModel)`,
        );
        if (page.length > 0) session.print(openThePage(output));
        session.print();
      });
    },
  );
}

/** Nothing is written before the port has proved right; what is written appears when all of it is there. */
interface PortRequest {
  readonly request: ParityRequest;
  readonly exported: ExportRequest;
  readonly goldens: boolean | undefined;
  readonly page: readonly PageFile[];
  readonly timings: boolean;
}

async function portInto(
  folder: string,
  model: Model,
  { request, exported, goldens = true, page, timings }: PortRequest,
  session: Session,
) {
  const measured = await measureParity(model, request, session);
  const { result } = measured;
  for (const line of parityTable(result, { colour: terminalColour() })) session.print(line);
  session.print();
  requireParity(model.file, result);

  const labels = await findLabels(model.file, model.graph.classes);
  const samples = await drawSamples(model, labels, session);
  const { choice } = request;
  const composed = await composeReport(model, measured, { title: modelTitle(model), labels, samples, choice }, session);
  requireSweep(model.file, composed);
  let data = composed;
  const formats = await prepareExport(model, exported, session);
  if (goldens) noteGoldens(model.graph, formats, session);
  const progress = exportProgress(session);
  try {
    const manifest = await writeBundle(folder, model, {
      formats,
      truncation: exported.truncation,
      labels,
      onWeights: async () => {
        const checks = await tryExport(model, { folder, formats, truncation: exported.truncation }, measured, session);
        data = withFiles(composed, checks);
        return {
          parity: paritySummary(result, checks),
          extraFiles: [
            { path: "report/index.html", bytes: Buffer.from(renderReport(data)) },
            { path: "report/report.json", bytes: Buffer.from(reportText(data)) },
            { path: "report/samples.png", bytes: samples.grid },
            ...(await qualityFiles(formats, { title: modelTitle(model), resolution: model.graph.resolution, labels })),
          ],
        };
      },
      goldens,
      page,
      timings,
      signal: session.signal,
      onProgress: progress.update,
    });
    return { data, manifest, formats };
  } finally {
    progress.stop();
  }
}
