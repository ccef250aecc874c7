import { throwIfAborted } from "../../core/errors.js";
import { formatShape } from "../../core/tensor.js";
import type { Model } from "../../mapping/open-model.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelFacts, modelLine } from "../describe-model.js";
import { withModel } from "../options.js";
import { formatBytes } from "../progress.js";
import type { Session } from "../session.js";
import { formatTable } from "../table.js";

type ChecksumState = "not read" | "verified";

/** What a file holds: family, configuration, and every tensor. */
export function inspectCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "inspect <model>",
    "Format, family, configuration and every tensor with its type, shape and place",
    (yargs) =>
      withModel(yargs)
        .option("verify", { type: "boolean", default: false, describe: "Read every tensor and verify its checksum" })
        .example("$0 inspect biggan-128.tar.gz", "what is in it")
        .example("$0 inspect biggan-128.tar.gz --verify --json", "verify all checksums, for a script"),
    async (args) => {
      const session = open(args.quiet);
      await withOpenModel(args, session, async (model) => {
        if (args.verify) await verifyAll(model, session);
        show(model, args.verify ? "verified" : "not read", session);
      });
    },
  );
}

/** Reads everything once; the first damaged tensor ends it with its name, place and both checksums. */
async function verifyAll({ source }: Model, session: Session): Promise<void> {
  const progress = session.progress("verifying");
  const total = [...source.tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  let done = 0;
  try {
    for (const { name, byteLength } of source.tensors.values()) {
      throwIfAborted(session.signal);
      await source.read(name, { signal: session.signal });
      done += byteLength;
      progress.update(done, total);
    }
  } finally {
    progress.stop();
  }
}

function show(model: Model, checksum: ChecksumState, session: Session): void {
  const { tensors } = model.source;
  session.document({
    ...modelFacts(model),
    format: model.source.format,
    signatures: model.module.signatures,
    tensors: [...tensors.values()].map((tensor) => ({ ...tensor, checksum })),
  });
  session.print(`${model.file}: ${model.kind}, ${model.source.format}`);
  session.print(modelLine(model));
  session.print();
  const rows = [...tensors.values()].map(({ name, dtype, shape, byteLength, origin }) => [
    name,
    dtype,
    formatShape(shape),
    formatBytes(byteLength),
    origin,
  ]);
  for (const line of formatTable([["tensor", "type", "shape", "size", "place"], ...rows], [3])) session.print(line);
  const bytes = [...tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  session.print();
  session.print(
    `${tensors.size} tensors, ${formatBytes(bytes)}; checksums ${checksum === "verified" ? "all verified" : "not read (--verify reads them)"}.`,
  );
}
