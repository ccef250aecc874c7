import { type DType, type FloatArray, isFloat, toFloat32 } from "../core/tensor.js";
import { toFloat16 } from "../storage/float16.js";

/**
 * Numbers as little-endian bytes of a type. Those that were read from it, and only moved since, come out as they were; others are
 * rounded, except to bfloat16, which numbers must fit.
 */
export function encodeFloats(values: FloatArray, dtype: DType): Uint8Array<ArrayBuffer> {
  if (dtype === "float64") return bytesOf(values instanceof Float64Array ? values : Float64Array.from(values));
  const narrow = toFloat32(values);
  if (dtype === "float16") return bytesOf(toFloat16(narrow).bits);
  if (dtype === "bfloat16") {
    const words = new Uint32Array(narrow.buffer, narrow.byteOffset, narrow.length);
    return bytesOf(Uint16Array.from(words, (word) => word >>> 16));
  }
  if (!isFloat(dtype)) throw new TypeError(`encodeFloats: ${dtype} is not a floating-point type`);
  return bytesOf(narrow);
}

/** Little-endian, as every machine that runs Node is. */
function bytesOf({ buffer, byteOffset, byteLength }: FloatArray | Uint16Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
