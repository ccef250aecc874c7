import { stat } from "node:fs/promises";
import path from "node:path";
import { FormatError, throwIfAborted } from "../../core/errors.js";
import { type FileSource, openFile as openDiskFile, unreadable } from "../../io/file-source.js";
import type { BundleRecord } from "./bundle-message.js";
import { DAMAGED } from "./cursor.js";

/** A data file whose size is known and that is opened when first read. */
export interface Shard {
  readonly path: string;
  readonly name: string;
  readonly byteLength: number;
}

export type OpenFile = (path: string) => Promise<FileSource>;

/** Whether files are opened as another thread could open them. */
export const isOnDisk = (openFile: OpenFile = openDiskFile) => openFile === openDiskFile;

/** `variables.data-00000-of-00001` */
export function shardName(prefix: string, shard: number, shards: number): string {
  const digits = (value: number) => String(value).padStart(5, "0");
  return `${prefix}.data-${digits(shard)}-of-${digits(shards)}`;
}

/** Looks every shard up, without opening it: the first that is missing gives a {@link FormatError} that names it. */
export async function statShards(
  folder: string,
  prefix: string,
  shards: number,
  signal: AbortSignal | undefined,
): Promise<Shard[]> {
  const found: Shard[] = [];
  for (let shard = 0; shard < shards; shard++) {
    throwIfAborted(signal);
    const name = shardName(prefix, shard, shards);
    const file = path.join(folder, name);
    const stats = await stat(file).catch((error: unknown) => {
      throw unreadable(file, error);
    });
    if (!stats.isFile()) throw new FormatError({ file, field: "file" }, "a file", "something else", DAMAGED);
    found.push({ path: file, name, byteLength: stats.size });
  }
  return found;
}

/** Every tensor must lie in its shard, and no two may share a byte. */
export function checkRanges(
  file: string,
  named: Iterable<readonly [string, BundleRecord]>,
  shards: readonly Shard[],
): void {
  const ranges = Array.from(named).filter(([, record]) => record.size > 0);
  ranges.sort(([, a], [, b]) => a.shard - b.shard || a.offset - b.offset);
  let previous: readonly [string, BundleRecord] | undefined;
  for (const range of ranges) {
    const [name, { shard, offset, size }] = range;
    const target = shards[shard];
    if (target === undefined || offset + size > target.byteLength) {
      const expected = `a range inside the ${target?.byteLength ?? 0} bytes of ${target?.name ?? "no shard"}`;
      const found = `bytes ${offset} to ${offset + size}`;
      throw new FormatError({ file, field: `entry ${name}` }, expected, found, {
        hint: "The data file is truncated, or the index is damaged: fetch both again.",
      });
    }
    if (previous !== undefined && previous[1].shard === shard && offset < previous[1].offset + previous[1].size) {
      const expected = `byte ${previous[1].offset + previous[1].size} or later, after ${previous[0]}`;
      throw new FormatError({ file, field: `entry ${name}: offset` }, expected, `${offset}`, DAMAGED);
    }
    previous = range;
  }
}

/** Opens each file once, however many reads ask for it at the same time; a read that is overtaken by the closing opens none any more. */
export function lazyFiles(openFile: OpenFile) {
  const files = new Map<string, Promise<FileSource>>();
  let closed = false;
  return {
    async get(path: string): Promise<FileSource> {
      if (closed) throw new Error(`${path}: read after it was closed`);
      const known = files.get(path);
      if (known !== undefined) return known;
      const opening = openFile(path);
      files.set(path, opening);
      return opening;
    },
    async close(): Promise<void> {
      closed = true;
      const opened = await Promise.allSettled(files.values());
      files.clear();
      for (const result of opened) if (result.status === "fulfilled") await result.value[Symbol.asyncDispose]();
    },
  };
}
