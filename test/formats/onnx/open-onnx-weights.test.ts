import { readFileSync } from "node:fs";
import { copyFile, mkdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { FormatError } from "../../../src/core/errors.js";
import { decodeFloats } from "../../../src/core/tensor.js";
import { indexModel } from "../../../src/formats/onnx/model-index.js";
import { openOnnxWeights } from "../../../src/formats/onnx/open-onnx-weights.js";
import { storedParameters } from "../../../src/formats/onnx/stored-parameters.js";
import { openFile } from "../../../src/io/file-source.js";
import { golden } from "../../helpers/golden.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const EXPECTED = z
  .record(z.string(), z.object({ shape: z.array(z.number()), values: z.array(z.number()) }))
  .parse(JSON.parse(readFileSync(golden("onnx/expected.json"), "utf8")));

/** A copy of a model and its data that a test may damage. */
async function copied(): Promise<{ readonly folder: string; readonly model: string }> {
  const folder = await temporaryFolder();
  for (const name of ["outside.onnx", "outside.data"]) await copyFile(golden(`onnx/${name}`), join(folder, name));
  return { folder, model: join(folder, "outside.onnx") };
}

/** Writes another text of the same length into a model. */
async function replaceText(file: string, from: string, to: string): Promise<void> {
  const bytes = await readFile(file);
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  expect(to).toHaveLength(from.length);
  bytes.write(to, at);
  await writeFile(file, bytes);
}

describe("what the onnx package wrote", () => {
  test.each(["inside.onnx", "outside.onnx"])(
    "%s: every parameter in our own order, whatever its layout and type",
    async (name) => {
      await using weights = await openOnnxWeights(golden(`onnx/${name}`));
      expect([...weights.tensors.keys()]).toEqual(Object.keys(EXPECTED).sort());
      expect(weights.metadata).toEqual(
        new Map([
          ["format", "biggan-port"],
          ["note", "tab\tand é"],
        ]),
      );
      for (const [parameter, { shape, values }] of Object.entries(EXPECTED)) {
        expect(weights.tensors.get(parameter), parameter).toMatchObject({
          dtype: "float32",
          shape,
          byteLength: 4 * values.length,
        });
        expect(Array.from(decodeFloats(await weights.read(parameter), "float32")), parameter).toEqual(values);
      }
      await expect(weights.read("typed")).rejects.toThrow(FormatError);
    },
  );

  test("is opened without reading its numbers", async () => {
    const read: string[] = [];
    await using weights = await openOnnxWeights(golden("onnx/outside.onnx"), {
      openFile: async (path) => {
        const source = await openFile(path);
        const slice: typeof source.slice = (start, end, options) => {
          read.push(path);
          return source.slice(start, end, options);
        };
        return { ...source, slice };
      },
    });
    expect(read).toEqual([golden("onnx/outside.onnx")]);
    await weights.read("conv.b");
    expect(read.at(-1)).toBe(golden("onnx/outside.data"));
  });
});

describe("tensors in a file of their own", () => {
  test("must lie inside it", async () => {
    const { folder, model } = await copied();
    await truncate(join(folder, "outside.data"), 1000);
    await expect(openOnnxWeights(model)).rejects.toThrow(
      /: expected a range inside the 1000 bytes of outside\.data, found bytes \d+ to \d+$/,
    );
  });

  test("must be there", async () => {
    const { model } = await copied();
    await replaceText(model, "outside.data", "nowhere.data");
    await expect(openOnnxWeights(model)).rejects.toThrow(/nowhere\.data.*: expected a readable file/);
  });

  test.each(["../aside.data", "/tmp/pas.data", "x\\..\\data.x1"])(
    "are looked for inside the folder alone, not at %s",
    async (place) => {
      const { model } = await copied();
      await replaceText(model, "outside.data", place.slice(0, 12));
      await expect(openOnnxWeights(model)).rejects.toThrow(
        /location: expected a path inside the model's folder, found "/,
      );
    },
  );

  test("are not followed through a link out of it", async () => {
    const { folder, model } = await copied();
    const inner = join(folder, "inner");
    await mkdir(inner);
    await copyFile(model, join(inner, "outside.onnx"));
    await symlink(join(folder, "outside.data"), join(inner, "outside.data"));
    await expect(openOnnxWeights(join(inner, "outside.onnx"))).rejects.toThrow(
      'external data: expected a file inside the model\'s folder, found a link out of it, "outside.data"',
    );
  });
});

/** Runs the walk over bytes in memory, and notes how much it asked for at a time. */
function parse(bytes: Uint8Array): { readonly largest: number } {
  const walk = indexModel("model.onnx", bytes.length);
  let largest = 0;
  let step = walk.next();
  while (!step.done) {
    const { start, end } = step.value;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(bytes.length);
    largest = Math.max(largest, end - start);
    step = walk.next(bytes.subarray(start, end));
  }
  storedParameters("model.onnx", step.value.tensors);
  return { largest };
}

/** An extent of 2^30, as a field. */
const BILLION = [0x08, 0x80, 0x80, 0x80, 0x80, 0x04];

describe("damaged models", () => {
  const good = new Uint8Array(readFileSync(golden("onnx/inside.onnx")));

  function refusesOrReads(bytes: Uint8Array): void {
    try {
      parse(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
    }
  }

  test("a good one is read", () => expect(() => parse(good)).not.toThrow());

  test("cut short anywhere: a FormatError, or what is there", () => {
    for (let length = 0; length < good.length; length++) refusesOrReads(good.subarray(0, length));
  });

  test("with any bytes changed: nothing but a FormatError", () => {
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at] = value;
        refusesOrReads(bytes);
      }),
      { numRuns: 2000, seed: 6 },
    );
  });

  test("any bytes at all: nothing but a FormatError", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), refusesOrReads), { numRuns: 2000, seed: 6 });
  });

  test.each([
    ["empty", [], "model: expected a graph, found none"],
    [
      "a length beyond the file",
      [0x3a, 0x7f],
      "at byte 0: model: expected a field of at most 0 bytes, found 127 bytes in field 7",
    ],
    [
      "a length beyond 2^53",
      [0x3a, ...Array.from({ length: 9 }, () => 0xff), 0x01],
      "at byte 0: model: expected a number or a length, found the end of the message, or one beyond 2^53",
    ],
    ["a group", [0x3b], "at byte 0: model: expected a field of type 0, 1, 2 or 5, found type 3"],
    ["two graphs", [0x3a, 0, 0x3a, 0], "at byte 2: model: expected one graph, found two"],
    [
      "extents of 2^60 numbers",
      [0x3a, 16, 0x2a, 14, ...BILLION, ...BILLION, 0x10, 1],
      'at byte 4: tensor "": extents: expected whole numbers from 0 whose product is below 2^53, found [1073741824, 1073741824]',
    ],
    [
      "fewer bytes than its extents need",
      [0x3a, 6, 0x2a, 4, 0x08, 3, 0x10, 1],
      'at byte 4: tensor "": bytes: expected 12 for float32 [3], found 0',
    ],
  ])("%s", (_, bytes, message) => {
    expect(() => parse(Uint8Array.from(bytes))).toThrow(`model.onnx${message.startsWith("at") ? " " : ": "}${message}`);
  });
});
