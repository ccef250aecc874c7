import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { encodeGrid } from "../../src/sampling/picture-grid.js";
import { toPixels } from "../../src/sampling/pixels.js";

const golden = fileURLToPath(new URL("../golden/sampling/pixels.npz", import.meta.url));

test.each(["32", "64"])("pixels as numpy computes them in float%s", async (bits) => {
  const given = await readNpz(golden);
  const image = given.get(`image${bits}`)?.data ?? new Float64Array();
  expect(image.length).toBeGreaterThan(700);
  expect([...toPixels(image)]).toEqual([...(given.get(`pixels${bits}`)?.data ?? [])]);
});

test("NaN and infinities", () => {
  const image = Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  expect([...toPixels(image)]).toEqual([0, 0, 255]);
});

const RED = [1, -1, -1];
const GREEN = [-1, 1, -1];
const BLUE = [-1, -1, 1];

/** Red, green and blue pictures of one colour each, [3, side, side, 3]. */
function plain(side: number) {
  const pixels = [RED, GREEN, BLUE].flatMap((colour) => Array.from({ length: side * side }, () => colour).flat());
  return { shape: [3, side, side, 3], data: Float32Array.from(pixels) };
}

function letters(bytes: Uint8Array): string[] {
  const png = PNG.sync.read(Buffer.from(bytes));
  return Array.from({ length: png.height }, (_, y) =>
    Array.from({ length: png.width }, (_, x) => {
      const [red, green, blue] = png.data.subarray(4 * (y * png.width + x));
      const key = `${red},${green},${blue}`;
      return { "255,0,0": "R", "0,255,0": "G", "0,0,255": "B", "255,255,255": "." }[key] ?? "?";
    }).join(""),
  );
}

describe("encodeGrid", () => {
  test("row by row, in red, green and blue, with white gaps", () => {
    expect(letters(encodeGrid(plain(2), 2, { gap: 1, enlarge: 1 }))).toEqual([
      "RR.GG", //
      "RR.GG",
      ".....",
      "BB...",
      "BB...",
    ]);
    expect(letters(encodeGrid(plain(1), 5, { gap: 0, enlarge: 2 }))).toEqual(["RRGGBB", "RRGGBB"]);
  });

  test("one picture keeps its orientation", () => {
    const image = { shape: [1, 2, 2, 3], data: Float32Array.from([...RED, ...GREEN, ...BLUE, 1, 1, 1]) };
    expect(letters(encodeGrid(image, 1, { enlarge: 1 }))).toEqual(["RG", "B."]);
    expect(letters(encodeGrid(image, 1, { enlarge: 2 }))).toEqual(["RRGG", "RRGG", "BB..", "BB.."]);
  });

  test.each([
    [16, 128],
    [32, 128],
    [48, 96],
    [64, 128],
    [65, 65],
  ])("%d pixels a side are shown as %d", (side, shown) => {
    const png = PNG.sync.read(Buffer.from(encodeGrid(plain(side), 3, { gap: 0 })));
    expect([png.width, png.height]).toEqual([3 * shown, shown]);
  });

  test("the same pictures give the same bytes", async () => {
    const fixture = fileURLToPath(new URL("../../fixtures/biggan-mini.reference.npz", import.meta.url));
    const image = (await readNpz(fixture)).get("image");
    if (image === undefined) throw new Error("the reference has no image");
    expect(Buffer.compare(encodeGrid(image, 3), encodeGrid(image, 3))).toBe(0);
  });

  test.each([
    [
      { shape: [1, 2, 3, 3], data: new Float32Array(18) },
      1,
      {},
      "pictures: expected the shape [n, R, R, 3], found [1, 2, 3, 3]",
    ],
    [
      { shape: [0, 2, 2, 3], data: new Float32Array() },
      1,
      {},
      "pictures: expected the shape [n, R, R, 3], found [0, 2, 2, 3]",
    ],
    [plain(1), 0, {}, "columns: expected a whole number from 1, found 0"],
    [plain(1), 1, { gap: -1 }, "gap: expected a whole number from 0, found -1"],
    [plain(1), 1, { enlarge: 0.5 }, "enlarge: expected a whole number from 1, found 0.5"],
    [plain(1), 1, { enlarge: 99999 }, "grid: expected at most 67108864 pixels, found 99999 x 300001"],
  ])("refusals", (images, columns, options, message) => {
    expect(() => encodeGrid(images, columns, options)).toThrow(expect.objectContaining({ code: "usage", message }));
  });
});
