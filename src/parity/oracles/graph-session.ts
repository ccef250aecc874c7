import { BackendError, InterruptedError, throwIfAborted } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import type { TensorSource } from "../../core/tensor-source.js";
import { createGraphIndex } from "../../formats/saved-model/graph-index.js";
import type { GraphDef } from "../../formats/saved-model/types.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import { createTurns } from "../../runtime/reference/turns.js";
import { createInvoke } from "./functions.js";
import { createMemory } from "./memory.js";
import { planOf } from "./plan.js";
import { type RunContext, runPlan } from "./run-plan.js";
import { type KernelChoice, withKernels } from "./tfjs-kernels.js";
import { isTensor } from "./value.js";
import { createVariableStore } from "./variables.js";

export interface OracleRunOptions {
  /** Tensors to hand out, `node:output`. */
  readonly fetches: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Nodes computed, of how many; those inside functions are not counted. */
  readonly onNode?: (done: number, total: number) => void;
}

/** A GraphDef with its variables, as a session of TensorFlow holds them. */
export interface GraphSession {
  /** `feeds` by node name: these nodes do not run. */
  run(feeds: ReadonlyMap<string, Tensor64>, options: OracleRunOptions): Promise<ReadonlyMap<string, Tensor>>;
  /** Forgets all assignments. */
  reset(): void;
}

/** Throws {@link FormatError} for two nodes of one name; other faults of the graph are found when a run meets them. */
export function openGraphSession(
  file: string,
  { nodes, functions }: GraphDef,
  source: TensorSource,
  choice: KernelChoice = "float64",
): GraphSession {
  const index = createGraphIndex(file, nodes);
  const store = createVariableStore(file, source);

  async function run(
    kernels: RunContext["kernels"],
    feeds: ReadonlyMap<string, Tensor64>,
    { fetches, signal, onNode }: OracleRunOptions,
  ): Promise<ReadonlyMap<string, Tensor>> {
    throwIfAborted(signal);
    const plan = planOf(
      index,
      fetches.map((name) => index.value(name, "the fetches")),
    );
    const variables = store.begin();
    const shared = { file, kernels, signal, turns: createTurns(signal), memory: createMemory(), variables };
    const context = { ...shared, invoke: createInvoke(file, functions, shared) };
    const values = await runPlan(context, plan, { feeds, onNode });
    const outputs = new Map<string, Tensor>();
    for (const [position, name] of fetches.entries()) {
      const value = values[position];
      if (value === undefined || !isTensor(value)) {
        const found = value === undefined ? "a branch not taken" : "none";
        throw new BackendError(`${file}: fetch ${name}: expected a tensor of numbers, found ${found}`);
      }
      outputs.set(name, value);
    }
    variables.commit();
    return outputs;
  }

  return {
    async run(feeds, options) {
      try {
        return await withKernels(choice, (kernels) => run(kernels, feeds, options));
      } catch (error) {
        // A reader stopped by the signal may reject with the signal's own reason; callers know one kind of interruption.
        throw options.signal?.aborted ? new InterruptedError() : error;
      }
    },
    reset: store.reset,
  };
}
