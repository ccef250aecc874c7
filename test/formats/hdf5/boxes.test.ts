import fc from "fast-check";
import { expect, test } from "vitest";
import { elementCount } from "../../../src/core/tensor.js";
import { boxesOf } from "../../../src/formats/hdf5/boxes.js";

/** The places of a box's elements in a tensor, in row-major order. */
function places(shape: readonly number[], offset: readonly number[], count: readonly number[]): number[] {
  return shape.reduce(
    (outer: number[], extent, axis) =>
      outer.flatMap((place) =>
        Array.from({ length: count[axis] ?? 0 }, (_, index) => place * extent + (offset[axis] ?? 0) + index),
      ),
    [0],
  );
}

test("boxes give a range of elements in order, and no other", () => {
  const shape = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
  fc.assert(
    fc.property(shape, fc.nat(), fc.nat(), (shape, a, b) => {
      const size = elementCount(shape);
      const [start = 0, end = 0] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y);
      const boxes = boxesOf(shape, start, end);
      const found = boxes.flatMap(({ offset, count }) => places(shape, offset, count));
      expect(found).toEqual(Array.from({ length: end - start }, (_, index) => start + index));
      expect(boxes.length).toBeLessThanOrEqual(2 * shape.length + 1);
    }),
    { numRuns: 1000 },
  );
});

test("a tensor without elements has none", () => {
  expect(boxesOf([3, 0, 2], 0, 0)).toEqual([]);
});
