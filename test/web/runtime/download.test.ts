import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LoadOptions, LoadProgress } from "../../../src/web/types.js";
import { type MiniSite, openMiniSite } from "../../helpers/mini-site.js";
import { cutShards, replaceFiles } from "../../helpers/web-export.js";
import { reload } from "../../helpers/web-page.js";

let shards: readonly string[];
let site: MiniSite;

beforeAll(async () => {
  site = await openMiniSite(async (folder) => {
    shards = await cutShards(folder, 9);
  });
}, 180_000);

afterEach(() => {
  site.server.heal();
  site.server.requests.length = 0;
});

afterAll(() => site?.[Symbol.asyncDispose]());

interface Loaded {
  readonly error: { name: string; code: string; message: string; hint: string } | undefined;
  readonly pixel: number | undefined;
  readonly notices: readonly string[];
  readonly progress: readonly Extract<LoadProgress, { stage: "download" }>[];
  readonly stages: readonly string[];
}

/** Loads, draws one picture, and tells what happened on the way. `abortAt`: bytes. */
function load(page: Page, options: LoadOptions = {}, abortAt?: number): Promise<Loaded> {
  return page.evaluate(
    async ({ options, abortAt }) => {
      const notices: string[] = [];
      const progress: Extract<LoadProgress, { stage: "download" }>[] = [];
      const stages: string[] = [];
      const controller = new AbortController();
      const told = { notices, progress, stages };
      try {
        const generator = await web.loadGenerator("model/manifest.json", {
          ...options,
          signal: controller.signal,
          onNotice: (words) => notices.push(words),
          onProgress(step) {
            if (stages.at(-1) !== step.stage) stages.push(step.stage);
            if (step.stage === "download") progress.push(step);
            if (step.stage === "download" && step.bytes >= (abortAt ?? Number.POSITIVE_INFINITY)) controller.abort();
          },
        });
        const [picture] = await generator.generate({ seed: 5 });
        await generator.dispose();
        return { error: undefined, pixel: picture?.data[3], ...told };
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error("unknown");
        const { code, hint = "" } = error instanceof web.WebError ? error : { code: "", hint: "" };
        return { error: { name, code, message, hint }, pixel: undefined, ...told };
      }
    },
    { options, abortAt },
  );
}

const asked = () => site.server.requests.filter((path) => path.startsWith("model/")).map((path) => path.slice(6));

