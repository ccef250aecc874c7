import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { standardTruncationGrid } from "../../src/models/generator.js";
import { interpolationRow, truncationRows } from "../../src/runtime/truncation-rows.js";

describe.each([50, 51])("%i rows", (count) => {
  const grid = standardTruncationGrid(count) ?? [];

  test.each([
    ["as the grid has it", (t: number) => t],
    ["rounded to float32", Math.fround],
    ["counted in steps of 0.02", (t: number) => Math.round(t * 50) * 0.02],
    ["read from its decimal digits", (t: number) => Number(t.toFixed(2))],
  ])("a point of the grid %s is its row alone", (_, spell) => {
    for (const [row, point] of grid.entries()) {
      const weights = truncationRows(spell(point), grid);
      expect(weights.map((value, i) => (i === row ? value - 1 : value)).every((value) => value === 0)).toBe(true);
    }
  });

  test("a grid rounded to float32, as a module stores it, gives its rows too", () => {
    const stored = grid.map(Math.fround);
    for (const [row, point] of grid.entries()) expect(interpolationRow(point, stored)).toEqual({ row, fraction: 0 });
  });

  test("weights are not negative, sum to 1, and give t back", () => {
    fc.assert(
      fc.property(fc.double({ min: grid[0] ?? 0, max: 1, noNaN: true }), (t) => {
        const weights = truncationRows(t, grid);
        expect(weights.every((value) => value >= 0)).toBe(true);
        expect(weights.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
        expect(Math.abs(weights.reduce((sum, value, row) => sum + value * (grid[row] ?? NaN), 0) - t)).toBeLessThan(
          6e-8,
        );
      }),
    );
  });
});

test("off the grid it is linear between the neighbours", () => {
  const { row, fraction } = interpolationRow(0.37, standardTruncationGrid(51) ?? []);
  expect(row).toBe(18);
  expect(fraction).toBeCloseTo(0.5, 12);
});

test("outside the grid it is the first or last row, and one row is always alone", () => {
  expect([...truncationRows(0, [0.2, 0.4, 0.6])]).toEqual([1, 0, 0]);
  expect([...truncationRows(1, [0.2, 0.4, 0.6])]).toEqual([0, 0, 1]);
  for (const t of [0, 0.3, 1]) expect([...truncationRows(t, [0.5])]).toEqual([1]);
});

test("NaN and an empty grid are refused", () => {
  expect(() => truncationRows(Number.NaN, [0, 1])).toThrow("truncation rows: NaN on a grid of 2 points");
  expect(() => truncationRows(0.5, [])).toThrow("truncation rows: 0.5 on a grid of 0 points");
});
