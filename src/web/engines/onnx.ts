import type * as OnnxRuntime from "onnxruntime-web";
import type { WebBackend } from "../types.js";
import type { OnnxFiles } from "../worker/model-source.js";
import type { Engine } from "./engine.js";
import { deviceName, watchDevice } from "./gpu-device.js";
import { GpuLost } from "./loss-watch.js";
import { describeThreads, threadCount } from "./threads.js";

/** Errors only: warnings are for whoever wrote the model. */
const ERRORS = 3;

/**
 * Loads an ONNX model in onnxruntime-web, which comes from an address at run time: its own build for each back-end, and no byte of it where it is
 * not used. Throws what the browser, the library or `files` throw.
 */
export async function openOnnx(
  backend: Exclude<WebBackend, "webgl">,
  { library, read }: OnnxFiles,
  resolution: number,
): Promise<Engine> {
  if (backend === "webgpu" && !(await navigator.gpu?.requestAdapter())) throw new Error("this browser has no WebGPU");
  const ort = await loadLibrary(library, backend);
  const threads = threadCount();
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = library.href;
  const { model, externalData } = await read();
  const bytes = externalData.reduce((sum, { data }) => sum + data.byteLength, model.byteLength);
  let session: OnnxRuntime.InferenceSession | undefined = await ort.InferenceSession.create(model, {
    executionProviders: [backend],
    logSeverityLevel: ERRORS,
    externalData: [...externalData],
  });
  const device = backend === "webgpu" ? await ort.env.webgpu.device : undefined;
  const watch = device && watchDevice(device);
  const computes = device ? `WebGPU on ${deviceName(device)}` : describeThreads(threads);

  return {
    backend,
    description: `onnxruntime ${ort.env.versions.web ?? ""}, ${computes}`,
    async run({ z, y, truncation }) {
      if (session === undefined) throw new GpuLost("the model is not loaded");
      const feeds: Record<string, OnnxRuntime.Tensor> = {};
      for (const name of session.inputNames) {
        if (name === "z") feeds[name] = new ort.Tensor("float32", z, [1, z.length]);
        else if (name === "y") feeds[name] = new ort.Tensor("float32", y, [1, y.length]);
        else feeds[name] = new ort.Tensor("float32", Float32Array.of(truncation), []);
      }
      const open = session;
      const running = () => imageOf(open, feeds, resolution);
      return await (watch === undefined ? running() : watch.guard(running));
    },
    // The library does not say what it holds: the weights, at least.
    memory: () => ({ tensors: 0, bytes: session === undefined ? 0 : bytes }),
    async dispose() {
      const closing = session;
      session = undefined;
      await closing?.release();
    },
  };
}

async function imageOf(
  session: OnnxRuntime.InferenceSession,
  feeds: Record<string, OnnxRuntime.Tensor>,
  resolution: number,
): Promise<Float32Array> {
  const { image } = await session.run(feeds, ["image"]);
  const data = await image?.getData();
  image?.dispose();
  if (!(data instanceof Float32Array) || data.length !== resolution * resolution * 3) {
    throw new Error("the model gave no image");
  }
  return Float32Array.from(data);
}

/** The build without WebGPU is half as large. */
const BUILDS = { wasm: "ort.wasm.min.mjs", webgpu: "ort.webgpu.min.mjs" } as const;

async function loadLibrary(folder: URL, backend: "wasm" | "webgpu"): Promise<typeof OnnxRuntime> {
  const address = new URL(BUILDS[backend], folder).href;
  try {
    return await import(/* @vite-ignore */ address);
  } catch (cause) {
    throw new Error(`expected onnxruntime-web at ${address}, found none: its folder dist belongs there`, { cause });
  }
}
