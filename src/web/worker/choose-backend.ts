import { isPortError } from "../../core/errors.js";
import type { Engine } from "../engines/engine.js";
import { SoftwareGpu } from "../engines/require-hardware.js";
import type { BackendFacts, LoadProgress, WebBackend } from "../types.js";
import { WebError, wordsOf } from "../web-error.js";
import type { ModelSource } from "./model-source.js";
import { type OpenEngineOptions, openEngine } from "./open-engine.js";
import { rowOf, selfTest, type Verdict } from "./self-test.js";

export interface ChooseOptions {
  /** Which to try, in this order. */
  readonly backends: readonly WebBackend[];
  /** Graphics APIs that the processor computes come last, because WebAssembly is faster: for who has not chosen. */
  readonly hardwareFirst: boolean;
  /** Refused before, and why. */
  readonly refused?: BackendFacts["refused"];
  readonly selfTest: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** A back-end that draws the right pictures, warm. */
export interface Chosen {
  readonly engine: Engine;
  readonly facts: BackendFacts;
}

export const NAMES: Readonly<Record<WebBackend, string>> = { webgpu: "WebGPU", webgl: "WebGL", wasm: "WebAssembly" };

/**
 * Takes the first back-end that starts and reproduces the goldens.
 * @throws WebError (`backend`) that lists why each was refused; what reading the model throws; the signal's reason.
 */
export async function chooseBackend(source: ModelSource, options: ChooseOptions): Promise<Chosen> {
  const refused = [...(options.refused ?? [])];
  const late: WebBackend[] = [];

  async function firstOf(backends: readonly WebBackend[], hardwareOnly: boolean): Promise<Chosen | undefined> {
    for (const backend of backends) {
      options.signal.throwIfAborted();
      try {
        const { engine, verdict } = await tryBackend(backend, source, { ...options, hardwareOnly });
        const { reason, ...test } = verdict;
        if (reason === undefined) {
          const others = refused.filter((other) => other.backend !== backend);
          const facts = { backend, description: engine.description, selfTest: test, refused: others };
          return { engine, facts };
        }
        await engine.dispose();
        refused.push({ backend, reason });
      } catch (error) {
        options.signal.throwIfAborted();
        // A model that cannot be read is no fault of the back-end, and no other reads it better.
        if (error instanceof WebError || isPortError(error)) throw error;
        if (error instanceof SoftwareGpu) late.push(backend);
        const reason = error instanceof SoftwareGpu ? error.message : `it does not run: ${wordsOf(error)}`;
        refused.push({ backend, reason });
      }
    }
    return undefined;
  }

  const chosen = (await firstOf(options.backends, options.hardwareFirst)) ?? (await firstOf(late, false));
  if (chosen !== undefined) return chosen;
  const reasons = refused.map(({ backend, reason }) => `${NAMES[backend]}: ${reason}`).join("; ");
  throw new WebError("backend", `No way of computing is right on this device. ${reasons}.`, {
    hint: "Try another browser, update this one and the graphics driver, or close other pages.",
  });
}

async function tryBackend(
  backend: WebBackend,
  source: ModelSource,
  { signal, selfTest: isTested, hardwareOnly, onProgress }: ChooseOptions & OpenEngineOptions,
): Promise<{ readonly engine: Engine; readonly verdict: Verdict }> {
  onProgress({ stage: "compile", backend });
  const engine = await openEngine(backend, source, { hardwareOnly });
  try {
    await source.loaded();
    signal.throwIfAborted();
    const goldens = isTested ? source.goldens : undefined;
    const total = goldens?.image.shape[0] ?? 0;
    if (total === 0) await engine.run(anyRow(source));
    const verdict = await selfTest(engine, goldens, {
      signal,
      onProgress: (done) => onProgress({ stage: "self-test", backend, done, total }),
    });
    return { engine, verdict };
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}

/** The first picture is what compiles and warms up, whatever it shows. */
function anyRow({ facts: { zDim, classes, bakedTruncation } }: ModelSource) {
  const zeros = (width: number) => ({ shape: [1, width], data: new Float32Array(width) });
  return rowOf({ z: zeros(zDim), y: zeros(classes), truncation: [bakedTruncation ?? 1] }, 0);
}
