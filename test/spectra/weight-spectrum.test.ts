import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { finishNow } from "../../src/runtime/reference/turns.js";
import type { Matrix } from "../../src/spectra/matrix.js";
import { weightSpectrum } from "../../src/spectra/weight-spectrum.js";
import { golden } from "../helpers/golden.js";

const schema = z.array(
  z.object({
    rows: z.number(),
    columns: z.number(),
    seed: z.number(),
    singularValues: z.array(z.number()),
    orthogonality: z.number(),
    offDiagonal: z.number(),
    angle: z.number(),
  }),
);

/** numpy's (scripts/fixtures/singular_values.py). */
const CASES = schema.parse(JSON.parse(readFileSync(golden("spectra/matrices.json"), "utf8")));

function matrixOf(rows: number, columns: number, value: (i: number, j: number) => number): Matrix {
  const values = Float64Array.from({ length: rows * columns }, (_, at) =>
    value(Math.floor(at / columns), at % columns),
  );
  return { values, rows, columns };
}

/** As the script makes them. */
const madeUp = (rows: number, columns: number, seed: number) =>
  matrixOf(rows, columns, (i, j) => ((i * 7919 + j * 104729 + i * j * 31 + seed) % 1009) / 1009 - 0.5);

const transposed = ({ values, rows, columns }: Matrix) =>
  matrixOf(columns, rows, (i, j) => values[j * columns + i] ?? 0);

it.each(CASES)("finds what numpy finds: $rows x $columns", ({ rows, columns, seed, ...wanted }) => {
  const matrix = madeUp(rows, columns, seed);
  const values = Float64Array.from(madeUp(1, columns, seed + 100).values);
  for (const found of [
    finishNow(weightSpectrum(matrix, { values, along: "columns" })),
    finishNow(weightSpectrum({ ...transposed(matrix), channels: "rows" }, { values, along: "rows" })),
  ]) {
    expect(found.singularValues).toHaveLength(wanted.singularValues.length);
    for (const [rank, value] of wanted.singularValues.entries()) {
      // A value far below the largest is only as exact as the largest squared.
      const exact = 1e-9 * value + 1e-7 * (wanted.singularValues[0] ?? 0) * Number(value < 1e-6);
      expect(Math.abs((found.singularValues[rank] ?? 0) - value)).toBeLessThanOrEqual(exact);
    }
    expect(found.orthogonality).toBeCloseTo(wanted.orthogonality, 9);
    expect(found.offDiagonal).toBeCloseTo(wanted.offDiagonal, 9);
    expect(found.angle).toBeCloseTo(wanted.angle, 4);
  }
});

it("counts equal singular values, and every direction of theirs as the vector's", () => {
  const identity = matrixOf(6, 5, (i, j) => Number(i === j));
  const found = finishNow(weightSpectrum(identity, { values: Float64Array.of(1, 2, 3, 4, 5), along: "columns" }));
  expect(found.singularValues).toEqual([1, 1, 1].map((value) => expect.closeTo(value, 12)));
  expect(found).toMatchObject({ orthogonality: 0, offDiagonal: 0 });
  expect(found.angle).toBeCloseTo(0, 4);
});

it("has no angle for zeros", () => {
  const zeros = matrixOf(4, 3, () => 0);
  const found = finishNow(weightSpectrum(zeros, { values: Float64Array.of(1, 0, 0), along: "columns" }));
  expect(found).toEqual({ singularValues: [0, 0, 0], orthogonality: 1, offDiagonal: 0 });
});

it("finds the singular values that a matrix was made of", () => {
  const angles = fc.array(fc.double({ min: 0, max: 6.28, noNaN: true }), { minLength: 3, maxLength: 3 });
  const values = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(angles, values, (turns, sizes) => {
      // A diagonal, turned in the plane of two rows and of two columns after another.
      const entries = Float64Array.from({ length: 9 }, (_, at) => (at % 4 === 0 ? (sizes[at / 4] ?? 0) : 0));
      for (const [step, turn] of turns.entries()) {
        turnPair(entries, step, (step + 1) % 3, turn, 1);
        turnPair(entries, step, (step + 1) % 3, turn * 2, 3);
      }
      const found = finishNow(weightSpectrum({ values: entries, rows: 3, columns: 3 }));
      const wanted = [...sizes].sort((a, b) => b - a);
      for (const [rank, value] of wanted.entries()) {
        expect(Math.abs((found.singularValues[rank] ?? 0) - value)).toBeLessThan(1e-6 * value + 1e-7);
      }
    }),
  );
});

/** Turns columns a and b (`across` 1) or rows a and b (`across` 3) of a 3 x 3 matrix. */
function turnPair(entries: Float64Array, a: number, b: number, turn: number, across: 1 | 3): void {
  const along = across === 1 ? 3 : 1;
  for (let k = 0; k < 3; k++) {
    const [x, y] = [a * across + k * along, b * across + k * along];
    const [p, q] = [entries[x] ?? 0, entries[y] ?? 0];
    entries[x] = p * Math.cos(turn) - q * Math.sin(turn);
    entries[y] = p * Math.sin(turn) + q * Math.cos(turn);
  }
}
