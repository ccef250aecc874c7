import { formatShape, sameShape, toFloat64 } from "../../core/tensor.js";
import { functionAttribute, typeAttribute } from "../../formats/saved-model/attributes.js";
import { constantTensor } from "../../formats/saved-model/constant.js";
import { ARGUMENT } from "../../formats/saved-model/graph-index.js";
import type { NodeDef } from "../../formats/saved-model/types.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import { refuse, scalarTensor } from "./call.js";
import { isHandle, isTensor, type Outputs, type Value, type VariableHandle } from "./value.js";
import type { Variables } from "./variables.js";

/** A node that needs more than numbers: its inputs as they are (none of them dead), and the run that it belongs to. */
export interface Effect {
  readonly file: string;
  readonly node: NodeDef;
  readonly inputs: readonly Value[];
  readonly variables: Variables;
  readonly signal: AbortSignal | undefined;
  /** Inside a function: the values that it was called with. */
  argument(name: string): Value | undefined;
  /** Runs a function of the graph's library. */
  invoke(name: string, inputs: readonly Value[]): Promise<Outputs>;
}

type EffectKernel = (effect: Effect) => Outputs | Promise<Outputs>;

/** Any value as numbers: a variable is read now. */
export async function tensorOf(effect: Omit<Effect, "inputs">, value: Value | undefined): Promise<Tensor64> {
  if (value === undefined) return refuse(effect, "another input", "none");
  if (isTensor(value)) return value;
  if (isHandle(value)) return await effect.variables.read(value.variable, { signal: effect.signal });
  return refuse(effect, "a tensor of numbers", value.opaque);
}

function handleOf(effect: Effect): VariableHandle {
  const [value] = effect.inputs;
  return value !== undefined && isHandle(value) ? value : refuse(effect, "a variable as input 0", "something else");
}

function constant({ file, node }: Effect): Outputs {
  const dtype = typeAttribute(file, node, "dtype");
  if (dtype === "string") return [{ opaque: "text" }];
  const { shape, data } = constantTensor(file, node);
  return [{ shape, data: toFloat64(data) }];
}

function assignment(combine: (old: number, value: number) => number): EffectKernel {
  return async (effect) => {
    const handle = handleOf(effect);
    const [old, value] = [await tensorOf(effect, handle), await tensorOf(effect, effect.inputs[1])];
    if (!sameShape(old.shape, value.shape))
      refuse(effect, `a value ${formatShape(old.shape)}`, formatShape(value.shape));
    const data = old.data.map((number, index) => combine(number, value.data[index] ?? 0));
    effect.variables.assign(handle.variable, { shape: old.shape, data });
    return [handle];
  };
}

async function assign(effect: Effect): Promise<Outputs> {
  const handle = handleOf(effect);
  effect.variables.assign(handle.variable, await tensorOf(effect, effect.inputs[1]));
  return [handle];
}

const variable: EffectKernel = ({ node }) => [{ variable: node }];

const readVariable: EffectKernel = async (effect) => [await tensorOf(effect, handleOf(effect))];

const isInitialized: EffectKernel = (effect) => [
  scalarTensor(Number(effect.variables.isInitialized(handleOf(effect).variable))),
];

/** TensorFlow's truth: a number other than 0, or a tensor with elements. */
async function truth(effect: Effect, position: number): Promise<boolean> {
  const { shape, data } = await tensorOf(effect, effect.inputs[position]);
  return shape.length === 0 ? data[0] !== 0 : data.length > 0;
}

/** The value leaves by the output of the branch taken; the other one is dead. */
async function switchTo(effect: Effect): Promise<Outputs> {
  const [value] = effect.inputs;
  return (await truth(effect, 1)) ? [undefined, value] : [value, undefined];
}

async function branch(effect: Effect): Promise<Outputs> {
  const chosen = (await truth(effect, 0)) ? "then_branch" : "else_branch";
  return await effect.invoke(functionName(effect, chosen), effect.inputs.slice(1));
}

const call: EffectKernel = (effect) => effect.invoke(functionName(effect, "f"), effect.inputs);

function functionName(effect: Effect, attribute: string): string {
  return functionAttribute(effect.file, effect.node, attribute) ?? refuse(effect, `attribute ${attribute}`, "none");
}

async function assertion(effect: Effect): Promise<Outputs> {
  const { data } = await tensorOf(effect, effect.inputs[0]);
  return data.every((value) => value !== 0) ? [] : refuse(effect, "a condition that holds", "one that does not");
}

function argument(effect: Effect): Outputs {
  return [effect.argument(effect.node.name) ?? refuse(effect, "an argument of this name", "none")];
}

function unfed(effect: Effect): Outputs {
  return refuse(effect, "one of the signature's inputs", "a placeholder that nothing feeds");
}

/** Ops that touch variables, choose a way, or call a function. */
export const EFFECTS: ReadonlyMap<string, EffectKernel> = new Map<string, EffectKernel>([
  ["Const", constant],
  ["VarHandleOp", variable],
  ["VariableV2", variable],
  ["Variable", variable],
  ["ReadVariableOp", readVariable],
  ["VarIsInitializedOp", isInitialized],
  ["IsVariableInitialized", isInitialized],
  ["RefIdentity", ({ inputs }) => inputs],
  ["Assign", assign],
  ["AssignVariableOp", assign],
  ["AssignAdd", assignment((old, value) => old + value)],
  ["AssignAddVariableOp", assignment((old, value) => old + value)],
  ["AssignSub", assignment((old, value) => old - value)],
  ["AssignSubVariableOp", assignment((old, value) => old - value)],
  ["Switch", switchTo],
  ["RefSwitch", switchTo],
  ["If", branch],
  ["StatelessIf", branch],
  ["PartitionedCall", call],
  ["StatefulPartitionedCall", call],
  ["Assert", assertion],
  [ARGUMENT, argument],
  ["Placeholder", unfed],
]);
