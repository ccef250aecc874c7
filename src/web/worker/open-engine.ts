import type { Engine } from "../engines/engine.js";
import { requireHardware } from "../engines/require-hardware.js";
import type { WebBackend, WebFormat } from "../types.js";
import type { ModelSource } from "./model-source.js";

/** What can compute each format, fastest first. */
export const BACKENDS: Readonly<Record<WebFormat, readonly WebBackend[]>> = {
  tfjs: ["webgpu", "webgl", "wasm"],
  onnx: ["webgpu", "wasm"],
};

export interface OpenEngineOptions {
  /** Throws SoftwareGpu for a graphics API that the processor computes. */
  readonly hardwareOnly: boolean;
}

/** Loads a model in an engine, and the engine's own code only here. Throws what it throws. */
export async function openEngine(
  backend: WebBackend,
  { files, facts }: ModelSource,
  { hardwareOnly }: OpenEngineOptions,
): Promise<Engine> {
  if (hardwareOnly) await requireHardware(backend);
  if (files.kind === "tfjs") {
    const { openTfjs } = await import("../engines/tfjs.js");
    return await openTfjs(backend, files);
  }
  if (backend === "webgl") throw new Error("onnxruntime has no WebGL");
  const { openOnnx } = await import("../engines/onnx.js");
  return await openOnnx(backend, files, facts.resolution);
}
