import { BYTES_PER_ELEMENT, type DType } from "../../core/tensor.js";

/** What the elements of a tensor or a storage are. */
export interface ElementType {
  /** torch's own name: `float32`. */
  readonly name: string;
  readonly bytes: number;
  /** Undefined for a type that is not read here. */
  readonly dtype: DType | undefined;
}

const ours = (dtype: DType): ElementType => ({ name: dtype, bytes: BYTES_PER_ELEMENT[dtype], dtype });
const foreign = (name: string, bytes: number): ElementType => ({ name, bytes, dtype: undefined });

const ALL: readonly ElementType[] = [
  ...(["float32", "float16", "bfloat16", "float64", "int32", "int64", "uint8", "bool"] as const).map(ours),
  ...[foreign("int8", 1), foreign("int16", 2), foreign("uint16", 2), foreign("uint32", 4), foreign("uint64", 8)],
  ...[foreign("complex32", 4), foreign("complex64", 8), foreign("complex128", 16)],
  ...["float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz"].map((name) => foreign(name, 1)),
];

/** `torch.float32` and the like, as files name them: https://docs.pytorch.org/docs/stable/tensor_attributes.html */
export const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map(ALL.map((type) => [type.name, type]));

/** Bytes whose type stands with each tensor: `torch.storage.UntypedStorage`, as newer versions write it for newer types. */
export const UNTYPED: ElementType = foreign("bytes", 1);

const STORAGES: readonly (readonly [string, string])[] = [
  ["FloatStorage", "float32"],
  ["DoubleStorage", "float64"],
  ["HalfStorage", "float16"],
  ["BFloat16Storage", "bfloat16"],
  ["LongStorage", "int64"],
  ["IntStorage", "int32"],
  ["ShortStorage", "int16"],
  ["CharStorage", "int8"],
  ["ByteStorage", "uint8"],
  ["BoolStorage", "bool"],
  ["ComplexFloatStorage", "complex64"],
  ["ComplexDoubleStorage", "complex128"],
];

/** The classes of storages by their full names. Where they lived, on a processor or a GPU, does not matter. */
export const STORAGE_CLASSES: ReadonlyMap<string, ElementType> = new Map([
  ...STORAGES.flatMap(([name, typeName]): [string, ElementType][] => {
    const type = ELEMENT_TYPES.get(typeName) ?? UNTYPED;
    return [
      [`torch.${name}`, type],
      [`torch.cuda.${name}`, type],
    ];
  }),
  ["torch.storage.UntypedStorage", UNTYPED],
]);
