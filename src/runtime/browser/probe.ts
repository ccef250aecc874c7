import { z } from "zod";
import { BackendError } from "../../core/errors.js";
import { createExchange } from "../host/exchange.js";
import { startHostServer } from "../host/server.js";
import { mayHaveGpu } from "./flags.js";
import { launchChromium } from "./launch.js";
import { pageFolders } from "./page-folders.js";

const adapter = z.object({ name: z.string(), vendor: z.string(), software: z.boolean() }).nullable();
const probed = z.object({
  userAgent: z.string(),
  /** WebAssembly may use threads. */
  isolated: z.boolean(),
  webgpu: adapter,
  webgl: adapter,
});

/** A browser that starts here, and what it has for tfjs; `null` where it has none. */
export interface ChromiumFacts extends z.infer<typeof probed> {
  readonly path: string;
  readonly version: string;
  /** Started on SwiftShader, because the machine has no GPU that it could use. */
  readonly software: boolean;
}

let known: Promise<ChromiumFacts> | undefined;

/** Starts the browser once and asks it; later calls have the answer. Throws a BackendError when there is none that starts. */
export function probeChromium(backend: string): Promise<ChromiumFacts> {
  const asked = known ?? firstThatWorks(backend);
  known = asked;
  asked.catch(() => {
    known = undefined;
  });
  return asked;
}

/** Whether a browser must be told to compute without a GPU. Starts none where the system itself has no device. */
export async function needsSoftware(backend: string): Promise<boolean> {
  return !(await mayHaveGpu()) || (await probeChromium(backend)).software;
}

async function firstThatWorks(backend: string): Promise<ChromiumFacts> {
  if (await mayHaveGpu()) {
    const facts = await probeOnce(backend, false);
    if (facts.webgpu !== null && facts.webgl !== null) return facts;
  }
  return probeOnce(backend, true);
}

async function probeOnce(backend: string, software: boolean): Promise<ChromiumFacts> {
  const exchange = createExchange(backend);
  await using server = await startHostServer({ backend, exchange, folders: pageFolders(), maxAnswerBytes: 0 });
  await using chromium = await launchChromium({ backend, software });
  const { path, version, page } = chromium;
  try {
    await page.goto(`${server.base}/page/probe.html`);
    return { path, version, software, ...probed.parse(await page.evaluate("probed")) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BackendError(`${backend}: ${path} did not open a page: ${why}`, { cause });
  }
}
