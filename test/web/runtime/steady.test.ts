import { afterAll, beforeAll, expect, test } from "vitest";
import { type MiniSite, openMiniSite } from "../../helpers/mini-site.js";
import { openSite } from "../../helpers/web-page.js";

let site: MiniSite;

beforeAll(async () => {
  site = await openMiniSite();
}, 180_000);

afterAll(() => site?.[Symbol.asyncDispose]());

/** Chromium counts a task as long from here on: https://w3c.github.io/longtasks/ */
const LONG_MS = 50;

test("the page's thread is never blocked for 50 ms, while a model loads and while it draws", async () => {
  const page = await site.visit();
  const { tasks, loaded, pictures } = await page.evaluate(async () => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
    const generator = await web.loadGenerator("model/manifest.json", { backends: ["wasm"] });
    const loaded = performance.now();
    const pictures = await generator.generate({ count: 60 });
    await generator.dispose();
    // Entries come a little later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { tasks, loaded, pictures: pictures.length };
  });
  expect(pictures).toBe(60);
  expect(loaded).toBeGreaterThan(0);
  expect(tasks.filter((duration) => duration >= LONG_MS)).toEqual([]);
  await page.context().close();
});

test("nothing is left behind by a thousand pictures", async () => {
  const page = await site.visit();
  const found = await page.evaluate(async () => {
    const generator = await web.loadGenerator("model/manifest.json", { backends: ["wasm"] });
    await generator.generate({ count: 20 });
    const memories = [await generator.memory()];
    let pictures = 0;
    for (let round = 0; round < 10; round++) {
      const drawn = await generator.generate({ seed: round, count: 100 }, { onPicture: () => void pictures++ });
      if (drawn.length !== 100) throw new Error("a hundred pictures");
      memories.push(await generator.memory());
    }
    await generator.dispose();
    return { memories, pictures };
  });
  expect(found.pictures).toBe(1000);
  expect(found.memories[0]?.tensors).toBeGreaterThan(0);
  expect(new Set(found.memories.map(({ tensors, bytes }) => `${tensors} ${bytes}`)).size).toBe(1);
  await page.context().close();
}, 120_000);

test("nor by pictures of a graphics card", async () => {
  const page = await site.visit();
  const memories = await page.evaluate(async () => {
    const generator = await web.loadGenerator("model/manifest.json", { backends: ["webgl"], selfTest: false });
    await generator.generate({ count: 5 });
    const before = await generator.memory();
    await generator.generate({ count: 40 });
    const after = await generator.memory();
    await generator.dispose();
    return { before, after };
  });
  expect(memories.before.tensors).toBeGreaterThan(0);
  expect(memories.after).toEqual(memories.before);
  await page.context().close();
}, 120_000);

test("pictures that nobody wants any more are not drawn; the worker ends with the generator", async () => {
  const page = await site.visit();
  const found = await page.evaluate(async () => {
    const generator = await web.loadGenerator("model/manifest.json", { backends: ["wasm"] });
    const controller = new AbortController();
    const seen: number[] = [];
    const begin = performance.now();
    const reason = await generator
      .generate(
        { count: 2000 },
        {
          signal: controller.signal,
          onPicture(_, index) {
            seen.push(index);
            if (index === 3) controller.abort();
          },
        },
      )
      .catch((error: unknown) => (error instanceof DOMException ? error.name : "other"));
    const [next] = await generator.generate({});
    const milliseconds = performance.now() - begin;
    const aborted = await generator
      .generate({}, { signal: AbortSignal.abort("my reason") })
      .catch((error: unknown) => error);
    await generator.dispose();
    return { reason, seen, milliseconds, pixels: next?.data.length, aborted };
  });
  expect(found).toMatchObject({ reason: "AbortError", seen: [0, 1, 2, 3], pixels: 32 * 32 * 4, aborted: "my reason" });
  // Two thousand would take ten times as long and more.
  expect(found.milliseconds).toBeLessThan(3000);
  await expect.poll(() => page.workers().length).toBe(0);
  await page.context().close();
});

test("the library is this, and no more", async () => {
  const page = await site.visit();
  expect(await page.evaluate(() => Object.keys(web).sort())).toEqual(["WebError", "loadGenerator", "portModel"]);
  await page.context().close();
});

test("a library that comes from another site still has its worker; one whose worker is missing says so", async () => {
  await using other = await openSite({ "model/": site.folder }, { headers: { "access-control-allow-origin": "*" } });
  const page = await site.visit();
  const load = (address: string) =>
    page.evaluate(async (from) => {
      const script = document.createElement("script");
      script.type = "module";
      script.textContent = `import * as library from ${JSON.stringify(from)}; globalThis.library = library; dispatchEvent(new Event("library"));`;
      const ready = new Promise((resolve) => addEventListener("library", resolve, { once: true }));
      document.head.append(script);
      await ready;
      const library: typeof web = Reflect.get(globalThis, "library");
      try {
        const generator = await library.loadGenerator("/model/manifest.json", { backends: ["wasm"] });
        const { length } = await generator.generate({});
        await generator.dispose();
        return length;
      } catch (error) {
        return error instanceof Error ? error.message : "other";
      }
    }, address);
  expect(await load(`${other.server.origin}/page/web.js`)).toBe(1);
  const worker = [...site.server.requests, ...other.server.requests].find((path) => path.includes("worker-"));
  site.server.fail(worker ?? "", { kind: "status", status: 404 });
  expect(await load(`${site.server.origin}/page/web.js`)).toMatch(/^The worker ended: /);
  site.server.heal();
  await page.context().close();
});

test("JavaScript before the first picture, without the back-end's library, stays below 60 kB", async () => {
  const page = await site.visit();
  site.server.requests.length = 0;
  await page.reload();
  await page.waitForFunction(() => "web" in globalThis);
  await page.evaluate(async () => {
    const generator = await web.loadGenerator("model/manifest.json", { backends: ["wasm"] });
    await generator.generate({});
    await generator.dispose();
  });
  const scripts = [...new Set(site.server.requests.filter((path) => path.endsWith(".js")))];
  const sizes = await Promise.all(
    scripts.map(async (path) => {
      const text = await (await fetch(`${site.server.origin}/${path}`)).text();
      const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
      return {
        path,
        isLibrary: /tensorflow|KernelBackend|registerKernel/.test(text),
        bytes: (await new Response(stream).arrayBuffer()).byteLength,
      };
    }),
  );
  const ours = sizes.filter(({ isLibrary }) => !isLibrary).reduce((sum, { bytes }) => sum + bytes, 0);
  expect(ours).toBeGreaterThan(5_000);
  expect(ours).toBeLessThanOrEqual(60_000);
  await page.context().close();
});
