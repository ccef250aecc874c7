import { createHash } from "node:crypto";
import { copyFile, mkdir, open, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import snappy from "snappyjs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { entryMessage, headerMessage, maskedCrc, tableBytes } from "../../../scripts/fixtures/bundle-writer.mjs";
import { readTable } from "../../../src/formats/tf-bundle/table.js";
import { openTensorBundle, type TensorBundle } from "../../../src/formats/tf-bundle/tensor-bundle.js";
import { unpackTarGz } from "../../../src/io/unpack-tar-gz.js";
import { createWorkspace } from "../../../src/io/workspace.js";
import { answerOf, brokenFixtures, EXPECTED } from "../../helpers/broken.js";
import { countingFiles } from "../../helpers/counting-files.js";
import { fixture } from "../../helpers/fixtures.js";

/** What TensorFlow 2.15.1 reads from the same files: scripts/fixtures/make_bundles.py. */
const expectedSchema = z.object({
  count: z.number(),
  tensors: z.record(
    z.string(),
    z.object({ dtype: z.string(), shape: z.array(z.number()), sha256: z.string().optional() }),
  ),
});

async function expectedOf(file: string) {
  return expectedSchema.parse(JSON.parse(await readFile(fixture(`bundles/${file}`), "utf8")));
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function expectAsTensorFlow(bundle: TensorBundle, expected: Awaited<ReturnType<typeof expectedOf>>) {
  expect(bundle.tensors.size + bundle.unsupported.size).toBe(expected.count);
  for (const [name, { dtype, shape, sha256: hash }] of Object.entries(expected.tensors)) {
    if (bundle.unsupported.has(name)) continue;
    expect(bundle.tensors.get(name)).toMatchObject({ name, dtype, shape });
    expect([name, sha256(await bundle.read(name))]).toEqual([name, hash]);
  }
}

/** A checkpoint of one float32 tensor "a". */
function oneTensor(entry: { shape: number[]; offset?: number; size: number; crc: number; shard?: number }, shards = 1) {
  return tableBytes([
    { key: Buffer.from(""), value: headerMessage({ shards }) },
    { key: Buffer.from("a"), value: entryMessage(entry) },
  ]);
}

describe("openTensorBundle", () => {
  test.each(["types", "sharded", "large-index", "partitioned"])("reads %s as TensorFlow does", async (name) => {
    await using bundle = await openTensorBundle(fixture(`bundles/${name}`));
    await expectAsTensorFlow(bundle, await expectedOf(`${name}/expected.json`));
  });

  test.each(["biggan-mini", "biggan-deep-mini"])("reads every tensor of %s as TensorFlow does", async (name) => {
    await using workspace = await createWorkspace();
    await unpackTarGz(fixture(`${name}.tar.gz`), workspace.path);
    await using bundle = await openTensorBundle(path.join(workspace.path, "variables"));
    expect(bundle.unsupported.size).toBe(0);
    await expectAsTensorFlow(bundle, await expectedOf(`${name}.json`));
  });

  test("lists what it cannot read, and says why when asked for it", async () => {
    await using types = await openTensorBundle(fixture("bundles/types"));
    expect([...types.unsupported]).toEqual([
      ["a/complex64", "DT_COMPLEX64, which is not supported"],
      ["a/string", "DT_STRING, which is not supported"],
    ]);
    expect(await answerOf(() => types.read("a/string"))).toEqual({
      code: "format",
      message:
        "variables.index: tensor a/string: expected a tensor that can be read, found DT_STRING, which is not supported",
    });
    expect(await answerOf(() => types.read("nothing"))).toEqual({
      code: "format",
      message: "variables.index: tensor nothing: expected a tensor that can be read, found none of this name",
    });
    await using partitioned = await openTensorBundle(fixture("bundles/partitioned"));
    expect([...partitioned.tensors.keys()]).toEqual(["whole"]);
    expect(await answerOf(() => partitioned.read("parts"))).toEqual({
      code: "format",
      message:
        "variables.index: tensor parts: expected a tensor that can be read, found a partitioned variable, stored in 2 slices",
    });
  });

  test("says where each tensor lives", async () => {
    await using bundle = await openTensorBundle(fixture("bundles/sharded"));
    expect(bundle).toMatchObject({ format: "tf-bundle", file: fixture("bundles/sharded/variables.index") });
    expect([...bundle.tensors.values()].slice(0, 3).map(({ origin }) => origin)).toEqual([
      "variables.data-00000-of-00003 @ 0",
      "variables.data-00001-of-00003 @ 0",
      "variables.data-00002-of-00003 @ 0",
    ]);
  });

  test("reads no weights when opening, and no more than the tensor when asked; closes what it opened", async () => {
    const files = countingFiles();
    const folder = fixture("bundles/sharded");
    const bundle = await openTensorBundle(folder, "variables", { openFile: files.openFile });
    const { size } = await stat(path.join(folder, "variables.index"));
    expect([...files.bytesRead]).toEqual([["variables.index", size]]);
    expect([...files.open]).toEqual([]);
    await Promise.all([bundle.read("layer1/w"), bundle.read("layer4/w")]);
    expect(files.bytesRead.get("variables.data-00001-of-00003")).toBe(4 * 4 * (2 + 5));
    expect([...files.open]).toEqual(["variables.data-00001-of-00003"]);
    await bundle[Symbol.asyncDispose]();
    expect([...files.open]).toEqual([]);
  });

  test("finds another prefix", async () => {
    await using workspace = await createWorkspace();
    for (const end of ["index", "data-00000-of-00001"]) {
      await copyFile(fixture(`bundles/types/variables.${end}`), path.join(workspace.path, `model.ckpt.${end}`));
    }
    await using bundle = await openTensorBundle(workspace.path, "model.ckpt");
    expect(bundle.tensors.size).toBeGreaterThan(0);
  });

  test("reads an index compressed with snappy", async () => {
    await using workspace = await createWorkspace();
    for (const name of ["types", "large-index"]) {
      const folder = path.join(workspace.path, name);
      await mkdir(folder);
      const index = await readFile(fixture(`bundles/${name}/variables.index`));
      const compressed = tableBytes([...readTable("index", index)], {
        compress: (block) => snappy.compress(new Uint8Array(block)),
      });
      await writeFile(path.join(folder, "variables.index"), compressed);
      const data = "variables.data-00000-of-00001";
      await copyFile(fixture(`bundles/${name}/${data}`), path.join(folder, data));
      await using bundle = await openTensorBundle(folder);
      await expectAsTensorFlow(bundle, await expectedOf(`${name}/expected.json`));
    }
  });

  test("reads beyond 4 GiB, and tensors larger than a piece", async () => {
    await using workspace = await createWorkspace();
    const offset = 5 * 1024 ** 3 + 3;
    const bytes = new Uint8Array(9 * 1024 * 1024).map((_, i) => i * 31);
    const entry = { shape: [bytes.length / 4], offset, size: bytes.length, crc: maskedCrc(bytes) };
    await writeFile(path.join(workspace.path, "variables.index"), oneTensor(entry));
    const data = await open(path.join(workspace.path, "variables.data-00000-of-00001"), "w");
    await data.write(bytes, 0, bytes.length, offset);
    await data.close();
    await using bundle = await openTensorBundle(workspace.path);
    expect(Buffer.compare(await bundle.read("a"), bytes)).toBe(0);
  });

  test("does not take the memory that a hostile index asks for", async () => {
    await using workspace = await createWorkspace();
    const size = 2 ** 45;
    await writeFile(path.join(workspace.path, "variables.index"), oneTensor({ shape: [size / 4], size, crc: 0 }));
    const file = path.join(workspace.path, "variables.data-00000-of-00001");
    await writeFile(file, "");
    expect(await answerOf(() => openTensorBundle(workspace.path))).toMatchObject({ code: "format" });
    const shrunk = 3 * 1024 ** 3;
    await writeFile(
      path.join(workspace.path, "variables.index"),
      oneTensor({ shape: [shrunk / 4], size: shrunk, crc: 0 }),
    );
    const data = await open(file, "w");
    await data.truncate(shrunk);
    await data.close();
    await using bundle = await openTensorBundle(workspace.path);
    expect(await answerOf(() => bundle.read("a"))).toEqual({
      code: "format",
      message:
        "variables.data-00000-of-00001 at byte 0: tensor a: expected at most 2147483648 bytes, found 3221225472 bytes",
    });
  });

  test("stops when aborted", async () => {
    const signal = AbortSignal.abort();
    expect(await answerOf(() => openTensorBundle(fixture("bundles/types"), "variables", { signal }))).toMatchObject({
      code: "interrupted",
    });
    await using bundle = await openTensorBundle(fixture("bundles/types"));
    expect(await answerOf(() => bundle.read("a/float32", { signal }))).toMatchObject({ code: "interrupted" });
  });

  test.each(brokenFixtures("folders"))("refuses broken/%s", async (name) => {
    const answer = await answerOf(async () => {
      await using bundle = await openTensorBundle(fixture(`broken/${name}`));
      for (const tensor of [...bundle.tensors.keys(), ...bundle.unsupported.keys()]) await bundle.read(tensor);
    });
    expect(answer).toEqual(EXPECTED[name]);
  });
});
