import { FormatError, throwIfAborted } from "../../core/errors.js";
import { BYTES_PER_ELEMENT, type DType, elementCount, formatShape } from "../../core/tensor.js";
import type { ReadOptions, TensorInfo, TensorSliceOptions, TensorSource } from "../../core/tensor-source.js";
import { checkRange } from "../../io/byte-source.js";
import { type FileSource, openFile as openDiskFile } from "../../io/file-source.js";
import { openZip, type ZipFile } from "../zip/open-zip.js";
import type { ZipEntry } from "../zip/zip-directory.js";
import { MAX_NPY_HEADER_BYTES, type NpyDType, parseNpyHeader } from "./npy-header.js";
import { arrayName, checkArrayName } from "./npz.js";

export interface OpenNpzOptions extends ReadOptions {
  /** How the file is opened; the one hook for counting or redirecting reads. */
  readonly openFile?: ((path: string) => Promise<FileSource>) | undefined;
}

/** Half of what a typed array can hold, and ten times the largest tensor of a released model. */
const MAX_TENSOR_BYTES = 2 * 1024 ** 3;

const DTYPES: Readonly<Record<NpyDType, DType>> = {
  "<f4": "float32",
  "<f8": "float64",
  "<f2": "float16",
  "<i4": "int32",
  "<i8": "int64",
  "|u1": "uint8",
  "|b1": "bool",
};

/** An array of the archive: its bytes follow the header in its entry, from `start`. */
interface StoredArray extends TensorInfo {
  readonly entry: ZipEntry;
  readonly start: number;
}

/**
 * Opens a .npz archive (`numpy.savez`, `numpy.savez_compressed`): its directory and each array's header are read. Throws a
 * {@link FormatError} for what is no such archive, and for arrays that are not of plain numbers in C order. Dispose it to close
 * the file.
 *
 * @example
 * await using weights = await openNpz("weights.npz");
 */
export async function openNpz(
  file: string,
  { openFile = openDiskFile, signal }: OpenNpzOptions = {},
): Promise<TensorSource> {
  const source = await openFile(file);
  try {
    const zip = await openZip(source, { signal });
    const arrays: StoredArray[] = [];
    for (const entry of zip.entries.values()) {
      throwIfAborted(signal);
      arrays.push(await readArrayHeader(zip, entry, { signal }));
    }
    arrays.sort((a, b) => (a.name < b.name ? -1 : 1));
    const stored = new Map(arrays.map((array) => [array.name, array]));
    const tensors = new Map(arrays.map(({ entry, start, ...info }) => [info.name, info]));
    const arrayOf = (name: string): StoredArray => {
      const array = stored.get(name);
      if (array !== undefined) return array;
      throw new FormatError({ file, field: `array ${name}` }, "an array", "none of this name", {
        hint: "Ask for one of those that the file lists.",
      });
    };
    return {
      file,
      format: "npz",
      tensors,
      async read(name, options) {
        const { entry, start, byteLength } = arrayOf(name);
        if (byteLength <= MAX_TENSOR_BYTES) return await zip.read(entry, start, start + byteLength, options);
        throw new FormatError({ file, field: `array ${name}` }, `at most ${MAX_TENSOR_BYTES} bytes`, `${byteLength}`, {
          hint: "No model that this program knows has an array of that size.",
        });
      },
      pieces(name, options) {
        const { entry, start, byteLength } = arrayOf(name);
        return zip.pieces(entry, start, start + byteLength, options);
      },
      ...(arrays.every(({ entry }) => entry.method === "stored") && {
        async slice(name: string, from: number, to: number, options?: TensorSliceOptions) {
          const { entry, start, byteLength } = arrayOf(name);
          checkRange({ name: file, byteLength }, from, to, `array ${name}`);
          return await zip.slice(entry, start + from, start + to, options);
        },
      }),
      [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
    };
  } catch (error) {
    await source[Symbol.asyncDispose]();
    throw error;
  }
}

async function readArrayHeader(zip: ZipFile, entry: ZipEntry, options: ReadOptions): Promise<StoredArray> {
  checkArrayName(zip.file, entry);
  const place = `${zip.file}/${entry.name}`;
  const { dtype, shape, dataOffset } = parseNpyHeader(place, await zip.head(entry, MAX_NPY_HEADER_BYTES, options));
  const byteLength = elementCount(shape) * BYTES_PER_ELEMENT[DTYPES[dtype]];
  const found = entry.uncompressedSize - dataOffset;
  if (found !== byteLength) {
    const expected = `${byteLength} bytes for ${dtype} ${formatShape(shape)}`;
    throw new FormatError({ file: place, offset: dataOffset, field: "data" }, expected, `${found}`, {
      hint: "The file is truncated or damaged: write it again.",
    });
  }
  const origin = `${entry.name}${entry.method === "stored" ? "" : ", deflated"}`;
  return { name: arrayName(entry), dtype: DTYPES[dtype], shape, byteLength, origin, entry, start: dataOffset };
}
