import { FormatError, throwIfAborted } from "../../core/errors.js";
import { BYTES_PER_ELEMENT, elementCount } from "../../core/tensor.js";
import type {
  PieceOptions,
  ReadOptions,
  TensorInfo,
  TensorSliceOptions,
  TensorSource,
} from "../../core/tensor-source.js";
import { bytePieces } from "../../io/byte-pieces.js";
import { checkRange } from "../../io/byte-source.js";
import { type FileSource, openFile } from "../../io/file-source.js";
import { boxesOf } from "./boxes.js";
import { type Dataset, describeDataset } from "./dataset.js";
import { type Hdf5Thread, openHdf5Thread } from "./hdf5-thread.js";
import { slabs } from "./slabs.js";
import { readSuperblock } from "./superblock.js";

/** An HDF5 file, held open. A name is the path inside the file: `module/Generator/GBlock/conv0/w:0`. */
export interface Hdf5File extends TensorSource {
  /** What is there but not read (a link, a string, a filter of others), each with the reason. Not in `tensors`. */
  readonly unsupported: ReadonlyMap<string, string>;
}

export interface OpenHdf5Options extends ReadOptions {
  /** Milliseconds that libhdf5 has for one answer, before it counts as lost in a damaged file. */
  readonly timeLimit?: number;
}

/** What it is asked for takes well below a second from any disk: a file on a slow network has room too. */
const TIME_LIMIT = 60_000;

/** Of a slice that is fetched in parts, so that none takes much of the memory of libhdf5. */
const PART_BYTES = 16 * 1024 * 1024;

/** Half of what a typed array can hold, and ten times the largest tensor of a released model. */
const MAX_TENSOR_BYTES = 2 * 1024 ** 3;

/**
 * Opens an HDF5 file and reads what is in it, no numbers. libhdf5 works in a thread of its own, within limits of memory and time, and sees
 * no other file. Throws a {@link FormatError} for what is damaged. Numbers come little-endian, whatever the file has. Dispose it to end the thread.
 *
 * @example
 * await using weights = await openHdf5("biggan-128.h5");
 */
export async function openHdf5(
  file: string,
  { signal, timeLimit = TIME_LIMIT }: OpenHdf5Options = {},
): Promise<Hdf5File> {
  throwIfAborted(signal);
  await using source = await openFile(file);
  const superblock = await readSuperblock(source, { signal });
  const thread = openHdf5Thread(file, source.byteLength, timeLimit);
  try {
    const { datasets, unsupported } = await readIndex(source, superblock, thread, { signal });
    return hdf5File(file, thread, datasets, unsupported);
  } catch (error) {
    await thread[Symbol.asyncDispose]();
    throw error;
  }
}

async function readIndex(
  source: FileSource,
  superblock: Awaited<ReturnType<typeof readSuperblock>>,
  thread: Hdf5Thread,
  options: ReadOptions,
) {
  const datasets = new Map<string, Dataset>();
  const unsupported = new Map<string, string>();
  const entries = await thread.index(options);
  for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.kind === "group") continue;
    const found = entry.kind === "left" ? entry.reason : await describeDataset({ source, superblock }, entry, options);
    if (typeof found === "string") unsupported.set(entry.name, found);
    else datasets.set(entry.name, found);
  }
  return { datasets, unsupported };
}

function hdf5File(
  file: string,
  thread: Hdf5Thread,
  datasets: ReadonlyMap<string, Dataset>,
  unsupported: ReadonlyMap<string, string>,
): Hdf5File {
  const datasetOf = (name: string): Dataset => {
    const dataset = datasets.get(name);
    if (dataset !== undefined) return dataset;
    const found = unsupported.get(name) ?? "none of this name";
    throw new FormatError({ file, field: `dataset ${name}` }, "a dataset that can be read", found, {
      hint: "Plain, gzip-packed and shuffled numbers in the file itself are read: write it again with h5py.",
    });
  };

  /** Bytes `start` to `end` of a dataset, new memory. */
  async function bytesOf({ name, shape, dtype }: Dataset, start: number, end: number, options: ReadOptions) {
    const size = BYTES_PER_ELEMENT[dtype];
    const [first, last] = [Math.floor(start / size), Math.ceil(end / size)];
    const boxes = boxesOf(shape, first, last).map((box) => ({ ...box, bytes: elementCount(box.count) * size }));
    if (boxes.length === 0) return new Uint8Array();
    const bytes = await thread.read({ name, boxes, bytes: (last - first) * size }, options);
    return bytes.subarray(start - first * size, end - first * size);
  }

  const open = (dataset: Dataset) =>
    slabs(`${file}: dataset ${dataset.name}`, dataset.byteLength, dataset.stride, (start, end, options) =>
      bytesOf(dataset, start, end, options),
    );

  return {
    file,
    format: "hdf5",
    tensors: new Map([...datasets.values()].map(({ stride, ...info }): [string, TensorInfo] => [info.name, info])),
    unsupported,
    async read(name: string, options: ReadOptions = {}) {
      const dataset = datasetOf(name);
      const { byteLength } = dataset;
      if (byteLength <= MAX_TENSOR_BYTES) return await open(dataset).slice(0, byteLength, options);
      const place = { file, field: `dataset ${name}` };
      throw new FormatError(place, `at most ${MAX_TENSOR_BYTES} bytes`, `${byteLength} bytes`);
    },
    async *pieces(name: string, options: PieceOptions = {}) {
      const dataset = datasetOf(name);
      yield* bytePieces(open(dataset), 0, dataset.byteLength, options);
    },
    async slice(name: string, start: number, end: number, options: TensorSliceOptions = {}) {
      const dataset = datasetOf(name);
      checkRange({ name: file, byteLength: dataset.byteLength }, start, end, `dataset ${name}`);
      const bytes = options.into?.subarray(0, end - start) ?? new Uint8Array(end - start);
      for (let at = start; at < end; at += PART_BYTES) {
        bytes.set(await bytesOf(dataset, at, Math.min(at + PART_BYTES, end), options), at - start);
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
