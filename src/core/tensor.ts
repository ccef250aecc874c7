import { Float16Array } from "@petamoriken/float16";

export type DType = "float32" | "float16" | "bfloat16" | "float64" | "int32" | "int64" | "uint8" | "bool";

/** Row-major extents; `[]` is a scalar. */
export type Shape = readonly number[];

/** The two working precisions. Everything read from a checkpoint arrives in one of them. */
export type FloatArray = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A dense, row-major array of numbers. `data.length` is the product of `shape`. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: FloatArray;
}

export const BYTES_PER_ELEMENT: Readonly<Record<DType, number>> = {
  float32: 4,
  float16: 2,
  bfloat16: 2,
  float64: 8,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
};

export function elementCount(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** `[4, 4, 1536]` */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float16" || dtype === "bfloat16" || dtype === "float64";
}

/** A copy-free view when alignment allows, otherwise a copy that is aligned. */
function aligned(bytes: Uint8Array, size: number): { buffer: ArrayBufferLike; offset: number; length: number } {
  if (bytes.byteOffset % size === 0) {
    return { buffer: bytes.buffer, offset: bytes.byteOffset, length: bytes.byteLength / size };
  }
  const copy = new Uint8Array(bytes);
  return { buffer: copy.buffer, offset: 0, length: copy.byteLength / size };
}

/**
 * Little-endian bytes of a floating-point tensor as numbers: float64 stays float64, the narrower types become float32,
 * which holds each of their values exactly.
 */
export function decodeFloats(bytes: Uint8Array, dtype: DType): FloatArray {
  const { buffer, offset, length } = aligned(bytes, BYTES_PER_ELEMENT[dtype]);
  switch (dtype) {
    case "float32":
      return new Float32Array(toArrayBuffer(buffer), offset, length);
    case "float64":
      return new Float64Array(toArrayBuffer(buffer), offset, length);
    case "float16":
      return Float32Array.from(new Float16Array(buffer, offset, length));
    case "bfloat16": {
      const halves = new Uint16Array(buffer, offset, length);
      const words = new Uint32Array(length);
      for (let i = 0; i < length; i++) words[i] = (halves[i] ?? 0) << 16;
      return new Float32Array(words.buffer);
    }
    default:
      throw new TypeError(`decodeFloats: ${dtype} is not a floating-point type`);
  }
}

/** Buffers here are never shared between threads; a shared one is copied rather than mistyped. */
function toArrayBuffer(buffer: ArrayBufferLike): ArrayBuffer {
  if (buffer instanceof ArrayBuffer) return buffer;
  const copy = new ArrayBuffer(buffer.byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return copy;
}

export function toFloat64(data: FloatArray): Float64Array<ArrayBuffer> {
  return data instanceof Float64Array ? data : Float64Array.from(data);
}

export function toFloat32(data: FloatArray): Float32Array<ArrayBuffer> {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}
