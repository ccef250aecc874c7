import type { Tensor } from "../core/tensor.js";
import type { Model } from "../mapping/open-model.js";
import { type BackendName, openRuntime } from "../runtime/backends.js";
import { type EvaluationInputs, evaluate, type RowInputs } from "../runtime/evaluate.js";
import { layerOf } from "../runtime/runtime.js";
import type { Session } from "./session.js";

export interface Generated extends Evaluated {
  /** [n, R, R, 3] in [-1, 1] */
  readonly image: Tensor;
}

export interface Evaluated {
  /** The output and the layers asked for. */
  readonly layers: ReadonlyMap<string, Tensor>;
  /** What computed them. */
  readonly description: string;
}

/** Draws pictures. The model is a generator. */
export async function generate(
  model: Model,
  backend: BackendName,
  inputs: EvaluationInputs,
  session: Session,
): Promise<Generated> {
  const evaluated = await evaluateModel(model, backend, inputs, session);
  return { ...evaluated, image: layerOf(evaluated.layers, "image") };
}

/** Opens the back-end, runs all rows with progress, and closes it again. */
export async function evaluateModel(
  { graph, parameters }: Model,
  backend: BackendName,
  inputs: RowInputs,
  session: Session,
  taps: readonly string[] = [],
): Promise<Evaluated> {
  const { signal } = session;
  const runtime = await openRuntime(backend, graph, parameters(), { signal });
  const progress = session.progress(`${graph.role === "generator" ? "generating" : "scoring"} on ${backend}`, "steps");
  try {
    const layers = await evaluate(runtime, inputs, { signal, taps, onRows: progress.update });
    return { layers, description: runtime.description };
  } finally {
    progress.stop();
    await runtime[Symbol.asyncDispose]();
  }
}
