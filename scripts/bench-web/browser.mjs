import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChromium, INSTALL_CHROMIUM } from "../../dist/src/runtime/browser/find-chromium.js";
import { chromiumFlags, mayHaveGpu } from "../../dist/src/runtime/browser/flags.js";
import { peakMemory } from "./peak-memory.mjs";

/** A container's Chromium does not start without these: nothing that changes what a page gets. */
const PLAIN = ["--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server"];

/** An empty profile: what a first visit leaves in it, a second one finds. */
export function createProfile() {
  const folder = mkdtempSync(join(tmpdir(), "biggan-port-profile-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * This machine's Chromium on a profile, with one empty page that gets what a visitor's would get. `needsGpu`: with WebGPU as well, which Chromium
 * has only behind a flag on Linux, and on software where there is no GPU.
 */
export async function openBrowser({ folder }, { needsGpu = false } = {}) {
  const { path, lookedFor } = await findChromium({ playwrightPath: chromium.executablePath() });
  if (path === undefined) throw new Error(`expected a Chromium, found none (${lookedFor}): ${INSTALL_CHROMIUM}`);
  const args = needsGpu ? chromiumFlags({ software: !(await mayHaveGpu()) }) : PLAIN;
  const context = await chromium.launchPersistentContext(folder, { executablePath: path, args });
  const [page = await context.newPage()] = context.pages();
  return { context, page, version: context.browser()?.version() ?? "unknown" };
}

/** What there is before any page: its GPU, or the software in its place, and the memory of an empty page. */
export async function probeBrowser() {
  const profile = createProfile();
  const { context, page, version } = await openBrowser(profile);
  try {
    const { pageBytes, gpuBytes } = peakMemory();
    const adapter = await page.evaluate(() => {
      const gl = document.createElement("canvas").getContext("webgl2");
      const info = gl?.getExtension("WEBGL_debug_renderer_info");
      return gl === null || info === null ? "none" : String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
    });
    const hasGpu = !/swiftshader|llvmpipe|software|^none$/i.test(adapter);
    return { version, adapter, hasGpu, emptyPageBytes: pageBytes, emptyGpuBytes: gpuBytes };
  } finally {
    await context.close();
    profile.remove();
  }
}
