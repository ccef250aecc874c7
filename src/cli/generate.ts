import type { Tensor } from "../core/tensor.js";
import type { Model } from "../mapping/open-model.js";
import { type BackendName, openRuntime } from "../runtime/backends.js";
import { type EvaluationInputs, evaluate } from "../runtime/evaluate.js";
import { layerOf } from "../runtime/runtime.js";
import type { Session } from "./session.js";

export interface Generated {
  /** [n, R, R, 3] in [-1, 1] */
  readonly image: Tensor;
  /** `image` and the layers asked for. */
  readonly layers: ReadonlyMap<string, Tensor>;
  /** What computed them. */
  readonly description: string;
}

/** Opens the back-end, runs all rows with progress, and closes it again. */
export async function generate(
  { graph, parameters }: Model,
  backend: BackendName,
  inputs: EvaluationInputs,
  session: Session,
  taps: readonly string[] = [],
): Promise<Generated> {
  const { signal } = session;
  const runtime = await openRuntime(backend, graph, parameters(), { signal });
  const progress = session.progress(`generating on ${backend}`, "steps");
  try {
    const layers = await evaluate(runtime, inputs, { signal, taps, onRows: progress.update });
    return { image: layerOf(layers, "image"), layers, description: runtime.description };
  } finally {
    progress.stop();
    await runtime[Symbol.asyncDispose]();
  }
}
