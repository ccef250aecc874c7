import { availability, type Backend, type BackendFacts } from "./backend.js";
import type { BrowserBackend } from "./browser/bundles.js";
import type { OnnxBackend } from "./native/onnxruntime.js";
import type { NativeBackend } from "./native/open-native.js";
import type { TfjsBackend } from "./tfjs/engine.js";

/** Our own float64 evaluator: always there. */
export const referenceBackend: Backend = {
  where: "this process",
  available: async () => ({ ok: true, detail: "float64, plain JavaScript" }),
  async open(graph, parameters, options) {
    const { openReference } = await import("./reference/open-reference.js");
    return openReference(graph, parameters, options);
  },
};

/** Dependencies of this package: always there. */
export function tfjsBackend(backend: TfjsBackend): Backend {
  return {
    where: "this process",
    async available() {
      const { describeTfjs } = await import("./tfjs/describe.js");
      return { ok: true, detail: describeTfjs(backend) };
    },
    async open(graph, parameters, options) {
      const { openTfjs } = await import("./tfjs/open-tfjs.js");
      return openTfjs(graph, parameters, { backend, ...options });
    },
  };
}

export function nativeBackend(backend: NativeBackend): Backend {
  async function probe(): Promise<BackendFacts> {
    if (backend === "tfjs-webgpu") {
      const { probeDawn } = await import("./native/dawn.js");
      const { adapter } = await probeDawn();
      return { detail: `WebGPU (Dawn) on ${adapter.name}`, adapter };
    }
    const { requireTfjsNode } = await import("./native/tfjs-node.js");
    const { entry, version } = requireTfjsNode(backend);
    return { detail: `version ${version}, ${entry}` };
  }
  return {
    where: "a process of its own",
    available: () => availability(backend, probe),
    async open(graph, parameters, options) {
      const { openNative } = await import("./native/open-native.js");
      return openNative(graph, parameters, { backend, ...options });
    },
  };
}

export function chromiumBackend(backend: BrowserBackend): Backend {
  async function probe(): Promise<BackendFacts> {
    const { describeBrowserBackend } = await import("./browser/describe.js");
    return describeBrowserBackend(backend);
  }
  return {
    where: "Chromium",
    available: () => availability(backend, probe),
    async open(graph, parameters, options) {
      const { openBrowser } = await import("./browser/open-browser.js");
      return openBrowser(graph, parameters, { backend, ...options });
    },
  };
}

/** onnxruntime, from packages that are optional. */
export function onnxBackend(backend: OnnxBackend): Backend {
  async function probe(): Promise<BackendFacts> {
    const { probeOnnx } = await import("./native/onnxruntime.js");
    const { onnxAdapter } = await import("./native/open-onnx.js");
    const facts = await probeOnnx(backend);
    const adapter = await onnxAdapter(backend, facts);
    const on = adapter === undefined ? "" : ` on ${adapter.name}`;
    return { detail: `onnxruntime ${facts.version}${on}`, ...(adapter === undefined ? {} : { adapter }) };
  }
  return {
    where: "a process of its own",
    available: () => availability(backend, probe),
    async open(graph, parameters, options) {
      const { openOnnx } = await import("./native/open-onnx.js");
      return openOnnx(graph, parameters, { backend, ...options });
    },
  };
}
