import { readFileSync } from "node:fs";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { decodeFloats } from "../../../src/core/tensor.js";
import type { TensorSource } from "../../../src/core/tensor-source.js";
import { locateModel } from "../../../src/formats/recognise.js";
import { openSharded } from "../../../src/formats/sharded/open-sharded.js";
import { answerOf, brokenFiles } from "../../helpers/broken.js";
import { countingFiles } from "../../helpers/counting-files.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden } from "../../helpers/golden.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const EXPECTED = z
  .record(z.string(), z.object({ shape: z.array(z.number()), values: z.array(z.number()) }))
  .parse(JSON.parse(readFileSync(golden("sharded/expected.json"), "utf8")));

async function expectState(source: TensorSource): Promise<void> {
  expect([...source.tensors.keys()]).toEqual(Object.keys(EXPECTED).sort());
  for (const [name, { shape, values }] of Object.entries(EXPECTED)) {
    const info = source.tensors.get(name);
    expect(info?.shape).toEqual(shape);
    const bytes = await source.read(name);
    expect(Array.from(decodeFloats(new Uint8Array(bytes), info?.dtype ?? "float32"))).toEqual(values);
    const pieces: Uint8Array[] = [];
    for await (const piece of source.pieces?.(name) ?? []) pieces.push(piece.slice());
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect(await source.slice?.(name, 0, 4)).toEqual(new Uint8Array(bytes.subarray(0, 4)));
  }
}

const FORMATS = [
  ["safetensors", "model.safetensors.index.json", "model*.safetensors", "sharded safetensors"],
  ["pytorch", "pytorch_model.bin.index.json", "pytorch_model-*-of-0000?.bin", "sharded pytorch-zip"],
] as const;

describe.each(FORMATS)("shards that huggingface_hub wrote: %s", (folder, index, pattern, format) => {
  const place = golden(`sharded/${folder}`);

  test.each([
    ["by their index", join(place, index)],
    ["by their folder", place],
    ["by a pattern", join(place, pattern)],
  ])("%s", async (_, path) => {
    expect(await locateModel(path)).toEqual({ kind: "sharded", file: path });
    await using source = await openSharded(path);
    expect(source.format).toBe(format);
    expect(source.tensors.get("half")?.origin).toMatch(/-of-0000\d\.\w+ /);
    await expectState(source);
  });

  test("in a folder without an index, as long as all are there", async () => {
    const copy = join(await temporaryFolder(), "copy");
    await mkdir(copy);
    const shards = (await readdir(place)).filter((name) => name !== index);
    for (const name of shards) await copyFile(join(place, name), join(copy, name));
    expect(await locateModel(copy)).toEqual({ kind: "sharded", file: copy });
    {
      await using source = await openSharded(copy);
      await expectState(source);
    }
    await rm(join(copy, shards[1] ?? ""));
    await expect(openSharded(copy)).rejects.toThrow(/shards: expected all of \d shards, found \d, without number 2$/);
  });

  test("are closed when the source is, and when it does not open", async () => {
    const files = countingFiles();
    {
      await using source = await openSharded(place, { openFile: files.openFile });
      expect(files.open.size).toBeGreaterThan(1);
      expect(source.unsupported.size).toBe(0);
      await expect(source.read("none")).rejects.toThrow(/tensor none: expected a tensor, found none of this name$/);
    }
    expect(files.open.size).toBe(0);
    await answerOf(() => openSharded(fixture("broken/sharded/tensor-in-two-shards"), { openFile: files.openFile }));
    expect(files.open.size).toBe(0);
  });
});

test.each(brokenFiles("sharded"))("%s is refused in words", async (name, answer) => {
  const found = await answerOf(async () => {
    await using source = await openSharded(fixture(`broken/sharded/${name}`));
    for (const tensor of source.tensors.keys()) await source.read(tensor);
  });
  expect(found).toEqual(answer);
});

test("a pattern that no file is like", async () => {
  const pattern = join(golden("sharded"), "none-*.bin");
  await expect(openSharded(pattern)).rejects.toThrow(/shards: expected 1 to 512 files, found 0$/);
});
