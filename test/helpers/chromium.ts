import { type Browser, chromium } from "playwright-core";
import { findChromium, INSTALL_CHROMIUM } from "../../src/runtime/browser/find-chromium.js";

/** A headless Chromium, the one the program itself would take. Containers run as root and have a small /dev/shm: hence the flags. */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const found = await findChromium({ playwrightPath: chromium.executablePath() });
  if (found.path === undefined) {
    throw new Error(`browser tests: expected a Chromium, found none (${found.lookedFor}): ${INSTALL_CHROMIUM}.`);
  }
  return chromium.launch({ executablePath: found.path, args: ["--no-sandbox", "--disable-dev-shm-usage", ...flags] });
}
