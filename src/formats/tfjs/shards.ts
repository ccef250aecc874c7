import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";

/** tfjs' own converter cuts at 4 MiB: the size that browsers keep in their cache. */
export const SHARD_BYTES = 4 * 1024 * 1024;

/** A file as it was written. */
export interface WrittenFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex, taken while writing. */
  readonly sha256: string;
}

/** The names of the weight files: `group1-shard1of3.bin` … */
export function shardPaths(totalBytes: number): string[] {
  const count = Math.ceil(totalBytes / SHARD_BYTES);
  return Array.from({ length: count }, (_, index) => `group1-shard${index + 1}of${count}.bin`);
}

interface OpenShard {
  readonly path: string;
  readonly handle: FileHandle;
  readonly hash: Hash;
  bytes: number;
}

/**
 * Writes `totalBytes` bytes that come in pieces into shards, each piece on disk before the next is asked for.
 * `onFile` hears of each file when it is complete. Throws an Error when the pieces do not add up.
 */
export async function writeShards(
  folder: string,
  totalBytes: number,
  pieces: AsyncIterable<Uint8Array>,
  onFile: (file: WrittenFile) => void,
): Promise<void> {
  const paths = shardPaths(totalBytes).values();
  let shard: OpenShard | undefined;
  let written = 0;
  try {
    for await (const piece of pieces) {
      for (let from = 0; from < piece.byteLength; ) {
        shard ??= await openShard(folder, paths.next().value);
        const part = piece.subarray(from, from + SHARD_BYTES - shard.bytes);
        await writeAll(shard.handle, part);
        shard.hash.update(part);
        shard.bytes += part.byteLength;
        written += part.byteLength;
        from += part.byteLength;
        if (shard.bytes === SHARD_BYTES || written === totalBytes) {
          await shard.handle.close();
          onFile({ path: shard.path, bytes: shard.bytes, sha256: shard.hash.digest("hex") });
          shard = undefined;
        }
      }
    }
  } finally {
    await shard?.handle.close();
  }
  if (written !== totalBytes) throw new Error(`weight shards: expected ${totalBytes} bytes, found ${written}`);
}

async function openShard(folder: string, path: string | undefined): Promise<OpenShard> {
  if (path === undefined) throw new Error("weight shards: more bytes than announced");
  return { path, handle: await open(join(folder, path), "w"), hash: createHash("sha256"), bytes: 0 };
}

/** One write may take less than it is given. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done);
    done += bytesWritten;
  }
}
