import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPortError } from "../../../src/core/errors.js";
import { decodeFloats, isFloat } from "../../../src/core/tensor.js";
import { parseNpz } from "../../../src/formats/npy/npz.js";
import { openNpz } from "../../../src/formats/npy/open-npz.js";
import { recogniseModel } from "../../../src/formats/recognise.js";
import { answerOf, brokenFiles } from "../../helpers/broken.js";
import { fixture } from "../../helpers/fixtures.js";
import { golden, goldenBytes } from "../../helpers/golden.js";
import { memoryFile } from "../../helpers/memory-file.js";
import { mutated, mutations } from "../../helpers/mutations.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

describe("an archive that numpy wrote", () => {
  test.each(["stored.npz", "deflated.npz"])("%s is a source of the same arrays", async (name) => {
    const path = golden(`npy/${name}`);
    expect(await recogniseModel(path)).toBe("npz");
    const parsed = parseNpz(name, goldenBytes(`npy/${name}`));
    await using source = await openNpz(path);
    expect([...source.tensors.keys()]).toEqual([...parsed.keys()].sort());
    expect(source.slice === undefined).toBe(name === "deflated.npz");
    for (const [key, { dtype, shape, byteLength }] of source.tensors) {
      const tensor = parsed.get(key);
      expect(shape).toEqual(tensor?.shape);
      const bytes = await source.read(key);
      expect(bytes.length).toBe(byteLength);
      if (isFloat(dtype)) expect(decodeFloats(new Uint8Array(bytes), dtype)).toEqual(tensor?.data);
      const pieces: Uint8Array[] = [];
      for await (const piece of source.pieces?.(key, { unit: 4 }) ?? []) pieces.push(piece.slice());
      expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
      if (source.slice) expect(await source.slice(key, 0, 4)).toEqual(bytes.subarray(0, 4));
    }
    await expect(source.read("none")).rejects.toThrow(/expected an array, found none of this name$/);
  });

  test("larger than a read comes whole and in pieces", async () => {
    await using source = await openNpz(fixture("biggan-mini.reference.npz"));
    const into = new Uint8Array(source.tensors.get("image")?.byteLength ?? 0);
    for await (const piece of source.pieces?.("image", { unit: 32 * 32 * 12, into }) ?? []) {
      expect(piece.length % (32 * 32 * 12)).toBe(0);
    }
    expect(Buffer.from(into).equals(await source.read("image"))).toBe(true);
  });
});

test.each(brokenFiles("npz"))("%s is refused in words", async (name, answer) => {
  const found = await answerOf(async () => {
    await using source = await openNpz(fixture(`broken/npz/${name}`));
    for (const array of source.tensors.keys()) await source.read(array);
  });
  expect(found).toEqual(answer);
});

test("a damaged archive is read or refused, never anything else", async () => {
  const files = ["stored.npz", "deflated.npz"].map((name) => goldenBytes(`npy/${name}`));
  const longest = Math.max(...files.map(({ length }) => length));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), mutations(longest), async (good, changes) => {
      const bytes = mutated(good, changes);
      try {
        await using source = await openNpz("x", { openFile: async (path) => memoryFile(path, bytes) });
        for (const [name, { byteLength }] of source.tensors) expect((await source.read(name)).length).toBe(byteLength);
      } catch (error) {
        if (!isPortError(error)) throw error;
      }
    }),
    { numRuns: 600 },
  );
});

test("a zip archive of other things is no model", async () => {
  const path = join(await temporaryFolder(), "other.zip");
  await writeFile(path, goldenBytes("npy/bad-other-file.npz"));
  await expect(recogniseModel(path)).rejects.toThrow(
    /found a zip archive with neither data\.pkl \(PyTorch\) nor arrays/,
  );
});
