import { type Tensor, toFloat32 } from "../core/tensor.js";
import type { InputName } from "../graph/graph.js";
import type { ModelInputs } from "./runtime.js";

/** A batch by the names of a graph's inputs. */
export function feedsOf(inputs: ModelInputs): ReadonlyMap<InputName, Tensor> {
  if ("x" in inputs) {
    return new Map([
      ["x", inputs.x],
      ["y", inputs.y],
    ]);
  }
  const { z, y, truncation } = inputs;
  return new Map([
    ["z", z],
    ["y", y],
    ["truncation", { shape: [], data: Float64Array.of(truncation) }],
  ]);
}

/** What one input is fed, in the arithmetic of back-ends. */
interface Feed extends Tensor {
  readonly data: Float32Array<ArrayBuffer>;
}

/** Of one row of a batch, what the inputs `names` are fed: float32 copies of [1, …], and a truncation of []. */
export function feedsOfRow(inputs: ModelInputs, row: number, names: readonly InputName[]): Map<InputName, Feed> {
  const feeds = feedsOf(inputs);
  return new Map(
    names.map((name): [InputName, Feed] => {
      const tensor = feeds.get(name);
      if (tensor === undefined) throw new Error(`runtime: the graph has an input ${name}, the batch has none`);
      const { shape, data } = tensor;
      if (shape.length === 0) return [name, { shape, data: Float32Array.from(data) }];
      const width = data.length / (shape[0] ?? 1);
      return [name, { shape: [1, ...shape.slice(1)], data: toFloat32(data.slice(row * width, (row + 1) * width)) }];
    }),
  );
}
