import { webGlAdapter, webGpuAdapter } from "../../runtime/host/page/adapter.js";
import type { WebBackend } from "../types.js";
import { objectOf } from "./gpu-device.js";

/** A graphics API is there, but the processor computes it: slower than WebAssembly, by ten times and more. */
export class SoftwareGpu extends Error {
  constructor(name: string) {
    super(`there is no graphics card for it (${name} computes on the processor, and WebAssembly is faster)`);
  }
}

/** Throws {@link SoftwareGpu}. Says nothing where the API is missing: that is for the engine to say. */
export async function requireHardware(backend: WebBackend): Promise<void> {
  const adapter = await ADAPTERS[backend]();
  if (adapter?.software) throw new SoftwareGpu(adapter.name);
}

const ADAPTERS = {
  async webgpu() {
    const adapter = await navigator.gpu?.requestAdapter();
    return adapter ? webGpuAdapter("info" in adapter ? objectOf(adapter.info) : {}) : undefined;
  },
  async webgl() {
    const canvas =
      typeof OffscreenCanvas === "undefined" ? document.createElement("canvas") : new OffscreenCanvas(1, 1);
    const gl = canvas.getContext("webgl");
    if (!(gl instanceof WebGLRenderingContext)) return undefined;
    const adapter = webGlAdapter(gl);
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    return adapter;
  },
  wasm: async () => undefined,
};
