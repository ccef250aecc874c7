import { FormatError } from "../../core/errors.js";
import { decodeFloats, type FloatArray } from "../../core/tensor.js";
import type { DataType } from "./data-type.js";

/** Contiguous little-endian elements, as numbers: [bytes each, how]. */
const CONTENT: {
  readonly [T in DataType]?: readonly [size: number, decode: (bytes: Uint8Array, view: DataView) => FloatArray];
} = {
  float32: [4, (bytes) => decodeFloats(bytes, "float32")],
  float64: [8, (bytes) => decodeFloats(bytes, "float64")],
  float16: [2, (bytes) => decodeFloats(bytes, "float16")],
  bfloat16: [2, (bytes) => decodeFloats(bytes, "bfloat16")],
  int8: [1, (bytes) => Float64Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length))],
  uint8: [1, (bytes) => Float64Array.from(bytes)],
  bool: [1, (bytes) => Float64Array.from(bytes, (byte) => (byte === 0 ? 0 : 1))],
  int16: [2, (_, view) => each(view, 2, (offset) => view.getInt16(offset, true))],
  uint16: [2, (_, view) => each(view, 2, (offset) => view.getUint16(offset, true))],
  int32: [4, (_, view) => each(view, 4, (offset) => view.getInt32(offset, true))],
  uint32: [4, (_, view) => each(view, 4, (offset) => view.getUint32(offset, true))],
  int64: [8, (_, view) => each(view, 8, (offset) => Number(view.getBigInt64(offset, true)))],
  uint64: [8, (_, view) => each(view, 8, (offset) => Number(view.getBigUint64(offset, true)))],
};

function each(view: DataView, size: number, read: (offset: number) => number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: view.byteLength / size }, (_, index) => read(index * size));
}

/** TensorProto.tensor_content as numbers; the result shares no memory with it. */
export function decodeContent(
  file: string,
  field: string,
  dtype: DataType,
  content: Uint8Array,
  count: number,
): FloatArray {
  const decoder = CONTENT[dtype];
  if (decoder === undefined) throw new FormatError({ file, field }, "a tensor of numbers", dtype);
  const [size, decode] = decoder;
  if (content.length !== size * count) {
    throw new FormatError({ file, field }, `${size * count} bytes (${count} x ${dtype})`, `${content.length} bytes`);
  }
  const copy = new Uint8Array(content);
  return decode(copy, new DataView(copy.buffer));
}
