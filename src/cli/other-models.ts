import { stat } from "node:fs/promises";
import { recogniseModel } from "../formats/recognise.js";
import { type Model, openModel } from "../mapping/open-model.js";
import { MODULE_REFERENCES } from "../parity/module-references.js";

/** Models that a parity run is held against, by what they were named. Dispose it to close them. */
export interface OtherModels extends AsyncDisposable {
  readonly models: ReadonlyMap<string, Model>;
}

/** Opens what `--against` names and is a model: neither a word of its own nor a REF.npz. */
export async function openOtherModels(against: readonly string[], signal: AbortSignal): Promise<OtherModels> {
  const models = new Map<string, Model>();
  const close = async () => {
    for (const model of models.values()) await model[Symbol.asyncDispose]();
  };
  try {
    for (const item of against) {
      if (MODULE_REFERENCES.has(item) || item === "float64" || (await mayBeNpz(item))) continue;
      models.set(item, await openModel(item, { signal }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { models, [Symbol.asyncDispose]: close };
}

/** What is not there is left to whoever reads it, to say so. */
async function mayBeNpz(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return true;
  return found.isFile() && (await recogniseModel(path)) === "npz";
}
