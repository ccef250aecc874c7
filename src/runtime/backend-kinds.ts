import { BackendError } from "../core/errors.js";
import { availability, type Backend, type BackendFacts } from "./backend.js";
import type { BrowserBackend } from "./browser/bundles.js";
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

const NEEDS_ONNX = "needs the ONNX export, which this version does not write";

/** Named by the contract, so that whoever asks for one learns why it does not run. */
export function onnxBackend(backend: string): Backend {
  return {
    where: "onnxruntime",
    available: async () => ({ ok: false, reason: NEEDS_ONNX }),
    async open() {
      throw new BackendError(`${backend}: ${NEEDS_ONNX}`, { hint: "`biggan-port doctor` lists what runs here." });
    },
  };
}
