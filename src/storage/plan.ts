import { elementCount } from "../core/tensor.js";
import type { Graph, Parameter } from "../graph/graph.js";

/** How numbers are stored, widest first. */
export const PRECISIONS = ["float32", "float16", "int8"] as const;

export type Precision = (typeof PRECISIONS)[number];

/** The precision of each parameter of a graph, by its name. */
export type PrecisionPlan = ReadonlyMap<string, Precision>;

/**
 * Scalars and vectors (biases, gains and offsets without a condition, the moments of a baked truncation) are never reduced: in
 * a published model they are a thousandth of the bytes, and each of their errors moves a whole channel.
 */
export function isReducible({ shape }: Parameter): boolean {
  const width = shape.at(-1) ?? 1;
  return shape.length >= 2 && elementCount(shape) > width;
}

/** One precision for everything that can have it: what `--dtype` asks for. Where scales would outweigh the codes, float16 is narrower than int8. */
export function uniformPlan(graph: Graph, precision: Precision): PrecisionPlan {
  const narrowest = (parameter: Parameter): Precision => {
    if (!isReducible(parameter)) return "float32";
    const larger = parameterBytes(parameter, precision) >= parameterBytes(parameter, "float16");
    return precision === "int8" && larger ? "float16" : precision;
  };
  return new Map([...graph.parameters.values()].map((parameter) => [parameter.name, narrowest(parameter)]));
}

/** A plan with other precisions for some parameters. */
export function changedPlan(plan: PrecisionPlan, changes: Iterable<readonly [string, Precision]>): PrecisionPlan {
  return new Map([...plan, ...changes]);
}

export function precisionOf(plan: PrecisionPlan | undefined, name: string): Precision {
  return plan?.get(name) ?? "float32";
}

/** What a parameter takes in an export, the scales of its channels included. */
export function parameterBytes({ shape, kind }: Parameter, precision: Precision): number {
  const count = elementCount(shape);
  if (precision === "float32") return count * 4;
  if (precision === "float16") return count * 2;
  const vectors = kind === "statistic" ? 2 : 1;
  return count + vectors * 4 * (shape.at(-1) ?? 1);
}

/** What a graph's parameters take by a plan. */
export function planBytes(graph: Graph, plan: PrecisionPlan): number {
  let bytes = 0;
  for (const parameter of graph.parameters.values())
    bytes += parameterBytes(parameter, precisionOf(plan, parameter.name));
  return bytes;
}
