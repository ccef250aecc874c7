import { BackendError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import type { TensorSource } from "../core/tensor-source.js";
import { ancestors } from "../formats/saved-model/ancestors.js";
import { createGraphIndex } from "../formats/saved-model/graph-index.js";
import type { MetaGraph } from "../formats/saved-model/types.js";
import { layerOf, type Runtime } from "../runtime/runtime.js";
import { describeTfjs } from "../runtime/tfjs/describe.js";
import { difference } from "./measures.js";
import { openGraphOracle } from "./oracles/graph-oracle.js";
import { moduleLayers } from "./oracles/module-layers.js";
import type { KernelChoice } from "./oracles/tfjs-kernels.js";

/** What evaluating a module's own graph needs. */
export interface ModuleGraph {
  readonly metaGraph: MetaGraph;
  /** The saved_model.pb, for messages. */
  readonly graphFile: string;
  /** The checkpoint's variables. */
  readonly source: TensorSource;
}

/** How far a layer of the module's second call is from its first, on the same inputs. */
export interface StateDifference {
  readonly layer: string;
  readonly maxAbs: number;
  readonly meanAbs: number;
}

/** The module's own graph in the dress of a runtime. */
export interface ModuleRuntime extends Runtime {
  /** Our names of the layers that were found in it. */
  readonly layers: readonly string[];
  /**
   * Layers in which a second call differs from the first, so far. Empty when the graph keeps no state, or keeps it well. A
   * difference is the module's own fault: it answers with the statistics of the call before.
   */
  stateDifferences(): readonly StateDifference[];
}

export interface ModuleRuntimeOptions {
  /** `float64` (the default), or `tfjs` for the heavy ops in float32 on tfjs-wasm, which is faster. */
  readonly kernels?: KernelChoice | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Nodes of the graph computed, of how many, in the call under way. */
  readonly onNode?: (done: number, total: number) => void;
}

/**
 * A module whose graph assigns variables (`prev_truncation`) is called twice: the values are those of the second call, as
 * the modules' own users take them, and the first is looked at for what it remembered.
 */
export async function openModuleRuntime(
  { metaGraph, graphFile, source }: ModuleGraph,
  { kernels = "float64", signal, onNode }: ModuleRuntimeOptions = {},
): Promise<ModuleRuntime> {
  const oracle = await openGraphOracle({ metaGraph, source, file: graphFile, kernels, signal });
  const found = moduleLayers(graphFile, metaGraph);
  const remembers = keepsState(graphFile, metaGraph, oracle.signature.image.name);
  const worst = new Map<string, StateDifference>();

  return {
    backend: "module",
    description: `saved_model.pb, ${metaGraph.graph.nodes.length} nodes, written by TensorFlow ${metaGraph.tensorflowVersion}${kernels === "tfjs" ? `; heavy ops on ${describeTfjs("tfjs-wasm")}` : ""}`,
    layers: [...found.keys()],
    stateDifferences: () => [...worst.values()].filter(({ maxAbs }) => maxAbs > 0),
    async run(inputs, options = {}) {
      if ("x" in inputs) throw new Error(`${graphFile}: a module holds a generator, not a discriminator`);
      const wanted = ["image", ...(options.taps ?? [])].map((layer): readonly [string, string] => {
        const tensor = found.get(layer);
        if (tensor === undefined)
          throw new BackendError(`${graphFile}: the layer ${layer} was not found in this graph`);
        return [layer, tensor];
      });
      const call = async (): Promise<ReadonlyMap<string, Tensor>> => {
        const fetches = wanted.map(([, tensor]) => tensor);
        const values = await oracle.run(inputs, { fetches, signal: options.signal, ...(onNode && { onNode }) });
        return new Map(
          wanted.flatMap(([layer, tensor]) => (values.has(tensor) ? [[layer, layerOf(values, tensor)]] : [])),
        );
      };
      const first = await call();
      if (!remembers) return first;
      const second = await call();
      for (const [layer, value] of second) noteWorst(worst, layer, layerOf(first, layer), value);
      return second;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function noteWorst(worst: Map<string, StateDifference>, layer: string, first: Tensor, second: Tensor): void {
  const { maxAbs, meanAbs } = difference(second, first);
  const known = worst.get(layer);
  if (known === undefined || maxAbs > known.maxAbs) worst.set(layer, { layer, maxAbs, meanAbs });
}

/** Whether computing the image assigns to a variable, in the graph itself or in a function it calls. */
function keepsState(file: string, { graph }: MetaGraph, image: string): boolean {
  const assigns = ({ op }: { readonly op: string }) => op.startsWith("Assign");
  const index = createGraphIndex(file, graph.nodes);
  const needed = ancestors(index, [index.value(image, "signature outputs").node], { control: true });
  if (needed.some(assigns)) return true;
  const calls = needed.some(({ op }) => op === "If" || op === "StatefulPartitionedCall");
  return calls && [...graph.functions.values()].some(({ nodes }) => [...nodes].some(assigns));
}
