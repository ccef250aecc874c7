import type { ParameterSource } from "../core/parameter-source.js";
import { toFloat32 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { Graph, Parameter } from "../graph/graph.js";
import { decodeParameter, encodeParameter } from "../storage/encode-parameter.js";
import { MAX_FLOAT16 } from "../storage/float16.js";
import { changedPlan, PRECISIONS, type Precision, type PrecisionPlan, precisionOf } from "../storage/plan.js";

/** A parameter that is stored wider than was asked for. */
export interface Spared {
  readonly parameter: string;
  readonly precision: Precision;
  readonly reason: string;
}

/**
 * Most that a standing variance may move by, as a part of it. Errors of weights average out over the inputs of a layer; a
 * variance divides a whole channel, and at small truncations it is a small part of the largest in its table. biggan-mini's
 * worst picture loses 5 dB without this.
 */
const MAX_VARIANCE_ERROR = 2 ** -8;

/**
 * The narrowest precisions, up to those of `plan`, that the numbers themselves allow: nothing becomes an infinity, and variances
 * (tables of positive numbers) keep their proportions.
 */
export async function safePlan(
  graph: Graph,
  source: ParameterSource,
  plan: PrecisionPlan,
  options: ReadOptions = {},
): Promise<{ readonly plan: PrecisionPlan; readonly spared: readonly Spared[] }> {
  const spared: Spared[] = [];
  for (const parameter of graph.parameters.values()) {
    const wanted = precisionOf(plan, parameter.name);
    if (wanted === "float32") continue;
    const values = toFloat32(await source.read(parameter.name, options));
    const found = spare(parameter, wanted, values);
    if (found !== undefined) spared.push(found);
  }
  return {
    plan: changedPlan(
      plan,
      spared.map(({ parameter, precision }) => [parameter, precision]),
    ),
    spared,
  };
}

function spare(parameter: Parameter, wanted: Precision, values: Float32Array<ArrayBuffer>): Spared | undefined {
  const reasons: string[] = [];
  for (const precision of PRECISIONS.slice(0, PRECISIONS.indexOf(wanted) + 1).reverse()) {
    const reason = unfit(parameter, precision, values);
    if (reason === undefined) {
      return reasons.length === 0 ? undefined : { parameter: parameter.name, precision, reason: reasons.join("; ") };
    }
    reasons.push(reason);
  }
  return undefined;
}

/** Why a parameter cannot be stored so; undefined when it can. */
function unfit(parameter: Parameter, precision: Precision, values: Float32Array<ArrayBuffer>): string | undefined {
  if (precision === "float32") return undefined;
  if (precision === "float16") {
    const large = values.find((value) => Math.abs(value) > MAX_FLOAT16);
    if (large !== undefined) return `float16: ${large} is beyond its largest, ${MAX_FLOAT16}`;
  }
  if (parameter.kind !== "statistic" || !values.every((value) => value > 0)) return undefined;
  const decoded = decodeParameter(encodeParameter(parameter, precision, values));
  const error = values.reduce((most, value, at) => Math.max(most, Math.abs((decoded[at] ?? 0) - value) / value), 0);
  return error <= MAX_VARIANCE_ERROR
    ? undefined
    : `${precision}: a variance would move by ${(error * 100).toFixed(1)} %`;
}
