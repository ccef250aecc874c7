/**
 * TensorFlow's DataType numbers.
 * https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/types.proto
 */
const DATA_TYPES = {
  1: "float32",
  2: "float64",
  3: "int32",
  4: "uint8",
  5: "int16",
  6: "int8",
  7: "string",
  8: "complex64",
  9: "int64",
  10: "bool",
  11: "qint8",
  12: "quint8",
  13: "qint32",
  14: "bfloat16",
  15: "qint16",
  16: "quint16",
  17: "uint16",
  18: "complex128",
  19: "float16",
  20: "resource",
  21: "variant",
  22: "uint32",
  23: "uint64",
} as const satisfies Record<number, string>;

export type DataType = (typeof DATA_TYPES)[keyof typeof DATA_TYPES] | "unknown";

/** A reference type (TF1's VariableV2) is its value's number plus 100. */
const REFERENCE = 100;

const BY_NUMBER: ReadonlyMap<number, DataType> = new Map(
  Object.entries(DATA_TYPES).map(([number, name]): [number, DataType] => [Number(number), name]),
);

/** `1` and `101` are `float32`; a number that TensorFlow 2.15 does not list is `unknown`. */
export function dataType(number: number): DataType {
  return BY_NUMBER.get(number > REFERENCE ? number - REFERENCE : number) ?? "unknown";
}
