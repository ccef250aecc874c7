import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { multiplyAdds } from "../../src/graph/multiply-adds.js";
import { generatorGraph, publishedConfig } from "../../src/models/generator.js";
import { amplificationFor, heatMaps, MAGMA, NOT_A_NUMBER } from "../../src/parity/heat-map.js";
import { differenceHistogram } from "../../src/parity/histogram.js";
import { type ComparedImages, collectPictures, encodeOne } from "../../src/parity/pictures.js";
import { affordablePoints, sweep } from "../../src/parity/sweep.js";

const picture = (count: number, side: number, value: (index: number) => number) => ({
  shape: [count, side, side, 3],
  data: Float32Array.from({ length: count * side * side * 3 }, (_, index) => value(index)),
});

function pair(
  count: number,
  side: number,
  off: (index: number) => number,
  more: Partial<ComparedImages> = {},
): ComparedImages {
  const wanted = picture(count, side, () => 0);
  const inputs = {
    z: { shape: [count, 1], data: new Float32Array(count) },
    y: { shape: [count, 2], data: Float32Array.from({ length: count * 2 }, (_, index) => index % 2) },
    truncation: 0.5,
  };
  const found = picture(count, side, off);
  return {
    comparison: 0,
    reference: "r",
    candidate: "c",
    verdict: "explained by rounding",
    inputs,
    wanted,
    found,
    ...more,
  };
}

describe("difference pictures", () => {
  it.each([
    [0, 0],
    [7.5e-6, 100_000],
    [3e-6, 200_000],
    [1.5e-6, 500_000],
    [0.4, 2],
    [3, 1],
  ])("a largest difference of %d is amplified %d times", (maxAbs, amplification) => {
    expect(amplificationFor(maxAbs)).toBeCloseTo(amplification, 3);
  });

  it("go from black to bright, NaN apart", () => {
    const wanted = picture(1, 2, () => 0);
    const found = { shape: [1, 2, 2, 3], data: Float32Array.of(0, 0, 0, 0, 0.01, 0, 0, 0, -0.02, 0, Number.NaN, 0) };
    const { data } = PNG.sync.read(Buffer.from(encodeOne(heatMaps(wanted, found, 100))));
    const colours = [0, 4, 8, 12].map((at) => [...data.subarray(at, at + 3)]);
    expect(colours).toEqual([MAGMA[0], MAGMA[8], MAGMA[8], NOT_A_NUMBER]);
  });
});

describe("collected pictures", () => {
  it("show the first comparison of each candidate and all that are not explained", () => {
    const groups = collectPictures(
      [
        pair(1, 2, () => 0),
        pair(1, 2, () => 0, { comparison: 1, reference: "other" }),
        pair(1, 2, () => 1, { comparison: 2, reference: "third", verdict: "not explained" }),
      ],
      ["cat", "dog"],
    );
    expect(groups.map(({ reference, rows }) => [reference, rows.map(({ comparison }) => comparison)])).toEqual([
      ["r", [0]],
      ["third", [2]],
    ]);
    expect(groups[0]?.cases).toEqual([{ row: 0, label: "dog", truncation: 0.5 }]);
    expect(groups[0]?.rows[0]).toMatchObject({ amplification: 0, bytesOff: 0, bytes: 12 });
    expect(groups[1]?.rows[0]).toMatchObject({ amplification: 1, bytesOff: 12 });
  });

  it("take six inputs of many, the worst among them", () => {
    const worst = 17 * 2 * 2 * 3;
    const [group] = collectPictures([pair(40, 2, (index) => (index === worst ? 1e-3 : 0))], undefined);
    expect(group?.cases).toHaveLength(6);
    expect(group?.cases.map(({ row }) => row)).toContain(17);
  });

  it("show fewer of large pictures", () => {
    const [group] = collectPictures([pair(6, 700, () => 0)], undefined);
    expect(group?.cases.length).toBeLessThan(4);
  });
});

describe("the histogram", () => {
  it("counts every element once", () => {
    const found = picture(1, 2, (index) => [0, 1e-20, 1e-7, 1e-7, 2, Number.NaN][index] ?? 0);
    const { counts, equal, nonFinite, exponents } = differenceHistogram(
      picture(1, 2, () => 0),
      found,
    );
    expect([equal, nonFinite]).toEqual([7, 1]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect([counts[0], counts.at(-1)]).toEqual([1, 1]);
    const bin = counts.indexOf(2);
    expect(10 ** (exponents[bin - 1] ?? 0)).toBeLessThanOrEqual(1.0001e-7);
    expect(10 ** (exponents[bin] ?? 0)).toBeGreaterThan(1e-7);
  });
});

describe("the sweep", () => {
  const graph = generatorGraph(publishedConfig("biggan", 128));

  it("runs all of a small model's rows, some of a larger one's, none of a huge one's", () => {
    const cost = multiplyAdds(graph);
    const grid = Array.from({ length: 50 }, (_, row) => (row + 1) / 50);
    expect(affordablePoints(graph, grid, cost * 50)).toEqual(grid);
    expect(affordablePoints(graph, grid, cost * 3.5)).toEqual([0.02, 0.52, 1]);
    expect(affordablePoints(graph, grid, cost * 2.5)).toEqual([]);
  });

  it("counts the multiply-adds of biggan-128", () => {
    // The two 3x3 convolutions of the last block alone: 128 * 128 * 9 * (192 * 96 + 96 * 96) = 4.1e9; five blocks are alike.
    expect(multiplyAdds(graph) / 1e9).toBeCloseTo(21.1, 1);
  });

  it("finds the row that is off", async () => {
    const small = { ...graph, resolution: 2, zDim: 4, classes: 2 };
    const found = await sweep({
      graph: small,
      truncations: [0.02, 0.5, 1],
      classIndex: 1,
      seed: 1,
      reference: async () => ({ image: picture(1, 2, () => 0), bound: 1e-5 }),
      candidate: async ({ truncation }) => picture(1, 2, () => (truncation === 0.5 ? 1e-3 : 1e-6)),
    });
    expect(found.points.map(({ maxAbs, bound }) => maxAbs <= bound)).toEqual([true, false, true]);
    expect(found.verdict).toBe("not explained");
    expect(found.images.shape).toEqual([3, 2, 2, 3]);
  });
});
