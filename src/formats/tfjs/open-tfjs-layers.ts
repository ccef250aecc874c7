import type { ReadOptions } from "../../core/tensor-source.js";
import { readDocument } from "../json-document.js";
import { MAX_MODEL_BYTES, openListedWeights, type TfjsWeights } from "./open-tfjs-weights.js";
import { parseAnyModelDocument } from "./weights-manifest.js";

/**
 * Opens the weights that the `model.json` of any tfjs model lists: a layers model (Keras), or a graph model that others wrote. What the model computes
 * is not looked at. Quantized weights are given as tfjs itself decodes them. Dispose it to close the files.
 *
 * @example
 * await using weights = await openTfjsLayers("web/keras-model/model.json");
 */
export async function openTfjsLayers(file: string, { signal }: ReadOptions = {}): Promise<TfjsWeights> {
  const document = parseAnyModelDocument(file, await readDocument(file, file, MAX_MODEL_BYTES, { signal }));
  return await openListedWeights(file, "tfjs-layers", document, { signal });
}
