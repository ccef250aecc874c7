import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";
import type { ReadOptions } from "../../core/tensor-source.js";

/** `model.json` and the files it names, as tfjs's own loaders hand them on: what it makes of them is for tfjs to say. */
export async function readModelFiles(folder: string, { signal }: ReadOptions = {}): Promise<io.ModelArtifacts> {
  const read = (path: string) => readFile(join(folder, path), { signal });
  const model: io.ModelJSON = JSON.parse((await read("model.json")).toString());
  const weightData: ArrayBuffer[] = [];
  for (const path of model.weightsManifest.flatMap(({ paths }) => paths)) {
    weightData.push(new Uint8Array(await read(path)).buffer);
  }
  const weightSpecs = model.weightsManifest.flatMap(({ weights }) => weights);
  const { modelTopology, signature = {}, format = "" } = model;
  return { modelTopology, signature, format, weightSpecs, weightData };
}
