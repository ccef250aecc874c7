import type { GraphModel } from "@tensorflow/tfjs-converter";
import { BackendError, isPortError, throwIfAborted } from "../../core/errors.js";
import type { ParameterSource } from "../../core/parameter-source.js";
import type { Tensor } from "../../core/tensor.js";
import { type Graph, outputOf } from "../../graph/graph.js";
import { lowerToTfjs } from "../../lowering/tfjs-graph.js";
import { checkBatch, requestedLayers } from "../requests.js";
import type { Runtime } from "../runtime.js";
import { stackRows } from "../stack-rows.js";
import { DESCRIPTIONS } from "./describe.js";
import { type Tfjs, type TfjsBackend, withBackend } from "./engine.js";
import { executeOne } from "./execute.js";
import { loadModel, readWeights } from "./load-model.js";
import { readModelFiles } from "./read-model-files.js";

export interface OpenTfjsOptions {
  readonly backend: TfjsBackend;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a graph on tfjs in float32, as the graph model that an export would hold. Images of a batch run one by one, so memory
 * is that of one image. Layers are computed in one go: `onLayer` is called for each when the batch is done.
 * @throws BackendError when the back-end does not start or fails; UsageError for inputs that do not fit.
 *
 * @example
 * await using runtime = await openTfjs(graph, parameters, { backend: "tfjs-wasm" });
 * const images = await runtime.run({ z, y, truncation: 0.4 });
 */
export async function openTfjs(
  graph: Graph,
  parameters: ParameterSource,
  { backend, signal }: OpenTfjsOptions,
): Promise<Runtime> {
  const lowered = lowerToTfjs(graph);
  const buffers = await readWeights(lowered, parameters, signal);
  const load = (tfjs: Tfjs) => loadModel(tfjs, lowered, buffers);
  return await open(graph, load, (layer) => lowered.layerNodes.get(layer) ?? layer, { backend, signal });
}

/**
 * The same with the files of an export, `model.json` and its shards, as users load them; it hands out the graph's output alone.
 * @throws BackendError, also when tfjs cannot load the files; what reading them throws.
 */
export async function openTfjsFolder(
  graph: Graph,
  folder: string,
  { backend, signal }: OpenTfjsOptions,
): Promise<Runtime> {
  const output = outputOf(graph);
  const only = { ...graph, layers: new Map([...graph.layers].filter(([layer]) => layer === output)) };
  const files = await readModelFiles(folder, { signal });
  const load = ({ loadGraphModel }: Tfjs) => loadGraphModel({ load: async () => files });
  // By a signature's own names, tfjs finds the nodes behind them.
  return await open(only, load, (layer) => layer, { backend, signal });
}

async function open(
  graph: Graph,
  load: (tfjs: Tfjs) => Promise<GraphModel>,
  nodeOf: (layer: string) => string,
  { backend, signal }: OpenTfjsOptions,
): Promise<Runtime> {
  const opened = await guarded(backend, () =>
    withBackend(backend, async (tfjs) => {
      throwIfAborted(signal);
      return { model: await load(tfjs), version: tfjs.core.version_core };
    }),
  );
  const names = graph.nodes.flatMap(({ operation }) => (operation.op === "input" ? [operation.input] : []));
  let model: GraphModel | undefined = opened.model;

  return {
    backend,
    description: `tfjs ${opened.version}, ${DESCRIPTIONS[backend]}, float32`,
    async run(inputs, { taps = [], signal: stop, onLayer } = {}) {
      const count = checkBatch(graph, inputs);
      const layers = [...requestedLayers(graph, taps).keys()];
      const nodes = layers.map(nodeOf);
      const rows: Tensor[][] = [];
      for (let index = 0; index < count; index++) {
        throwIfAborted(stop);
        const one = () =>
          withBackend(backend, async (tfjs) => {
            if (model === undefined) throw new BackendError(`${backend}: the runtime has been closed`);
            return executeOne(tfjs, model, inputs, index, names, nodes);
          });
        rows.push(await guarded(backend, one));
      }
      for (const layer of layers) onLayer?.(layer);
      return new Map(layers.map((layer, at) => [layer, stackRows(rows.map((values) => values[at]))]));
    },
    async [Symbol.asyncDispose]() {
      const closing = model;
      model = undefined;
      if (closing !== undefined) await withBackend(backend, async () => closing.dispose());
    },
  };
}

/** Errors of tfjs become {@link BackendError}; ours pass. */
async function guarded<T>(backend: TfjsBackend, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isPortError(error)) throw error;
    throw new BackendError(`${backend}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
