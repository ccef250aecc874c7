import { BackendError } from "../../core/errors.js";
import { packageFolder } from "../packages.js";

/** The back-ends in a real browser, with the library, its own name of what computes, and the package. */
export const BROWSER_BACKENDS = {
  "tfjs-webgl": { library: "tfjs", engine: "webgl", package: "@tensorflow/tfjs-backend-webgl" },
  "chromium:tfjs-webgpu": { library: "tfjs", engine: "webgpu", package: "@tensorflow/tfjs-backend-webgpu" },
  "chromium:tfjs-wasm": { library: "tfjs", engine: "wasm", package: "@tensorflow/tfjs-backend-wasm" },
  "chromium:ort-webgpu": { library: "onnxruntime", engine: "webgpu", package: "onnxruntime-web" },
  "chromium:ort-wasm": { library: "onnxruntime", engine: "wasm", package: "onnxruntime-web" },
} as const;

export type BrowserBackend = keyof typeof BROWSER_BACKENDS;

/** The folder of the back-end's browser bundles. Throws a BackendError that says how to add them. */
export function requireBundles(backend: BrowserBackend): string {
  const name = BROWSER_BACKENDS[backend].package;
  const folder = packageFolder(name);
  if (folder === undefined) {
    throw new BackendError(`${backend}: expected the package ${name}, found none`, { hint: `npm install ${name}` });
  }
  return folder;
}
