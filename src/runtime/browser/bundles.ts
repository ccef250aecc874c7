import { BackendError } from "../../core/errors.js";
import { packageFolder } from "../packages.js";

/** The back-ends of tfjs in a real browser, with tfjs' own name and package. */
export const BROWSER_BACKENDS = {
  "tfjs-webgl": { engine: "webgl", package: "@tensorflow/tfjs-backend-webgl" },
  "chromium:tfjs-webgpu": { engine: "webgpu", package: "@tensorflow/tfjs-backend-webgpu" },
  "chromium:tfjs-wasm": { engine: "wasm", package: "@tensorflow/tfjs-backend-wasm" },
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
