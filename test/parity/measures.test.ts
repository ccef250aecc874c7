import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import { parseNpz } from "../../src/formats/npy/npz.js";
import { difference, ulpDistance } from "../../src/parity/measures.js";
import { ssim } from "../../src/parity/ssim.js";

const FILE = fileURLToPath(new URL("../golden/parity/measures.npz", import.meta.url));
const golden = parseNpz("measures.npz", readFileSync(FILE));

function entry(name: string): Tensor {
  const tensor = golden.get(name);
  if (tensor === undefined) throw new Error(`${name} is not in measures.npz`);
  return tensor;
}

const vector = (...data: number[]): Tensor => ({ shape: [data.length], data: Float64Array.from(data) });

describe("structural similarity", () => {
  it.each(["close", "noisy", "smallest"])("is what the paper's formula gives: %s", (name) => {
    const wanted = entry(`ssim/${name}/result`).data[0];
    expect(ssim(entry(`ssim/${name}/x`), entry(`ssim/${name}/y`))).toBeCloseTo(wanted ?? Number.NaN, 10);
  });

  it("is 1 for equal pictures, of any size", () => {
    const picture = entry("ssim/noisy/x");
    expect(ssim(picture, picture)).toBe(1);
    const small = { shape: [1, 8, 8, 1], data: picture.data.slice(0, 64) };
    expect(ssim(small, small)).toBe(1);
    expect(ssim(small, { ...small, data: picture.data.slice(300, 364) })).toBeLessThan(0.9);
  });
});

describe("ULP distance", () => {
  it("counts the float32 numbers between two", () => {
    const [a, b, wanted] = [entry("ulp/a").data, entry("ulp/b").data, entry("ulp/result").data];
    const found = Array.from(a, (value, i) => ulpDistance(value, b[i] ?? Number.NaN));
    expect(found).toEqual([...wanted]);
  });

  it("is the largest over a tensor, and infinite where the candidate is not a number", () => {
    expect(difference(vector(1, 2), vector(1, 2 + 2 ** -22)).maxUlp).toBe(1);
    expect(difference(vector(1, 2), vector(1 - 2 ** -24, 2)).maxUlp).toBe(1);
    expect(difference(vector(1, 2), vector(1, Number.NaN))).toMatchObject({
      maxUlp: Number.POSITIVE_INFINITY,
      nonFinite: 1,
    });
    expect(difference(vector(1, 2), vector(1, 2))).toMatchObject({ maxUlp: 0, maxAbs: 0 });
  });
});
