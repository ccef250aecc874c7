import { UsageError } from "../core/errors.js";
import { writeFolder } from "../io/atomic-output.js";
import type { Model } from "../mapping/model.js";
import { NAMES, type OtherNames } from "../naming/names.js";
import { modelLine } from "./describe-model.js";
import { list, truncationValue } from "./options.js";
import { formatBytes } from "./progress.js";
import type { Session } from "./session.js";

/** What `convert --names` is asked for. */
export interface NamedRequest {
  readonly names: OtherNames;
  readonly truncation: number | undefined;
}

interface NamedArguments {
  readonly names: string;
  readonly to: string | readonly string[];
  readonly truncation: number | undefined;
  readonly [option: string]: unknown;
}

/** Options of exports that other projects' files do not have. */
const OTHERS = ["dtype", "quality", "maxBytes", "passes", "compute", "goldens", "page"] as const;

/** Undefined for our own names, which are an export like any other. Throws a {@link UsageError} for what cannot be meant together. */
export function namedRequest(args: NamedArguments): NamedRequest | undefined {
  const names = NAMES.find((each) => each === args.names);
  if (names === undefined) throw new UsageError(`--names: expected ${NAMES.join(", ")}, found ${args.names}`);
  if (names === "biggan-port") return undefined;
  const formats = list(args.to);
  if (formats.some((format) => format !== "safetensors") || formats.length === 0) {
    throw new UsageError(`--names ${names}: expected --to safetensors alone, found --to ${formats.join(",")}`);
  }
  const other = OTHERS.find((option) => args[option] !== undefined);
  if (other !== undefined) {
    const option = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${option}: weights under other names are written as they are`, { hint: "Leave it out." });
  }
  const { truncation } = args;
  return { names, truncation: truncation === undefined ? undefined : truncationValue(truncation) };
}

/** Writes weights and config.json as the project of these names has them. */
export async function exportNamed(
  model: Model,
  { names, truncation }: NamedRequest,
  { output, force }: { readonly output: string; readonly force: boolean },
  session: Session,
): Promise<void> {
  // Loaded when wanted: the other exports do without.
  const [{ chooseNaming }, { NAMED_FILE, writeNamed }] = await Promise.all([
    import("../naming/choose-naming.js"),
    import("../naming/write-named.js"),
  ]);
  const chosen = chooseNaming(model, names, truncation);
  const progress = session.progress("writing");
  const { signal } = session;
  const files = await writeFolder(output, { force, signal }, (folder) =>
    writeNamed(folder, model, chosen, { signal, onProgress: progress.update }),
  ).finally(progress.stop);
  const { mapping, folded, copied } = chosen;
  session.document({ output, names, mapping: mapping.name, folded, copied, files });
  session.print(modelLine(model));
  if (folded && !copied) {
    session.note(
      "warning: the model has no singular vectors: the weights are divided by their spectral norm already, for layers without it",
    );
  }
  session.print(`${output}: ${NAMED_FILE} with the names of ${mapping.name}, ${formatBytes(files[0]?.bytes ?? 0)}`);
}
