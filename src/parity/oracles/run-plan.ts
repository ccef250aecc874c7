import { BackendError, FormatError, isPortError } from "../../core/errors.js";
import type { Value as Edge, GraphIndex } from "../../formats/saved-model/graph-index.js";
import type { NodeDef } from "../../formats/saved-model/types.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import { finish, type Turns } from "../../runtime/reference/turns.js";
import { type Kernel, nodeField } from "./call.js";
import { EFFECTS, type Effect, tensorOf } from "./effects.js";
import type { Memory } from "./memory.js";
import { outputPosition, type Plan } from "./plan.js";
import type { Outputs, Value } from "./value.js";
import type { Variables } from "./variables.js";

/** What all plans of one run share. */
export interface RunContext {
  readonly file: string;
  readonly kernels: ReadonlyMap<string, Kernel>;
  readonly signal: AbortSignal | undefined;
  readonly turns: Turns;
  readonly memory: Memory;
  readonly variables: Variables;
  /** Runs a function's body. */
  readonly invoke: (caller: NodeDef, name: string, inputs: readonly Value[]) => Promise<Outputs>;
}

export interface PlanInputs {
  /** Values for nodes that then do not run, by name. */
  readonly feeds?: ReadonlyMap<string, Tensor64>;
  /** Inside a function: the values that it was called with. */
  readonly argument?: (name: string) => Value | undefined;
  readonly onNode?: ((done: number, total: number) => void) | undefined;
}

/**
 * Computes a plan, node after node; returns its results, undefined where they are dead. A node with a dead input, or that waits for a dead node,
 * is dead too; a Merge takes the input that lives. Values are dropped after their last use.
 */
export async function runPlan(context: RunContext, plan: Plan, inputs: PlanInputs = {}): Promise<Outputs> {
  const { index, order, results, uses } = plan;
  const values = new Map<NodeDef, Outputs>();
  const dead = new Set<NodeDef>();
  const usesLeft = new Map(uses);

  const inputValue = (edge: Edge): Value | undefined => {
    if (dead.has(edge.node)) return undefined;
    const outputs = values.get(edge.node) ?? [];
    const position = outputPosition(index, edge);
    if (position < outputs.length) return outputs[position];
    throw new FormatError(
      { file: context.file, field: nodeField(edge.node) },
      `an output ${position}`,
      `${outputs.length}`,
    );
  };
  const use = ({ node }: Edge) => {
    const left = (usesLeft.get(node) ?? 0) - 1;
    usesLeft.set(node, left);
    if (left === 0) drop(node);
  };
  const drop = (node: NodeDef) => {
    context.memory.release(values.get(node) ?? []);
    values.delete(node);
  };

  try {
    for (const [position, node] of order.entries()) {
      if (context.turns.due()) await context.turns.take();
      const outputs = await runNode(context, index, node, inputValue, dead, inputs);
      if (outputs === undefined) dead.add(node);
      else {
        context.memory.hold(context.file, node, outputs);
        values.set(node, outputs);
        if (!usesLeft.has(node)) drop(node);
      }
      for (const edge of index.dataInputs(node)) use(edge);
      inputs.onNode?.(position + 1, order.length);
    }
    return results.map(inputValue);
  } finally {
    for (const outputs of values.values()) context.memory.release(outputs);
  }
}

/** What one node puts out; undefined when it is dead. */
async function runNode(
  context: RunContext,
  index: GraphIndex,
  node: NodeDef,
  inputValue: (edge: Edge) => Value | undefined,
  dead: ReadonlySet<NodeDef>,
  { feeds, argument = () => undefined }: PlanInputs,
): Promise<Outputs | undefined> {
  const fed = feeds?.get(node.name);
  if (fed !== undefined) return [fed];
  const values = index.dataInputs(node).map(inputValue);
  if (node.op === "Merge" || node.op === "RefMerge") return merge(values);
  if (index.controlInputs(node).some((control) => dead.has(control))) return undefined;
  const alive = values.filter((value) => value !== undefined);
  if (alive.length < values.length) return undefined;

  const { file, kernels, variables, signal } = context;
  const invoke = (name: string, given: readonly Value[]) => context.invoke(node, name, given);
  const effect: Effect = { file, node, inputs: alive, variables, signal, argument, invoke };
  return await namingNode(file, node, async () => {
    const act = EFFECTS.get(node.op);
    if (act !== undefined) return await act(effect);
    const kernel = kernels.get(node.op);
    if (kernel === undefined) throw unknownOp(file, node);
    const tensors: Tensor64[] = [];
    for (const value of alive) tensors.push(await tensorOf(effect, value));
    return await compute(kernel, { file, node, inputs: tensors }, context.turns);
  });
}

/** The first input that lives, and which one it is. A Merge waits for nodes, but does not die with them. */
function merge(values: readonly (Value | undefined)[]): Outputs | undefined {
  const chosen = values.findIndex((value) => value !== undefined);
  return chosen < 0 ? undefined : [values[chosen], { shape: [], data: Float64Array.of(chosen) }];
}

async function compute(kernel: Kernel, call: Parameters<Kernel>[0], turns: Turns): Promise<Outputs> {
  const result = kernel(call);
  if ("data" in result) return [result];
  return "next" in result ? [await finish(result, turns)] : result;
}

function unknownOp(file: string, { name, op }: NodeDef): BackendError {
  return new BackendError(`${file}: node ${name}: expected an op that the graph evaluator knows, found ${op}`, {
    hint: "Compare with a reference file made by TensorFlow instead, and report this op.",
  });
}

/** Kernels are written for graphs that TensorFlow accepts: what one of them throws at another graph is that graph's fault. */
async function namingNode<T>(file: string, node: NodeDef, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // What is already worded stays; a reader may also reject with the reason that its signal was aborted for, or with an error of the system.
    if (isPortError(error) || !(error instanceof Error) || "code" in error || error.name === "AbortError") throw error;
    throw new FormatError({ file, field: nodeField(node) }, "inputs that fit the op", error.message, { cause: error });
  }
}
