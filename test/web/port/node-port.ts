import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { prepareFormats } from "../../../src/export/prepare-formats.js";
import { exportTfjs } from "../../../src/export/tfjs.js";
import { openModel } from "../../../src/mapping/open-model.js";

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

/** What `convert --to tfjs` makes of the same file: the bytes of its shards, their hashes, its model.json. */
export async function portedInNode(path: string, folder: string) {
  await using model = await openModel(path);
  const [prepared] = prepareFormats(model, { formats: ["tfjs"] });
  if (prepared === undefined) throw new Error("nothing was prepared");
  const files = await exportTfjs(prepared.graph, prepared.parameters, folder);
  const shards = files.filter((file) => file.path.endsWith(".bin"));
  const bytes = await Promise.all(shards.map((file) => readFile(join(folder, file.path))));
  const { modelTopology, signature, weightsManifest } = JSON.parse(await readFile(join(folder, "model.json"), "utf8"));
  return {
    weights: sha256(...bytes),
    hash: sha256(...shards.map((file) => file.sha256)),
    bytes: bytes.reduce((sum, each) => sum + each.length, 0),
    model: JSON.stringify({ modelTopology, signature, weightSpecs: weightsManifest[0].weights }),
    mapped: model.resolution.assignments.length,
    sourceTensors: model.source.tensors.size,
    warnings: model.warnings.map((warning) => warning.replaceAll(/(?<=^|[ (])\/\S*\//g, "")),
  };
}
