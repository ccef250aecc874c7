import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { z } from "zod";
import {
  foldSpectralNorm,
  spectralNorm,
  spectralNormOfRows,
  storedSpectralNorm,
} from "../../src/mapping/spectral-norm.js";

/** Made with numpy in float64 from float32 data; true_sigma is numpy.linalg.svd's largest singular value. */
const golden = z
  .object({
    w: z.array(z.number()),
    u0: z.array(z.number()),
    sigma_tfhub_rsqrt: z.number(),
    sigma_torch_max: z.number(),
    sigma_ajbrock_v1_add: z.number(),
    true_sigma: z.number(),
  })
  .parse(JSON.parse(await readFile(new URL("../golden/sigma.json", import.meta.url), "utf8")));
const w = Float32Array.from(golden.w);
const u = Float32Array.from(golden.u0);

it("is one power step from the stored vector with epsilon inside the root, as numpy has it", () => {
  expect(spectralNorm(w, u, 1e-4)).toBeCloseTo(golden.sigma_tfhub_rsqrt, 14);
});

const FORMS = [
  ["inside-root", golden.sigma_tfhub_rsqrt],
  ["at-least", golden.sigma_torch_max],
  ["added", golden.sigma_ajbrock_v1_add],
] as const;

/** The same matrix with its outputs first, as PyTorch keeps it. */
const turned = w.map(
  (_, at) => w[(at % (w.length / u.length)) * u.length + Math.floor(at / (w.length / u.length))] ?? 0,
);

it.each(FORMS)("guards lengths %s as numpy does, outputs first or last", (guard, sigma) => {
  expect(spectralNorm(w, u, 1e-4, guard)).toBeCloseTo(sigma, 14);
  expect(spectralNormOfRows(turned, u, 1e-4, guard)).toBeCloseTo(sigma, 14);
});

it("is u W v of stored vectors", () => {
  // [[1, 2, 3], [4, 5, 6]] between [1, -1] and [1, 0, 2]: 7 - 16.
  const sigma = storedSpectralNorm(Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(1, -1), Float32Array.of(1, 0, 2));
  expect(sigma).toBe(-9);
});

it("is neither the largest singular value nor PyTorch's form", () => {
  const sigma = spectralNorm(w, u, 1e-4);
  expect(Math.abs(sigma - golden.true_sigma)).toBeGreaterThan(0.4);
  expect(Math.abs(sigma - golden.sigma_torch_max)).toBeGreaterThan(4e-5);
});

it("divides every weight, in float64", () => {
  const folded = foldSpectralNorm(w, u, 1e-4);
  expect(folded).toBeInstanceOf(Float64Array);
  expect(folded[7]).toBeCloseTo((golden.w[7] ?? 0) / golden.sigma_tfhub_rsqrt, 14);
});

it("survives a weight of zeros", () => {
  expect(spectralNorm(new Float32Array(6), Float32Array.of(1, 0), 1e-4)).toBe(0);
});
