import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InterruptedError } from "../../../src/core/errors.js";
import { tensorPieces } from "../../../src/core/tensor-source.js";
import { openSafetensors } from "../../../src/formats/safetensors/open-safetensors.js";
import {
  encodeHeader,
  type TensorToWrite,
  writeSafetensors,
} from "../../../src/formats/safetensors/write-safetensors.js";
import { golden } from "../../helpers/golden.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

async function* once(bytes: Uint8Array) {
  yield bytes;
}

describe("writeSafetensors", () => {
  test.each(["every-type", "plain", "nothing"])("writes %s as the Python package writes it", async (name) => {
    const theirs = golden(`safetensors/${name}.safetensors`);
    await using file = await openSafetensors(theirs);
    const path = join(await temporaryFolder(), "ours.safetensors");
    const tensors = [...file.tensors.values()];
    const told: number[] = [];
    const written = await writeSafetensors(path, tensors, (tensor) => tensorPieces(file, tensor.name), {
      metadata: Object.fromEntries(file.metadata),
      onProgress: (done, total) => told.push(done / total),
    });
    const bytes = await readFile(theirs);
    expect(await readFile(path)).toEqual(bytes);
    expect(written).toEqual({ bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    if (told.length > 0) expect(told.at(-1)).toBe(1);
  });

  test("does not depend on the order in which tensors and metadata come", () => {
    const tensors: TensorToWrite[] = [
      { name: "b", dtype: "float32", shape: [2] },
      { name: "a", dtype: "float16", shape: [] },
      { name: "c", dtype: "float32", shape: [1, 3] },
    ];
    const { bytes, order, dataBytes } = encodeHeader(tensors, { x: "1", w: "2" });
    expect(encodeHeader(tensors.toReversed(), { w: "2", x: "1" }).bytes).toEqual(bytes);
    expect(order.map(({ name }) => name)).toEqual(["b", "c", "a"]);
    expect(dataBytes).toBe(22);
    expect(bytes.byteLength % 8).toBe(0);
    expect(Buffer.from(bytes.subarray(8)).toString()).toMatch(/^\{"__metadata__":\{"w":"2","x":"1"\},"b":.*\} *$/);
  });

  test("refuses what would not be read back", async () => {
    const tensor: TensorToWrite = { name: "a", dtype: "float32", shape: [2] };
    expect(() => encodeHeader([tensor, tensor])).toThrow("a name of its own");
    expect(() => encodeHeader([{ ...tensor, name: "__metadata__" }])).toThrow("other than __metadata__");
    const path = join(await temporaryFolder(), "x.safetensors");
    const write = (length: number) => writeSafetensors(path, [tensor], () => once(new Uint8Array(length)));
    await expect(write(7)).rejects.toThrow("safetensors: a: the bytes given do not fit its shape [2]");
    await expect(write(9)).rejects.toThrow("safetensors: a: the bytes given do not fit its shape [2]");
    const signal = AbortSignal.abort();
    const aborted = writeSafetensors(path, [tensor], () => once(new Uint8Array(8)), { signal });
    await expect(aborted).rejects.toThrow(InterruptedError);
  });

  test("what it writes is read back, whatever the names, shapes and pieces", async () => {
    const folder = await temporaryFolder();
    const dtype = fc.constantFrom("float32" as const, "float16" as const, "float64" as const, "uint8" as const);
    const shape = fc.array(fc.nat(4), { maxLength: 4 });
    const name = fc.string({ unit: "binary", maxLength: 20 }).filter((text) => text !== "__metadata__");
    const tensors = fc.uniqueArray(fc.record({ name, dtype, shape }), {
      selector: (tensor) => tensor.name,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(tensors, fc.dictionary(name, fc.string({ unit: "binary" })), async (given, metadata) => {
        const path = join(folder, "any.safetensors");
        const fill = async function* (tensor: TensorToWrite) {
          const { byteLength } = info.get(tensor.name) ?? { byteLength: 0 };
          for (let at = 0; at < byteLength; at += 5) yield new Uint8Array(Math.min(5, byteLength - at)).fill(at + 1);
        };
        const sizes = { float64: 8, float32: 4, float16: 2, uint8: 1 };
        const info = new Map(
          given.map((one) => [one.name, { byteLength: one.shape.reduce((a, b) => a * b, sizes[one.dtype]) }]),
        );
        await writeSafetensors(path, given, fill, { metadata });
        await using file = await openSafetensors(path);
        expect(new Map(file.metadata)).toEqual(new Map(Object.entries(metadata)));
        expect(file.tensors.size).toBe(given.length);
        for (const one of given) {
          expect(file.tensors.get(one.name)).toMatchObject({ dtype: one.dtype, shape: one.shape });
          const bytes = await file.read(one.name);
          expect(bytes).toEqual(bytes.map((_, at) => Math.floor(at / 5) * 5 + 1));
        }
      }),
      { numRuns: 60 },
    );
  });
});
