import { BackendError } from "../../core/errors.js";
import type { BackendFacts } from "../backend.js";
import { BROWSER_BACKENDS, type BrowserBackend, requireBundles } from "./bundles.js";
import { probeChromium } from "./probe.js";

/** What a back-end computes with in the browser that is there. Throws a BackendError whose hint is what adds what is missing. */
export async function describeBrowserBackend(backend: BrowserBackend): Promise<BackendFacts> {
  requireBundles(backend);
  const { version, isolated, webgl, webgpu } = await probeChromium(backend);
  const { engine } = BROWSER_BACKENDS[backend];
  if (engine === "wasm") {
    return { detail: `Chromium ${version}, WebAssembly ${isolated ? "with" : "without"} threads` };
  }
  const [api, adapter] = engine === "webgl" ? ["WebGL", webgl] : ["WebGPU", webgpu];
  if (adapter === null) {
    throw new BackendError(`${backend}: expected an adapter, found none in Chromium ${version}`, {
      hint: "install your GPU's driver, or a Chromium with SwiftShader: apt-get install chromium",
    });
  }
  return { detail: `Chromium ${version}, ${api} on ${adapter.name}`, adapter };
}
