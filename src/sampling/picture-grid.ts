import { PNG } from "pngjs";
import { UsageError } from "../core/errors.js";
import { formatShape, type Tensor } from "../core/tensor.js";
import { toPixels } from "./pixels.js";

/** PNG's colour type 2: red, green, blue. */
const RGB = 2;
const WHITE = 255;

/** Pictures up to this side are too small to look at and are enlarged to about twice it. */
const SMALL_SIDE = 64;

/** The picture is held whole: 64 Mi pixels are 192 MiB, or 256 pictures of 512x512. */
const MAX_PIXELS = 64 * 1024 * 1024;

export interface GridOptions {
  /** White pixels between pictures, not scaled. */
  readonly gap?: number;
  /** Each pixel becomes a square of this side (nearest neighbour). By default 128 / R, rounded down, for R up to 64, else 1. */
  readonly enlarge?: number;
}

/**
 * Pictures [n, R, R, 3] in [-1, 1] as one RGB PNG: picture i in row floor(i / columns), column i mod columns, so that a
 * sample's steps stand side by side when `columns` is their number. The same pictures give the same bytes. Throws a
 * {@link UsageError} on another shape, on columns, gap or enlarge that are no counts, and above 64 Mi pixels.
 */
export function encodeGrid(images: Tensor, columns: number, options: GridOptions = {}): Uint8Array {
  const [count, side, width, channels] = images.shape;
  if (images.shape.length !== 4 || !count || !side || width !== side || channels !== 3) {
    throw new UsageError(`pictures: expected the shape [n, R, R, 3], found ${formatShape(images.shape)}`);
  }
  const { gap = 2, enlarge = side > SMALL_SIDE ? 1 : Math.floor((2 * SMALL_SIDE) / side) } = options;
  checkCount("columns", columns, 1);
  checkCount("gap", gap, 0);
  checkCount("enlarge", enlarge, 1);
  const cell = side * enlarge;
  const across = Math.min(columns, count);
  const rows = Math.ceil(count / columns);
  const png = { width: across * (cell + gap) - gap, height: rows * (cell + gap) - gap };
  if (png.width * png.height > MAX_PIXELS) {
    throw new UsageError(`grid: expected at most ${MAX_PIXELS} pixels, found ${png.width} x ${png.height}`);
  }
  const pixels = toPixels(images.data);
  const canvas = Buffer.alloc(png.width * png.height * 3, WHITE);
  for (let i = 0; i < count; i++) {
    const left = (i % columns) * (cell + gap);
    const top = Math.floor(i / columns) * (cell + gap);
    for (let y = 0; y < cell; y++) {
      const from = (i * side + Math.floor(y / enlarge)) * side;
      const to = (top + y) * png.width + left;
      for (let x = 0; x < cell; x++) {
        const source = 3 * (from + Math.floor(x / enlarge));
        for (let c = 0; c < 3; c++) canvas[3 * (to + x) + c] = pixels[source + c] ?? 0;
      }
    }
  }
  return writePng(png.width, png.height, canvas);
}

function checkCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${name}: expected a whole number from ${least}, found ${value}`);
  }
}

/** Red, green and blue of each pixel as a PNG. All that decides the bytes is named, lest a default changes: filter 4 (Paeth), zlib level 9, its default strategy. */
export function writePng(width: number, height: number, rgb: Buffer): Uint8Array {
  const png = new PNG({ width, height });
  png.data = rgb;
  const format = { colorType: RGB, inputColorType: RGB, inputHasAlpha: false, bitDepth: 8 } as const;
  return PNG.sync.write(png, { ...format, filterType: 4, deflateLevel: 9, deflateStrategy: 0 });
}
