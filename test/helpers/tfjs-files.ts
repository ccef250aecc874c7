import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";

/**
 * What a user would write to load a folder with the plain `tf.loadGraphModel` in Node: reads `model.json` and the shards it names.
 * Knows nothing of this project.
 */
export function fileHandler(folder: string): io.IOHandler {
  return {
    async load() {
      const model: io.ModelJSON = JSON.parse(await readFile(join(folder, "model.json"), "utf8"));
      const shards: Uint8Array[] = [];
      for (const { paths } of model.weightsManifest) {
        for (const path of paths) shards.push(await readFile(join(folder, path)));
      }
      const weightData = new Uint8Array(Buffer.concat(shards)).buffer;
      const weightSpecs = model.weightsManifest.flatMap(({ weights }) => weights);
      const { modelTopology, signature = {}, format = "" } = model;
      return { modelTopology, signature, format, weightSpecs, weightData };
    },
  };
}
