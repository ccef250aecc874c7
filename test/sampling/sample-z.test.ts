import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Tensor } from "../../src/core/tensor.js";
import { readNpz } from "../../src/formats/npy/read-npz.js";
import { ndtr, ndtri } from "../../src/sampling/normal-distribution.js";
import { randomState } from "../../src/sampling/numpy-random.js";
import { sampleZ, truncatedNormal } from "../../src/sampling/sample-z.js";

const golden = (name: string) => fileURLToPath(new URL(`../golden/sampling/${name}`, import.meta.url));

/** Twice what scipy's own two ways to this number differ by. */
const TOLERANCE = 4e-15;

const fixtures = z
  .object({
    ndtr_minus2: z.number(),
    ndtr_2: z.number(),
    cases: z.array(
      z.object({
        seed: z.number(),
        n: z.number(),
        dim_z: z.number(),
        first8: z.array(z.number()),
        last4: z.array(z.number()),
        sum: z.number(),
        sumsq: z.number(),
        uniform_first4: z.array(z.number()),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(golden("sampling_fixtures.json"), "utf8")));

function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs((found[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}

describe("the public demo's draws", () => {
  test.each(fixtures.cases)("seed $seed, [$n, $dim_z]", (given) => {
    const uniform = randomState(given.seed);
    expect(given.uniform_first4.map(() => uniform())).toEqual(given.uniform_first4);
    const { shape, data } = sampleZ({ count: given.n, zDim: given.dim_z, truncation: 1, seed: given.seed });
    expect(shape).toEqual([given.n, given.dim_z]);
    expect(largestDifference(data.subarray(0, 8), given.first8)).toBeLessThanOrEqual(TOLERANCE);
    expect(largestDifference(data.subarray(-4), given.last4)).toBeLessThanOrEqual(TOLERANCE);
    expect([...data].reduce((sum, value) => sum + value, 0)).toBeCloseTo(given.sum, 11);
    expect([...data].reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(given.sumsq, 11);
  });

  test("20,000 values of scipy.stats.truncnorm", async () => {
    const draws = await readNpz(golden("truncnorm.npz"));
    expect([...draws.keys()]).toEqual(["0", "1", "42", "48", "4294967295"]);
    for (const [seed, { data }] of draws) {
      const ours = truncatedNormal(data.length, Number(seed));
      expect(largestDifference(ours, data)).toBeLessThanOrEqual(TOLERANCE);
      expect(Float32Array.from(ours)).toEqual(Float32Array.from(data));
    }
  });

  test("are multiplied by the truncation in float64", () => {
    const options = { count: 3, zDim: 5, seed: 9 };
    const whole = sampleZ({ ...options, truncation: 1 }).data;
    expect(sampleZ({ ...options, truncation: 0.4 }).data).toEqual(whole.map((value) => value * 0.4));
  });
});

describe("the functions under them, against scipy.special and numpy", () => {
  let given: ReadonlyMap<string, Tensor>;
  beforeAll(async () => {
    given = await readNpz(golden("normal.npz"));
  });
  const array = (name: string) => [...(given.get(name)?.data ?? [])];

  /** Cephes states 3.4e-14 for ndtr and 4.5e-16 to 7.3e-16 for ndtri, both relative; exp and log differ by machine. */
  const RELATIVE = 1e-13;

  test.each([
    ["ndtr", "a", ndtr],
    ["ndtri", "y", ndtri],
  ] as const)("%s", (name, argument, compute) => {
    const expected = array(name);
    expect(expected.length).toBeGreaterThan(90);
    array(argument).forEach((x, i) => {
      const value = expected[i] ?? Number.NaN;
      expect(Math.abs(compute(x) - value), `${name}(${x})`).toBeLessThanOrEqual(RELATIVE * Math.abs(value) + 1e-300);
    });
  });

  test("their ends", () => {
    expect([ndtr(-2), ndtr(2)]).toEqual([fixtures.ndtr_minus2, fixtures.ndtr_2]);
    expect([ndtr(-99), ndtr(0), ndtr(99), ndtr(Number.NaN)]).toEqual([0, 0.5, 1, Number.NaN]);
    expect([0, 0.5, 1, -0.1, 1.1, Number.NaN].map(ndtri)).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  test("uniform numbers far into the stream", () => {
    const expected = array("uniform");
    [0, 1, 42, 48, 0xffffffff].forEach((seed, row) => {
      const uniform = randomState(seed);
      const stream = Array.from({ length: 700 }, uniform);
      expect(stream.slice(-20)).toEqual(expected.slice(20 * row, 20 * row + 20));
    });
  });
});

describe("options that are refused", () => {
  const good = { count: 1, zDim: 4, truncation: 0.5, seed: 0 };
  test.each([
    [{ count: 0 }, "count: expected a whole number above 0, found 0"],
    [{ zDim: 1.5 }, "zDim: expected a whole number above 0, found 1.5"],
    [{ count: 1e15 }, "count: expected at most 16777216 vectors of 4, found 1000000000000000"],
    [{ truncation: 1.5 }, "truncation: expected a number from 0 to 1, found 1.5"],
    [{ truncation: Number.NaN }, "truncation: expected a number from 0 to 1, found NaN"],
    [{ seed: -1 }, "seed: expected a whole number from 0 to 4294967295, found -1"],
    [{ seed: 2 ** 32 }, "seed: expected a whole number from 0 to 4294967295, found 4294967296"],
  ])("%o", (bad, message) => {
    expect(() => sampleZ({ ...good, ...bad })).toThrow(expect.objectContaining({ code: "usage", message }));
  });
});
