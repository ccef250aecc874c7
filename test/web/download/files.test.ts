import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fetchFile } from "../../../src/web/download/fetch-file.js";
import { fetchManifest } from "../../../src/web/download/fetch-manifest.js";
import { inOrder } from "../../../src/web/download/in-order.js";
import { createTally } from "../../../src/web/download/tally.js";
import type { LoadProgress } from "../../../src/web/types.js";

const CONTENT = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");
const FILE = { path: "tfjs/group1-shard1of2.bin", bytes: CONTENT.length, sha256: SHA256 };
const ADDRESS = new URL("https://site.example/model/tfjs/group1-shard1of2.bin");

type Answer = () => Response | Promise<Response>;

/** Answers in turn; the last for ever. Gives how each was asked. */
function answers(...given: readonly Answer[]): { readonly caches: (RequestCache | undefined)[] } {
  const caches: (RequestCache | undefined)[] = [];
  vi.stubGlobal("fetch", async (_: URL, { cache, signal }: RequestInit) => {
    signal?.throwIfAborted();
    caches.push(cache);
    const answer = given[Math.min(caches.length, given.length) - 1];
    if (answer === undefined) throw new Error("nothing to answer");
    return answer();
  });
  return { caches };
}

const whole: Answer = () => new Response(CONTENT);
const status =
  (code: number): Answer =>
  () =>
    new Response("an error page", { status: code });
const noConnection: Answer = () => Promise.reject(new TypeError("Failed to fetch"));
const damaged: Answer = () => new Response(CONTENT.map((byte, index) => (index === 500 ? byte ^ 1 : byte)));

/** Breaks off after some bytes. */
const cut: Answer = () => {
  let isFirst = true;
  const body = new ReadableStream({
    pull(controller) {
      if (isFirst) controller.enqueue(CONTENT.subarray(0, 400));
      else controller.error(new TypeError("network error"));
      isFirst = false;
    },
  });
  return new Response(body);
};

/** What becomes of it when a minute has passed. */
async function later<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  for (let second = 0; second < 60; second++) await vi.advanceTimersByTimeAsync(1000);
  return work;
}

function fetched(signal = new AbortController().signal) {
  const notices: string[] = [];
  const counts: number[] = [];
  const done = fetchFile(ADDRESS, FILE, {
    signal,
    onNotice: (words) => void notices.push(words),
    onBytes: (bytes) => void counts.push(bytes),
  });
  return { done: later(done), notices, counts };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a file", () => {
  test("arrives, verified", async () => {
    const { caches } = answers(whole);
    const { done, notices, counts } = fetched();
    expect(await done).toEqual(CONTENT);
    expect(counts.at(-1)).toBe(1000);
    expect([caches, notices]).toEqual([["default"], []]);
  });

  test("that is damaged once is fetched again, past the browser's cache", async () => {
    const { caches } = answers(damaged, whole);
    const { done, notices } = fetched();
    expect(await done).toEqual(CONTENT);
    expect(caches).toEqual(["default", "reload"]);
    expect(notices).toEqual(["tfjs/group1-shard1of2.bin arrived damaged and is fetched again."]);
  });

  test("that is always damaged is refused with both hashes", async () => {
    const { caches } = answers(damaged);
    const found = createHash("sha256")
      .update(new Uint8Array(await (await damaged()).arrayBuffer()))
      .digest("hex");
    await expect(fetched().done).rejects.toMatchObject({
      code: "format",
      message: `tfjs/group1-shard1of2.bin: SHA-256: expected ${SHA256}, found ${found}`,
      hint: "The file on the server is not the one that was exported: upload it again, and empty the caches on the way.",
    });
    expect(caches).toHaveLength(2);
  });

  test.each([
    [() => new Response(CONTENT.subarray(0, 900)), "size: expected 1000 bytes, found 900 bytes"],
    [() => new Response(new Uint8Array(1e6)), "size: expected 1000 bytes, found more than 1000 bytes"],
    [() => new Response(null), "size: expected 1000 bytes, found 0 bytes"],
  ])("of another size is refused", async (answer, message) => {
    answers(answer);
    await expect(fetched().done).rejects.toThrow(`tfjs/group1-shard1of2.bin: ${message}`);
  });

  test("that is not there is refused at once", async () => {
    const { caches } = answers(status(404));
    await expect(fetched().done).rejects.toMatchObject({
      code: "network",
      message: "tfjs/group1-shard1of2.bin: expected a file, found none (status 404)",
      hint: "Upload the whole folder of the export, with this file.",
    });
    expect(caches).toHaveLength(1);
  });

  test("survives a connection that breaks and a server that is busy; what counted does not count again", async () => {
    answers(cut, status(503), whole);
    const { done, notices } = fetched();
    expect(await done).toEqual(CONTENT);
    expect(notices).toEqual([
      "tfjs/group1-shard1of2.bin: the connection broke after 400 of 1000 bytes (network error). It is fetched again.",
      "tfjs/group1-shard1of2.bin: the server is busy (status 503). It is fetched again.",
    ]);
  });

  test("that never arrives is given up in words", async () => {
    const { caches } = answers(noConnection);
    await expect(fetched().done).rejects.toMatchObject({
      code: "network",
      message: "tfjs/group1-shard1of2.bin: the connection broke after 0 of 1000 bytes (Failed to fetch), 3 times",
      hint: "Check the connection and load again: what has arrived is kept.",
    });
    expect(caches).toHaveLength(3);
  });

  test("that stalls is asked for again", async () => {
    let isFirst = true;
    vi.stubGlobal("fetch", (_: URL, { signal }: RequestInit) => {
      if (!isFirst) return Promise.resolve(whole());
      isFirst = false;
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    });
    const { done, notices } = fetched();
    expect(await done).toEqual(CONTENT);
    expect(notices[0]).toContain("the connection broke after 0 of 1000 bytes (nothing came for 30 s)");
  });

  test("stops at once when aborted, also between two attempts", async () => {
    answers(noConnection);
    const controller = new AbortController();
    const { done } = fetched(controller.signal);
    const reason = new DOMException("no", "AbortError");
    setTimeout(() => controller.abort(reason), 100);
    await expect(done).rejects.toBe(reason);
  });
});

