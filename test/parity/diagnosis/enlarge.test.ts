import { expect, test } from "vitest";
import { bilinear, repeatedChannels, zeroInserted } from "../../../src/parity/diagnosis/enlarge.js";
import { permute } from "../../../src/parity/diagnosis/permute.js";

const line = { shape: [1, 1, 2, 1], data: Float64Array.of(0, 12) };

// tf.image.resize (half-pixel), tf.compat.v1.image.resize_bilinear with and without align_corners, of [0, 12] to four pixels.
test.each([
  ["half-pixel", [0, 3, 9, 12]],
  ["corners", [0, 4, 8, 12]],
  ["legacy", [0, 6, 12, 12]],
] as const)("bilinear, %s", (mode, expected) => {
  const { shape, data } = bilinear(mode)(line);
  expect(shape).toEqual([1, 2, 4, 1]);
  expect([...data]).toEqual([...expected, ...expected]);
});

test("zeros are inserted to the right and below", () => {
  expect([...zeroInserted(line).data]).toEqual([0, 0, 12, 0, 0, 0, 0, 0]);
});

test("repeated channels change places when depth becomes space", () => {
  const x = { shape: [1, 1, 1, 2], data: Float64Array.of(1, 2) };
  // depth_to_space of [1, 1, 1, 1, 2, 2, 2, 2]
  expect([...repeatedChannels(x).data]).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
});

test("permute is numpy.transpose", () => {
  const x = { shape: [2, 1, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
  expect(permute(x, [2, 1, 0])).toEqual({ shape: [3, 1, 2], data: Float64Array.of(1, 4, 2, 5, 3, 6) });
  expect(permute(x, [1, 0, 2])).toEqual({ shape: [1, 2, 3], data: x.data });
});
