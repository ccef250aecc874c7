import { throwIfAborted } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import { type Tensor, toFloat32 } from "../core/tensor.js";
import type { Graph, Parameter } from "../graph/graph.js";
import { decodeParameter, encodeParameter } from "../storage/encode-parameter.js";
import {
  changedPlan,
  isReducible,
  type Precision,
  type PrecisionPlan,
  parameterBytes,
  precisionOf,
} from "../storage/plan.js";
import type { Evaluator } from "./evaluator.js";
import type { PictureCount } from "./picture-count.js";
import { decibels, meanSquaredError } from "./quality.js";
import type { QualityCase } from "./quality-cases.js";
import { reducedParameters } from "./reduced-parameters.js";

/** What storing one part of a model in a narrower precision, and only this one, costs and saves. */
export interface Sensitivity {
  /** A parameter, or a layer of them: `block0.conv1`, `block0`. */
  readonly part: string;
  readonly parameters: readonly string[];
  readonly choices: readonly SensitivityChoice[];
}

export interface SensitivityChoice {
  readonly precision: Precision;
  readonly bytesSaved: number;
  /** Mean squared error of the pictures against float32, and the same as PSNR. */
  readonly error: number;
  readonly psnr: number;
  /** Measured on pictures; else foretold from the measured one by how much less the numbers move. */
  readonly measured: boolean;
}

export interface SensitivityOptions {
  readonly evaluate: Evaluator;
  readonly cases: readonly QualityCase[];
  /** The pictures of the cases in float32. */
  readonly reference: Tensor;
  /** The narrowest precision each parameter may have. */
  readonly narrowest: PrecisionPlan;
  /** Most parts to measure; where there are more parameters, they are taken together by layer. */
  readonly maxParts?: number;
  readonly signal?: AbortSignal | undefined;
  /** What is foreseen of it, and by `evaluate` done. */
  readonly work?: Pick<PictureCount, "foresee">;
}

/**
 * The table by part. int8 is measured. float16 is foretold: rounding errors are small and independent, so the squared error of
 * the pictures goes with that of the numbers (the two differ by some 30 dB), and the plan that is chosen is measured anyway.
 */
export async function measureSensitivity(
  graph: Graph,
  source: ParameterSource,
  { evaluate, cases, reference, narrowest, maxParts = 400, signal, work }: SensitivityOptions,
): Promise<readonly Sensitivity[]> {
  const parts = partsOf(graph, maxParts);
  work?.foresee(parts.size * cases.length);
  const table: Sensitivity[] = [];
  for (const [part, parameters] of parts) {
    throwIfAborted(signal);
    const plan: PrecisionPlan = new Map(parameters.map(({ name }) => [name, precisionOf(narrowest, name)]));
    const pictures = await evaluate(reducedParameters(source, graph, plan), cases);
    const error = meanSquaredError(reference, pictures);
    const choices = [choiceOf(parameters, plan, error, true)];
    if (parameters.some(({ name }) => plan.get(name) === "int8")) {
      const wider = changedPlan(
        plan,
        parameters.filter(({ name }) => plan.get(name) === "int8").map(({ name }) => [name, "float16"]),
      );
      const ratio = await movedRatio(source, parameters, wider, plan);
      choices.push(choiceOf(parameters, wider, error * ratio, false));
    }
    table.push({
      part,
      parameters: parameters.map(({ name }) => name),
      choices: choices.filter(({ bytesSaved }) => bytesSaved > 0),
    });
  }
  return table;
}

/** Parameters that can be narrower, one by one if that is few enough, else by `block0.conv1`, else by `block0`. */
function partsOf(graph: Graph, maxParts: number): ReadonlyMap<string, readonly Parameter[]> {
  const reducible = [...graph.parameters.values()].filter(isReducible);
  for (const depth of [Number.POSITIVE_INFINITY, 2, 1]) {
    const parts = new Map<string, Parameter[]>();
    for (const parameter of reducible) {
      const part = parameter.name.split(".").slice(0, depth).join(".");
      parts.set(part, [...(parts.get(part) ?? []), parameter]);
    }
    if (parts.size <= maxParts || depth === 1) return parts;
  }
  return new Map();
}

function choiceOf(
  parameters: readonly Parameter[],
  plan: PrecisionPlan,
  error: number,
  measured: boolean,
): SensitivityChoice {
  const saved = (parameter: Parameter) =>
    parameterBytes(parameter, "float32") - parameterBytes(parameter, precisionOf(plan, parameter.name));
  const precisions = parameters.map(({ name }) => precisionOf(plan, name));
  return {
    precision: precisions.includes("int8") ? "int8" : precisions.includes("float16") ? "float16" : "float32",
    bytesSaved: parameters.reduce((sum, parameter) => sum + saved(parameter), 0),
    error,
    psnr: decibels(error),
    measured,
  };
}

/** How much less (squared) the numbers of some parameters move by one plan than by another. */
async function movedRatio(
  source: ParameterSource,
  parameters: readonly Parameter[],
  wider: PrecisionPlan,
  narrower: PrecisionPlan,
): Promise<number> {
  let [less, more] = [0, 0];
  for (const parameter of parameters) {
    const values = toFloat32(await source.read(parameter.name));
    const moved = (plan: PrecisionPlan): number => {
      const decoded = decodeParameter(encodeParameter(parameter, precisionOf(plan, parameter.name), values));
      return decoded.reduce((sum, value, at) => sum + (value - (values[at] ?? 0)) ** 2, 0);
    };
    less += moved(wider);
    more += moved(narrower);
  }
  return more === 0 ? 0 : less / more;
}
