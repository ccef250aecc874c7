import fc from "fast-check";
import { expect, it } from "vitest";
import { measuring, relativeToScale } from "../../src/compare/measures.js";
import { pairedPieces } from "../../src/compare/paired-pieces.js";
import type { ParameterSource } from "../../src/core/parameter-source.js";

it("measures what differs, and where", () => {
  const sums = measuring();
  sums.add(0, Float32Array.of(1, -2), Float32Array.of(1, -2));
  sums.add(2, Float32Array.of(0, 4), Float32Array.of(0.5, 3));
  const found = sums.result();
  expect(found).toEqual({
    count: 4,
    differing: 2,
    maxAbs: 1,
    at: 3,
    maxRelative: 1,
    scaleA: 4,
    scaleB: 3,
    cosine: 17 / Math.sqrt(21 * 14.25),
  });
  expect(relativeToScale(found)).toBe(0.25);
});

it.each([
  ["equal", [0, 0], [0, 0], 1],
  ["equal but for the sign of zero", [0, 1], [-0, 1], 1],
  ["zeros against others", [0, 0], [1, 2], 0],
  ["opposite", [1, 2], [-1, -2], -1],
] as const)("has a cosine for all: %s", (_, a, b, cosine) => {
  const sums = measuring();
  sums.add(0, Float32Array.from(a), Float32Array.from(b));
  expect(sums.result().cosine).toBeCloseTo(cosine, 12);
});

/** Gives its numbers in pieces of these lengths, in memory that it uses again. */
function inPieces(values: Float32Array, lengths: readonly number[]): ParameterSource {
  return {
    read: () => Promise.reject(new Error("read whole")),
    async *pieces() {
      const memory = new Float32Array(Math.max(1, ...lengths));
      for (let start = 0, turn = 0; start < values.length; turn++) {
        const length = Math.max(1, lengths[turn % lengths.length] ?? 1);
        const piece = memory.subarray(0, Math.min(length, values.length - start));
        memory.fill(Number.NaN);
        piece.set(values.subarray(start, start + piece.length));
        start += piece.length;
        yield piece;
      }
    },
  };
}

it("pairs numbers of the same position, however the pieces are cut", async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 60 }), lengths, lengths, async (count, cutA, cutB) => {
      const values = Float32Array.from({ length: count }, (_, index) => index);
      const found: number[] = [];
      for await (const { start, a, b } of pairedPieces(inPieces(values, cutA), inPieces(values, cutB), "w")) {
        expect(start).toBe(found.length);
        expect([...a]).toEqual([...b]);
        found.push(...a);
      }
      expect(found).toEqual([...values]);
    }),
  );
});
