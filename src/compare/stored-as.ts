import type { ParameterSource } from "../core/parameter-source.js";
import { toFloat32 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { Parameter } from "../graph/graph.js";
import { int8Form } from "../storage/encode-parameter.js";
import { fromFloat16, MAX_FLOAT16, toFloat16 } from "../storage/float16.js";
import { fromInt8, PRODUCT_LIMIT } from "../storage/int8.js";
import { isReducible, type Precision } from "../storage/plan.js";
import { type Measures, relativeToScale } from "./measures.js";

/** A code is a 64th of its channel's largest number at most, and at most half a code is lost. float16 loses less. */
const MOST_LOST = 1 / (2 * PRODUCT_LIMIT);

/**
 * The narrower type that explains the whole difference: one model's values are exactly what storing the other's in it gives.
 * Both are read whole, when the measures leave it possible.
 */
export async function storedAs(
  parameter: Parameter,
  a: ParameterSource,
  b: ParameterSource,
  measures: Measures,
  options: ReadOptions = {},
): Promise<Exclude<Precision, "float32"> | undefined> {
  if (!isReducible(parameter) || relativeToScale(measures) > MOST_LOST * 1.01) return undefined;
  const x = toFloat32(await a.read(parameter.name, options));
  const y = toFloat32(await b.read(parameter.name, options));
  if (Math.max(measures.scaleA, measures.scaleB) <= MAX_FLOAT16) {
    if (isFloat16Of(x, y) || isFloat16Of(y, x)) return "float16";
  }
  return isInt8Of(parameter, x, y) || isInt8Of(parameter, y, x) ? "int8" : undefined;
}

function isFloat16Of(rounded: Float32Array<ArrayBuffer>, values: Float32Array<ArrayBuffer>): boolean {
  return sameValues(rounded, fromFloat16(toFloat16(values).bits));
}

function isInt8Of(
  parameter: Parameter,
  rounded: Float32Array<ArrayBuffer>,
  values: Float32Array<ArrayBuffer>,
): boolean {
  return [undefined, PRODUCT_LIMIT].some((limit) => sameValues(rounded, fromInt8(int8Form(parameter, values, limit))));
}

function sameValues(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
