import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { throwIfAborted } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import { elementCount } from "../core/tensor.js";
import { encodeModelJson } from "../formats/tfjs/graph-model.js";
import { shardPaths, type WrittenFile, writeShards } from "../formats/tfjs/shards.js";
import type { TfjsGraph } from "./tfjs-graph.js";
import { weightBytes } from "./tfjs-weights.js";

export interface WriteModelOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of weights written so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called when a file is complete. */
  readonly onFile?: (file: WrittenFile) => void;
}

/** float32 and int32, the only types a lowered graph has. */
const WEIGHT_BYTES = 4;

/**
 * Writes `model.json` and `group1-shard1ofN.bin` … into a folder, for the plain `tf.loadGraphModel`. One tensor is in memory at a
 * time. `model.json` is written last: a folder that was given up loads nowhere. The same graph and parameters give the same bytes.
 * @returns the files, weights first, paths below `folder`.
 */
export async function writeTfjsModel(
  { modelTopology, signature, weights }: TfjsGraph,
  parameters: ParameterSource,
  folder: string,
  { signal, onProgress, onFile }: WriteModelOptions = {},
): Promise<WrittenFile[]> {
  const total = weights.reduce((sum, { shape }) => sum + elementCount(shape) * WEIGHT_BYTES, 0);
  const files: WrittenFile[] = [];
  const complete = (file: WrittenFile): void => {
    files.push(file);
    onFile?.(file);
  };

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for (const weight of weights) {
      throwIfAborted(signal);
      const bytes = await weightBytes(weight, parameters, { signal });
      yield bytes;
      done += bytes.byteLength;
      onProgress?.(done, total);
    }
  }

  await mkdir(folder, { recursive: true });
  await writeShards(folder, total, pieces(), complete);
  const json = encodeModelJson(modelTopology, signature, weights, shardPaths(total));
  await writeFile(join(folder, "model.json"), json);
  complete({ path: "model.json", bytes: json.byteLength, sha256: createHash("sha256").update(json).digest("hex") });
  return files;
}
