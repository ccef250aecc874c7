import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeFloats, elementCount, type Shape } from "../../src/core/tensor.js";
import { type FixedMove, movedShape } from "../../src/mapping/moves.js";
import { moveAny } from "../../src/mapping/transformed.js";
import { encodeFloats } from "../../src/naming/encode-floats.js";
import { moveVector, undoMoves, undoVector } from "../../src/naming/undo-moves.js";

const SHAPE: Shape = [6, 4, 2];

const move: fc.Arbitrary<FixedMove> = fc.oneof(
  fc.shuffledSubarray([0, 1, 2], { minLength: 3 }).map((axes) => ({ op: "permute" as const, axes })),
  fc.record({ op: fc.constant("swapBlocks" as const), axis: fc.nat(2), first: fc.nat(2) }),
  fc.record({ op: fc.constant("regroup" as const), axis: fc.nat(2), inner: fc.constantFrom(1, 2) }),
);

const counted = (length: number) => Float32Array.from({ length }, (_, index) => index);

it("takes a tensor back through its moves, and a vector along any of its axes", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 4 }), fc.nat(2), (moves, axis) => {
      let [values, shape] = [moveAny(counted(elementCount(SHAPE)), SHAPE, { op: "permute", axes: [0, 1, 2] }), SHAPE];
      for (const each of moves) {
        values = moveAny(values, shape, each);
        shape = movedShape(shape, each) ?? [];
      }
      expect([...undoMoves(values, SHAPE, moves)]).toEqual([...counted(elementCount(SHAPE))]);

      const vector = { values: counted(SHAPE[axis] ?? 0), axis };
      const there = moveVector(vector, moves);
      // What stands first along the moved axis came from there, whatever the other axes do.
      const stride = shape.slice(there.axis + 1).reduce((product, extent) => product * extent, 1);
      const from = Array.from(there.values, (_, index) => values[index * stride] ?? -1);
      const ownStride = SHAPE.slice(axis + 1).reduce((product, extent) => product * extent, 1);
      expect(from.map((at) => Math.floor(at / ownStride) % (SHAPE[axis] ?? 1))).toEqual([...there.values]);
      expect(undoVector(there, moves)).toEqual(vector);
    }),
  );
});

it.each(["float64", "float32", "float16", "bfloat16"] as const)("writes %s as it was read", (dtype) => {
  const size = { float64: 8, float32: 4, float16: 2, bfloat16: 2 }[dtype];
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1000, max: 1000 }), { maxLength: 9 }), (numbers) => {
      const bytes = encodeFloats(Float64Array.from(numbers), dtype);
      expect(bytes).toHaveLength(numbers.length * size);
      expect(encodeFloats(decodeFloats(bytes, dtype), dtype)).toEqual(bytes);
    }),
  );
});
