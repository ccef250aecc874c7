import { basename } from "node:path";
import type { ParameterSource } from "../core/parameter-source.js";
import type { Tensor } from "../core/tensor.js";
import { readNpz } from "../formats/npy/read-npz.js";
import type { Graph } from "../graph/graph.js";
import { type BackendName, openRuntime } from "../runtime/backends.js";
import { evaluate } from "../runtime/evaluate.js";
import { type ReferenceCases, referenceCases, standardCases } from "./cases.js";
import { type Comparison, compareLayers, type Verdict } from "./compare.js";
import { toleranceOf } from "./tolerance.js";

/** All comparisons of one parity run. */
export interface ParityResult {
  readonly comparisons: readonly Comparison[];
  /** What each back-end said of itself. */
  readonly runtimes: Readonly<Record<string, string>>;
  readonly verdict: Verdict;
}

export interface ParityOptions {
  /** `float64` (our graph on the reference runtime), or the paths of REF.npz files. */
  readonly against: readonly string[];
  readonly backends: readonly BackendName[];
  readonly signal?: AbortSignal | undefined;
  /** Rows evaluated, of how many, on which back-end. */
  readonly onProgress?: (done: number, total: number, backend: string) => void;
}

interface Reference extends ReferenceCases {
  readonly label: string;
  /** The back-end that made it, which is not compared with itself. */
  readonly backend?: BackendName;
}

/** Evaluates every case on every back-end, with the layers that the reference has, and compares. */
export async function runParity(
  graph: Graph,
  parameters: ParameterSource,
  options: ParityOptions,
): Promise<ParityResult> {
  const { against, backends, signal, onProgress } = options;
  const runtimes: Record<string, string> = {};

  async function evaluateOn(backend: BackendName, references: readonly Pick<Reference, "inputs" | "layers">[]) {
    const runtime = await openRuntime(backend, graph, parameters, { signal });
    try {
      runtimes[backend] = runtime.description;
      const results: Map<string, Tensor>[] = [];
      for (const { inputs, layers } of references) {
        const taps = [...layers.keys()].filter((layer) => layer !== "image");
        const onRows = (done: number, total: number) => onProgress?.(done, total, backend);
        results.push(await evaluate(runtime, inputs, { signal, taps, onRows }));
      }
      return results;
    } finally {
      await runtime[Symbol.asyncDispose]();
    }
  }

  const references: Reference[] = [];
  for (const item of against) {
    if (item === "float64") {
      const inputs = standardCases(graph, Math.min(...truncationsOf(graph)));
      const wanted = new Map([...graph.layers.keys()].map((layer) => [layer, { shape: [], data: new Float32Array() }]));
      const [layers] = await evaluateOn("reference", [{ inputs, layers: wanted }]);
      const ordered = [...graph.layers.keys()].flatMap((layer) => {
        const tensor = layers?.get(layer);
        return tensor === undefined ? [] : [[layer, tensor] as const];
      });
      references.push({ label: "our graph in float64", inputs, layers: new Map(ordered), backend: "reference" });
    } else {
      references.push({ label: basename(item), ...referenceCases(item, await readNpz(item, { signal })) });
    }
  }

  const comparisons: Comparison[] = [];
  for (const backend of backends) {
    const mine = references.filter((reference) => reference.backend !== backend);
    const results = mine.length === 0 ? [] : await evaluateOn(backend, mine);
    for (const [index, { label, layers }] of mine.entries()) {
      const found = results[index] ?? new Map<string, Tensor>();
      comparisons.push(
        compareLayers(layers, found, { reference: label, candidate: backend, tolerance: toleranceOf(backend) }),
      );
    }
  }
  return {
    comparisons,
    runtimes,
    verdict: comparisons.every(({ verdict }) => verdict === "explained by rounding")
      ? "explained by rounding"
      : "not explained",
  };
}

/** The points at which the model has statistics. */
function truncationsOf(graph: Graph): readonly number[] {
  for (const { operation } of graph.nodes) if (operation.op === "truncationWeights") return operation.grid;
  return [1];
}
