import { decodeFloats } from "../../core/tensor.js";
import type { Quantization } from "./weights-manifest.js";

/**
 * Packed values as the little-endian bytes of their type, with the arithmetic of tfjs: in float64, then rounded to float32, or to
 * the nearest whole number (halves up). https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/io/io_utils.ts (`decodeWeight`)
 */
export function dequantize(
  packed: Uint8Array<ArrayBuffer>,
  quantization: Quantization,
  dtype: "float32" | "int32" | "bool",
): Uint8Array<ArrayBuffer> {
  if (quantization.dtype === "float16") return bytesOf(Float32Array.from(decodeFloats(packed, "float16")));
  const { scale, min } = quantization;
  const levels = quantization.dtype === "uint8" ? packed : halfWords(packed);
  if (dtype === "float32") return bytesOf(Float32Array.from(levels, (level) => level * scale + min));
  return bytesOf(Int32Array.from(levels, (level) => Math.round(level * scale + min)));
}

function halfWords(bytes: Uint8Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.byteLength / 2 }, (_, index) => view.getUint16(2 * index, true));
}

function bytesOf(values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
