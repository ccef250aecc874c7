import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openModel } from "../../../src/mapping/open-model.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../../src/runtime/runtime.js";
import { interpolationInputs, type PictureInputs, pictureInputs } from "../../../src/sampling/picture-request.js";
import { toPixels } from "../../../src/sampling/pixels.js";
import { fixture } from "../../helpers/fixtures.js";
import { drawn, openSite, type Site, shownPictures, slide } from "./site.js";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site[Symbol.asyncDispose]());

/** The float64 reference's pictures, red, green and blue. */
async function nodePictures(inputs: PictureInputs): Promise<readonly Uint8ClampedArray[]> {
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  await using reference = await openReference(model.graph, model.parameters());
  const [count = 0] = inputs.z.shape;
  const { data } = layerOf(await reference.run(inputs), "image");
  const size = data.length / count;
  return Array.from({ length: count }, (_, at) => toPixels(data.slice(at * size, (at + 1) * size)));
}

const MODEL = { zDim: 40, classes: 10 };

/** Rounding in float32 moves a value across the border between two of 256 steps now and then, never further. */
function expectAlike(found: readonly string[], wanted: readonly Uint8ClampedArray[]): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((picture, at) => {
    const pixels = Buffer.from(picture, "base64").filter((_, index) => index % 4 !== 3);
    const steps = Array.from(wanted[at] ?? [], (value, index) => Math.abs(value - (pixels[index] ?? Number.NaN)));
    expect(steps).toHaveLength(32 * 32 * 3);
    expect(Math.max(...steps)).toBeLessThanOrEqual(1);
  });
}

describe("pictures on the page are Node's", () => {
  const seed = 42;
  const truncation = 0.6;
  it.each([
    [
      "samples",
      "class=8&seed=42&truncation=0.6&count=3",
      pictureInputs({ class: 8, seed, truncation, count: 3 }, MODEL),
    ],
    [
      "mix",
      "mix=2:0.3,9:0.7&seed=42&truncation=0.6&count=2",
      pictureInputs(
        {
          classes: [
            { class: 2, weight: 0.3 },
            { class: 9, weight: 0.7 },
          ],
          seed,
          truncation,
          count: 2,
        },
        MODEL,
      ),
    ],
    [
      "morph",
      "from=0,1&to=8,2&steps=3&truncation=0.6",
      interpolationInputs({ from: { class: 0, seed: 1 }, to: { class: 8, seed: 2 }, steps: 3, truncation }, MODEL),
    ],
  ])("%s", async (view, rest, inputs) => {
    const page = await site.visit(`#view=${view}&${rest}`);
    const found = await shownPictures(page);
    expectAlike(view === "morph" ? found.slice(1) : found, await nodePictures(inputs));
    await page.context().close();
  });
});

describe("a permalink", () => {
  it.each([
    "view=samples&class=4&seed=4294967295&truncation=0.02&count=5&smooth=1",
    "view=mix&mix=0:0.25,3:0.5,9:0.25&seed=7&truncation=1&count=4&zoom=2",
    "view=morph&from=3,10&to=6,20&truncation=0.75&steps=5&speed=3&frame=4",
    "view=compare&class=1&seed=3&truncation=0.1&second=0.9&count=2",
  ])("restores exactly: %s", async (fragment) => {
    const page = await site.visit(`#${fragment}`);
    const pictures = await shownPictures(page);
    await page.waitForURL(/model=/);
    const link = page.url();
    expect(link).toMatch(new RegExp(`#${fragment}&model=[0-9a-f]{12}$`));
    await page.context().close();
    const again = await site.visit(new URL(link).hash);
    expect(await shownPictures(again)).toEqual(pictures);
    expect(await again.getByText("made with another model").count()).toBe(0);
    await again.context().close();
  });

  it("made with another model says so, and so does a class that this one has not", async () => {
    const page = await site.visit("#view=samples&class=207&count=1&model=0123456789ab");
    await drawn(page);
    const notices = await page.locator("#notices").innerText();
    expect(notices).toContain("This link was made with another model (0123456789ab).");
    expect(notices).toContain("This model has no class 207: another is shown instead.");
    await page.getByRole("button", { name: "Close the notice" }).first().click();
    await page.context().close();
  });
});

describe("while it loads and draws", () => {
  it("the page's thread is never held for 50 ms", async () => {
    const trace = join(tmpdir(), `biggan-port-trace-${process.pid}.json`);
    const page = await site.visit("#count=1");
    await drawn(page);
    await site.browser.startTracing(page, { path: trace, categories: ["toplevel", "__metadata"] });
    await page.reload();
    await drawn(page);
    await busyVisitor(page);
    await site.browser.stopTracing();
    const { traceEvents } = JSON.parse(await readFile(trace, "utf8"));
    await rm(trace);
    await page.context().close();
    expect(longestTask(traceEvents)).toBeGreaterThan(0);
    expect(longestTask(traceEvents)).toBeLessThan(50);
  });
});

/** Everything that draws many pictures or builds many elements. */
async function busyVisitor(page: Page): Promise<void> {
  await slide(page, "Pictures", 48);
  await drawn(page);
  for (let value = 0.1; value < 1; value += 0.1) await slide(page, "Truncation", value);
  await page.getByRole("combobox", { name: "Class" }).click();
  await page.getByRole("tab", { name: "Morph" }).click();
  await drawn(page);
}

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  /** Microseconds of the thread's own time: what other programs of the machine take does not count. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds of the longest task of the page's own thread. */
function longestTask(events: readonly TraceEvent[]): number {
  const mains = new Set(events.filter(({ args }) => args?.name === "CrRendererMain").map(({ tid }) => tid));
  const tasks = events.filter(({ name, tid }) => name === "ThreadControllerImpl::RunTask" && mains.has(tid));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}
