import { Float16Array } from "@petamoriken/float16";
import { FormatError } from "../../core/errors.js";
import { decodeFloats, type FloatArray } from "../../core/tensor.js";
import type { DataType } from "./data-type.js";
import type { Integer } from "./integer.js";

/** The lists of a TensorProto that hold one entry for each element. */
export interface TypedValues {
  readonly floatVal: readonly number[];
  readonly doubleVal: readonly number[];
  readonly intVal: readonly number[];
  readonly int64Val: readonly Integer[];
  readonly boolVal: readonly boolean[];
  readonly halfVal: readonly number[];
  readonly uint32Val: readonly number[];
  readonly uint64Val: readonly Integer[];
}

function numbers(values: readonly Integer[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(values, (value) => (typeof value === "number" ? value : value.toNumber()));
}

/** Which list a type uses: https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/tensor.proto */
export function typedValues(file: string, field: string, dtype: DataType, values: TypedValues): FloatArray {
  switch (dtype) {
    case "float32":
      return Float32Array.from(values.floatVal);
    case "float64":
      return Float64Array.from(values.doubleVal);
    case "float16":
      return Float32Array.from(new Float16Array(Uint16Array.from(values.halfVal).buffer));
    case "bfloat16":
      return decodeFloats(new Uint8Array(Uint16Array.from(values.halfVal).buffer), "bfloat16");
    case "int8":
    case "uint8":
    case "int16":
    case "uint16":
    case "int32":
      return numbers(values.intVal);
    case "int64":
      return numbers(values.int64Val);
    case "uint32":
      return numbers(values.uint32Val);
    case "uint64":
      return numbers(values.uint64Val);
    case "bool":
      return Float64Array.from(values.boolVal, Number);
    default:
      throw new FormatError({ file, field }, "a tensor of numbers", dtype);
  }
}
