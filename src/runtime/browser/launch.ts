import type { Browser, Page } from "playwright-core";
import { BackendError, throwIfAborted } from "../../core/errors.js";
import { findChromium, INSTALL_CHROMIUM } from "./find-chromium.js";
import { chromiumFlags, mayHaveGpu } from "./flags.js";
import { loadPlaywright } from "./playwright.js";

/** A headless browser with one empty page. Disposing of it kills it. */
export interface Chromium extends AsyncDisposable {
  /** Where the executable lies. */
  readonly path: string;
  /** `156.0.8078.79` */
  readonly version: string;
  readonly page: Page;
  readonly browser: Browser;
}

export interface LaunchOptions {
  /** The back-end's name, for errors. */
  readonly backend: string;
  /** SwiftShader instead of the machine's GPU; by default where there is no GPU. */
  readonly software?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** @throws BackendError that says what to install where playwright-core or a browser is missing, or why it did not start. */
export async function launchChromium({ backend, software, signal }: LaunchOptions): Promise<Chromium> {
  const chromium = await loadPlaywright(backend);
  const found = await findChromium({ playwrightPath: chromium.executablePath() });
  if (found.path === undefined) {
    throw new BackendError(`${backend}: expected a Chromium, found none (${found.lookedFor})`, {
      hint: `${INSTALL_CHROMIUM}; or set CHROMIUM_PATH to a browser that is there`,
    });
  }
  const { path } = found;
  const args = chromiumFlags({ software: software ?? !(await mayHaveGpu()) });
  throwIfAborted(signal);
  // Signals are the command line's: playwright's own handlers would end the process before anything is put back.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath: path, args, ...signals }).catch((cause: unknown) => {
    const why = cause instanceof Error ? firstLines(cause.message) : String(cause);
    throw new BackendError(`${backend}: ${path} did not start: ${why}`, {
      hint: "Set CHROMIUM_PATH to a browser that starts, or reinstall this one.",
      cause,
    });
  });
  const close = () => browser.close().catch(() => undefined);
  try {
    throwIfAborted(signal);
    const page = await browser.newPage();
    return { path, version: browser.version(), page, browser, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Playwright adds the browser's whole log to its messages. */
function firstLines(message: string): string {
  return message.split("\n").slice(0, 3).join(" ").trim();
}
