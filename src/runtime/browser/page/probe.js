// What a browser has for tfjs, left in `probed` for whoever opened the page. Loaded as it stands.
import { webGlAdapter, webGpuAdapter } from "../host/adapter.js";

async function probe() {
  const adapter = await navigator.gpu?.requestAdapter();
  const gl = document.createElement("canvas").getContext("webgl2");
  return {
    userAgent: navigator.userAgent,
    isolated: crossOriginIsolated,
    webgpu: adapter ? webGpuAdapter(adapter.info) : null,
    webgl: gl === null ? null : webGlAdapter(gl),
  };
}

globalThis.probed = probe();
