import { createHash } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openStore } from "../../../src/web/download/store.js";

const MANIFEST = new URL("https://site.example/model/manifest.json");
const OTHER = new URL("https://site.example/other/manifest.json");

function fileOf(text: string) {
  const bytes = new TextEncoder().encode(text);
  return { bytes, file: { path: text, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") } };
}

/** What the store uses of the Cache API. `room` is how many entries it takes. */
function stubCaches(room = 100): Map<string, Uint8Array<ArrayBuffer>> {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const plain = (url: string) => url.split("?")[0];
  const found = (url: string, { ignoreSearch = false } = {}) =>
    [...entries.keys()].filter((key) => (ignoreSearch ? plain(key) === plain(url) : key === url));
  const cache = {
    keys: async () => [...entries.keys()].map((url) => ({ url })),
    async match(url: string, options?: CacheQueryOptions) {
      const [key] = found(url, options);
      return key === undefined ? undefined : new Response(entries.get(key));
    },
    async put(url: string, response: Response) {
      if (entries.size >= room) throw new DOMException("full", "QuotaExceededError");
      entries.set(url, new Uint8Array(await response.arrayBuffer()));
    },
    async delete(url: string, options?: CacheQueryOptions) {
      for (const key of found(url, options)) entries.delete(key);
      return true;
    },
  };
  vi.stubGlobal("caches", { open: async () => cache });
  return entries;
}

afterEach(() => vi.unstubAllGlobals());

const open = (manifest = MANIFEST, onNotice: (words: string) => void = () => undefined) =>
  openStore(manifest, { enabled: true, onNotice });

describe("files that are kept", () => {
  test("are there for the next visit, also for another model with the same file", async () => {
    stubCaches();
    const { file, bytes } = fileOf("weights");
    const first = await open();
    expect(first.kept.has(file.sha256)).toBe(false);
    await first.write(file, bytes);
    for (const manifest of [MANIFEST, OTHER]) {
      const second = await open(manifest);
      expect(second.kept.has(file.sha256)).toBe(true);
      expect(await second.read(file)).toEqual(bytes);
    }
  });

  test.each([
    ["other content", (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1)],
    ["another size", (bytes: Uint8Array) => bytes.slice(1)],
  ])("with %s are dropped and fetched again", async (_, damage) => {
    const entries = stubCaches();
    const { file, bytes } = fileOf("weights");
    await (await open(OTHER)).write(file, bytes);
    for (const [key, value] of entries) entries.set(key, new Uint8Array(damage(value)));
    const store = await open();
    expect(await store.read(file)).toBeUndefined();
    expect(entries.size).toBe(0);
    await store.write(file, bytes);
    expect(await (await open()).read(file)).toEqual(bytes);
  });

  test("of an earlier version are dropped when the next is complete", async () => {
    const entries = stubCaches();
    const [old, both, fresh, other] = ["old", "both", "fresh", "other"].map(fileOf);
    if (!old || !both || !fresh || !other) throw new Error("four files");
    const foreign = await open(OTHER);
    await foreign.write(other.file, other.bytes);
    await foreign.complete("other manifest", new Set([other.file.sha256]));
    const store = await open();
    for (const { file, bytes } of [old, both]) await store.write(file, bytes);
    await store.complete("first", new Set([old.file.sha256, both.file.sha256]));
    await store.write(fresh.file, fresh.bytes);
    expect(await (await open()).manifest()).toBe("first");
    await store.complete("second", new Set([both.file.sha256, fresh.file.sha256]));
    const later = await open();
    expect(await later.manifest()).toBe("second");
    const { sha256 } = old.file;
    expect(later.kept).toEqual(new Set([other, both, fresh].map(({ file }) => file.sha256).concat("manifest")));
    expect(later.kept.has(sha256)).toBe(false);
    expect(entries.size).toBe(5);
    expect(await (await open(OTHER)).manifest()).toBe("other manifest");
  });

  test("are given up with a notice when there is no room", async () => {
    stubCaches(1);
    const notices: string[] = [];
    const store = await open(MANIFEST, (words) => void notices.push(words));
    for (const { file, bytes } of ["one", "two", "three"].map(fileOf)) await store.write(file, bytes);
    await store.complete("manifest", new Set());
    expect(notices).toEqual(["There is no room to keep the model for the next visit: it will be downloaded again."]);
  });

  test.each([
    ["there is no Cache API", undefined],
    ["it is forbidden", { open: () => Promise.reject(new DOMException("opaque origin", "SecurityError")) }],
  ])("are none where %s", async (_, caches) => {
    vi.stubGlobal("caches", caches);
    const notices: string[] = [];
    const store = await open(MANIFEST, (words) => void notices.push(words));
    const { file, bytes } = fileOf("weights");
    await store.write(file, bytes);
    await store.complete("manifest", new Set());
    expect([await store.read(file), await store.manifest(), store.kept.size]).toEqual([undefined, undefined, 0]);
    expect(notices).toEqual([
      "This browser keeps nothing for the next visit (private window, or no secure connection).",
    ]);
  });

  test("are none when that is wanted", async () => {
    const entries = stubCaches();
    const onNotice = vi.fn();
    const store = await openStore(MANIFEST, { enabled: false, onNotice });
    const { file, bytes } = fileOf("weights");
    await store.write(file, bytes);
    expect([entries.size, onNotice.mock.calls.length]).toEqual([0, 0]);
  });
});
