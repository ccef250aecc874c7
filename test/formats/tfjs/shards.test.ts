import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WrittenFile } from "../../../src/core/written-file.js";
import { SHARD_BYTES } from "../../../src/formats/tfjs/shard-size.js";
import { writeShards } from "../../../src/formats/tfjs/shards.js";
import { openWeightThread, type WeightThread } from "../../../src/io/weight-thread/weight-thread.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const SHARDS = 12;

let thread: WeightThread;

beforeAll(() => {
  thread = openWeightThread();
});

afterAll(() => thread[Symbol.asyncDispose]());

/** A piece a shard, each filled with its number; `asked` counts those that were asked for. */
function numberedPieces(count: number) {
  const state = { asked: 0 };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < count; index++) {
      state.asked += 1;
      yield new Uint8Array(SHARD_BYTES).fill(index);
    }
  }
  return { state, pieces };
}

test("a few shards are under way, never all: the next piece waits for the first of them", async () => {
  const { state, pieces } = numberedPieces(SHARDS);
  const ahead: number[] = [];
  const done: WrittenFile[] = [];
  const folder = await temporaryFolder();
  const onFile = (file: WrittenFile) => {
    done.push(file);
    ahead.push(state.asked - done.length);
  };
  await writeShards(folder, SHARDS * SHARD_BYTES, pieces(), { thread, onFile });
  expect(Math.max(...ahead)).toBeLessThanOrEqual(4);
  expect(done.map(({ path }) => path)).toEqual(
    Array.from({ length: SHARDS }, (_, index) => `group1-shard${index + 1}of${SHARDS}.bin`),
  );
});

test("digests are those of the files", async () => {
  const folder = await temporaryFolder();
  const done: WrittenFile[] = [];
  // With a thread of its own.
  await writeShards(folder, 3 * SHARD_BYTES, numberedPieces(3).pieces(), { onFile: (file) => done.push(file) });
  for (const { path, bytes, sha256 } of done) {
    const content = await readFile(join(folder, path));
    expect(content.length).toBe(bytes);
    expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
  }
});

test("pieces that do not add up are a fault, and what the disk says is handed on", async () => {
  const folder = await temporaryFolder();
  const write = (target: string, bytes: number) =>
    writeShards(target, bytes, numberedPieces(1).pieces(), { onFile: () => undefined });
  await expect(write(folder, SHARD_BYTES + 1)).rejects.toThrow("expected");
  await expect(write(folder, SHARD_BYTES - 1)).rejects.toThrow("more bytes");
  const missing = write(join(folder, "missing"), SHARD_BYTES);
  await expect(missing).rejects.toMatchObject({ code: "ENOENT", syscall: "open" });
  expect(await readdir(folder)).not.toContain("missing");
});
