import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isPortError } from "../core/errors.js";
import { unreadable } from "../io/file-source.js";
import { MANIFEST_FILE } from "./description/description.js";
import type { FoundModel, ModelKind } from "./model-kind.js";
import { locateFile, notAModel, recogniseFile, recogniseModelJson } from "./recognise-file.js";
import { isNumberedShard, isPattern, isShardIndex, namesIn } from "./sharded/shard-names.js";

export type { FoundModel, ModelKind } from "./model-kind.js";

/** The names that others look for in a folder, in their order: https://huggingface.co/docs/transformers/main_classes/model */
const KNOWN_NAMES = ["model.safetensors", "pytorch_model.bin"];

/** Only these are opened in a folder, to see whether they are weights. */
const WEIGHT_NAMES = /\.(safetensors|bin|pth|pt|ckpt|h5|hdf5)$/;

/** Names that a message repeats. */
const MAX_LISTED = 8;

/** Says what a path holds: {@link locateModel} without the place. */
export async function recogniseModel(path: string): Promise<ModelKind> {
  return (await locateModel(path)).kind;
}

/**
 * Finds the model that a path names, from the content: a file, a folder of a known kind, a folder with one file of weights in
 * it (as Hugging Face repositories are), or a pattern for shards. Throws a `FormatError` that names what it found instead.
 */
export async function locateModel(path: string): Promise<FoundModel> {
  const found = await stat(path).catch((error: unknown) => {
    if (isPattern(path)) return undefined;
    throw unreadable(path, error);
  });
  if (found === undefined) return { kind: "sharded", file: path };
  return found.isDirectory() ? await locateInFolder(path) : await locateFile(path);
}

async function locateInFolder(folder: string): Promise<FoundModel> {
  const names = await namesIn(folder);
  const has = (name: string) => names.includes(name);
  if (has("variables") || has("saved_model.pb")) return { kind: "tf-hub-folder", file: folder };
  if (has(MANIFEST_FILE)) return { kind: "export-folder", file: folder };
  if (has("model.json")) return { kind: await recogniseModelJson(join(folder, "model.json")), file: folder };
  if (has("model.onnx")) return { kind: "onnx-folder", file: folder };
  if (names.some(isShardIndex)) return { kind: "sharded", file: folder };
  const known = KNOWN_NAMES.find(has);
  if (known !== undefined) return await locateFile(join(folder, known));
  if (names.some(isNumberedShard)) return { kind: "sharded", file: folder };
  if (has("data.pkl")) throw notAModel(folder, "the unpacked content of a PyTorch file, which is read as it was saved");
  return await onlyWeights(folder, names);
}

/** The one file of weights in a folder. */
async function onlyWeights(folder: string, names: readonly string[]): Promise<FoundModel> {
  const weights: FoundModel[] = [];
  const refusals: unknown[] = [];
  for (const name of names.filter((candidate) => WEIGHT_NAMES.test(candidate))) {
    const file = join(folder, name);
    try {
      weights.push({ kind: await recogniseFile(file), file });
    } catch (error) {
      if (!isPortError(error)) throw error;
      refusals.push(error);
    }
  }
  const [only] = weights;
  if (only !== undefined && weights.length === 1) return only;
  if (only === undefined && refusals.length === 1) throw refusals[0];
  const listed = weights.slice(0, MAX_LISTED).map(({ file }) => file.slice(folder.length + 1));
  const more = weights.length > MAX_LISTED ? " …" : "";
  throw notAModel(
    folder,
    only === undefined
      ? "a folder with neither variables/, saved_model.pb, manifest.json nor weights"
      : `a folder with several files of weights (${listed.join(", ")}${more}): name one`,
  );
}
