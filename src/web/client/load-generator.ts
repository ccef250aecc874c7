import { droppedFile } from "../port/dropped-file.js";
import type { LoadOptions, WebGenerator } from "../types.js";
import { WebError } from "../web-error.js";
import type { OpenOptions, Origin } from "../worker/open-generator.js";
import { openRemote } from "./remote-generator.js";

/**
 * Loads a generator from an export's `manifest.json`: downloads its files side by side, verifies each, keeps them for the next visit, takes the first
 * back-end that draws the export's test pictures right, and warms it up.
 * @throws WebError in words for the visitor, with a hint; the signal's reason (an AbortError) when aborted: what has arrived is kept.
 *
 * @example
 * const generator = await loadGenerator("model/manifest.json", { onProgress, signal });
 */
export async function loadGenerator(manifest: string | URL, options: LoadOptions = {}): Promise<WebGenerator> {
  return await open({ manifest: absolute(manifest, "manifest") }, options);
}

/**
 * Ports a model from the visitor's own files: a TF Hub `.tar.gz`, or any other kind that the command line takes. Nothing leaves the device.
 * @throws as {@link loadGenerator}; for a model that cannot be ported, the words and the hint of the command line.
 *
 * @example
 * const generator = await portModel([...input.files]);
 */
export async function portModel(files: readonly File[], options: LoadOptions = {}): Promise<WebGenerator> {
  return await open({ files: files.map(droppedFile) }, options);
}

async function open(origin: Origin, options: LoadOptions): Promise<WebGenerator> {
  const { backends, format, onnxruntime, cache, selfTest, signal, onProgress, onNotice } = options;
  const library = onnxruntime === undefined ? undefined : absolute(onnxruntime, "onnxruntime");
  const sent: OpenOptions = { backends, format, cache, selfTest, onnxruntime: library };
  if (options.worker !== false) return await openRemote(origin, sent, options);
  // In this thread: its code is loaded only now.
  const { openGenerator } = await import("../worker/open-generator.js");
  return await openGenerator(origin, sent, {
    signal: signal ?? new AbortController().signal,
    onProgress: (progress) => onProgress?.(progress),
    onNotice: (words) => onNotice?.(words),
  });
}

/** Against the page: a worker's own address is another. */
function absolute(address: string | URL, option: string): string {
  try {
    return new URL(address, globalThis.document?.baseURI ?? location.href).href;
  } catch (cause) {
    throw new WebError("usage", `${option}: expected an address, found ${JSON.stringify(String(address))}`, { cause });
  }
}
