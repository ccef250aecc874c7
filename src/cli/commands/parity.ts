import { join } from "node:path";
import { writeFolder } from "../../io/atomic-output.js";
import { writeMinimalCase } from "../../parity/diagnosis/minimal-case.js";
import { reportJson } from "../../parity/report/report-data.js";
import { REPORT_PAGE, writeReport } from "../../parity/report/write-report.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { composeReport, MINIMAL_CASE, requireSweep } from "../compose-report.js";
import { modelTitle } from "../describe-model.js";
import { measureParity, parityRequest, requireParity } from "../measure-parity.js";
import { withModel, withParity } from "../options.js";
import { parityTable, terminalColour } from "../parity-table.js";

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
      await withOpenModel(args, session, async (model) => {
        const measured = await measureParity(model, request, session);
        const { result } = measured;
        for (const line of parityTable(result, { colour: terminalColour() })) session.print(line);
        const { output, force } = args;
        const title = modelTitle(model);
        const data = await composeReport(
          model,
          measured,
          output === undefined ? { title } : { title, choice: request.choice },
          session,
        );
        if (output !== undefined) {
          await writeFolder(output, { force, signal: session.signal }, async (folder) => {
            await writeReport(folder, data);
            if (result.diagnosis !== undefined)
              await writeMinimalCase(join(folder, MINIMAL_CASE), result.diagnosis.diagnosis, title);
          });
          session.print(`\nReport: ${join(output, REPORT_PAGE)}`);
        }
        session.document(reportJson(data));
        requireParity(model.file, result);
        requireSweep(model.file, data);
      });
    },
  );
}
