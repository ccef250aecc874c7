import { writeFileSync } from "node:fs";
import { toPixels } from "biggan-port";
import { PNG } from "pngjs";

/** Writes the first of pictures [n, R, R, 3] in [-1, 1] as a PNG. */
export function writePicture(file, { data, shape: [, height, width] }) {
  const pixels = Buffer.from(toPixels(data.subarray(0, 3 * width * height)));
  const rgb = { colorType: 2, inputColorType: 2, inputHasAlpha: false };
  writeFileSync(file, PNG.sync.write({ width, height, data: pixels }, rgb));
  return `${file}: ${width} x ${height}`;
}
