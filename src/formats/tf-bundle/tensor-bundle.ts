import path from "node:path";
import { FormatError } from "../../core/errors.js";
import {
  type FilePlace,
  PIECE_BYTES,
  type PieceOptions,
  type ReadOptions,
  type TensorInfo,
  type TensorSliceOptions,
  type TensorSource,
} from "../../core/tensor-source.js";
import { timed } from "../../core/timings.js";
import { checkRange } from "../../io/byte-source.js";
import { openFile as openDiskFile } from "../../io/file-source.js";
import { type BundleIndex, MAX_INDEX_BYTES, parseIndex } from "./bundle-index.js";
import type { BundleRecord } from "./bundle-message.js";
import { crc32c, formatCrc, unmask } from "./crc32c.js";
import { DAMAGED } from "./cursor.js";
import { dataTypeName, dtypeOf } from "./dtype.js";
import { checkRanges, isOnDisk, lazyFiles, type OpenFile, type Shard, statShards } from "./shards.js";

/** A TensorFlow checkpoint of the second kind: an index and its data files. */
export interface TensorBundle extends TensorSource {
  /** Tensors that are there but cannot be read (a DT_STRING, one stored in slices), each with the reason. Not in `tensors`. */
  readonly unsupported: ReadonlyMap<string, string>;
  readonly pieces: NonNullable<TensorSource["pieces"]>;
  readonly place: NonNullable<TensorSource["place"]>;
  readonly slice: NonNullable<TensorSource["slice"]>;
}

export interface OpenBundleOptions extends ReadOptions {
  /** How files are opened; the one hook for counting or redirecting reads. */
  readonly openFile?: OpenFile | undefined;
}

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
  const bytes = await readIndex(file, openFile, signal);
  const index = timed("index", bytes.length, () => parseIndex(file, bytes));
  const shards = await statShards(folder, prefix, index.shards, signal);
  checkRanges(file, [...index.records, ...index.slices.map((slice) => ["of a slice", slice] as const)], shards);
  const { tensors, unsupported } = describe(index, shards);
  const files = lazyFiles(openFile);

  function entryOf(name: string): Entry {
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
    return { name, record, shard };
  }

  async function read(name: string, options: ReadOptions = {}): Promise<Uint8Array> {
    const at = entryOf(name);
    const bytes = new Uint8Array(checkSize(at));
    let done = 0;
    for await (const piece of verifiedPieces(at, await files.get(at.shard.path), options)) {
      bytes.set(piece, done);
      done += piece.length;
    }
    return bytes;
  }

  async function* pieces(name: string, options: PieceOptions = {}): AsyncGenerator<Uint8Array> {
    const at = entryOf(name);
    yield* verifiedPieces(at, await files.get(at.shard.path), options);
  }

  async function slice(name: string, start: number, end: number, options: TensorSliceOptions = {}) {
    const { record, shard } = entryOf(name);
    checkRange({ name: shard.path, byteLength: record.size }, start, end, `tensor ${name}`);
    return await (await files.get(shard.path)).slice(record.offset + start, record.offset + end, options);
  }

  function place(name: string): FilePlace | undefined {
    const { record, shard } = entryOf(name);
    return isOnDisk(openFile) ? { file: shard.path, offset: record.offset, crc32c: unmask(record.crc) } : undefined;
  }

  return {
    file,
    format: "tf-bundle",
    tensors,
    unsupported,
    read,
    pieces,
    place,
    slice,
    [Symbol.asyncDispose]: files.close,
  };
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

/** Where a tensor's bytes are. */
interface Entry {
  readonly name: string;
  readonly record: BundleRecord;
  readonly shard: Shard;
}

/** The size, when it is one that can be held. */
function checkSize({ name, record, shard }: Entry): number {
  if (record.size > MAX_TENSOR_BYTES) {
    const place = { file: shard.path, offset: record.offset, field: `tensor ${name}` };
    throw new FormatError(place, `at most ${MAX_TENSOR_BYTES} bytes`, `${record.size} bytes`, DAMAGED);
  }
  return record.size;
}

/** The bytes in order; the checksum is verified with the last. */
async function* verifiedPieces(
  at: Entry,
  source: Awaited<ReturnType<OpenFile>>,
  { signal, unit = 1, into: whole, scratch }: PieceOptions,
): AsyncGenerator<Uint8Array> {
  const { offset, crc } = at.record;
  const size = checkSize(at);
  const pieceBytes = Math.min(size, unit * Math.max(1, Math.floor(PIECE_BYTES / unit)));
  const fits = scratch !== undefined && scratch.byteLength >= pieceBytes;
  const memory = whole ?? (fits ? scratch : new Uint8Array(pieceBytes));
  let computed = 0;
  for (let start = 0; start < size; start += pieceBytes) {
    const end = Math.min(start + pieceBytes, size);
    const into = whole?.subarray(start) ?? memory;
    const piece = await source.slice(offset + start, offset + end, { signal, into });
    computed = timed("CRC-32C", piece.length, () => crc32c(piece, computed));
    if (end === size) verify(at, computed, crc);
    yield piece;
  }
  if (size === 0) verify(at, computed, crc);
}

function verify({ name, record, shard }: Entry, computed: number, masked: number): void {
  if (computed === unmask(masked)) return;
  const place = { file: shard.path, offset: record.offset, field: `tensor ${name} CRC-32C` };
  throw new FormatError(place, formatCrc(unmask(masked)), formatCrc(computed), DAMAGED);
}
