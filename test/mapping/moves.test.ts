import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementCount } from "../../src/core/tensor.js";
import { movedBack, movedTo } from "../../src/mapping/fix-transform.js";
import { type FixedMove, inverseMove, moved, movedShape } from "../../src/mapping/moves.js";
import { permuted } from "../../src/mapping/permute.js";

const numbers = (count: number) => Float32Array.from({ length: count }, (_, index) => index);
const empty = (length: number) => new Float32Array(length);

const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

/** A shape and a move that fits it. */
const moves = shapes.chain((shape) =>
  fc
    .oneof(
      fc
        .shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length })
        .map((axes): FixedMove => ({ op: "permute", axes })),
      fc
        .nat(shape.length - 1)
        .chain((axis) => fc.nat(shape[axis] ?? 0).map((first): FixedMove => ({ op: "swapBlocks", axis, first }))),
      fc
        .nat(shape.length - 1)
        .chain((axis) =>
          fc.constantFrom(...divisors(shape[axis] ?? 1)).map((inner): FixedMove => ({ op: "regroup", axis, inner })),
        ),
    )
    .map((move) => ({ shape, move })),
);

function divisors(extent: number): number[] {
  return Array.from({ length: extent }, (_, index) => index + 1).filter((each) => extent % each === 0);
}

describe("a move", () => {
  it("has an inverse that is data too and gives the same bytes back", () => {
    fc.assert(
      fc.property(moves, ({ shape, move }) => {
        const values = numbers(elementCount(shape));
        const there = moved(values, shape, move, empty);
        const after = movedShape(shape, move) ?? [];
        const inverse = inverseMove(move, shape);
        expect(moved(there, after, inverse, empty)).toEqual(values);
        expect(movedShape(after, inverse)).toEqual(shape);
        expect(Array.from(there).sort((a, b) => a - b)).toEqual(Array.from(values));
      }),
    );
  });

  it("leaves the array it was given as it is", () => {
    const values = numbers(6);
    moved(values, [2, 3], { op: "permute", axes: [1, 0] }, empty);
    moved(values, [2, 3], { op: "swapBlocks", axis: 1, first: 1 }, empty);
    expect(values).toEqual(numbers(6));
  });

  it("turns [class, z] columns to [z, class]", () => {
    const move: FixedMove = { op: "swapBlocks", axis: 1, first: 2 };
    expect(Array.from(moved(numbers(10), [2, 5], move, empty))).toEqual([2, 3, 4, 0, 1, 7, 8, 9, 5, 6]);
  });

  it("turns channels first to channels last inside one axis", () => {
    const move: FixedMove = { op: "regroup", axis: 0, inner: 2 };
    // Channels 0 1 2, pixels a b: 0a 0b 1a 1b 2a 2b.
    expect(Array.from(moved(numbers(6), [6], move, empty))).toEqual([0, 2, 4, 1, 3, 5]);
  });

  it.each<[readonly number[], FixedMove]>([
    [[2, 3], { op: "permute", axes: [2, 3, 1, 0] }],
    [[6], { op: "swapBlocks", axis: 1, first: 2 }],
    [[6], { op: "swapBlocks", axis: 0, first: 7 }],
    [[10], { op: "regroup", axis: 0, inner: 16 }],
  ])("does not fit %j: %j", (shape, move) => {
    expect(movedShape(shape, move)).toBeUndefined();
  });
});

describe("axes in another order", () => {
  it("are what indices say, also over several tiles", () => {
    fc.assert(
      fc.property(fc.tuple(size(), size(), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })), (shape) => {
        const axes = [2, 3, 1, 0];
        const target = permuted(numbers(elementCount(shape)), shape, axes, empty(elementCount(shape)));
        const [a, b, c, d] = shape;
        let at = 0;
        for (let k = 0; k < c; k++)
          for (let l = 0; l < d; l++)
            for (let j = 0; j < b; j++)
              for (let i = 0; i < a; i++) {
                if (target[at++] !== ((i * b + j) * c + k) * d + l) throw new Error(`${shape}: ${i} ${j} ${k} ${l}`);
              }
      }),
      { numRuns: 50 },
    );
  });
});

const size = () => fc.integer({ min: 1, max: 70 });

describe("a tensor's shape", () => {
  it("is followed through all moves, and back", () => {
    const transforms = [
      { op: "swapBlocks", axis: 1, first: 3 },
      { op: "regroup", axis: 0, inner: 16 },
      { op: "permute", axes: [1, 0] },
    ] as const;
    expect(movedTo([64, 8], transforms)).toEqual([8, 64]);
    expect(movedBack([8, 64], transforms)).toEqual([64, 8]);
    expect(movedTo([60, 8], transforms)).toBeUndefined();
  });
});
