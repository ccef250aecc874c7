import type { ParameterSource } from "../core/parameter-source.js";
import { elementCount, toFloat32 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { TfjsWeight } from "./tfjs-emitter.js";

/**
 * The little-endian bytes of one weight as the model's files hold them: parameters rounded to float32, constants as made.
 * May share memory with the source's array: read, do not write. Throws an Error when a source gives another length than the graph declares.
 */
export async function weightBytes(
  weight: TfjsWeight,
  parameters: ParameterSource,
  options: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, shape, dtype, source } = weight;
  const values =
    source.kind === "parameter"
      ? toFloat32(await parameters.read(source.parameter, options))
      : dtype === "int32"
        ? Int32Array.from(source.values)
        : Float32Array.from(source.values);
  const expected = elementCount(shape);
  if (values.length !== expected) {
    throw new Error(`tfjs weights: ${name}: expected ${expected} values, found ${values.length}`);
  }
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