describe("a download", () => {
  test("takes its format's files and no others, with one exact progress; the second visit takes the manifest alone", async () => {
    const page = await site.visit();
    const first = await load(page);
    expect(first).toMatchObject({ error: undefined, pixel: 255, notices: [] });
    expect(asked().sort()).toEqual(["goldens.npz", "labels.json", "manifest.json", ...shards, "tfjs/model.json"]);
    expect(site.server.requests.filter((path) => /webgpu|webgl|onnx/.test(path))).toEqual([]);
    const counts = first.progress.map(({ bytes }) => bytes);
    const total = first.progress[0]?.total;
    expect(counts[0]).toBe(0);
    expect(counts.at(-1)).toBe(total);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(first.progress.map((step) => step.total)).size).toBe(1);
    expect(first.stages).toEqual(["download", "compile", "self-test"]);

    site.server.requests.length = 0;
    await reload(page, site.server.origin);
    const second = await load(page);
    expect(asked()).toEqual(["manifest.json"]);
    expect(second.pixel).toBe(255);
    expect(second.progress.at(-1)).toEqual({ stage: "download", bytes: total, total, fromCache: total });

    site.server.fail("manifest.json", { kind: "cut", after: 10 });
    const offline = await load(page);
    expect(offline.pixel).toBe(255);
    expect(offline.notices).toEqual(["There is no connection: the model of your last visit is used."]);
    await page.context().close();
  });

  test("that was stopped goes on at the files that are missing", async () => {
    const page = await site.visit();
    // The last four hardly arrive at all; all others do.
    const slow = shards.slice(-4);
    for (const path of slow) site.server.fail(path, { kind: "slow", bytes: 100, wait: 200 });
    const { files }: { files: { path: string; bytes: number }[] } = JSON.parse(
      await readFile(join(site.folder, "manifest.json"), "utf8"),
    );
    const quick = files.filter(({ path }) => !path.startsWith("onnx/") && !slow.includes(path));
    const stopped = await load(
      page,
      {},
      quick.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    expect(stopped.error?.name).toBe("AbortError");
    const begun = asked().length;
    await page.waitForTimeout(1200);
    expect(asked().length).toBe(begun);

    site.server.heal();
    site.server.requests.length = 0;
    await reload(page, site.server.origin);
    const { pixel, progress } = await load(page);
    expect(pixel).toBe(255);
    expect(asked().sort()).toEqual(["manifest.json", ...slow]);
    expect(progress.at(-1)?.fromCache).toBe(quick.reduce((sum, { bytes }) => sum + bytes, 0));
    await page.context().close();
  });

  test("survives a shard that is corrupted once, a connection that drops, a server that stumbles", async () => {
    const page = await site.visit();
    site.server.fail(shards[2] ?? "", { kind: "corrupt", times: 1 });
    site.server.fail(shards[4] ?? "", { kind: "cut", after: 1000, times: 1 });
    site.server.fail("labels.json", { kind: "status", status: 503, times: 1 });
    const { pixel, notices, progress } = await load(page);
    expect(pixel).toBe(255);
    expect([...notices].sort()).toEqual([
      "labels.json: the server is busy (status 503). It is fetched again.",
      "tfjs/group1-shard3of9.bin arrived damaged and is fetched again.",
      expect.stringMatching(
        /^tfjs\/group1-shard5of9\.bin: the connection broke after \d+ of \d+ bytes \(network error\)/i,
      ),
    ]);
    expect(progress.at(-1)?.bytes).toBe(progress[0]?.total);
    await page.context().close();
  });

  test.each([
    [
      { kind: "corrupt" },
      "format",
      /^tfjs\/group1-shard3of9\.bin: SHA-256: expected [0-9a-f]{64}, found [0-9a-f]{64}$/,
      /^The file on the server/,
    ],
    [
      { kind: "short", by: 7 },
      "format",
      /^tfjs\/group1-shard3of9\.bin: size: expected \d+ bytes, found \d+ bytes$/,
      /^The file on the server/,
    ],
    [
      { kind: "status", status: 404 },
      "network",
      /^tfjs\/group1-shard3of9\.bin: expected a file, found none \(status 404\)$/,
      /^Upload the whole folder/,
    ],
    [
      { kind: "cut", after: 500 },
      "network",
      /^tfjs\/group1-shard3of9\.bin: the connection broke after \d+ of \d+ bytes \(.+\), 3 times$/,
      /^Check the connection/,
    ],
  ] as const)("with a shard that always has %j is refused in words", async (fault, code, message, hint) => {
    const page = await site.visit();
    site.server.fail("group1-shard3of9.bin", fault);
    const { error, pixel } = await load(page);
    expect(pixel).toBeUndefined();
    expect(error).toMatchObject({ name: "WebError", code });
    expect(error?.message).toMatch(message);
    expect(error?.hint).toMatch(hint);
    await page.context().close();
  });

  test("of an address without an export is refused in words", async () => {
    const page = await site.visit();
    site.server.fail("manifest.json", { kind: "status", status: 404, times: 1 });
    expect((await load(page)).error?.message).toBe(
      `${site.server.origin}/model/manifest.json: expected a manifest, found none (status 404)`,
    );
    site.server.fail("manifest.json", { kind: "edit", edit: (text) => text.replace("goldens.npz", "../goldens.npz") });
    expect((await load(page)).error?.message).toContain("expected a path inside the export's folder");
    await page.context().close();
  });

  test.each([
    [
      "there is no Cache API",
      "Object.defineProperty(globalThis, 'caches', { value: undefined });",
      /^This browser keeps nothing/,
    ],
    [
      "there is no room",
      "Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError'));",
      /^There is no room/,
    ],
  ])("goes on where %s", async (_, script, notice) => {
    const page = await site.visit();
    site.server.fail(".js", {
      kind: "edit",
      edit: (text) => (/^import|^(var|const|let) /.test(text) ? `${text}\n;${script}` : text),
    });
    await reload(page, site.server.origin);
    const { pixel, notices } = await load(page);
    expect(pixel).toBe(255);
    expect(notices).toEqual([expect.stringMatching(notice)]);
    await page.context().close();
  });

  test("of a new version fetches what has changed, and drops what is old", async () => {
    const page = await site.visit();
    await load(page);
    const labels = Array.from({ length: 10 }, (_, index) => `class ${index}`);
    const before = await page.evaluate(async () => (await (await caches.open("biggan-port")).keys()).length);
    await replaceFiles(site.folder, [{ path: "labels.json", content: Buffer.from(JSON.stringify(labels)) }]);
    site.server.requests.length = 0;
    expect((await load(page)).pixel).toBe(255);
    expect(asked()).toEqual(["manifest.json", "labels.json"]);
    expect(await page.evaluate(async () => (await (await caches.open("biggan-port")).keys()).length)).toBe(before);
    await page.context().close();
  });

  test("that is not to be kept leaves nothing", async () => {
    const page = await site.visit();
    expect((await load(page, { cache: false })).pixel).toBe(255);
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    await page.context().close();
  });
});

test("an export without goldens is used, and what is known of it is said", async () => {
  const page = await site.visit();
  const edit = (text: string) => JSON.stringify({ ...JSON.parse(text), goldens: undefined });
  site.server.fail("manifest.json", { kind: "edit", edit });
  const backend = await page.evaluate(async () => (await web.loadGenerator("model/manifest.json")).backend);
  expect(backend.selfTest).toEqual({ cases: 0, worst: 0, bound: 0, passed: true });
  expect(asked()).not.toContain("goldens.npz");
  await page.context().close();
});
