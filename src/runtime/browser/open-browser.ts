import type { Browser, Page } from "playwright-core";
import type { ParameterSource } from "../../core/parameter-source.js";
import type { Graph } from "../../graph/graph.js";
import type { LowerOnnxOptions } from "../../lowering/onnx-graph.js";
import type { Place } from "../host/connect.js";
import { onnxModel } from "../host/onnx-model.js";
import { openHosted } from "../host/open-hosted.js";
import { tfjsModel } from "../host/tfjs-model.js";
import { packageFolder } from "../packages.js";
import type { Runtime } from "../runtime.js";
import { BROWSER_BACKENDS, type BrowserBackend, requireBundles } from "./bundles.js";
import { launchChromium } from "./launch.js";
import { pageFolders } from "./page-folders.js";
import { needsSoftware } from "./probe.js";

export interface OpenBrowserOptions {
  readonly backend: BrowserBackend;
  readonly signal?: AbortSignal | undefined;
  /** Of ONNX: how the model is written, stored and computed in fewer bits. */
  readonly lowering?: Omit<LowerOnnxOptions, "taps">;
}

/**
 * Runs a graph in a headless Chromium of its own, in float32: its page loads the export as users do, with the
 * installed packages' browser bundles. On the machine's GPU where there is one, else on SwiftShader; `adapter` says which.
 * @throws BackendError when a package or a browser is missing (it says what to install), or when it does not start or fails.
 *
 * @example
 * await using runtime = await openBrowser(graph, parameters, { backend: "tfjs-webgl" });
 */
export async function openBrowser(
  graph: Graph,
  parameters: ParameterSource,
  { backend, signal, lowering }: OpenBrowserOptions,
): Promise<Runtime> {
  const { library, engine } = BROWSER_BACKENDS[backend];
  const bundles = requireBundles(backend);
  const software = await needsSoftware(backend);
  const model = library === "tfjs" ? tfjsModel(graph, parameters) : onnxModel(graph, parameters, lowering);
  return openHosted(graph, model, {
    backend,
    signal,
    folders: {
      ...pageFolders(),
      "tfjs-core/": packageFolder("@tensorflow/tfjs-core") ?? "",
      "tfjs-converter/": packageFolder("@tensorflow/tfjs-converter") ?? "",
      "backend/": bundles,
    },
    start: (base) => startPage(`${base}/page/index.html?${library}/${engine}`, backend, software, signal),
  });
}

async function startPage(
  address: string,
  backend: string,
  software: boolean,
  signal: AbortSignal | undefined,
): Promise<Place> {
  const chromium = await launchChromium({ backend, software, signal });
  try {
    const gone = goneBy(chromium.browser, chromium.page);
    await chromium.page.goto(address);
    return { gone, [Symbol.asyncDispose]: chromium[Symbol.asyncDispose] };
  } catch (error) {
    await chromium[Symbol.asyncDispose]();
    throw error;
  }
}

function goneBy(browser: Browser, page: Page): Promise<Error> {
  return new Promise((resolve) => {
    page.on("crash", () => resolve(new Error("the browser's page crashed (out of memory?)")));
    browser.on("disconnected", () => resolve(new Error("the browser ended")));
  });
}
