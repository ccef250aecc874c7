import { type Shape, toFloat64 } from "../../core/tensor.js";
import { BATCH, type GraphNode, type InputName } from "../../graph/graph.js";
import type { GeneratorInputs } from "../runtime.js";
import { compute } from "./operations.js";
import type { Tensor64 } from "./tensor64.js";
import { finish, type Turns } from "./turns.js";

/** The graph's inputs in float64, by their names. */
export type Feeds = Readonly<Record<InputName, Tensor64>>;

export function feedsOf({ z, y, truncation }: GeneratorInputs): Feeds {
  return {
    z: { shape: z.shape, data: toFloat64(z.data) },
    y: { shape: y.shape, data: toFloat64(y.data) },
    truncation: { shape: [], data: Float64Array.of(truncation) },
  };
}

/** The value of a node from those of its inputs. Not for parameters, which are read. */
export async function nodeValue(
  { operation, shape }: GraphNode,
  operands: readonly Tensor64[],
  fed: Feeds,
  turns: Turns,
): Promise<Tensor64> {
  if (operation.op === "input") return fed[operation.input];
  if (operation.op === "parameter") throw new Error(`${operation.parameter}: a parameter is read, not computed`);
  if (turns.due()) await turns.take();
  const [rows = 0] = fed.z.shape;
  const full: Shape = shape.map((extent) => (extent === BATCH ? rows : extent));
  const result = compute(operation, operands, full);
  return "data" in result ? result : await finish(result, turns);
}
