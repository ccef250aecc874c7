import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { FormatError, isPortError, UsageError } from "../../src/core/errors.js";
import { encodeGrid } from "../../src/sampling/picture-grid.js";
import { parsePicture, readPictures } from "../../src/sampling/read-picture.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const SIDE = 4;
const PIXELS = SIDE * SIDE;

/** RGBA bytes as a PNG of 4 x 4. */
function png(bytes: readonly number[], options: object = {}): Uint8Array {
  const picture = new PNG({ width: SIDE, height: SIDE });
  picture.data = Buffer.from(bytes);
  return PNG.sync.write(picture, options);
}

const opaque = Array.from({ length: PIXELS }, (_, i) => [16 * i, 255 - i, i === 3 ? 128 : 0, 255]).flat();

function withBytes(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed.set(values, at);
  return changed;
}

describe("parsePicture", () => {
  test("gives 0 as -1 and 255 as 1, in float32", () => {
    const found = parsePicture("a.png", png(opaque), SIDE);
    expect(found).toHaveLength(PIXELS * 3);
    expect([...found.subarray(0, 3)]).toEqual([-1, 1, -1]);
    expect(found[11]).toBe(Math.fround((2 * 128) / 255 - 1));
  });

  test("takes grey and 16-bit pictures", () => {
    const grey = parsePicture("a.png", png(opaque, { colorType: 0 }), SIDE);
    expect(grey[0]).toBe(grey[1]);
    expect(grey[1]).toBe(grey[2]);
    expect(parsePicture("a.png", png(opaque, { bitDepth: 8, colorType: 2 }), SIDE)).toEqual(
      parsePicture("a.png", png(opaque), SIDE),
    );
  });

  test("takes back what a sample was written as, to half a step", () => {
    const image = { shape: [1, SIDE, SIDE, 3], data: Float32Array.from({ length: 48 }, (_, i) => i / 24 - 0.99) };
    const found = parsePicture("a.png", encodeGrid(image, 1, { gap: 0, enlarge: 1 }), SIDE);
    for (const [i, value] of image.data.entries()) expect(Math.abs((found[i] ?? 9) - value)).toBeLessThan(1 / 127);
  });

  const good = png(opaque);
  test.each([
    ["not a PNG", new Uint8Array(40), "a.png at byte 0: signature: expected a PNG, found something else"],
    ["nothing", new Uint8Array(), "a.png at byte 0: signature: expected a PNG, found something else"],
    ["interlaced", withBytes(good, 28, 1), "a.png at byte 28: interlace method: expected 0, found 1"],
    ["a bad check sum", withBytes(good, 29, 1, 2, 3, 4), "a.png: pixels: expected a whole PNG, found"],
    ["cut off", good.subarray(0, good.length - 30), "a.png: pixels: expected a whole PNG, found no chunk IEND"],
    ["a chunk beyond the end", withBytes(good, 33, 0xff, 0xff, 0xff, 0xff), "found no chunk IEND: the file ends early"],
    ["see-through", png(opaque.with(7, 254)), "a.png: pixel 1, 0: expected an opaque picture, found transparency"],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => parsePicture("a.png", bytes, SIDE)).toThrow(FormatError);
    expect(() => parsePicture("a.png", bytes, SIDE)).toThrow(message);
  });

  test("names the size that is expected, before it unpacks anything", () => {
    expect(() => parsePicture("a.png", good, 32)).toThrow(UsageError);
    expect(() => parsePicture("a.png", good, 32)).toThrow("a.png: expected a picture of 32 x 32, found 4 x 4");
    const huge = withBytes(good, 16, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff);
    expect(() => parsePicture("a.png", huge, SIDE)).toThrow("found 2147483647 x 2147483647");
  });

  test("changed bytes give a picture or words, never anything else", () => {
    const change = fc.record({ at: fc.nat({ max: good.length - 1 }), value: fc.nat({ max: 255 }) });
    const cut = fc.nat({ max: good.length });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), cut, (changes, length) => {
        const bytes = Uint8Array.from(good);
        for (const { at, value } of changes) bytes[at] = value;
        try {
          expect(parsePicture("a.png", bytes.subarray(0, length), SIDE)).toHaveLength(PIXELS * 3);
        } catch (error) {
          if (!isPortError(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("readPictures", () => {
  test("puts files together in their order", async () => {
    const folder = await temporaryFolder();
    const files = [join(folder, "a.png"), join(folder, "b.png")];
    const white = Array.from({ length: PIXELS * 4 }, () => 255);
    await writeFile(files[0] ?? "", png(opaque));
    await writeFile(files[1] ?? "", png(white));
    const { shape, data } = await readPictures(files, SIDE);
    expect(shape).toEqual([2, SIDE, SIDE, 3]);
    expect(data.subarray(0, 48)).toEqual(parsePicture("a.png", png(opaque), SIDE));
    expect([...new Set(data.subarray(48))]).toEqual([1]);
  });

  test("refuses what is not there, and a file that is far too large for its picture", async () => {
    const folder = await temporaryFolder();
    await expect(readPictures([join(folder, "none.png")], SIDE)).rejects.toThrow("expected a readable file");
    const file = join(folder, "long.png");
    await writeFile(file, Buffer.concat([png(opaque), Buffer.alloc(5 * 1024 * 1024)]));
    await expect(readPictures([file], SIDE)).rejects.toThrow("size: expected at most 4194432 bytes");
  });
});
