import { BYTES_PER_ELEMENT, type DType } from "../../core/tensor.js";

/**
 * What safetensors calls our types, in the order in which its own writer puts tensors: widest first, so that each tensor is
 * aligned. https://github.com/huggingface/safetensors/blob/v0.8.0/safetensors/src/tensor.rs (`enum Dtype`, `prepare`)
 */
export const SAFETENSORS_DTYPES = {
  int64: "I64",
  float64: "F64",
  float32: "F32",
  int32: "I32",
  bfloat16: "BF16",
  float16: "F16",
  uint8: "U8",
  bool: "BOOL",
} as const satisfies Record<DType, string>;

/** Our types, widest first. */
export const WRITING_ORDER: readonly DType[] = [
  "int64",
  "float64",
  "float32",
  "int32",
  "bfloat16",
  "float16",
  "uint8",
  "bool",
];

/** Types of the format that no weight of ours has: known, so that the tensors around them can be read. Bits, as some are less than a byte. */
const FOREIGN_BITS: Readonly<Record<string, number>> = {
  U64: 64,
  C64: 64,
  U32: 32,
  I16: 16,
  U16: 16,
  I8: 8,
  F8_E4M3: 8,
  F8_E5M2: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F4: 4,
};

export interface StoredType {
  readonly bits: number;
  /** Undefined for a type that is not read here. */
  readonly dtype: DType | undefined;
}

/** The type behind a name of the format, or undefined for a name that the format does not have. */
export function storedType(name: string): StoredType | undefined {
  const dtype = WRITING_ORDER.find((candidate) => SAFETENSORS_DTYPES[candidate] === name);
  if (dtype !== undefined) return { bits: 8 * BYTES_PER_ELEMENT[dtype], dtype };
  const bits = Object.hasOwn(FOREIGN_BITS, name) ? FOREIGN_BITS[name] : undefined;
  return bits === undefined ? undefined : { bits, dtype: undefined };
}
