import { join } from "node:path";
import { writeFolder } from "../../io/atomic-output.js";
import type { Model } from "../../mapping/open-model.js";
import { writeMinimalCase } from "../../parity/diagnosis/minimal-case.js";
import { type ReportData, reportJson } from "../../parity/report/report-data.js";
import { REPORT_PAGE, writeReport } from "../../parity/report/write-report.js";
import { findLabels } from "../../sampling/labels-file.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { type ComposeOptions, composeReport, requireSweep } from "../compose-report.js";
import { modelTitle } from "../describe-model.js";
import {
  type MeasuredParity,
  measureParity,
  type ParityRequest,
  parityRequest,
  requireParity,
} from "../measure-parity.js";
import { withModel, withParity } from "../options.js";
import { parityTable, terminalColour } from "../parity-table.js";
import type { Session } from "../session.js";

/** Where the tensors of a diagnosed layer lie, beside the report. */
const MINIMAL_CASE = "case";

/** Compares back-ends with references, layer by layer. */
export function parityCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "parity <model>",
    "Compare layer by layer; exit 5 when something is not explained by rounding",
    (yargs) =>
      withParity(withModel(yargs))
        .option("output", { alias: "o", type: "string", describe: "Folder for report.html and report.json" })
        .option("force", { type: "boolean", default: false, describe: "Replace an output folder that is there" })
        .example("$0 parity biggan-128.tar.gz --backend all -o report", "every back-end against float64, with a report")
        .example("$0 parity biggan-128.tar.gz --against module", "is the port right? against the module's own graph")
        .example("$0 parity biggan-128.tar.gz --against reference.npz", "against pictures that TensorFlow made"),
    async (args) => {
      const session = open(args.quiet);
      const request = await parityRequest(args);
      const { output, force } = args;
      await withOpenModel(args, session, async (model) => {
        if (output === undefined) {
          const measured = await measureAndPrint(model, request, session);
          if (session.json) session.document(reportJson(await compose(model, measured, {}, session)));
          requireParity(model.file, measured.result);
          return;
        }
        const { result, data } = await writeFolder(output, { force, signal: session.signal }, (folder) =>
          reportInto(folder, model, request, session),
        );
        session.print(`\nReport: ${join(output, REPORT_PAGE)}`);
        session.document(reportJson(data));
        requireParity(model.file, result);
        requireSweep(model.file, data);
      });
    },
  );
}

async function measureAndPrint(model: Model, request: ParityRequest, session: Session): Promise<MeasuredParity> {
  const measured = await measureParity(model, request, session);
  for (const line of parityTable(measured.result, { colour: terminalColour() })) session.print(line);
  return measured;
}

async function compose(
  model: Model,
  measured: MeasuredParity,
  options: Pick<ComposeOptions, "choice" | "minimalCase">,
  session: Session,
): Promise<ReportData> {
  const labels = await findLabels(model.file, model.graph.classes, { signal: session.signal });
  return composeReport(model, measured, { title: modelTitle(model), labels, ...options }, session);
}

/** A report is written whatever it says: it is most wanted when something is off. */
async function reportInto(folder: string, model: Model, request: ParityRequest, session: Session) {
  const measured = await measureAndPrint(model, request, session);
  const data = await compose(model, measured, { choice: request.choice, minimalCase: MINIMAL_CASE }, session);
  await writeReport(folder, data);
  const { result } = measured;
  if (result.diagnosis !== undefined) {
    await writeMinimalCase(join(folder, MINIMAL_CASE), result.diagnosis.diagnosis, modelTitle(model));
  }
  return { result, data };
}
