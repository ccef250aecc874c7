import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { WebBackend } from "../../../src/web/types.js";
import { type MiniSite, openMiniSite } from "../../helpers/mini-site.js";
import { reload } from "../../helpers/web-page.js";

let site: MiniSite;

beforeAll(async () => {
  site = await openMiniSite();
}, 180_000);

afterEach(() => site.server.heal());

afterAll(() => site?.[Symbol.asyncDispose]());

/** Kernels of tfjs for WebGPU and WebGL that are off by a hundredth, in the scripts as they are served. */
const LIE = { kind: "edit", edit: (text: string) => text.replaceAll("(1.0 + e2x)", "(1.01 + e2x)") } as const;

/** Leaves the graphics card where a test can take it away; `blocked` then keeps it from coming back. */
const HOLD = {
  kind: "edit",
  edit: (text: string) => `${text}
;{
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (...given) {
    if (globalThis.blocked) return null;
    const gl = getContext.apply(this, given);
    globalThis.lose = () => gl.getExtension("WEBGL_lose_context").loseContext();
    return gl;
  };
  const requestDevice = globalThis.GPUAdapter?.prototype.requestDevice;
  if (requestDevice) GPUAdapter.prototype.requestDevice = async function (...given) {
    if (globalThis.blocked) throw new Error("the card is gone");
    const device = await requestDevice.apply(this, given);
    globalThis.lose = () => device.destroy();
    return device;
  };
}`,
} as const;

/** Takes the graphics card away from the worker. */
async function lose(page: Page, forGood: boolean): Promise<void> {
  const worker = page.workers().at(-1);
  await worker?.evaluate((blocked) => {
    Reflect.set(globalThis, "blocked", blocked);
    Reflect.get(globalThis, "lose")();
  }, forGood);
}

/** Loads a generator that stays in the page as `generator`, with what it says in `notices`. */
function open(page: Page, backends: readonly WebBackend[], selfTest: boolean) {
  return page.evaluate(
    async (options) => {
      const notices: string[] = [];
      const onNotice = (words: string) => notices.push(words);
      const generator = await web.loadGenerator("model/manifest.json", { ...options, onNotice });
      Object.assign(globalThis, { generator, notices });
      return generator.backend;
    },
    { backends, selfTest },
  );
}

function draw(page: Page, count: number) {
  return page.evaluate(async (count) => {
    const generator = Reflect.get(globalThis, "generator");
    const pictures: ImageData[] = await generator.generate({ seed: 11, count });
    const notices: string[] = Reflect.get(globalThis, "notices");
    const backend: Awaited<ReturnType<typeof web.loadGenerator>>["backend"] = generator.backend;
    return { pixels: pictures.map(({ data }) => [...data]), backend, notices };
  }, count);
}

function mostApart(a: readonly number[][], b: readonly number[][]): number {
  const other = b.flat();
  return a.flat().reduce((most, value, index) => Math.max(most, Math.abs(value - (other[index] ?? Number.NaN))), 0);
}

describe("a back-end that lies", () => {
  test("is refused with the reason, and the next is taken", async () => {
    const page = await site.visit();
    site.server.fail(".js", LIE);
    await reload(page, site.server.origin);
    const backend = await open(page, ["webgl", "wasm"], true);
    expect(backend).toMatchObject({ backend: "wasm", selfTest: { cases: 3, passed: true } });
    expect(backend.refused).toEqual([
      {
        backend: "webgl",
        reason: expect.stringMatching(
          /^it draws wrong pictures: a pixel of test picture 1 of 3 is off by 0\.0\d+, and rounding explains \S+ at most/,
        ),
      },
    ]);
    await page.context().close();
  }, 60_000);

  test("is not used where no other is left, and the error lists each", async () => {
    const page = await site.visit();
    // Whatever draws, it cannot draw these: the goldens' bound is said to be nothing.
    const edit = (text: string) => {
      const manifest = JSON.parse(text);
      const tfjs = { image: "image", bound: 1e-9 };
      return JSON.stringify({ ...manifest, goldens: { ...manifest.goldens, formats: { tfjs } } });
    };
    site.server.fail("manifest.json", { kind: "edit", edit });
    const error = await page.evaluate(async () => {
      const found: unknown = await web
        .loadGenerator("model/manifest.json", { backends: ["wasm"] })
        .catch((reason: unknown) => reason);
      return found instanceof web.WebError ? { ...found, message: found.message } : undefined;
    });
    expect(error).toMatchObject({
      name: "WebError",
      code: "backend",
      hint: "Try another browser, update this one and the graphics driver, or close other pages.",
      message: expect.stringMatching(
        /^No way of computing is right on this device\. WebAssembly: it draws wrong pictures: a pixel of test picture 1 of 3 is off by 0\.0000\d+, and/,
      ),
    });
    await page.context().close();
  });

  test("is not what software is: it is right, but slow, and comes after WebAssembly", async () => {
    const page = await site.visit();
    const backend = await page.evaluate(async () => (await web.loadGenerator("model/manifest.json")).backend);
    expect(backend.backend).toBe("wasm");
    expect(backend.refused).toEqual([
      { backend: "webgpu", reason: expect.stringMatching(/^there is no graphics card for it \(.*swiftshader/i) },
      { backend: "webgl", reason: expect.stringMatching(/^there is no graphics card for it \(.*swiftshader/i) },
    ]);
    await page.context().close();
  });
});

describe("a graphics card that is lost", () => {
  test("between pictures is opened anew: the same pictures go on", async () => {
    const page = await site.visit();
    site.server.fail(".js", HOLD);
    await reload(page, site.server.origin);
    await open(page, ["webgl", "wasm"], true);
    const before = await draw(page, 2);
    await lose(page, false);
    const after = await draw(page, 2);
    expect(after.backend).toMatchObject({ backend: "webgl", selfTest: { passed: true } });
    expect(after.notices).toEqual([
      expect.stringMatching(/^The graphics card was lost \(.+\)\. The model is loaded again\.$/),
    ]);
    expect(mostApart(after.pixels, before.pixels)).toBeLessThanOrEqual(1);
    await page.context().close();
  }, 90_000);

  test.each(["webgl", "webgpu"] as const)(
    "in the middle, for good, is replaced by the next back-end (%s)",
    async (name) => {
      const page = await site.visit();
      site.server.fail(".js", HOLD);
      await reload(page, site.server.origin);
      expect((await open(page, [name, "wasm"], false)).backend).toBe(name);
      const drawing = draw(page, 12);
      await page.waitForTimeout(300);
      await lose(page, true);
      const { backend, notices, pixels } = await drawing;
      expect(backend.backend).toBe("wasm");
      expect(backend.refused).toEqual([
        {
          backend: name,
          reason: expect.stringMatching(/^it does not run: (the card is gone|the browser gave no WebGL context)$/),
        },
      ]);
      const called = name === "webgl" ? "WebGL" : "WebGPU";
      expect(notices).toEqual([
        expect.stringMatching(/^The graphics card was lost \(.+\)\. The model is loaded again\.$/),
        `It goes on with WebAssembly instead of ${called}.`,
      ]);
      const again = await draw(page, 12);
      expect(mostApart(pixels, again.pixels)).toBeLessThanOrEqual(1);
      await page.context().close();
    },
    90_000,
  );
});
