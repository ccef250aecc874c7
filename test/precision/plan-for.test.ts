import { describe, expect, test } from "vitest";
import { ExportError } from "../../src/core/errors.js";
import { openModel } from "../../src/mapping/open-model.js";
import { evaluatorOf } from "../../src/precision/evaluator.js";
import { planEvaluatorOf } from "../../src/precision/plan-evaluator.js";
import { judgeOf, planFor } from "../../src/precision/plan-for.js";
import { qualityCases } from "../../src/precision/quality-cases.js";
import type { PrecisionRequest } from "../../src/precision/request.js";
import { fixture } from "../helpers/fixtures.js";

const tools = { backend: "tfjs-wasm", samples: 64 } as const;

async function planned(name: string, request: PrecisionRequest) {
  await using model = await openModel(fixture(`${name}.tar.gz`));
  return await planFor(model.graph, model.parameters(), request, tools);
}

describe("trained models", () => {
  test.each([
    ["biggan-mini", "float16", 0.51, 55],
    ["biggan-mini", "int8", 0.29, 40],
    ["biggan-deep-mini", "float16", 0.51, 55],
    ["biggan-deep-mini", "int8", 0.29, 40],
  ] as const)("%s in %s: at most %d of the bytes, at least %d dB", async (name, dtype, part, psnr) => {
    const { bytes, float32Bytes, quality } = await planned(name, { dtype });
    expect(bytes / float32Bytes).toBeLessThan(part);
    expect(quality?.samples).toBe(64);
    expect(quality?.psnr.overall).toBeGreaterThan(psnr);
    expect(quality?.ssim.mean).toBeGreaterThan(0.99);
  });

  test("a quality is kept, on samples that nothing was chosen by, with fewer bytes than float16", async () => {
    await using model = await openModel(fixture("biggan-mini.tar.gz"));
    const { graph } = model;
    const recipe = await planFor(graph, model.parameters(), { quality: 60 }, tools);
    expect(recipe.quality?.psnr.overall).toBeGreaterThanOrEqual(60);
    expect(recipe.bytes).toBeLessThan(0.5 * recipe.float32Bytes);
    expect(new Set(recipe.plan.values())).toEqual(new Set(["float32", "float16", "int8"]));
    const cases = qualityCases(graph, { count: 64, seed: 777 });
    const judge = await judgeOf(
      planEvaluatorOf(graph, model.parameters(), evaluatorOf(graph, { backend: "tfjs-wasm" })),
      cases,
    );
    expect((await judge(recipe.plan)).quality.psnr.mean).toBeGreaterThan(59);
  });

  test("what cannot be met is an ExportError that says what can", async () => {
    const small = planned("biggan-mini", { maxBytes: 1000 });
    await expect(small).rejects.toBeInstanceOf(ExportError);
    await expect(small).rejects.toThrow(
      /^--max-bytes 1000: the smallest export has \d+ bytes of weights, at \d+\.\d dB$/,
    );
  });

  test("float32 is not measured", async () => {
    const { plan, quality, bytes, float32Bytes } = await planned("biggan-mini", {});
    expect(quality).toBeUndefined();
    expect(bytes).toBe(float32Bytes);
    expect(new Set(plan.values())).toEqual(new Set(["float32"]));
  });
});
