import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { writeBundle } from "../../../src/export/bundle.js";
import { prepareFormats } from "../../../src/export/prepare-formats.js";
import { openModel } from "../../../src/mapping/open-model.js";
import { launchChromium } from "../../helpers/chromium.js";
import { fixture } from "../../helpers/fixtures.js";
import { startWebServer, type WebServer } from "../../helpers/web-server.js";

/** The built page: of the project, unless another build is to be tested. */
const WEB = process.env["BIGGAN_PORT_WEB"] ?? fileURLToPath(new URL("../../../dist/web", import.meta.url));

export const LABELS = ["circle", "square", "triangle", "star", "ring", "cross", "heart", "crescent", "house", "fish"];

/** An export of the small BigGAN with the page in it, served below a path, and a browser to look at it. */
export interface Site extends AsyncDisposable {
  readonly folder: string;
  readonly browser: Browser;
  readonly server: WebServer;
  /** `http://127.0.0.1:<port>/some/folder/` */
  readonly address: string;
  /** A fresh visitor's page; errors in it are collected. */
  visit(fragment?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Errors that no code of the page caught. */
  readonly errors: readonly string[];
}

/** The page is tested here, not back-ends: WebAssembly starts in a moment, software that plays a graphics card does not. */
const WITHOUT_GPU = ["--disable-gpu", "--disable-3d-apis"];

const SITE_PATH = "some/folder/";

/** `truncation`: baked in. */
export async function openSite(truncation?: number): Promise<Site> {
  const parent = await mkdtemp(join(tmpdir(), "biggan-port-page-"));
  const folder = join(parent, "export");
  await exportPage(folder, truncation);
  const server = await startWebServer({ [SITE_PATH]: folder });
  const browser = await launchChromium(WITHOUT_GPU);
  const address = `${server.origin}/${SITE_PATH}`;
  const errors: string[] = [];
  return {
    folder,
    browser,
    server,
    address,
    errors,
    async visit(fragment = "", options = {}) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`${address}${fragment}`);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

async function exportPage(folder: string, truncation: number | undefined): Promise<void> {
  await mkdir(folder);
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  const formats = prepareFormats(model, { formats: ["tfjs"], truncation });
  await writeBundle(folder, model, { formats, truncation, labels: LABELS });
  await cp(WEB, folder, { recursive: true });
}

/** Waits until all pictures of the view are there. */
export async function drawn(page: Page): Promise<void> {
  await page.locator("#stage[aria-busy=false]").waitFor();
}

/** Red, green, blue and alpha of each picture that the view shows, in base64, when all are there. The strip's screen comes first. */
export async function shownPictures(page: Page): Promise<readonly string[]> {
  await drawn(page);
  return page.locator("#stage canvas").evaluateAll((canvases) =>
    canvases.map((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) return "";
      const { width, height } = canvas;
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
      return btoa(String.fromCharCode(...pixels));
    }),
  );
}

/** Moves a range to a value as a drag does, with its events. */
export async function slide(page: Page, label: string, value: number): Promise<void> {
  await page.getByRole("slider", { name: label, exact: true }).fill(String(value));
}
