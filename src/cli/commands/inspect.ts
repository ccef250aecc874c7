import { throwIfAborted } from "../../core/errors.js";
import { formatShape } from "../../core/tensor.js";
import { tensorPieces } from "../../core/tensor-source.js";
import type { Model } from "../../mapping/open-model.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelFacts, modelLine } from "../describe-model.js";
import { withModel } from "../options.js";
import { formatBytes } from "../progress.js";
import type { Session } from "../session.js";
import { formatTable } from "../table.js";

/** `none`: a file of an export without its folder, which has no checksums. */
type ChecksumState = "not read" | "verified" | "none";

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
        show(model, args.verify ? await verifyAll(model, session) : "not read", session);
      });
    },
  );
}

/** Reads everything once; the first damaged tensor ends it with its name, place and both checksums. */
async function verifyAll({ source, file, kind, module }: Model, session: Session): Promise<ChecksumState> {
  if (kind === "export-folder") {
    const { verifyFolder } = await import("../../export/verify-folder.js");
    await verifyFolder(file, { signal: session.signal });
  }
  const progress = session.progress("verifying");
  const total = [...source.tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  let done = 0;
  try {
    for (const { name } of source.tensors.values()) {
      for await (const piece of tensorPieces(source, name, { signal: session.signal })) {
        throwIfAborted(session.signal);
        done += piece.byteLength;
        progress.update(done, total);
      }
    }
  } finally {
    progress.stop();
  }
  return module !== undefined || kind === "export-folder" ? "verified" : "none";
}

const CHECKSUMS = {
  "not read": "not read (--verify reads them)",
  verified: "all verified",
  none: "none in this format",
} as const satisfies Record<ChecksumState, string>;

function show(model: Model, checksum: ChecksumState, session: Session): void {
  const { tensors } = model.source;
  session.document({
    ...modelFacts(model),
    format: model.source.format,
    signatures: model.module?.signatures ?? new Map(),
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
  session.print(`${tensors.size} tensors, ${formatBytes(bytes)}; checksums ${CHECKSUMS[checksum]}.`);
}
