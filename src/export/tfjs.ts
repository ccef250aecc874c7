import { mkdir } from "node:fs/promises";
import { throwIfAborted } from "../core/errors.js";
import type { ParameterSource } from "../core/parameter-source.js";
import { elementCount } from "../core/tensor.js";
import { encodeModelJson } from "../formats/tfjs/graph-model.js";
import { shardPaths, writeShards } from "../formats/tfjs/shards.js";
import type { Graph } from "../graph/graph.js";
import { lowerToTfjs } from "../lowering/tfjs-graph.js";
import { weightBytes } from "../lowering/tfjs-weights.js";
import { asExport, type ExportedFile, writeExported } from "./written-file.js";

export interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of weights written so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called when a file is complete. */
  readonly onFile?: (file: ExportedFile) => void;
}

/** float32 and int32, the only types a lowered graph has. */
const WEIGHT_BYTES = 4;

/**
 * Writes `model.json` and `group1-shard1ofN.bin` … into a folder, for the plain `tf.loadGraphModel`. One tensor is in memory at a
 * time. `model.json` is written last: a folder that was given up loads nowhere. The same graph and parameters give the same bytes.
 * @returns the files, weights first, paths below `folder`.
 * @throws ExportError when the folder cannot be written; InterruptedError when aborted; what `parameters` throws.
 *
 * @example
 * const files = await exportTfjs(graph, parameters, "out/tfjs");
 */
export async function exportTfjs(
  graph: Graph,
  parameters: ParameterSource,
  folder: string,
  { signal, onProgress, onFile }: ExportOptions = {},
): Promise<ExportedFile[]> {
  const lowered = lowerToTfjs(graph);
  const total = lowered.weights.reduce((sum, { shape }) => sum + elementCount(shape) * WEIGHT_BYTES, 0);
  const files: ExportedFile[] = [];
  const complete = (file: ExportedFile): void => {
    files.push(file);
    onFile?.(file);
  };

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let done = 0;
    for (const weight of lowered.weights) {
      throwIfAborted(signal);
      const bytes = await weightBytes(weight, parameters, { signal });
      yield bytes;
      done += bytes.byteLength;
      onProgress?.(done, total);
    }
  }

  await asExport(
    folder,
    async () => {
      await mkdir(folder, { recursive: true });
      await writeShards(folder, total, pieces(), complete);
      const { modelTopology, signature, weights } = lowered;
      const json = encodeModelJson(modelTopology, signature, weights, shardPaths(total));
      complete(await writeExported(folder, "model.json", json));
    },
    signal,
  );
  return files;
}
