import { FormatError } from "../../core/errors.js";
import { decodeFloats, elementCount, type FloatArray, formatShape, type Tensor } from "../../core/tensor.js";
import { encodeNpyHeader, type NpyDType, parseNpyHeader } from "./npy-header.js";

const ITEM_BYTES: Readonly<Record<NpyDType, number>> = {
  "<f4": 4,
  "<f8": 8,
  "<f2": 2,
  "<i4": 4,
  "<i8": 8,
  "|u1": 1,
  "|b1": 1,
};

/**
 * Whole numbers become float64, up to eight times their size. What is read here as whole numbers (class indices, pictures of
 * 8 bits) stays far below this: 32 Mi elements are 256 MiB, or 42 pictures of 512x512.
 */
const MAX_INTEGER_ELEMENTS = 32 * 1024 * 1024;

/**
 * One .npy file as a tensor of its own memory. float64 stays float64, float32 and float16 become float32, whole numbers and
 * booleans become float64. `name` is the file, for messages. Throws a {@link FormatError} on anything else, also when bytes
 * are missing or left over, or a 64-bit integer has no exact float64.
 */
export function parseNpy(name: string, bytes: Uint8Array): Tensor {
  const { dtype, shape, dataOffset } = parseNpyHeader(name, bytes);
  const count = elementCount(shape);
  const expected = count * ITEM_BYTES[dtype];
  const found = bytes.length - dataOffset;
  if (found !== expected) {
    throw new FormatError(
      { file: name, offset: dataOffset, field: "data" },
      `${expected} bytes for ${dtype} ${formatShape(shape)}`,
      `${found}`,
      { hint: "The file is truncated or damaged: write it again." },
    );
  }
  if (isInteger(dtype) && count > MAX_INTEGER_ELEMENTS) {
    throw new FormatError({ file: name, field: "shape" }, `at most ${MAX_INTEGER_ELEMENTS} whole numbers`, `${count}`, {
      hint: "Save large arrays as float32.",
    });
  }
  // A copy, aligned and alone in its memory; `slice` would not do, for Node's Buffer gives a view.
  const elements = new Uint8Array(bytes.subarray(dataOffset));
  return { shape, data: decode(name, dtype, elements, dataOffset) };
}

function isInteger(dtype: NpyDType): boolean {
  return dtype !== "<f4" && dtype !== "<f8" && dtype !== "<f2";
}

function decode(name: string, dtype: NpyDType, data: Uint8Array<ArrayBuffer>, dataOffset: number): FloatArray {
  switch (dtype) {
    case "<f4":
      return decodeFloats(data, "float32");
    case "<f8":
      return decodeFloats(data, "float64");
    case "<f2":
      return decodeFloats(data, "float16");
    case "<i4":
      return Float64Array.from(new Int32Array(data.buffer));
    case "|u1":
      return Float64Array.from(data);
    case "|b1":
      return Float64Array.from(data, (byte) => (byte === 0 ? 0 : 1));
    case "<i8":
      return decodeInt64(name, new BigInt64Array(data.buffer), dataOffset);
  }
}

function decodeInt64(name: string, integers: BigInt64Array, dataOffset: number): FloatArray {
  const data = new Float64Array(integers.length);
  integers.forEach((integer, i) => {
    const value = Number(integer);
    if (!Number.isSafeInteger(value)) {
      const place = { file: name, offset: dataOffset + 8 * i, field: `element ${i}` };
      throw new FormatError(place, "a whole number within ±(2^53 - 1)", `${integer}`, {
        hint: "Save such numbers as float64.",
      });
    }
    data[i] = value;
  });
  return data;
}

/** The bytes that `numpy.save` writes for a float32 or float64 array of this shape and data. */
export function encodeNpy(tensor: Tensor): Uint8Array<ArrayBuffer> {
  const { shape, data } = tensor;
  if (elementCount(shape) !== data.length) {
    throw new RangeError(`encodeNpy: ${formatShape(shape)} does not hold ${data.length} elements`);
  }
  const header = encodeNpyHeader(data instanceof Float64Array ? "<f8" : "<f4", shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}
