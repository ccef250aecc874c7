// Everything that is measured: rows of the tables.

/** Two threads on any machine: the libraries take half as many as the browser says there are cores. */
const TWO_THREADS = { isolated: true, cores: 4 };

/** WebGPU and WebGL computed by the processor, where there is no GPU: minutes for a picture of a full size. */
const GPU = { needsGpu: true };

/** `options` are those of `loadGenerator`; `isolated`: the host sends the headers that allow threads, as `serve` does. */
const ROWS = [
  { id: "page", title: "demo page, its own choice", page: "demo", isolated: true },
  { id: "library", title: "library, its own choice", options: {}, isolated: true },
  library("tfjs", "wasm", "tfjs, WebAssembly, 1 thread"),
  library("tfjs", "wasm", "tfjs, WebAssembly, 2 threads", { id: "tfjs-wasm-2", ...TWO_THREADS }),
  library("tfjs", "webgl", "tfjs, WebGL", GPU),
  library("tfjs", "webgpu", "tfjs, WebGPU", GPU),
  library("onnx", "wasm", "onnxruntime-web, WebAssembly, 1 thread"),
  library("onnx", "wasm", "onnxruntime-web, WebAssembly, 2 threads", { id: "onnx-wasm-2", ...TWO_THREADS }),
  library("onnx", "webgpu", "onnxruntime-web, WebGPU", GPU),
];

function library(format, backend, title, more = {}) {
  return { id: `${format}-${backend}`, title, options: { format, backends: [backend] }, ...more };
}

/**
 * Those asked for by id. Without a GPU, a full size has no rows that need one, and none that choose one by themselves. Throws an Error on a name
 * that is none.
 */
export function rowsFor({ only, isMini, hasGpu }) {
  const unknown = (only ?? []).filter((name) => !ROWS.some(({ id }) => id === name));
  if (unknown.length > 0) {
    throw new Error(`--only: ${unknown.join(", ")} is none of ${ROWS.map(({ id }) => id).join(", ")}`);
  }
  const mayChooseGpu = ({ needsGpu, options }) => needsGpu === true || options?.backends === undefined;
  return ROWS.filter((row) => (only?.includes(row.id) ?? true) && (isMini || hasGpu || !mayChooseGpu(row)));
}
