import type { GraphModel } from "@tensorflow/tfjs-converter";
import type { NamedTensorMap, Tensor as TfjsTensor } from "@tensorflow/tfjs-core";
import { type Tensor, toFloat32 } from "../../core/tensor.js";
import type { InputName } from "../../graph/graph.js";
import type { GeneratorInputs } from "../runtime.js";
import type { Tfjs } from "./engine.js";

/** One image's values at the nodes asked for, in that order; `names` are the inputs that the model has. Leaves no tensor behind, also when it throws. */
export async function executeOne(
  { core }: Tfjs,
  model: GraphModel,
  inputs: GeneratorInputs,
  index: number,
  names: readonly InputName[],
  nodes: readonly string[],
): Promise<Tensor[]> {
  const feedOf = {
    z: () => core.tensor2d(row(inputs.z, index), [1, inputs.z.shape[1] ?? 0]),
    y: () => core.tensor2d(row(inputs.y, index), [1, inputs.y.shape[1] ?? 0]),
    truncation: () => core.scalar(Math.fround(inputs.truncation)),
  } satisfies Record<InputName, () => TfjsTensor>;
  const feeds: NamedTensorMap = {};
  let results: TfjsTensor[] = [];
  try {
    for (const name of names) feeds[name] = feedOf[name]();
    const given = model.execute(feeds, [...nodes]);
    results = Array.isArray(given) ? given : [given];
    return await Promise.all(
      results.map(async (tensor) => ({ shape: tensor.shape, data: Float32Array.from(await tensor.data<"float32">()) })),
    );
  } finally {
    core.dispose(feeds);
    core.dispose(results);
  }
}

/** A copy, because the cpu back-end keeps the array it is given. */
function row(matrix: Tensor, index: number): Float32Array {
  const width = matrix.shape[1] ?? 0;
  return toFloat32(matrix.data.slice(index * width, (index + 1) * width));
}
