import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { BackendName } from "../runtime/backends.js";
import { openRuntime } from "../runtime/backends.js";
import { evaluate } from "../runtime/evaluate.js";
import { layerOf } from "../runtime/runtime.js";
import { inputsOfCases, type QualityCase } from "./quality-cases.js";

export interface EvaluatorOptions {
  /** float32 on any of them: reduced models run with the numbers that their export decodes to. */
  readonly backend: BackendName;
  readonly signal?: AbortSignal | undefined;
  /** Called for each picture. */
  readonly onPicture?: (() => void) | undefined;
}

/** Draws pictures [n, R, R, 3] of a graph with some parameters. */
export type Evaluator = (parameters: ParameterSource, cases: readonly QualityCase[]) => Promise<Tensor>;

/** Opens the runtime anew for each set of parameters and closes it again. */
export function evaluatorOf(graph: Graph, { backend, signal, onPicture }: EvaluatorOptions): Evaluator {
  return async (parameters, cases) => {
    await using runtime = await openRuntime(backend, graph, parameters, { signal });
    let done = 0;
    const outputs = await evaluate(runtime, inputsOfCases(graph, cases), {
      batchSize: 4,
      signal,
      onRows: (rows) => {
        for (; done < rows; done++) onPicture?.();
      },
    });
    return layerOf(outputs, "image");
  };
}
