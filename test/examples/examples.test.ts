import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../helpers/chromium.js";
import { serveFolders } from "../helpers/static-server.js";
import { draw, type ExportedMini, exportMini, largestStep, saidOfGoldens } from "./exported-mini.js";

const path = (inProject: string) => fileURLToPath(new URL(`../../${inProject}`, import.meta.url));

let mini: ExportedMini;
beforeAll(async () => {
  mini = await exportMini();
});
afterAll(() => mini?.[Symbol.asyncDispose]());

/** Of an export in float32, on any runtime. */
function expectGoldens(printed: string): void {
  const { decibels, largest } = saidOfGoldens(printed);
  expect(decibels).toBeGreaterThan(90);
  expect(largest).toBeLessThan(2e-4);
}

describe.each(["node-onnxruntime", "node-tfjs"])("examples/%s", (name) => {
  const script = path(`examples/${name}/example.mjs`);

  it("draws the picture of `biggan-port sample`, and meets the goldens", async () => {
    const { printed, pixels } = await draw(process.execPath, script, mini.folder);
    expect(largestStep(mini.pixels, pixels)).toBeLessThanOrEqual(1);
    expectGoldens(printed);
  });

  it("runs an export with one truncation baked in", async () => {
    const { printed, pixels } = await draw(process.execPath, script, mini.baked);
    expect(largestStep(mini.pixels, pixels)).toBeLessThanOrEqual(1);
    expect(printed).toContain("no goldens.npz");
  });
});

/** Why the example for Python cannot run here; the path of python3 may hold one that can. */
function missingPython(): string | undefined {
  const { status, error, stderr } = spawnSync("python3", ["-c", "import numpy, onnxruntime"], { encoding: "utf8" });
  if (status === 0) return undefined;
  return `needs python3 with numpy and onnxruntime: ${error?.message ?? stderr.trim().split("\n").at(-1)}`;
}

describe("examples/python-onnxruntime", () => {
  const script = path("examples/python-onnxruntime/example.py");

  it("draws the same picture from the same seed, and meets the goldens", async (context) => {
    const missing = missingPython();
    if (missing !== undefined) context.skip(missing);
    const { printed, pixels } = await draw("python3", script, mini.folder);
    expect(largestStep(mini.pixels, pixels)).toBeLessThanOrEqual(1);
    expectGoldens(printed);
    expect(printed).toContain("z by seed: largest difference 0.0e+00");
    const baked = await draw("python3", script, mini.baked);
    expect(largestStep(mini.pixels, baked.pixels)).toBeLessThanOrEqual(1);
  });
});

describe("examples/browser-plain-tfjs", () => {
  it("draws in Chromium, meets the goldens, and draws another picture from another seed", async () => {
    const folder = path("examples/browser-plain-tfjs");
    const folders = { "/model/": mini.folder, "/node_modules/": path("node_modules"), "/": folder };
    await using server = await serveFolders(await readFile(`${folder}/index.html`, "utf8"), folders);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(server.origin);
      const button = page.locator("button:enabled");
      await button.waitFor();
      expectGoldens((await page.locator("#goldens").textContent()) ?? "");
      expect(await page.locator("#status").textContent()).toMatch(/^wasm: 32 x 32, \d+ ms$/);

      const picture = () => page.evaluate<string>("document.querySelector('canvas').toDataURL()");
      const first = await picture();
      const redraw = async (seed: string) => {
        await page.locator("input[name=seed]").fill(seed);
        await page.evaluate("document.querySelector('#status').textContent = ''");
        await button.click();
        await page.locator("#status:not(:empty)").waitFor();
        return picture();
      };
      expect(await redraw("1")).not.toBe(first);
      expect(await redraw("0")).toBe(first);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
