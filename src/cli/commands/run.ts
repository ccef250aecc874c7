import { formatShape, type Shape, toFloat32 } from "../../core/tensor.js";
import { encodeNpz } from "../../formats/npy/npz.js";
import { readNpz } from "../../formats/npy/read-npz.js";
import { isOutput } from "../../graph/graph.js";
import { writeFile } from "../../io/atomic-output.js";
import { readInputs } from "../../parity/model-cases.js";
import { parseBackend } from "../../runtime/backends.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { evaluateModel } from "../generate.js";
import { withBackend, withModel } from "../options.js";

/** Evaluates a model on inputs from a file. */
export function runCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "run <model>",
    "Evaluate on inputs from an npz: z [n, zDim], y [n, classes], truncation [] or [n]; a discriminator on x [n, R, R, 3] and y",
    (yargs) =>
      withBackend(withModel(yargs))
        .option("inputs", { type: "string", demandOption: true, describe: "npz with z, y and truncation, or x and y" })
        .option("output", {
          type: "string",
          demandOption: true,
          describe: "npz to write: image [n, R, R, 3] in [-1, 1], or logits [n, 1]",
        })
        .option("taps", { type: "boolean", default: false, describe: "Write every layer too, as tap/<layer>" })
        .example("$0 run biggan-128.tar.gz --inputs in.npz --output out.npz", "pictures as numbers")
        .example(
          "$0 run biggan-128.tar.gz --inputs in.npz --output out.npz --backend reference --taps",
          "every layer, in float64",
        ),
    async (args) => {
      const session = open(args.quiet);
      const backend = parseBackend(args.backend);
      const entries = await readNpz(args.inputs, { signal: session.signal });
      await withOpenModel(args, session, async (model) => {
        const inputs = readInputs(model.graph, args.inputs, entries);
        const hidden = [...model.graph.layers.keys()].filter((layer) => !isOutput(layer));
        const arrays: { name: string; shape: Shape }[] = [];
        let runtime = "";
        await writeFile(args.output, async () => {
          const { layers, description } = await evaluateModel(model, backend, inputs, session, args.taps ? hidden : []);
          const entries = [...layers].map(([layer, { shape, data }]) => {
            const name = isOutput(layer) ? layer : `tap/${layer}`;
            return [name, { shape, data: toFloat32(data) }] as const;
          });
          runtime = description;
          arrays.push(...entries.map(([name, { shape }]) => ({ name, shape })));
          return encodeNpz(new Map(entries));
        });
        session.document({ output: args.output, backend, runtime, arrays });
        session.print(`${args.output}: ${arrays.map(({ name, shape }) => `${name} ${formatShape(shape)}`).join(", ")}`);
      });
    },
  );
}
