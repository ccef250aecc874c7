import { FormatError, throwIfAborted } from "../../core/errors.js";
import type {
  PieceOptions,
  ReadOptions,
  TensorInfo,
  TensorSliceOptions,
  TensorSource,
} from "../../core/tensor-source.js";
import { bytePieces } from "../../io/byte-pieces.js";
import { checkRange } from "../../io/byte-source.js";
import { type FileSource, openFile as openDiskFile } from "../../io/file-source.js";
import { type HeaderEntry, headerSize, parseHeader, SIZE_BYTES } from "./header.js";

/** A safetensors file, held open. The format has no checksums: sizes are all that can be checked. */
export interface SafetensorsFile extends TensorSource {
  /** The strings of `__metadata__`. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Tensors that are there but of a type that is not read (F8, U64 …), each with the reason. Not in `tensors`. */
  readonly unsupported: ReadonlyMap<string, string>;
}

export interface OpenSafetensorsOptions extends ReadOptions {
  /** How the file is opened; the one hook for counting or redirecting reads. */
  readonly openFile?: ((path: string) => Promise<FileSource>) | undefined;
}

/** Half of what a typed array can hold, and ten times the largest tensor of a released model. */
const MAX_TENSOR_BYTES = 2 * 1024 ** 3;

/**
 * Opens a safetensors file and reads its header, no more. Throws a {@link FormatError} for anything that the format does not
 * allow. Dispose it to close the file.
 *
 * @example
 * await using weights = await openSafetensors("weights.safetensors");
 */
export async function openSafetensors(
  path: string,
  { openFile = openDiskFile, signal }: OpenSafetensorsOptions = {},
): Promise<SafetensorsFile> {
  const source = await openFile(path);
  try {
    throwIfAborted(signal);
    const sizeField = await source.slice(0, Math.min(SIZE_BYTES, source.byteLength), { signal });
    const size = headerSize(path, sizeField, source.byteLength);
    const bytes = await source.slice(SIZE_BYTES, SIZE_BYTES + size, { signal });
    const { entries, metadata } = parseHeader(path, bytes, source.byteLength);
    const places = new Map(entries.map((entry) => [entry.name, entry]));
    const placeOf = (name: string) => readable(path, places.get(name), name);
    return {
      file: path,
      format: "safetensors",
      metadata,
      ...describe(entries),
      async read(name: string, options: ReadOptions = {}) {
        const { start, end } = placeOf(name);
        if (end - start <= MAX_TENSOR_BYTES) return await source.slice(start, end, options);
        const place = { file: path, offset: start, field: `tensor ${name}` };
        throw new FormatError(place, `at most ${MAX_TENSOR_BYTES} bytes`, `${end - start} bytes`);
      },
      async *pieces(name: string, options: PieceOptions = {}) {
        const { start, end } = placeOf(name);
        yield* bytePieces(source, start, end, options);
      },
      async slice(name: string, from: number, to: number, options: TensorSliceOptions = {}) {
        const { start, end } = placeOf(name);
        checkRange({ name: path, byteLength: end - start }, from, to, `tensor ${name}`);
        return await source.slice(start + from, start + to, options);
      },
      [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
    };
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

function describe(entries: readonly HeaderEntry[]) {
  const tensors = new Map<string, TensorInfo>();
  const unsupported = new Map<string, string>();
  for (const { name, dtype, type, shape, start, end } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (dtype === undefined) unsupported.set(name, `${type}, which is not supported`);
    else tensors.set(name, { name, dtype, shape, byteLength: end - start, origin: `@ ${start}` });
  }
  return { tensors, unsupported };
}

function readable(file: string, entry: HeaderEntry | undefined, name: string): HeaderEntry {
  if (entry?.dtype !== undefined) return entry;
  const found = entry === undefined ? "none of this name" : `${entry.type}, which is not supported`;
  throw new FormatError({ file, field: `tensor ${name}` }, "a tensor that can be read", found, {
    hint: "Floating-point tensors of 16, 32 and 64 bits are read: convert the file to one of these.",
  });
}
