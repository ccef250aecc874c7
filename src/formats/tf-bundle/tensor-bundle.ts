import path from "node:path";
import { FormatError, throwIfAborted } from "../../core/errors.js";
import type { ReadOptions, TensorInfo, TensorSource } from "../../core/tensor-source.js";
import { openFile as openDiskFile } from "../../io/file-source.js";
import { type BundleIndex, MAX_INDEX_BYTES, parseIndex } from "./bundle-index.js";
import type { BundleRecord } from "./bundle-message.js";
import { crc32c, formatCrc, unmask } from "./crc32c.js";
import { DAMAGED } from "./cursor.js";
import { dataTypeName, dtypeOf } from "./dtype.js";
import { checkRanges, lazyFiles, type OpenFile, type Shard, statShards } from "./shards.js";

/** A TensorFlow checkpoint of the second kind: an index and its data files. */
export interface TensorBundle extends TensorSource {
  /** Tensors that are there but cannot be read (a DT_STRING, one stored in slices), each with the reason. Not in `tensors`. */
  readonly unsupported: ReadonlyMap<string, string>;
}

export interface OpenBundleOptions extends ReadOptions {
  /** How files are opened; the one hook for counting or redirecting reads. */
  readonly openFile?: OpenFile | undefined;
}

/** Between two pieces an abort is noticed; beyond this size nothing is gained. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** Half of what a typed array can hold, and ten times the largest tensor of a released module. */
const MAX_TENSOR_BYTES = 2 * 1024 ** 3;

/**
 * Opens `FOLDER/PREFIX.index`. No byte of the data files is read: their sizes are looked up, and every tensor's place is
 * checked against them. `read` verifies the tensor's checksum. Dispose it to close the data files.
 */
export async function openTensorBundle(
  folder: string,
  prefix = "variables",
  { openFile = openDiskFile, signal }: OpenBundleOptions = {},
): Promise<TensorBundle> {
  const file = path.join(folder, `${prefix}.index`);
  const index = parseIndex(file, await readIndex(file, openFile, signal));
  const shards = await statShards(folder, prefix, index.shards, signal);
  checkRanges(file, [...index.records, ...index.slices.map((slice) => ["of a slice", slice] as const)], shards);
  const { tensors, unsupported } = describe(index, shards);
  const files = lazyFiles(openFile);

  async function read(name: string, options: ReadOptions = {}): Promise<Uint8Array> {
    const record = index.records.get(name);
    const reason = unsupported.get(name);
    const shard = record && shards[record.shard];
    if (reason !== undefined || record === undefined || shard === undefined) {
      throw new FormatError(
        { file, field: `tensor ${name}` },
        "a tensor that can be read",
        reason ?? "none of this name",
      );
    }
    return await readVerified(name, record, shard, await files.get(shard), options.signal);
  }

  return { file, format: "tf-bundle", tensors, unsupported, read, [Symbol.asyncDispose]: files.close };
}

async function readIndex(file: string, openFile: OpenFile, signal: AbortSignal | undefined): Promise<Uint8Array> {
  await using source = await openFile(file);
  if (source.byteLength > MAX_INDEX_BYTES) {
    throw new FormatError({ file, field: "index" }, `at most ${MAX_INDEX_BYTES} bytes`, `${source.byteLength} bytes`, {
      hint: "This is not the index of a checkpoint.",
    });
  }
  return await source.slice(0, source.byteLength, { signal });
}

function describe({ records }: BundleIndex, shards: readonly Shard[]) {
  const tensors = new Map<string, TensorInfo>();
  const unsupported = new Map<string, string>();
  for (const [name, { dataType, shape, shard, offset, size, slices }] of records) {
    const dtype = dtypeOf(dataType);
    if (dtype === undefined) unsupported.set(name, `${dataTypeName(dataType)}, which is not supported`);
    else if (slices > 0) unsupported.set(name, `a partitioned variable, stored in ${slices} slices`);
    else tensors.set(name, { name, dtype, shape, byteLength: size, origin: `${shards[shard]?.name} @ ${offset}` });
  }
  return { tensors, unsupported };
}

async function readVerified(
  name: string,
  { offset, size, crc }: BundleRecord,
  shard: Shard,
  source: Awaited<ReturnType<OpenFile>>,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (size > MAX_TENSOR_BYTES) {
    const place = { file: shard.path, offset, field: `tensor ${name}` };
    throw new FormatError(place, `at most ${MAX_TENSOR_BYTES} bytes`, `${size} bytes`, DAMAGED);
  }
  const bytes = new Uint8Array(size);
  let computed = 0;
  for (let done = 0; done < size; done += PIECE_BYTES) {
    throwIfAborted(signal);
    const end = Math.min(done + PIECE_BYTES, size);
    const piece = await source.slice(offset + done, offset + end, { signal });
    computed = crc32c(piece, computed);
    bytes.set(piece, done);
  }
  throwIfAborted(signal);
  if (computed !== unmask(crc)) {
    const place = { file: shard.path, offset, field: `tensor ${name} CRC-32C` };
    throw new FormatError(place, formatCrc(unmask(crc)), formatCrc(computed), DAMAGED);
  }
  return bytes;
}
