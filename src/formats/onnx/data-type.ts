/** TensorProto.DataType, those that a generator needs: https://github.com/onnx/onnx/blob/v1.16.2/onnx/onnx.proto#L498 */
export const ONNX_TYPES = {
  float32: { code: 1, bytes: 4 },
  uint8: { code: 2, bytes: 1 },
  int8: { code: 3, bytes: 1 },
  int32: { code: 6, bytes: 4 },
  int64: { code: 7, bytes: 8 },
  float16: { code: 10, bytes: 2 },
} as const;

export type OnnxType = keyof typeof ONNX_TYPES;

const isOnnxType = (name: string): name is OnnxType => Object.hasOwn(ONNX_TYPES, name);

/** The type behind a code of the format, or undefined for one that has no place in a generator. */
export function onnxTypeOf(code: number): OnnxType | undefined {
  return Object.keys(ONNX_TYPES)
    .filter(isOnnxType)
    .find((type) => ONNX_TYPES[type].code === code);
}
