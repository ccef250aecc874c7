import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import type { KernelBackend } from "@tensorflow/tfjs-core";
import { webGlAdapter } from "../../runtime/host/page/adapter.js";
import type { WebBackend } from "../types.js";
import { deviceName, watchDevice } from "./gpu-device.js";
import { createLossWatch, type LossWatch } from "./loss-watch.js";
import { describeThreads } from "./threads.js";

export type TfjsCore = typeof import("@tensorflow/tfjs-core");

/** A back-end of tfjs that has started. */
export interface StartedBackend {
  readonly backend: KernelBackend;
  /** `WebGPU on NVIDIA …` */
  readonly description: string;
  readonly watch: LossWatch;
  /** Gives back what `KernelBackend.dispose` leaves: the device, the context. */
  end(): void;
}

type Start = (core: TfjsCore) => Promise<StartedBackend>;

/**
 * Starts what computes, anew at each call, and loads only its own library. tfjs itself would swallow why one does not start, and would use
 * shaders of a lost context again.
 */
export const START_TFJS: Readonly<Record<WebBackend, Start>> = { webgpu: webGpu, webgl: webGl, wasm };

async function webGpu(core: TfjsCore): Promise<StartedBackend> {
  if (!(await navigator.gpu?.requestAdapter())) throw new Error("this browser has no WebGPU");
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  const backend = await factoryOf(core, "webgpu")();
  if (!(backend instanceof WebGPUBackend)) throw new Error("tfjs started something else than WebGPU");
  const { device } = backend;
  const description = `WebGPU on ${deviceName(device)}`;
  return { backend, description, watch: watchDevice(device), end: () => device.destroy() };
}

async function webGl(core: TfjsCore): Promise<StartedBackend> {
  const { MathBackendWebGL } = await import("@tensorflow/tfjs-backend-webgl");
  if (!core.env().getBool("HAS_WEBGL")) throw new Error("this browser has no WebGL");
  const canvas = typeof OffscreenCanvas === "undefined" ? document.createElement("canvas") : new OffscreenCanvas(1, 1);
  const backend = startWebGl(() => new MathBackendWebGL(canvas));
  const { gl } = backend.gpgpu;
  const watch = createLossWatch(() => gl.isContextLost());
  canvas.addEventListener("webglcontextlost", () => watch.tell("the WebGL context was lost"));
  return {
    backend,
    description: `WebGL ${core.env().getNumber("WEBGL_VERSION")} on ${webGlAdapter(gl).name}`,
    watch,
    end: () => gl.getExtension("WEBGL_lose_context")?.loseContext(),
  };
}

/** tfjs goes on without a context, until it fails in words that say nothing. */
function startWebGl<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new Error("the browser gave no WebGL context", { cause });
  }
}

let pathsAreSet = false;

async function wasm(core: TfjsCore): Promise<StartedBackend> {
  const { getThreadsCount, setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  if (!pathsAreSet) {
    const absolute = (address: string) => new URL(address, import.meta.url).href;
    setWasmPaths({
      "tfjs-backend-wasm.wasm": absolute(plain),
      "tfjs-backend-wasm-simd.wasm": absolute(simd),
      "tfjs-backend-wasm-threaded-simd.wasm": absolute(threaded),
    });
    pathsAreSet = true;
  }
  const backend = await factoryOf(core, "wasm")();
  // tfjs takes the threaded build where the page is isolated from others, and half of the logical processors, whatever it is told.
  const count = (await core.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT")) ? getThreadsCount() : 1;
  return {
    backend,
    description: describeThreads(count),
    watch: createLossWatch(),
    end: () => undefined,
  };
}

type Factory = () => KernelBackend | Promise<KernelBackend>;

const factories = new Map<string, Factory>();

/** What a back-end's library registered when it was imported. */
function factoryOf(core: TfjsCore, name: WebBackend): Factory {
  const factory = factories.get(name) ?? core.findBackendFactory(name);
  if (factory === undefined || factory === null) throw new Error(`tfjs has no back-end ${name} here`);
  factories.set(name, factory);
  return factory;
}
