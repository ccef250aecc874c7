import type { ParameterSource } from "../core/parameter-source.js";
import { toFloat32 } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import { decodeParameter, encodeParameter } from "../storage/encode-parameter.js";
import { type PrecisionPlan, precisionOf } from "../storage/plan.js";

/** What an export by this plan decodes to, so that any runtime runs the reduced model exactly. */
export function reducedParameters(source: ParameterSource, graph: Graph, plan: PrecisionPlan): ParameterSource {
  return {
    async read(name, options) {
      const values = await source.read(name, options);
      const parameter = graph.parameters.get(name);
      const precision = precisionOf(plan, name);
      if (parameter === undefined || precision === "float32") return values;
      return decodeParameter(encodeParameter(parameter, precision, toFloat32(values)));
    },
  };
}
