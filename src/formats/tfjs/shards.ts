import { join } from "node:path";
import { openHashingWriter } from "../../io/hashing-writer.js";
import { SHARD_BYTES } from "./shard-size.js";

/** Shards that are filled, hashed or written at a time: one of each, and one to spare. */
const SHARDS_AT_ONCE = 4;

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

/**
 * Writes `totalBytes` bytes that come in pieces into shards. Full shards are hashed and written beside the work that fills the next ones; when
 * {@link SHARDS_AT_ONCE} are under way, the next piece waits. `onFile` hears of each file when it is complete, in order.
 * Throws an Error when the pieces do not add up.
 */
export async function writeShards(
  folder: string,
  totalBytes: number,
  pieces: AsyncIterable<Uint8Array>,
  onFile: (file: WrittenFile) => void,
): Promise<void> {
  const paths = shardPaths(totalBytes);
  const shardBytes = Math.min(SHARD_BYTES, totalBytes);
  const free = Array.from({ length: SHARDS_AT_ONCE }, () => new Uint8Array(new SharedArrayBuffer(shardBytes)));
  const underWay: Saving[] = [];
  let shard: Shard | undefined;
  let filled = 0;
  let taken = 0;
  await using writer = openHashingWriter();

  async function completeFirst(): Promise<Shard> {
    const first = underWay.shift();
    if (first === undefined) throw new Error("weight shards: nothing is being written");
    onFile({ path: first.path, bytes: first.bytes, sha256: await first.sha256 });
    return first.shard;
  }

  function save(shard: Shard, bytes: number): void {
    const path = paths[Math.ceil(taken / SHARD_BYTES) - 1] ?? "";
    const sha256 = writer.save(join(folder, path), shard.buffer, bytes);
    // Looked at in its turn; until then a failure must not count as unhandled.
    sha256.catch(() => undefined);
    underWay.push({ path, bytes, shard, sha256 });
  }

  for await (const piece of pieces) {
    if (taken + piece.byteLength > totalBytes) throw new Error("weight shards: more bytes than announced");
    for (let from = 0; from < piece.byteLength; ) {
      shard ??= free.pop() ?? (await completeFirst());
      const part = piece.subarray(from, from + shardBytes - filled);
      shard.set(part, filled);
      filled += part.byteLength;
      taken += part.byteLength;
      from += part.byteLength;
      if (filled < shardBytes && taken < totalBytes) continue;
      save(shard, filled);
      shard = undefined;
      filled = 0;
    }
  }
  while (underWay.length > 0) await completeFirst();
  if (taken !== totalBytes) throw new Error(`weight shards: expected ${totalBytes} bytes, found ${taken}`);
}

type Shard = Uint8Array<SharedArrayBuffer>;

/** A shard on its way to the disk. */
interface Saving {
  readonly path: string;
  readonly bytes: number;
  readonly shard: Shard;
  readonly sha256: Promise<string>;
}
