import { Buffer } from "node:buffer";
import type { DType } from "../../core/tensor.js";
import { type Block, count } from "./fields.js";

/** A type that is read here, or why it is not. */
export type StoredType = { readonly dtype: DType } | { readonly reason: string };

const CLASSES = [
  "fixed-point numbers",
  "floating-point numbers",
  "times",
  "strings",
  "bit fields",
  "opaque values",
  "compound values",
  "references",
  "enumerated values",
  "lists of variable length",
  "arrays",
  "complex numbers",
];

/** Precision, then place and size of exponent and mantissa, and the exponent's bias: the IEEE 754 types, and bfloat16. */
const FLOATS: Readonly<Record<string, DType>> = {
  "16: 10+5, 0+10, 15": "float16",
  "16: 7+8, 0+7, 127": "bfloat16",
  "32: 23+8, 0+23, 127": "float32",
  "64: 52+11, 0+52, 1023": "float64",
};

const INTEGERS: Readonly<Record<string, DType>> = {
  "unsigned 8-bit": "uint8",
  "signed 32-bit": "int32",
  "signed 64-bit": "int64",
};

const [FIXED, FLOAT, ENUM] = [0, 1, 8];

/** The mantissa's highest bit is 1 and not stored. */
const IMPLIED = 2;

/**
 * What a datatype message describes, to the bit: two bytes may be a float16 or a bfloat16.
 * https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#DatatypeMessage
 */
export function parseDatatype(block: Block): StoredType {
  const type = count(block, 0, 1) & 15;
  if (type === FIXED) return fixedType(block);
  if (type === FLOAT) return floatType(block);
  if (type === ENUM && isBoolean(block)) return { dtype: "bool" };
  return { reason: `${CLASSES[type] ?? `values of class ${type}`}, which are not supported` };
}

function fixedType(block: Block): StoredType {
  const bits = 8 * count(block, 4, 4);
  const name = `${count(block, 1, 1) & 8 ? "signed" : "unsigned"} ${bits}-bit`;
  const isWhole = count(block, 8, 2) === 0 && count(block, 10, 2) === bits;
  const dtype = isWhole ? INTEGERS[name] : undefined;
  return dtype === undefined ? { reason: `${name} integers, which are not supported` } : { dtype };
}

function floatType(block: Block): StoredType {
  const bits = 8 * count(block, 4, 4);
  const order = count(block, 1, 1);
  const parts = [12, 13, 14, 15].map((at) => count(block, at, 1));
  const layout = `${count(block, 10, 2)}: ${parts[0]}+${parts[1]}, ${parts[2]}+${parts[3]}, ${count(block, 16, 4)}`;
  const isPlain =
    (order & 0x40) === 0 &&
    ((order >> 4) & 3) === IMPLIED &&
    count(block, 2, 1) === bits - 1 &&
    count(block, 8, 2) === 0 &&
    count(block, 10, 2) === bits;
  const dtype = isPlain ? FLOATS[layout] : undefined;
  return dtype === undefined ? { reason: `floats of ${bits} bits in a layout that is not supported` } : { dtype };
}

/** As h5py stores booleans: a byte that is 0 (FALSE) or 1 (TRUE). */
function isBoolean(block: Block): boolean {
  const version = count(block, 0, 1) >> 4;
  if (count(block, 1, 2) !== 2 || count(block, 4, 4) !== 1 || (count(block, 8, 1) & 15) !== FIXED) return false;
  // Behind the base type's twelve bytes come the names, before version 3 padded to eight bytes, then the values.
  const names = Buffer.from(block.bytes.subarray(20)).toString("latin1");
  const expected = version < 3 ? "FALSE\0\0\0TRUE\0\0\0\0\0\x01" : "FALSE\0TRUE\0\0\x01";
  return names.startsWith(expected);
}
