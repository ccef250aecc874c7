import { stat } from "node:fs/promises";
import path from "node:path";
import { FormatError, throwIfAborted } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { type ByteSource, checkRange } from "../../io/byte-source.js";
import { type FileSource, openFile, unreadable } from "../../io/file-source.js";
import type { WeightGroup } from "./weights-manifest.js";

/** Several files seen as one run of bytes, each opened when first read. */
export interface ShardRun extends ByteSource, AsyncDisposable {
  /** Which file a byte is in, and where in it: `group1-shard1of3.bin @ 4096`. */
  place(offset: number): string;
}

interface Shard {
  readonly name: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Looks up the files of a group. Throws a {@link FormatError} when one is missing, or when together they are not as long as its weights. */
export async function openShardRun(
  folder: string,
  { paths, bytes }: WeightGroup,
  label: string,
  { signal }: ReadOptions = {},
): Promise<ShardRun> {
  const shards: Shard[] = [];
  let total = 0;
  for (const name of paths) {
    throwIfAborted(signal);
    const file = path.join(folder, ...name.split("/"));
    const stats = await stat(file).catch((error: unknown) => {
      throw unreadable(file, error);
    });
    if (!stats.isFile())
      throw new FormatError({ file, field: "file" }, "a file", "something else", {
        hint: "Put the shards beside model.json.",
      });
    shards.push({ name, path: file, start: total, end: total + stats.size });
    total += stats.size;
  }
  if (total !== bytes) {
    throw new FormatError(
      { file: label, field: "weightsManifest" },
      `${bytes} bytes in ${paths.length} files`,
      `${total}`,
      {
        hint: "A file of weights was cut short, or belongs to another export: write the export again.",
      },
    );
  }
  return shardRun(label, shards, total);
}

function shardRun(name: string, shards: readonly Shard[], byteLength: number): ShardRun {
  const opened = new Map<string, Promise<FileSource>>();
  let closed = false;
  const open = async (file: string): Promise<FileSource> => {
    // Nobody would close it again.
    if (closed) throw new Error(`${file}: read after it was closed`);
    const opening = opened.get(file) ?? openFile(file);
    opened.set(file, opening);
    return opening;
  };
  return {
    name,
    byteLength,
    place(offset) {
      const shard = shards.find(({ end }) => offset < end) ?? shards.at(-1);
      return shard === undefined ? name : `${shard.name} @ ${offset - shard.start}`;
    },
    async slice(start, end, { signal, into } = {}) {
      checkRange({ name, byteLength }, start, end, "weights");
      const bytes = into === undefined ? new Uint8Array(end - start) : into.subarray(0, end - start);
      for (const shard of shards) {
        const from = Math.max(start, shard.start);
        const to = Math.min(end, shard.end);
        if (from >= to) continue;
        const file = await open(shard.path);
        const part = bytes.subarray(from - start, to - start);
        await file.slice(from - shard.start, to - shard.start, { signal, into: part });
      }
      return bytes;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      const settled = await Promise.allSettled(opened.values());
      opened.clear();
      for (const result of settled) if (result.status === "fulfilled") await result.value[Symbol.asyncDispose]();
    },
  };
}
