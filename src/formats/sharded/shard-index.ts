import path from "node:path";
import { z } from "zod";
import type { ReadOptions } from "../../core/tensor-source.js";
import { innerPath } from "../inner-path.js";
import { parseDocument, readDocument } from "../json-document.js";
import { MAX_INDEX_BYTES } from "./shard-names.js";

/** Which file holds which tensor, as the index says: https://huggingface.co/docs/transformers/big_models */
export interface ShardIndex {
  /** Paths of the files, in order of their names. */
  readonly files: readonly string[];
  /** The file of each tensor. */
  readonly placeOf: ReadonlyMap<string, string>;
}

const indexSchema = z.object({
  weight_map: z.record(
    z.string().max(1000),
    z.string("a file's name").pipe(innerPath),
    "names of tensors, each with its file",
  ),
});

/** Reads `model.safetensors.index.json`. Its paths cannot lead out of its folder; links in that folder are the user's own. */
export async function readShardIndex(file: string, options: ReadOptions): Promise<ShardIndex> {
  const bytes = await readDocument(file, file, MAX_INDEX_BYTES, options);
  const { weight_map: map } = parseDocument(bytes, indexSchema, {
    file,
    expected: "an index of shards",
    hint: "Give the file that ends in .index.json as it came with the shards.",
  });
  const folder = path.dirname(file);
  const placeOf = new Map(Object.entries(map).map(([name, shard]) => [name, path.join(folder, shard)]));
  return { files: [...new Set(placeOf.values())].sort(), placeOf };
}
