import { FormatError } from "../../core/errors.js";
import type { Shape } from "../../core/tensor.js";
import { type Integer, toSafeInteger } from "./integer.js";

/** TensorFlow's own limit, TensorShape::MaxDimensions(). */
const MAX_RANK = 254;

interface EncodedShape {
  readonly dim?: readonly { readonly size?: Integer | null }[] | null;
  readonly unknownRank?: boolean | null;
}

/** A TensorShapeProto; -1 for a dynamic dimension, undefined for an unknown rank. */
export function readShape(file: string, field: string, encoded: EncodedShape | null | undefined): Shape | undefined {
  if (encoded?.unknownRank) return undefined;
  const dims = encoded?.dim ?? [];
  if (dims.length > MAX_RANK)
    throw new FormatError({ file, field }, `at most ${MAX_RANK} dimensions`, `${dims.length}`);
  return dims.map((dim) => {
    const extent = toSafeInteger(file, field, dim.size ?? 0);
    if (extent < -1) throw new FormatError({ file, field }, "dimensions of at least -1", `${extent}`);
    return extent;
  });
}
