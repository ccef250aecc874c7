import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { FormatError } from "../../../src/core/errors.js";
import { decodeFloats } from "../../../src/core/tensor.js";
import { tensorPieces } from "../../../src/core/tensor-source.js";
import { exportTfjs } from "../../../src/export/tfjs.js";
import { openTfjsWeights } from "../../../src/formats/tfjs/open-tfjs-weights.js";
import { parseModelDocument } from "../../../src/formats/tfjs/weights-manifest.js";
import { answerOf } from "../../helpers/broken.js";
import { randomNumbers, randomParameters, smallBigGan } from "../../helpers/small-generators.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";
import { fileHandler } from "../../helpers/tfjs-files.js";

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend("cpu");
});

/** Every weight as tfjs itself decodes it. */
async function theirs(folder: string) {
  const { weightSpecs = [], weightData } = (await fileHandler(folder).load?.()) ?? {};
  if (!(weightData instanceof ArrayBuffer)) throw new Error("expected one buffer");
  return tf.io.decodeWeights(weightData, weightSpecs);
}

async function expectSame(folder: string): Promise<number> {
  const wanted = await theirs(folder);
  await using weights = await openTfjsWeights(join(folder, "model.json"));
  expect([...weights.tensors.keys()]).toEqual(Object.keys(wanted).sort());
  for (const [name, tensor] of Object.entries(wanted)) {
    const info = weights.tensors.get(name);
    expect({ dtype: info?.dtype, shape: info?.shape }, name).toEqual({ dtype: tensor.dtype, shape: tensor.shape });
    const values = tensor.dataSync();
    const bytes = await weights.read(name);
    expect(bytes.byteLength, name).toBe(info?.byteLength);
    expect(Buffer.from(bytes).equals(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)), name).toBe(
      true,
    );
    const pieces: Uint8Array[] = [];
    for await (const piece of tensorPieces(weights, name)) pieces.push(piece.slice());
    expect(Buffer.concat(pieces).equals(bytes), name).toBe(true);
  }
  return weights.tensors.size;
}

/** A model.json with these groups, its files filled with numbers. */
async function folderWith(
  groups: readonly { readonly files: readonly number[]; readonly weights: readonly object[] }[],
) {
  const folder = await temporaryFolder();
  const weightsManifest = [];
  for (const [group, { files, weights }] of groups.entries()) {
    const paths = files.map((_, index) => `group${group}-${index}.bin`);
    for (const [index, size] of files.entries()) {
      const bytes = Uint8Array.from(randomNumbers(size, 100 * group + index + 1), (value) => 128 + 127 * value);
      await writeFile(join(folder, paths[index] ?? ""), bytes);
    }
    weightsManifest.push({ paths, weights });
  }
  await writeFile(
    join(folder, "model.json"),
    JSON.stringify({ format: "graph-model", modelTopology: {}, weightsManifest }),
  );
  return folder;
}

const MIXED = [
  {
    // Cut inside weights, a file of nothing among them.
    files: [7, 0, 50, 3, 20],
    weights: [
      { name: "plain", shape: [2, 3], dtype: "float32" },
      { name: "bytes", shape: [4, 2], dtype: "float32", quantization: { dtype: "uint8", scale: 0.0123, min: -1.5 } },
      { name: "words", shape: [5], dtype: "float32", quantization: { dtype: "uint16", scale: 3e-5, min: -0.7 } },
      { name: "halves", shape: [1, 6], dtype: "float32", quantization: { dtype: "float16" } },
      { name: "whole", shape: [3], dtype: "int32", quantization: { dtype: "uint8", scale: 0.5, min: -10 } },
      { name: "count", shape: [], dtype: "int32" },
      { name: "flags", shape: [7], dtype: "bool" },
      { name: "wide", shape: [2, 2], dtype: "int32", quantization: { dtype: "uint16", scale: 7, min: 3 } },
      { name: "nothing", shape: [0, 9], dtype: "float32" },
      { name: "four", shape: [1], dtype: "float32" },
    ],
  },
  { files: [], weights: [] },
  { files: [16], weights: [{ name: "other", shape: [4], dtype: "float32" }] },
];

