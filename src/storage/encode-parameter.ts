import { ExportError } from "../core/errors.js";
import { formatShape } from "../core/tensor.js";
import type { Parameter } from "../graph/graph.js";
import { fromFloat16, MAX_FLOAT16, toFloat16 } from "./float16.js";
import { fromInt8, type Int8Channels, toInt8, toInt8Table } from "./int8.js";
import type { Precision } from "./plan.js";

/** A parameter in the form in which an export stores it. */
export type EncodedParameter =
  | { readonly precision: "float32"; readonly values: Float32Array<ArrayBuffer> }
  | { readonly precision: "float16"; readonly bits: Uint16Array<ArrayBuffer> }
  | ({ readonly precision: "int8" } & Int8Channels);

/** What of a parameter a tensor of a file holds: its float32 numbers, their float16 bits, or one of the parts of its int8 form. */
export type StoredPart = "values" | "float16" | "codes" | "scales" | "offsets";

/**
 * The one place that rounds: exporters write what it returns, and quality is measured on what {@link decodeParameter} makes of it.
 * @throws ExportError when a number does not fit in float16.
 */
export function encodeParameter(
  parameter: Parameter,
  precision: Precision,
  values: Float32Array<ArrayBuffer>,
): EncodedParameter {
  switch (precision) {
    case "float32":
      return { precision, values };
    case "float16":
      return { precision, bits: float16Bits(parameter, values) };
    case "int8":
      return { precision, ...int8Form(parameter, values) };
  }
}

/** Some of a parameter's numbers as float16. Throws an ExportError for one that does not fit. */
export function float16Bits({ name, shape }: Parameter, values: Float32Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const { bits, overflow } = toFloat16(values);
  if (overflow === undefined) return bits;
  throw new ExportError(
    `${name} ${formatShape(shape)}: a value is ${values[overflow]}, beyond float16's largest, ${MAX_FLOAT16}`,
    { hint: "Use --dtype float32, or --quality, which leaves such parameters in float32." },
  );
}

/** As long as the numbers are held: a writer asks for codes, scales and offsets one after another. */
const known = new WeakMap<Float32Array, { readonly limit: number | undefined; readonly form: Int8Channels }>();

/**
 * All of a parameter's numbers as codes and scales; tables of statistics have offsets too. `limit` is the largest code of weights, where it is
 * less than a byte could hold. The numbers may not change afterwards.
 */
export function int8Form({ shape, kind }: Parameter, values: Float32Array<ArrayBuffer>, limit?: number): Int8Channels {
  const before = known.get(values);
  if (before !== undefined && before.limit === limit) return before.form;
  const channels = shape.at(-1) ?? 1;
  const form = kind === "statistic" ? toInt8Table(values, channels) : toInt8(values, channels, limit);
  known.set(values, { limit, form });
  return form;
}

/** The numbers that a runtime computes with. */
export function decodeParameter(encoded: EncodedParameter): Float32Array<ArrayBuffer> {
  switch (encoded.precision) {
    case "float32":
      return encoded.values;
    case "float16":
      return fromFloat16(encoded.bits);
    case "int8":
      return fromInt8(encoded);
  }
}
