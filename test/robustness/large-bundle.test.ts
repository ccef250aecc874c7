import { copyFile, open, readFile, stat, truncate } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openTensorBundle } from "../../src/formats/tf-bundle/tensor-bundle.js";
import { answerOf } from "../helpers/broken.js";
import { countingFiles } from "../helpers/counting-files.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** What TensorFlow wrote among 5 GiB of zeros, and where: scripts/fixtures/make_large_bundle.py. */
const { size, tensors } = z
  .object({
    size: z.number(),
    tensors: z.record(
      z.string(),
      z.object({ dtype: z.string(), shape: z.array(z.number()), offset: z.number(), hex: z.string() }),
    ),
  })
  .parse(JSON.parse(await readFile(fixture("bundles/beyond-4-gib/expected.json"), "utf8")));

const DATA = "variables.data-00000-of-00001";
const GIB = 1024 ** 3;

/** Whether bytes that were never written take no space: a file of 64 MiB that has less than 1. */
async function keepsHoles(folder: string): Promise<boolean> {
  const file = path.join(folder, "holes");
  await (await open(file, "w")).close();
  await truncate(file, 64 * 1024 * 1024);
  return (await stat(file)).blocks * 512 < 1024 * 1024;
}

/** The checkpoint, with holes in place of the zeros; undefined where that would take 5 GiB. */
async function largeBundle(): Promise<string | undefined> {
  const folder = await temporaryFolder();
  if (!(await keepsHoles(folder))) return undefined;
  await copyFile(fixture("bundles/beyond-4-gib/variables.index"), path.join(folder, "variables.index"));
  const data = await open(path.join(folder, DATA), "w");
  try {
    await data.truncate(size);
    for (const { offset, hex } of Object.values(tensors)) {
      await data.write(Buffer.from(hex, "hex"), 0, hex.length / 2, offset);
    }
  } finally {
    await data.close();
  }
  return folder;
}

const NO_HOLES = "the file system of temporary files has no sparse files: this would write 5 GiB";

describe("a checkpoint of 5 GiB whose index TensorFlow wrote", () => {
  test("is indexed without its data, and single tensors are read, across 2 and 4 GiB and beyond, and nothing else", async ({
    skip,
  }) => {
    const folder = await largeBundle();
    if (folder === undefined) return skip(NO_HOLES);
    const counting = countingFiles();
    await using bundle = await openTensorBundle(folder, "variables", { openFile: counting.openFile });
    expect(counting.bytesRead.get(DATA)).toBeUndefined();
    expect(bundle.tensors.size).toBe(10);
    expect(bundle.tensors.get("f/zeros")?.byteLength).toBe(GIB);

    let read = 0;
    for (const [name, { dtype, shape, offset, hex }] of Object.entries(tensors)) {
      expect(bundle.tensors.get(name)).toMatchObject({ dtype, shape, origin: `${DATA} @ ${offset}` });
      const bytes = await bundle.read(name);
      expect(Buffer.from(bytes).toString("hex"), name).toBe(hex);
      read += hex.length / 2;
      expect(counting.bytesRead.get(DATA), name).toBe(read);
    }
    const places = Object.values(tensors).map(({ offset }) => offset);
    expect(places.filter((offset) => offset < 4 * GIB && offset + 256 > 4 * GIB)).toHaveLength(1);
    expect(places.filter((offset) => offset > 4 * GIB)).toHaveLength(2);
  });

  test("is refused with its true numbers when its data file ends early", async ({ skip }) => {
    const folder = await largeBundle();
    if (folder === undefined) return skip(NO_HOLES);
    await truncate(path.join(folder, DATA), 4 * GIB + 10);
    expect(await answerOf(() => openTensorBundle(folder))).toEqual({
      code: "format",
      message:
        "variables.index: entry e/across_4_gib: expected a range inside the 4294967306 bytes of variables.data-00000-of-00001, found bytes 4294967168 to 4294967424",
    });
  });
});
