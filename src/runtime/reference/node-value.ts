import { type Shape, toFloat64 } from "../../core/tensor.js";
import { BATCH, type GraphNode, type InputName } from "../../graph/graph.js";
import { feedsOf } from "../feeds.js";
import type { ModelInputs } from "../runtime.js";
import { compute } from "./operations.js";
import type { Tensor64 } from "./tensor64.js";
import { finish, type Turns } from "./turns.js";

/** The graph's inputs in float64, by their names. */
export type Feeds = ReadonlyMap<InputName, Tensor64>;

export function feeds64(inputs: ModelInputs): Feeds {
  return new Map([...feedsOf(inputs)].map(([name, { shape, data }]) => [name, { shape, data: toFloat64(data) }]));
}

/** The value of a node from those of its inputs. Not for parameters, which are read. */
export async function nodeValue(
  { operation, shape }: GraphNode,
  operands: readonly Tensor64[],
  fed: Feeds,
  turns: Turns,
): Promise<Tensor64> {
  if (operation.op === "input") return fedAt(fed, operation.input);
  if (operation.op === "parameter") throw new Error(`${operation.parameter}: a parameter is read, not computed`);
  if (turns.due()) await turns.take();
  const [rows = 0] = fedAt(fed, "y").shape;
  const full: Shape = shape.map((extent) => (extent === BATCH ? rows : extent));
  const result = compute(operation, operands, full);
  return "data" in result ? result : await finish(result, turns);
}

function fedAt(fed: Feeds, name: InputName): Tensor64 {
  const tensor = fed.get(name);
  if (tensor === undefined)
    throw new Error(`reference: expected an input ${name}, found ${[...fed.keys()].join(", ")}`);
  return tensor;
}
