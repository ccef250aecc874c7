import { ParityError } from "../core/errors.js";
import type { Model } from "../mapping/open-model.js";
import { type ParityResult, runParity } from "../parity/run-parity.js";
import { BACKENDS, type BackendName, parseBackend } from "../runtime/backends.js";
import { list } from "./options.js";
import type { Session } from "./session.js";

/** Back-ends that a parity run takes when none is named: the float64 one and the one that samples by default. */
const USUAL_BACKENDS: readonly BackendName[] = ["reference", "tfjs-wasm"];

export function parityBackends(names: string | readonly string[] | undefined): readonly BackendName[] {
  const chosen = list(names);
  if (chosen.length === 0) return USUAL_BACKENDS;
  if (chosen.includes("all"))
    return BACKENDS.filter((backend) => ["reference", "tfjs-cpu", "tfjs-wasm"].includes(backend));
  return chosen.map(parseBackend);
}

/** A parity run with progress. */
export async function measureParity(
  { graph, parameters }: Model,
  against: readonly string[],
  backends: readonly BackendName[],
  session: Session,
): Promise<ParityResult> {
  const progress = session.progress("comparing", "steps");
  try {
    return await runParity(graph, parameters(), {
      against,
      backends,
      signal: session.signal,
      onProgress: progress.update,
    });
  } finally {
    progress.stop();
  }
}

/** Throws when something is not explained, naming back-end, reference and layer. */
export function requireParity(file: string, { comparisons }: ParityResult): void {
  const [off, ...more] = comparisons.filter(({ verdict }) => verdict === "not explained");
  if (off === undefined) return;
  const layer = off.layers.find((candidate) => candidate.layer === off.firstOff);
  const numbers =
    layer === undefined
      ? ""
      : `: expected at most ${layer.bound.toExponential(2)}, found ${layer.difference.maxAbs.toExponential(2)}`;
  throw new ParityError(
    `${file}: ${off.candidate} against ${off.reference}: first off at ${off.firstOff}${numbers}${more.length === 0 ? "" : ` (and ${more.length} more comparisons)`}`,
    { hint: "Write the report with `biggan-port parity MODEL -o DIR` and look at the first layer that is off." },
  );
}
