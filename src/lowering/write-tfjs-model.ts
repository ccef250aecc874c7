import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { throwIfAborted } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import { type WrittenFile, writtenFile } from "../core/written-file.js";
import { encodeModelJson, weightByteLength } from "../formats/tfjs/graph-model.js";
import {
  pieceByteLength,
  type ShardOptions,
  type ShardPiece,
  shardPaths,
  writeShards,
} from "../formats/tfjs/shards.js";
import { rememberLast } from "../storage/remember-last.js";
import type { TfjsGraph } from "./tfjs-graph.js";
import { storedWeight, weightPieces } from "./tfjs-weights.js";

export interface WriteModelOptions extends Pick<ShardOptions, "thread"> {
  /** Strings of model.json's `userDefinedMetadata`: what the model is, and where it comes from. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of weights written so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called when a file is complete. */
  readonly onFile?: (file: WrittenFile) => void;
}

/**
 * Writes `model.json` and `group1-shard1ofN.bin` … into a folder, for the plain `tf.loadGraphModel`. A few MiB are in memory at a
 * time. `model.json` is written last: a folder that was given up loads nowhere. The same graph and parameters give the same bytes.
 * @returns the files, weights first, paths below `folder`.
 */
export async function writeTfjsModel(
  { modelTopology, signature, weights }: TfjsGraph,
  parameters: ParameterSource,
  folder: string,
  { metadata, thread, signal, onProgress, onFile }: WriteModelOptions = {},
): Promise<WrittenFile[]> {
  const total = weights.reduce((sum, weight) => sum + weightByteLength(weight), 0);
  const files: WrittenFile[] = [];
  const complete = (file: WrittenFile): void => {
    files.push(file);
    onFile?.(file);
  };

  const source = rememberLast(parameters);
  async function* pieces(): AsyncGenerator<ShardPiece> {
    let done = 0;
    for (const weight of weights) {
      // No number may be cut in two by the end of a file.
      const floats =
        done % Float32Array.BYTES_PER_ELEMENT === 0 ? await storedWeight(weight, source, { signal }) : undefined;
      for await (const piece of floats === undefined ? weightPieces(weight, source, { signal }) : [floats]) {
        throwIfAborted(signal);
        yield piece;
        done += pieceByteLength(piece);
        onProgress?.(done, total);
      }
    }
  }

  await mkdir(folder, { recursive: true });
  await writeShards(folder, total, pieces(), { thread, onFile: complete });
  throwIfAborted(signal);
  const json = encodeModelJson(modelTopology, signature, weights, shardPaths(total), metadata);
  await writeFile(join(folder, "model.json"), json);
  complete(writtenFile("model.json", json));
  return files;
}
