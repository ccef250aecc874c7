import { open, stat } from "node:fs/promises";
import { type Model, openModel } from "../mapping/open-model.js";
import { MODULE_REFERENCES } from "../parity/module-references.js";

/** Models that a parity run is held against, by what they were named. Dispose it to close them. */
export interface OtherModels extends AsyncDisposable {
  readonly models: ReadonlyMap<string, Model>;
}

/** Opens what `--against` names and is a model: neither a word of its own nor a REF.npz, which is a zip archive. */
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

/** A file that begins as zip archives do; what is not there is left to whoever reads it, to say so. */
async function mayBeNpz(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return true;
  if (!found.isFile()) return false;
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString("latin1") === "PK";
  } finally {
    await handle.close();
  }
}
