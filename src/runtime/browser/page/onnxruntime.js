// onnxruntime-web in a page. Loaded as it stands.
import { webGpuAdapter } from "../host/adapter.js";
import { fetched, onnxEngine } from "../host/onnx-engine.js";

/** A `load` for host.js. */
export async function engineOf({ base, engine }) {
  const ort = await import(`${base}/backend/ort.${engine}.min.mjs`);
  ort.env.wasm.wasmPaths = `${base}/backend/`;
  // The default: https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html
  const count = crossOriginIsolated ? Math.min(4, Math.ceil(navigator.hardwareConcurrency / 2)) : 1;
  ort.env.wasm.numThreads = count;
  const about = { place: navigator.userAgent, ...(engine === "webgpu" ? await webGpu() : webAssembly(count)) };
  return onnxEngine(ort, { locate: fetched(base), provider: engine, about });
}

async function webGpu() {
  const { info } = await navigator.gpu.requestAdapter();
  return { engine: "WebGPU", adapter: webGpuAdapter(info) };
}

function webAssembly(count) {
  return { engine: `WebAssembly, ${count} thread${count === 1 ? "" : "s"}` };
}
