import type { ParameterSource } from "../../core/parameter-source.js";
import type { Tensor } from "../../core/tensor.js";
import type { Graph } from "../../graph/graph.js";
import { type ComputeNodesOptions, computeNodes } from "../../runtime/reference/compute-nodes.js";
import type { Tensor64 } from "../../runtime/reference/tensor64.js";
import type { GeneratorInputs } from "../../runtime/runtime.js";
import type { Hypothesis } from "./hypothesis.js";
import { affectedBy, type LayerPart } from "./layer-part.js";

/** Above this, values inside a layer are computed anew for each hypothesis rather than kept: half of a common machine's memory. */
const MAX_KEPT_BYTES = 4 * 2 ** 30;

/** A model's inputs and what one side made of them. */
export interface SideValues {
  readonly graph: Graph;
  readonly parameters: ParameterSource;
  readonly inputs: GeneratorInputs;
  readonly layers: ReadonlyMap<string, Tensor>;
  readonly signal?: AbortSignal | undefined;
}

/** The other side's values that a layer starts from, by node. */
export function startOf({ graph, layers }: SideValues, part: LayerPart): Map<number, Tensor> {
  const known = new Map<number, Tensor>();
  for (const name of part.previous) {
    const [id, tensor] = [graph.layers.get(name), layers.get(name)];
    if (id !== undefined && tensor !== undefined) known.set(id, tensor);
  }
  return known;
}

/** Our value of one layer, from the other side's inputs to it. */
export async function recomputeLayer(
  side: SideValues,
  part: LayerPart,
  options: ComputeNodesOptions = {},
): Promise<Tensor64> {
  const { graph, parameters, inputs, signal } = side;
  const given = { known: startOf(side, part), signal, ...options };
  const value = (await computeNodes(graph, parameters, inputs, [part.target], given)).get(part.target);
  if (value === undefined) throw new Error(`diagnosis: ${part.layer} was not computed`);
  return value;
}

/** Every value inside a layer as our side computes it, and a quick way to compute the layer again with something changed. */
export interface Rehearsal {
  readonly values: ReadonlyMap<number, Tensor64>;
  withChange(hypothesis: Pick<Hypothesis, "rules">): Promise<Tensor64>;
}

export async function rehearse(side: SideValues, part: LayerPart): Promise<Rehearsal> {
  const { graph, parameters, inputs, signal } = side;
  const start = startOf(side, part);
  const isParameter = (id: number) => graph.nodes[id]?.operation.op === "parameter";
  const [rows = 1] = inputs.z.shape;
  const bytes = part.nodes.reduce((sum, { shape }) => sum + 8 * shape.reduce((a, b) => a * (b < 0 ? rows : b), 1), 0);
  const kept = part.nodes
    .map(({ id }) => id)
    .filter((id) => id === part.target || isParameter(id) || bytes <= MAX_KEPT_BYTES);
  const values = await computeNodes(graph, parameters, inputs, kept, { known: start, signal });
  return {
    values,
    withChange: async ({ rules }) => {
      const affected = affectedBy(part, rules.keys());
      const known = new Map<number, Tensor>(start);
      for (const [id, value] of values) if (!affected.has(id)) known.set(id, value);
      return await recomputeLayer(side, part, { known, rules });
    },
  };
}
