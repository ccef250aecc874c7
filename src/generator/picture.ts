import { UsageError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import { writePng } from "../sampling/picture-grid.js";
import { toPixels } from "../sampling/pixels.js";

/** A picture in the shape of the web's ImageData: red, green, blue and alpha of each pixel, row after row, 8 bits each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

const OPAQUE = 255;

/** The first of pictures [n, R, R, 3] in [-1, 1], opaque. */
export function pictureOf({ shape: [, height = 0, width = 0], data }: Tensor): Picture {
  const rgb = toPixels(data.subarray(0, 3 * width * height));
  const rgba = new Uint8ClampedArray(4 * width * height).fill(OPAQUE);
  for (let pixel = 0; pixel < width * height; pixel++) rgba.set(rgb.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  return { width, height, data: rgba };
}

/**
 * A picture as a PNG with red, green and blue; alpha is left out, as all pictures here are opaque. The same picture gives the same bytes. Throws a
 * {@link UsageError} when the data are not `4 * width * height` numbers.
 *
 * @example
 * const [picture] = await generator.generate({ class: "goldfish", seed: 7 });
 * if (picture !== undefined) await writeFile("goldfish.png", encodePng(picture));
 */
export function encodePng({ width, height, data }: Picture): Uint8Array {
  const sides = [width, height].every((side) => Number.isInteger(side) && side > 0);
  if (!sides || data.length !== 4 * width * height) {
    throw new UsageError(
      `picture: expected width and height above 0 and 4 x width x height numbers, found ${width} x ${height} and ${data.length}`,
    );
  }
  const rgb = Buffer.alloc(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) rgb.set(data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel);
  return writePng(width, height, rgb);
}
