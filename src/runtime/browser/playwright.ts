import type { BrowserType } from "playwright-core";
import { BackendError } from "../../core/errors.js";

const INSTALL_PLAYWRIGHT = "npm install playwright-core";

/** Playwright's Chromium driver, which is optional: found when it is installed. */
export async function loadPlaywright(backend: string): Promise<BrowserType> {
  try {
    return (await import("playwright-core")).chromium;
  } catch (cause) {
    throw new BackendError(`${backend}: expected the package playwright-core, found none`, {
      hint: INSTALL_PLAYWRIGHT,
      cause,
    });
  }
}
