import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFolder } from "../../io/atomic-output.js";
import { renderReport } from "../../parity/report.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelFacts, modelLine } from "../describe-model.js";
import { measureParity, parityBackends, requireParity } from "../measure-parity.js";
import { list, withModel } from "../options.js";
import { parityTable } from "../parity-table.js";

/** Compares back-ends with references, layer by layer. */
export function parityCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "parity <model>",
    "Compare layer by layer; exit 5 when something is not explained by rounding",
    (yargs) =>
      withModel(yargs)
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
        .option("output", { alias: "o", type: "string", describe: "Folder for report.html and report.json" })
        .option("force", { type: "boolean", default: false, describe: "Replace an output folder that is there" })
        .example("$0 parity biggan-128.tar.gz --backend all -o report", "every back-end against float64, with a report")
        .example("$0 parity biggan-128.tar.gz --against reference.npz", "against pictures that TensorFlow made"),
    async (args) => {
      const session = open(args.quiet);
      const backends = parityBackends(args.backend);
      await withOpenModel(args, session, async (model) => {
        const result = await measureParity(model, list(args.against), backends, session);
        const document = { ...modelFacts(model), ...result };
        if (args.output !== undefined) {
          const html = renderReport({
            title: `Parity of ${model.graph.name}`,
            facts: [
              ["Model", modelLine(model)],
              ["File", model.file],
            ],
            result,
            warnings: model.warnings,
          });
          await writeFolder(args.output, { force: args.force, signal: session.signal }, async (folder) => {
            await writeFile(join(folder, "report.html"), html);
            await writeFile(join(folder, "report.json"), `${JSON.stringify(document, null, 2)}\n`);
          });
        }
        session.document(document);
        for (const line of parityTable(result)) session.print(line);
        if (args.output !== undefined) session.print(`\nReport: ${join(args.output, "report.html")}`);
        requireParity(model.file, result);
      });
    },
  );
}
