import type { GraphModel } from "@tensorflow/tfjs-converter";
import type { NamedTensorMap, Tensor as TfjsTensor } from "@tensorflow/tfjs-core";
import type { Tensor } from "../../core/tensor.js";
import type { InputName } from "../../graph/graph.js";
import { feedsOfRow } from "../feeds.js";
import type { ModelInputs } from "../runtime.js";
import type { Tfjs } from "./engine.js";

/** One image's values at the nodes asked for, in that order; `names` are the inputs that the model has. Leaves no tensor behind, also when it throws. */
export async function executeOne(
  { core }: Tfjs,
  model: GraphModel,
  inputs: ModelInputs,
  index: number,
  names: readonly InputName[],
  nodes: readonly string[],
): Promise<Tensor[]> {
  const feeds: NamedTensorMap = {};
  let results: TfjsTensor[] = [];
  try {
    // The rows are copies: the cpu back-end keeps the array it is given.
    for (const [name, { shape, data }] of feedsOfRow(inputs, index, names)) {
      feeds[name] = core.tensor(data, [...shape], "float32");
    }
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