describe("the manifest", () => {
  const options = (kept?: string) => ({
    signal: new AbortController().signal,
    kept: async () => kept,
    onNotice: vi.fn(),
  });
  const url = new URL("https://site.example/model/manifest.json");

  test("is asked for each time", async () => {
    const { caches } = answers(() => new Response("{}"));
    expect(await fetchManifest(url, options("old"))).toBe("{}");
    expect(caches).toEqual(["no-cache"]);
  });

  test("is the kept one where there is no connection", async () => {
    answers(noConnection);
    const given = options("kept");
    expect(await fetchManifest(url, given)).toBe("kept");
    expect(given.onNotice).toHaveBeenCalledWith("There is no connection: the model of your last visit is used.");
    await expect(later(fetchManifest(url, options()))).rejects.toMatchObject({
      code: "network",
      message: "manifest.json: the connection broke after 0 bytes (Failed to fetch)",
    });
  });

  test("that is not there, or endless, is refused in words", async () => {
    answers(status(404));
    await expect(fetchManifest(url, options("kept"))).rejects.toThrow(
      "https://site.example/model/manifest.json: expected a manifest, found none (status 404)",
    );
    answers(() => new Response(new Uint8Array(5 * 1024 * 1024)));
    await expect(fetchManifest(url, options())).rejects.toThrow(
      "manifest.json: size: expected at most 4194304 bytes, found more",
    );
  });
});

describe("progress", () => {
  const files = ["a", "b", "c"].map((path) => ({ path, bytes: 100, sha256: "" }));
  const [a, b, c] = files;
  if (a === undefined || b === undefined || c === undefined) throw new Error("three files");

  test("begins with the total, never goes back, and ends exactly", () => {
    const seen: LoadProgress[] = [];
    const tally = createTally(files, (progress) => void seen.push(progress));
    tally.kept(a);
    for (const bytes of [10, 60, 20, 100]) {
      vi.advanceTimersByTime(100);
      tally.arrived(b, bytes);
    }
    for (let bytes = 1; bytes <= 100; bytes++) tally.arrived(c, bytes);
    tally.arrived(c, 100);
    const download = { stage: "download", total: 300 };
    expect(seen[0]).toEqual({ ...download, bytes: 0, fromCache: 0 });
    expect(seen.at(-1)).toEqual({ ...download, bytes: 300, fromCache: 100 });
    const bytes = seen.map((progress) => ("bytes" in progress ? progress.bytes : Number.NaN));
    expect(bytes).toEqual([...bytes].sort((x, y) => x - y));
    expect(new Set(bytes.slice(1)).size).toBe(bytes.length - 1);
  });
});

describe("files side by side", () => {
  test("come in order, and no more than six are on their way or waiting", async () => {
    let most = 0;
    let open = 0;
    const load = async (index: number) => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 20 - index));
      return Uint8Array.of(index);
    };
    const items = Array.from({ length: 20 }, (_, index) => index);
    const found: number[] = [];
    vi.useRealTimers();
    const reader = inOrder(items, load).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      open--;
      found.push(...new Uint8Array(next.value));
    }
    expect(found).toEqual(items);
    // The seventh is the one that has just been taken.
    expect(most).toBe(7);
  });

  test("end with the first failure", async () => {
    const load = async (index: number) => {
      if (index === 2) throw new Error("broken");
      return Uint8Array.of(index);
    };
    const reader = inOrder([0, 1, 2, 3], load).getReader();
    expect([await reader.read(), await reader.read()].map(({ done }) => done)).toEqual([false, false]);
    await expect(reader.read()).rejects.toThrow("broken");
  });
});
