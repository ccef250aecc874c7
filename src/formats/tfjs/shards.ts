import { join } from "node:path";
import { type StoredFloats, storedByteLength } from "../../core/parameter-source.js";
import type { WrittenFile } from "../../core/written-file.js";
import {
  type FloatsPart,
  type MemoryPart,
  type WeightThread,
  withThread,
} from "../../io/weight-thread/weight-thread.js";
import { SHARD_BYTES } from "./shard-size.js";

/** Shards with bytes in memory that are filled, hashed or written at a time: one of each, and one to spare. */
const SHARDS_AT_ONCE = 4;

/** Shards under way at a time: those that lie in files hold no memory, and the thread has its work while a large weight goes by. */
const FILES_AT_ONCE = 16;

/** Bytes, or float32 values where they lie. */
export type ShardPiece = Uint8Array | StoredFloats;

export function pieceByteLength(piece: ShardPiece): number {
  return piece instanceof Uint8Array ? piece.byteLength : storedByteLength(piece);
}

export interface ShardOptions {
  /** Which does half of the reading, hashing and writing; one of its own when not given. It has ended when this fails. */
  readonly thread?: WeightThread | undefined;
  readonly onFile: (file: WrittenFile) => void;
}

/** The names of the weight files: `group1-shard1of3.bin` … */
export function shardPaths(totalBytes: number): string[] {
  const count = Math.ceil(totalBytes / SHARD_BYTES);
  return Array.from({ length: count }, (_, index) => `group1-shard${index + 1}of${count}.bin`);
}

/**
 * Writes `totalBytes` bytes that come in pieces into shards: bytes, or float32 values where they lie, between multiples of four bytes. Full shards are read,
 * hashed and written beside the work that finds the next ones; when {@link SHARDS_AT_ONCE} of bytes, or {@link FILES_AT_ONCE} of any kind, are under
 * way, the next piece waits. `onFile` hears of each file when it is complete, in order. Throws an Error when the pieces do not add up.
 */
export async function writeShards(
  folder: string,
  totalBytes: number,
  pieces: AsyncIterable<ShardPiece>,
  { thread, onFile }: ShardOptions,
): Promise<void> {
  await withThread(thread, (writing) => writeWith(writing, folder, totalBytes, pieces, onFile));
}

async function writeWith(
  thread: WeightThread,
  folder: string,
  totalBytes: number,
  pieces: AsyncIterable<ShardPiece>,
  onFile: ShardOptions["onFile"],
): Promise<void> {
  const paths = shardPaths(totalBytes);
  const shardBytes = Math.min(SHARD_BYTES, totalBytes);
  const free = Array.from({ length: SHARDS_AT_ONCE }, () => new SharedArrayBuffer(shardBytes));
  const underWay: Saving[] = [];
  let shard: Shard = emptyShard();
  let taken = 0;

  async function completeFirst(): Promise<void> {
    const first = underWay.shift();
    if (first === undefined) throw new Error("weight shards: nothing is being written");
    const { path, bytes, memory } = first;
    onFile({ path, bytes, sha256: await first.sha256 });
    if (memory !== undefined) free.push(memory);
  }

  async function takeMemory(): Promise<SharedArrayBuffer> {
    for (;;) {
      const memory = free.pop();
      if (memory !== undefined) return memory;
      await completeFirst();
    }
  }

  async function save({ parts, filled, memory }: Shard): Promise<void> {
    if (underWay.length === FILES_AT_ONCE) await completeFirst();
    const path = paths[Math.ceil(taken / SHARD_BYTES) - 1] ?? "";
    const sha256 = thread.save(join(folder, path), parts);
    // Looked at in its turn; until then a failure must not count as unhandled.
    sha256.catch(() => undefined);
    underWay.push({ path, bytes: filled, memory, sha256 });
  }

  for await (const piece of pieces) {
    const length = pieceByteLength(piece);
    if (taken + length > totalBytes) throw new Error("weight shards: more bytes than announced");
    for (let from = 0; from < length; ) {
      const bytes = Math.min(length - from, shardBytes - shard.filled);
      if (piece instanceof Uint8Array) {
        shard.memory ??= await takeMemory();
        addBytes(shard, shard.memory, piece.subarray(from, from + bytes));
      } else shard.parts.push({ floats: piece, start: from, end: from + bytes });
      shard.filled += bytes;
      taken += bytes;
      from += bytes;
      if (shard.filled < shardBytes && taken < totalBytes) continue;
      await save(shard);
      shard = emptyShard();
    }
  }
  while (underWay.length > 0) await completeFirst();
  if (taken !== totalBytes) throw new Error(`weight shards: expected ${totalBytes} bytes, found ${taken}`);
}

/** One that is being filled. Bytes stand in its memory where they will stand in the file. */
interface Shard {
  readonly parts: (MemoryPart | FloatsPart)[];
  filled: number;
  memory: SharedArrayBuffer | undefined;
}

const emptyShard = (): Shard => ({ parts: [], filled: 0, memory: undefined });

function addBytes({ parts, filled }: Shard, memory: SharedArrayBuffer, bytes: Uint8Array): void {
  new Uint8Array(memory, filled, bytes.byteLength).set(bytes);
  const end = filled + bytes.byteLength;
  const last = parts.at(-1);
  if (last?.memory === undefined) parts.push({ memory, start: filled, end });
  else parts[parts.length - 1] = { ...last, end };
}

/** A shard on its way to the disk. */
interface Saving {
  readonly path: string;
  readonly bytes: number;
  readonly memory: SharedArrayBuffer | undefined;
  readonly sha256: Promise<string>;
}
