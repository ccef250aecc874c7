import { throwIfAborted } from "../../core/errors.js";
import { type Tensor, toFloat64 } from "../../core/tensor.js";
import type { TensorSource } from "../../core/tensor-source.js";
import { parseInput } from "../../formats/saved-model/input-reference.js";
import type { MetaGraph } from "../../formats/saved-model/types.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import type { GeneratorInputs } from "../../runtime/runtime.js";
import { type OracleRunOptions, openGraphSession } from "./graph-session.js";
import { checkFeed, type GeneratorSignature, generatorSignature } from "./signature.js";
import { type KernelChoice, withKernels } from "./tfjs-kernels.js";

export interface GraphOracleOptions {
  readonly metaGraph: MetaGraph;
  /** The checkpoint: variables by their names, with or without `module/`. The caller keeps and closes it. */
  readonly source: TensorSource;
  /** For messages: the saved_model.pb. */
  readonly file: string;
  /** What the heavy ops run on: `float64` (the default), or `tfjs` for float32 on tfjs-wasm, which is faster. */
  readonly kernels?: KernelChoice | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The module's own graph, computed. */
export interface GraphOracle {
  readonly signature: GeneratorSignature;
  /**
   * Computes what the fetches need and nothing else, as a session of TensorFlow does. What the graph assigns to its variables stays for the next
   * run, unless this one fails. One run at a time.
   */
  run(inputs: GeneratorInputs, options: OracleRunOptions): Promise<ReadonlyMap<string, Tensor>>;
  /** Forgets all assignments: variables are those of the checkpoint again. */
  reset(): void;
}

/**
 * An evaluator of the GraphDef inside a TF1 Hub module. It answers what the module computes, with numbers of float64 and without TensorFlow: every
 * stored float32 is taken as it is, nothing is rounded in between. Variables are read when they are used, and kept nowhere.
 * With `kernels: "tfjs"` the heavy ops round to float32; nothing else does.
 *
 * Throws {@link FormatError} for a graph that cannot be one (edges to nowhere, cycles, shapes that do not fit, values beyond memory), naming the
 * node, and a {@link BackendError} for an op that it lacks, or when tfjs was chosen and does not start.
 *
 * @example
 * const oracle = await openGraphOracle({ metaGraph, source, file });
 * const { image } = oracle.signature;
 * const outputs = await oracle.run({ z, y, truncation: 0.5 }, { fetches: [image.name] });
 */
export async function openGraphOracle({
  metaGraph,
  source,
  file,
  kernels = "float64",
  signal,
}: GraphOracleOptions): Promise<GraphOracle> {
  throwIfAborted(signal);
  const signature = generatorSignature(file, metaGraph);
  const session = openGraphSession(file, metaGraph.graph, source, kernels);
  await withKernels(kernels, () => Promise.resolve());
  return {
    signature,
    run: async (inputs, options) => await session.run(feeds(signature, inputs), options),
    reset: session.reset,
  };
}

/** The signature's inputs, by the nodes that they enter at. */
function feeds(signature: GeneratorSignature, { z, y, truncation }: GeneratorInputs): Map<string, Tensor64> {
  const fed = new Map<string, Tensor64>();
  const given = { z, y, truncation: { shape: [], data: Float64Array.of(truncation) } };
  for (const key of ["z", "y", "truncation"] as const) {
    const place = signature[key];
    if (place === undefined) continue;
    const { shape, data } = given[key];
    checkFeed(key, place, shape);
    fed.set(parseInput(place.name).node, { shape, data: toFloat64(data) });
  }
  return fed;
}
