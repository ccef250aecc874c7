import { formatShape } from "../../core/tensor.js";
import type { Model } from "../../mapping/open-model.js";
import type { ParameterSpectrum } from "../../spectra/model-spectra.js";
import { type OpenSession, type Parser, withOpenModel } from "../command.js";
import { modelFacts, modelLine } from "../describe-model.js";
import { withModel } from "../options.js";
import { formatBytes } from "../progress.js";
import type { Session } from "../session.js";
import { spectraLines } from "../spectra-table.js";
import { formatTable } from "../table.js";
import { verifyStranger, verifyTensors } from "../verify-tensors.js";

/** `none`: all tensors were read, and nothing in the file tells whether they are what was written. */
type ChecksumState = "not read" | "verified" | "none";

/** What a file holds: family, configuration, and every tensor. */
export function inspectCommand(parser: Parser, open: OpenSession): void {
  parser.command(
    "inspect <model>",
    "Format, family, configuration and every tensor with its type, shape and place",
    (yargs) =>
      withModel(yargs)
        .option("verify", { type: "boolean", default: false, describe: "Read every tensor and verify its checksum" })
        .option("spectra", {
          type: "boolean",
          default: false,
          describe: "Instead of the tensors: singular values of every weight, sigma, u0, orthogonality",
        })
        .example("$0 inspect biggan-128.tar.gz", "what is in it")
        .example("$0 inspect G_ema.pth --spectra", "was it trained, and is it whole?")
        .example("$0 inspect biggan-128.tar.gz --verify --json", "verify all checksums, for a script"),
    async (args) => {
      const session = open(args.quiet);
      const opened = withOpenModel(args, session, async (model) => {
        const checksum = args.verify ? await verifyAll(model, session) : "not read";
        show(model, checksum, args.spectra ? await spectraOf(model, session) : undefined, session);
      });
      await (args.verify ? opened.catch((error) => verifyStranger(args.model, error, session)) : opened);
    },
  );
}

/** Zip archives have a CRC-32 for each storage. */
const HAVE_CHECKSUMS: ReadonlySet<string> = new Set(["export-folder", "pytorch-zip", "npz"]);

async function verifyAll({ source, file, kind, module }: Model, session: Session): Promise<ChecksumState> {
  if (kind === "export-folder") {
    const { verifyFolder } = await import("../../export/verify-folder.js");
    await verifyFolder(file, { signal: session.signal });
  }
  await verifyTensors(source, session);
  return (source.hasChecksums ?? (module !== undefined || HAVE_CHECKSUMS.has(kind))) ? "verified" : "none";
}

async function spectraOf(model: Model, session: Session): Promise<readonly ParameterSpectrum[]> {
  // Loaded when wanted: a look at the tensors does without.
  const { modelSpectra } = await import("../../spectra/model-spectra.js");
  const progress = session.progress("singular values", "steps");
  // In millions of multiply-adds, as one weight takes a thousand times as long as another.
  const onProgress = (done: number, total: number) => progress.update(Math.round(done / 1e6), Math.ceil(total / 1e6));
  return await modelSpectra(model, { signal: session.signal, onProgress }).finally(progress.stop);
}

const CHECKSUMS = {
  "not read": "not read (--verify reads them)",
  verified: "all verified",
  none: "none in this file",
} as const satisfies Record<ChecksumState, string>;

function show(
  model: Model,
  checksum: ChecksumState,
  spectra: readonly ParameterSpectrum[] | undefined,
  session: Session,
): void {
  const { tensors } = model.source;
  session.document({
    ...modelFacts(model),
    format: model.source.format,
    signatures: model.module?.signatures ?? new Map(),
    tensors: [...tensors.values()].map((tensor) => ({ ...tensor, checksum })),
    ...(model.otherEntries && { otherEntries: Object.fromEntries(model.otherEntries) }),
    ...(spectra && { spectra }),
  });
  const { format } = model.source;
  session.print(`${model.file}: ${model.kind === format ? format : `${model.kind}, ${format}`}`);
  session.print(modelLine(model));
  session.print();
  if (spectra !== undefined) {
    for (const line of spectraLines(spectra, model.description !== undefined)) session.print(line);
    return;
  }
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
  if (model.otherEntries !== undefined) session.print(`Beside them: ${joinEntries(model.otherEntries)}.`);
}

/** `itr: 12, optim.lr: 0.0001` */
function joinEntries(entries: ReadonlyMap<string, string>): string {
  return [...entries].map(([name, words]) => `${name}: ${words}`).join(", ");
}
