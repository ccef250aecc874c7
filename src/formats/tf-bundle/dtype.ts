import type { DType } from "../../core/tensor.js";

/** https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/types.proto#L14 */
const DATA_TYPES: ReadonlyMap<number, { readonly name: string; readonly dtype?: DType }> = new Map([
  [1, { name: "DT_FLOAT", dtype: "float32" }],
  [2, { name: "DT_DOUBLE", dtype: "float64" }],
  [3, { name: "DT_INT32", dtype: "int32" }],
  [4, { name: "DT_UINT8", dtype: "uint8" }],
  [5, { name: "DT_INT16" }],
  [6, { name: "DT_INT8" }],
  [7, { name: "DT_STRING" }],
  [8, { name: "DT_COMPLEX64" }],
  [9, { name: "DT_INT64", dtype: "int64" }],
  [10, { name: "DT_BOOL", dtype: "bool" }],
  [11, { name: "DT_QINT8" }],
  [12, { name: "DT_QUINT8" }],
  [13, { name: "DT_QINT32" }],
  [14, { name: "DT_BFLOAT16", dtype: "bfloat16" }],
  [15, { name: "DT_QINT16" }],
  [16, { name: "DT_QUINT16" }],
  [17, { name: "DT_UINT16" }],
  [18, { name: "DT_COMPLEX128" }],
  [19, { name: "DT_HALF", dtype: "float16" }],
  [20, { name: "DT_RESOURCE" }],
  [21, { name: "DT_VARIANT" }],
  [22, { name: "DT_UINT32" }],
  [23, { name: "DT_UINT64" }],
]);

/** Our name of one of TensorFlow's types, or undefined where this package has no use for it. */
export function dtypeOf(dataType: number): DType | undefined {
  return DATA_TYPES.get(dataType)?.dtype;
}

/** `DT_STRING`; for a number that is none of the known types, the number. */
export function dataTypeName(dataType: number): string {
  return DATA_TYPES.get(dataType)?.name ?? `data type ${dataType}`;
}
