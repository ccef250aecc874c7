import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { chromiumFlags } from "../../src/runtime/browser/flags.js";
import { launchChromium } from "./chromium.js";
import { WEB_BUILD } from "./web-build.js";
import { startWebServer, type WebServer, type WebServerOptions } from "./web-server.js";

declare global {
  /** The library, in a page of {@link openSite}. */
  var web: typeof import("../../src/web/index.js");
}

const PAGE = `<!doctype html><title>test</title><link rel="icon" href="data:,">
<script type="module">import * as web from "./page/web.js"; globalThis.web = web;</script>`;

/** A site with an empty page that has loaded the library, and models beside it, in a browser on SwiftShader. */
export interface Site extends AsyncDisposable {
  readonly server: WebServer;
  readonly browser: Browser;
  /** A new visitor, who has nothing kept: the page when the library is there. */
  visit(): Promise<Page>;
}

/** Serves `models` (URL prefix to folder) beside the library; disposing of it ends the browser and the server. */
export async function openSite(
  models: Readonly<Record<string, string>>,
  options: WebServerOptions = {},
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "biggan-port-site-"));
  await writeFile(join(folder, "index.html"), PAGE);
  const server = await startWebServer({ "": folder, "page/": join(WEB_BUILD, "page"), ...models }, options);
  const browser = await launchChromium(chromiumFlags({ software: true }));
  return {
    server,
    browser,
    async visit() {
      const context = await browser.newContext();
      const page = await context.newPage();
      await reload(page, server.origin);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same visitor comes again. */
export async function reload(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.waitForFunction(() => "web" in globalThis);
}
