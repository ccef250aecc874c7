import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../../helpers/chromium.js";
import { serveFolders } from "../../helpers/static-server.js";
import { bundlePage } from "../../helpers/web-bundle.js";
import type { PortAnswer, Ported } from "./port-answer.js";
import type { PageTask } from "./port-page.js";

/** A page in Chromium that ports files which Node serves. */
export interface PortingPage extends AsyncDisposable {
  /** Served below `/work/`. */
  readonly folder: string;
  port(task: PageTask): Promise<PortAnswer>;
  /** The same where nothing may be refused. */
  ported(task: PageTask): Promise<Ported>;
  /** Names in the origin's private file system. */
  scratch(): Promise<readonly string[]>;
  /** Leaves there what a page would that was closed in the middle. */
  forsake(name: string): Promise<void>;
}

const PAGE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/bundle/page.js"></script>';

export async function openPortingPage(): Promise<PortingPage> {
  const folder = await mkdtemp(join(tmpdir(), "biggan-port-test-"));
  const bundle = join(folder, "bundle");
  await bundlePage(fileURLToPath(new URL("port-page.ts", import.meta.url)), bundle);
  const fixtures = fileURLToPath(new URL("../../../fixtures/", import.meta.url));
  const golden = fileURLToPath(new URL("../../golden/", import.meta.url));
  const server = await serveFolders(PAGE, {
    "/bundle/": bundle,
    "/fixtures/": fixtures,
    "/golden/": golden,
    "/work/": folder,
  });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.waitForFunction(() => globalThis.port !== undefined);
  const port = (task: PageTask) => page.evaluate((given) => globalThis.port(given), task);
  return {
    folder,
    port,
    async ported(task) {
      const answer = await port(task);
      if ("facts" in answer) return answer;
      throw new Error(JSON.stringify(answer));
    },
    scratch: () => page.evaluate(() => globalThis.listScratch()),
    forsake: (name) =>
      page.evaluate(async (forsaken) => {
        const root = await navigator.storage.getDirectory();
        const inner = await root.getDirectoryHandle(forsaken, { create: true });
        await inner.getFileHandle("0", { create: true });
      }, name),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
