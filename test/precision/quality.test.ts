import { expect, test } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import { compareQuality, decibels, errorOf, MAX_DECIBELS } from "../../src/precision/quality.js";
import { qualityCases } from "../../src/precision/quality-cases.js";

function pictures(count: number, value: (index: number) => number): Tensor {
  return { shape: [count, 12, 12, 3], data: Float32Array.from({ length: count * 432 }, (_, at) => value(at)) };
}

test("decibels of a peak of 2, over all pictures, on average and of the worst", () => {
  const cases = qualityCases({ classes: 10 }, { count: 2, seed: 5 });
  const wanted = pictures(2, (at) => Math.sin(at));
  const found = pictures(2, (at) => Math.sin(at) + (at < 432 ? 0.02 : 0.2));
  const { psnr, ssim, worst, samples } = compareQuality(wanted, found, cases);
  expect(samples).toBe(2);
  expect(psnr.worst).toBeCloseTo(20, 4);
  expect(psnr.mean).toBeCloseTo(30, 4);
  expect(psnr.overall).toBeCloseTo(10 * Math.log10(4 / ((0.0004 + 0.04) / 2)), 4);
  expect(worst).toEqual({ ...cases[1], index: 1 });
  expect(ssim.worst).toBeLessThan(ssim.mean);
});

test("equal pictures have the most decibels there are; numbers that are not finite are as wrong as can be", () => {
  const cases = qualityCases({ classes: 10 }, { count: 1, seed: 5 });
  const one = pictures(1, (at) => Math.cos(at));
  expect(compareQuality(one, one, cases).psnr.overall).toBe(MAX_DECIBELS);
  expect(
    compareQuality(
      one,
      pictures(1, () => Number.NaN),
      cases,
    ).psnr.worst,
  ).toBe(0);
  expect(() =>
    compareQuality(
      one,
      pictures(2, () => 0),
      cases,
    ),
  ).toThrow("quality: 1 cases of 432 and 864 numbers");
});

test("errors and decibels turn into each other", () => {
  for (const psnr of [1, 40, 97.5]) expect(decibels(errorOf(psnr))).toBeCloseTo(psnr, 9);
});

test("cases are many classes and truncations, and other seeds are other cases", () => {
  const cases = qualityCases({ classes: 10 }, { seed: 0 });
  expect(cases).toHaveLength(64);
  expect(new Set(cases.map(({ classIndex }) => classIndex)).size).toBe(10);
  expect(new Set(cases.map(({ truncation }) => truncation)).size).toBeGreaterThan(8);
  const fresh = new Set(qualityCases({ classes: 10 }, { seed: 64 }).map(({ seed }) => seed));
  expect(cases.some(({ seed }) => fresh.has(seed))).toBe(false);
  expect(qualityCases({ classes: 3 }, { seed: 1, truncation: 0.4 }).every(({ truncation }) => truncation === 0.4)).toBe(
    true,
  );
});
