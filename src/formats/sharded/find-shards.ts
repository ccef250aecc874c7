import { stat } from "node:fs/promises";
import path from "node:path";
import { FormatError } from "../../core/errors.js";
import type { ReadOptions } from "../../core/tensor-source.js";
import { unreadable } from "../../io/file-source.js";
import { readShardIndex, type ShardIndex } from "./shard-index.js";
import { checkNumbers, filesLike, isNumberedShard, isPattern, isShardIndex, namesIn } from "./shard-names.js";

export interface FoundShards {
  readonly files: ShardIndex["files"];
  readonly placeOf?: ShardIndex["placeOf"];
}

/** The files that an index, a folder or a pattern stands for, and what the index says of them, where there is one. */
export async function findShards(place: string, options: ReadOptions): Promise<FoundShards> {
  const found = await stat(place).catch((error: unknown) => {
    if (isPattern(place)) return undefined;
    throw unreadable(place, error);
  });
  if (found === undefined) {
    const files = await filesLike(place);
    checkNumbers(place, files);
    return { files };
  }
  if (!found.isDirectory()) return await readShardIndex(place, options);
  const names = await namesIn(place);
  const indices = names.filter(isShardIndex);
  const [index] = indices;
  if (index !== undefined && indices.length === 1) return await readShardIndex(path.join(place, index), options);
  if (indices.length > 1) {
    throw new FormatError({ file: place, field: "folder" }, "one index of shards", indices.join(", "), {
      hint: "Name one of them.",
    });
  }
  const files = names.filter(isNumberedShard).map((name) => path.join(place, name));
  checkNumbers(place, files);
  return { files };
}