describe("openTfjsWeights gives what tfjs itself decodes", () => {
  test("of our exports", async () => {
    const graph = smallBigGan();
    const folder = await temporaryFolder();
    await exportTfjs(graph, randomParameters(graph), folder, { metadata: { note: "a", other: "b" } });
    expect(await expectSame(folder)).toBeGreaterThan(graph.parameters.size);
    await using weights = await openTfjsWeights(join(folder, "model.json"));
    expect(weights.metadata).toEqual(new Map(Object.entries({ note: "a", other: "b" })));
  });

  test("of quantized groups, over the borders of files", async () => {
    expect(await expectSame(await folderWith(MIXED))).toBe(11);
  });

  test("of any quantization", async () => {
    const dtype = fc.constantFrom("uint8", "uint16");
    const factor = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const weight = fc.record({ dtype, scale: factor, min: factor, whole: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(weight, { minLength: 1, maxLength: 5 }), async (chosen) => {
        const weights = chosen.map(({ dtype, scale, min, whole }, index) => ({
          name: `w${index}`,
          shape: [3, 5],
          dtype: whole ? "int32" : "float32",
          quantization: { dtype, scale, min },
        }));
        const size = chosen.reduce((sum, { dtype }) => sum + (dtype === "uint8" ? 15 : 30), 0);
        expect(await expectSame(await folderWith([{ files: [size], weights }]))).toBe(chosen.length);
      }),
      { numRuns: 30 },
    );
  });

  test("of every float16", async () => {
    const folder = await folderWith([
      {
        files: [131_072],
        weights: [{ name: "w", shape: [65_536], dtype: "float32", quantization: { dtype: "float16" } }],
      },
    ]);
    await writeFile(
      join(folder, "group0-0.bin"),
      Uint16Array.from({ length: 65_536 }, (_, bits) => bits),
    );
    const { w } = await theirs(folder);
    const wanted = w?.dataSync() ?? [];
    await using weights = await openTfjsWeights(join(folder, "model.json"));
    const found = decodeFloats(await weights.read("w"), "float32");
    // NaNs are alike whatever their bits.
    expect(found.findIndex((value, index) => !Object.is(value, wanted[index]))).toBe(-1);
  });
});

describe("openTfjsWeights refuses", () => {
  const answer = async (folder: string) =>
    (
      await answerOf(async () => {
        await using _ = await openTfjsWeights(join(folder, "model.json"));
      })
    )?.message;
  const withWeight = async (weight: object, files = [24]) => {
    const good = { name: "w", shape: [2, 3], dtype: "float32" };
    return answer(await folderWith([{ files, weights: [{ ...good, ...weight }] }]));
  };

  test.each([
    [
      "a weight longer than its files",
      {},
      [23],
      /^model\.json: weightsManifest: expected 24 bytes in 1 files, found 23$/,
    ],
    ["a weight shorter than its files", {}, [20, 5], /weightsManifest: expected 24 bytes in 2 files, found 25$/],
    [
      "an unknown type",
      { dtype: "string" },
      [24],
      /weightsManifest\.0\.weights\.0\.dtype: expected float32, int32 or bool, found "string"$/,
    ],
    ["a fraction of an extent", { shape: [1.5] }, [24], /weights\.0\.shape\.0: .*found 1\.5$/],
    ["an endless shape", { shape: [2 ** 40, 2 ** 40] }, [24], /weight w shape: expected a size below 2\^53 bytes/],
    ["no scale", { quantization: { dtype: "uint8", min: 0 } }, [6], /quantization\.scale: .*found nothing$/],
    [
      "an endless scale",
      { quantization: { dtype: "uint8", min: 0, scale: "1e999" } },
      [6],
      /quantization\.scale: .*found "1e999"$/,
    ],
    ["an unknown packing", { quantization: { dtype: "int4" } }, [6], /quantization\.dtype: .*found "int4"$/],
    [
      "packed flags",
      { dtype: "bool", quantization: { dtype: "float16" } },
      [12],
      /weight w quantization: expected none for bool, found float16$/,
    ],
  ])("%s", async (_, weight, files, message) => {
    expect(await withWeight(weight, files)).toMatch(message);
  });

  test("a name twice, a path outside, a missing file, another format, no JSON, no file", async () => {
    const weights = [{ name: "w", shape: [1], dtype: "float32" }];
    expect(
      await answer(
        await folderWith([
          { files: [4], weights },
          { files: [4], weights },
        ]),
      ),
    ).toMatch(/weight w: expected one, found two$/);
    const folder = await folderWith([{ files: [4], weights }]);
    const text = await readFile(join(folder, "model.json"), "utf8");
    const changed = async (from: string, to: string) => {
      await writeFile(join(folder, "model.json"), text.replace(from, to));
      return answer(folder);
    };
    expect(await changed("group0-0.bin", "../group0-0.bin")).toMatch(/paths\.0: a path|paths\.0: expected a path/);
    expect(await changed("group0-0.bin", "other.bin")).toMatch(
      /other\.bin: file: expected a readable file, found no such file/,
    );
    expect(await changed("graph-model", "layers-model")).toMatch(/^model\.json: format: .*found "layers-model"$/);
    expect(await changed("{", "")).toMatch(/^model\.json: document: expected JSON in UTF-8/);
    expect(await answer(join(folder, "nowhere"))).toMatch(
      /model\.json: file: expected a readable file, found no such file/,
    );
  });

  test("nothing else than in words, whatever was changed", async () => {
    const folder = await folderWith(MIXED);
    const good = await readFile(join(folder, "model.json"));
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          parseModelDocument("model.json", bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
