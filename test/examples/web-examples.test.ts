import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.js";
import { serveFolders } from "../helpers/static-server.js";
import { type ExportedMini, exportMini, largestStep, PICTURE } from "./exported-mini.js";

let mini: ExportedMini;
let browser: Browser;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "biggan-port-examples-"));
  [mini, browser] = await Promise.all([exportMini(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await mini?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The folder that an example's README tells to put together, on a plain server of files: no headers, nothing of this program. */
async function open(name: string) {
  const site = join(folder, name);
  await cp(fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)), site, { recursive: true });
  await cp(mini.folder, join(site, "model"), { recursive: true });
  const server = await serveFolders("", { [`/${name}/`]: site });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${server.origin}/${name}/index.html`);
  const close = async () => {
    await page.close();
    await server[Symbol.asyncDispose]();
  };
  return { page, complaints, [Symbol.asyncDispose]: close };
}

/** Red, green and blue of the first canvas. */
async function pixelsOf(page: Page): Promise<Uint8Array> {
  const read = `(() => {
    const canvas = document.querySelector("canvas");
    return [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data];
  })()`;
  return Uint8Array.from(await page.evaluate<number[]>(read)).filter((_, index) => index % 4 !== 3);
}

describe("examples/browser", () => {
  it("draws the picture of the float64 reference, offers the class names, and says what is wrong in words", async () => {
    await using site = await open("browser");
    const { page, complaints } = site;
    await page.locator("button:enabled").waitFor();
    expect(await page.locator("canvas").count()).toBe(4);
    expect(await page.locator("#status").textContent()).toMatch(/^(webgpu|webgl|wasm): 4 pictures, \d+ ms each$/);
    expect(await page.locator("option").count()).toBe(10);

    const draw = async (label: string) => {
      await page.locator("input[name=class]").fill(label);
      await page.locator("input[name=seed]").fill(`${PICTURE.seed}`);
      await page.locator("input[name=truncation]").fill(`${PICTURE.truncation}`);
      await page.evaluate("document.querySelector('#status').textContent = ''");
      await page.locator("button").click();
      await page.locator("#status:not(:empty)").waitFor();
      return page.locator("#status").textContent();
    };
    expect(await draw(`thing ${PICTURE.label}`)).toContain("4 pictures");
    expect(largestStep(mini.pixels, await pixelsOf(page))).toBeLessThanOrEqual(1);
    expect(await draw("unicorn")).toContain('class "unicorn": no class has this name');
    expect(complaints).toEqual([]);
  });
});

describe("examples/worker", () => {
  it("plays frames that the page's own worker draws, and starts no other", async () => {
    await using site = await open("worker");
    const { page, complaints } = site;
    await page.waitForFunction("document.querySelector('canvas').width === 32");
    expect(await page.locator("#status").textContent()).toMatch(/^biggan-mini on tfjs/);
    const first = await pixelsOf(page);
    await expect.poll(async () => largestStep(Uint8ClampedArray.from(first), await pixelsOf(page))).toBeGreaterThan(20);
    expect(page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual(["/worker/worker.js"]);
    await page.getByRole("button", { name: "Pause" }).click();
    expect(await page.getByRole("button").textContent()).toBe("Play");
    expect(complaints).toEqual([]);
  });
});
