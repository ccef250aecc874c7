import { join } from "node:path";
import type { ReadOptions, TensorSource } from "../core/tensor-source.js";
import type { ModelKind } from "./recognise.js";

/** Kinds that are nothing but named tensors: any of them may hold anybody's weights. */
export type SourceKind = Extract<
  ModelKind,
  "safetensors" | "pytorch-zip" | "pytorch-legacy" | "npz" | "hdf5" | "tfjs-layers-folder" | "sharded"
>;

/** Each reader is loaded when a file needs it. */
const OPENERS = {
  safetensors: async (file, options) =>
    await (await import("./safetensors/open-safetensors.js")).openSafetensors(file, options),
  "pytorch-zip": async (file, options) => await (await import("./pytorch/open-pytorch.js")).openPyTorch(file, options),
  "pytorch-legacy": async (file, options) =>
    await (await import("./pytorch/open-pytorch.js")).openPyTorch(file, options),
  npz: async (file, options) => await (await import("./npy/open-npz.js")).openNpz(file, options),
  hdf5: async (file, options) => await (await import("./hdf5/open-hdf5.js")).openHdf5(file, options),
  "tfjs-layers-folder": async (folder, options) =>
    await (await import("./tfjs/open-tfjs-layers.js")).openTfjsLayers(join(folder, "model.json"), options),
  sharded: async (path, options) => await (await import("./sharded/open-sharded.js")).openSharded(path, options),
} as const satisfies Record<SourceKind, (file: string, options: ReadOptions) => Promise<TensorSource>>;

export function isSourceKind(kind: ModelKind): kind is SourceKind {
  return kind in OPENERS;
}

/** Opens a file of named tensors: its index is read, no tensor. Dispose it to close the file. */
export async function openSource(file: string, kind: SourceKind, options: ReadOptions = {}): Promise<TensorSource> {
  return await OPENERS[kind](file, options);
}

/** Tensors of a source that are there but cannot be read, each with the reason. */
export function unsupportedTensors(source: TensorSource): readonly string[] {
  const unsupported: unknown = Reflect.get(source, "unsupported");
  return unsupported instanceof Map ? [...unsupported].map(([name, reason]) => `${name}: ${reason}`) : [];
}

/** What a source holds beside tensors, by name, in a few words; undefined where that is nothing. */
export function otherEntries(source: TensorSource): ReadonlyMap<string, string> | undefined {
  const entries: unknown = Reflect.get(source, "otherEntries");
  if (!(entries instanceof Map) || entries.size === 0) return undefined;
  return new Map([...entries].map(([name, words]) => [String(name), String(words)]));
}
