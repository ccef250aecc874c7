import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { throwIfAborted } from "../../core/errors.js";
import { BYTES_PER_ELEMENT, type DType, elementCount, formatShape, type Shape } from "../../core/tensor.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { SAFETENSORS_DTYPES, WRITING_ORDER } from "./dtypes.js";
import { MAX_HEADER_BYTES, SIZE_BYTES } from "./header.js";

/** A tensor to be written. */
export interface TensorToWrite {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface EncodedHeader<T extends TensorToWrite> {
  /** Size field, JSON and the spaces behind it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The tensors in the order in which their bytes must follow. */
  readonly order: readonly T[];
  /** Bytes of all tensors together. */
  readonly dataBytes: number;
}

/** Of UTF-8, as Rust compares strings. */
const compareNames = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const byteLengthOf = ({ dtype, shape }: TensorToWrite) => elementCount(shape) * BYTES_PER_ELEMENT[dtype];

/**
 * The header of a file, before any tensor is there. As the format's own writer lays it out: widest types first, names in byte
 * order within a type, compact JSON, spaces up to a multiple of eight bytes. Metadata keys are sorted (theirs come in any order).
 */
export function encodeHeader<T extends TensorToWrite>(
  tensors: readonly T[],
  metadata: Readonly<Record<string, string>> = {},
): EncodedHeader<T> {
  const order = [...tensors].sort(
    (a, b) => WRITING_ORDER.indexOf(a.dtype) - WRITING_ORDER.indexOf(b.dtype) || compareNames(a.name, b.name),
  );
  const members: string[] = [];
  const add = (key: string, value: unknown) => members.push(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const strings = Object.entries(metadata).sort(([a], [b]) => compareNames(a, b));
  if (strings.length > 0) add("__metadata__", Object.fromEntries(strings));
  let offset = 0;
  for (const tensor of order) {
    const end = offset + byteLengthOf(tensor);
    add(tensor.name, { dtype: SAFETENSORS_DTYPES[tensor.dtype], shape: tensor.shape, data_offsets: [offset, end] });
    offset = end;
  }
  if (new Set(["__metadata__", ...order.map(({ name }) => name)]).size !== order.length + 1) {
    throw new Error("safetensors: every tensor needs a name of its own, other than __metadata__");
  }
  const json = Buffer.from(`{${members.join(",")}}`);
  const size = Math.ceil(json.byteLength / 8) * 8;
  if (size > MAX_HEADER_BYTES) throw new Error(`safetensors: the header takes ${size} bytes, over ${MAX_HEADER_BYTES}`);
  const bytes = new Uint8Array(SIZE_BYTES + size).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size), true);
  bytes.set(json, SIZE_BYTES);
  return { bytes, order, dataBytes: offset };
}

export interface WriteSafetensorsOptions extends ReadOptions {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Bytes of tensors written so far, and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Writes a file, each piece on disk before the next is asked for. `pieces` gives a tensor's little-endian bytes in order.
 * Returns its size and SHA-256. Throws an Error when the pieces of a tensor do not add up to its shape.
 */
export async function writeSafetensors<T extends TensorToWrite>(
  path: string,
  tensors: readonly T[],
  pieces: (tensor: T) => AsyncIterable<Uint8Array>,
  { metadata = {}, signal, onProgress }: WriteSafetensorsOptions = {},
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const header = encodeHeader(tensors, metadata);
  const hash = createHash("sha256").update(header.bytes);
  const file = await open(path, "w");
  let done = 0;
  try {
    await file.writeFile(header.bytes);
    for (const tensor of header.order) {
      const end = done + byteLengthOf(tensor);
      for await (const piece of pieces(tensor)) {
        throwIfAborted(signal);
        if (done + piece.byteLength > end) throw misfit(tensor);
        await file.writeFile(piece);
        hash.update(piece);
        done += piece.byteLength;
        onProgress?.(done, header.dataBytes);
      }
      if (done !== end) throw misfit(tensor);
    }
  } finally {
    await file.close();
  }
  return { bytes: header.bytes.byteLength + header.dataBytes, sha256: hash.digest("hex") };
}

function misfit({ name, shape }: TensorToWrite): Error {
  return new Error(`safetensors: ${name}: the bytes given do not fit its shape ${formatShape(shape)}`);
}
