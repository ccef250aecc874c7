import { expect, test } from "vitest";
import type { ParameterSource } from "../../src/core/parameter-source.js";
import { safePlan } from "../../src/precision/safe-plan.js";
import { uniformPlan } from "../../src/storage/plan.js";
import { randomParameters, smallBigGan } from "../helpers/small-generators.js";

const graph = smallBigGan();

function changed(name: string, change: (value: number, at: number) => number): ParameterSource {
  const source = randomParameters(graph);
  return {
    read: async (asked) => {
      const values = Float32Array.from(await source.read(asked));
      return asked === name ? values.map(change) : values;
    },
  };
}

test("ordinary numbers are stored as asked for; vectors and scalars in float32", async () => {
  const { plan, spared } = await safePlan(graph, randomParameters(graph), uniformPlan(graph, "float16"));
  expect(spared).toEqual([]);
  expect(plan.get("block0.conv0.w")).toBe("float16");
  expect(["block0.conv0.b", "final.gain", "attention.gamma"].map((name) => plan.get(name))).toEqual([
    "float32",
    "float32",
    "float32",
  ]);
});

test("a weight beyond float16 stays in float32, but fits in int8", async () => {
  const source = changed("block0.conv0.w", (value) => value * 1e6);
  const { plan, spared } = await safePlan(graph, source, uniformPlan(graph, "float16"));
  expect(plan.get("block0.conv0.w")).toBe("float32");
  expect(spared).toHaveLength(1);
  expect(spared[0]?.reason).toMatch(/^float16: .* is beyond its largest, 65504$/);
  expect((await safePlan(graph, source, uniformPlan(graph, "int8"))).plan.get("block0.conv0.w")).toBe("int8");
});

test("a variance that eight bits would move by much gets sixteen, and one too small for sixteen all of them", async () => {
  const channels = graph.parameters.get("final.variance")?.shape[1] ?? 1;
  const steady = changed("final.variance", (_, at) => (at % channels === 0 ? 0.001 : 10));
  const tiny = changed("final.variance", (_, at) => 1e-7 * (1 + at));
  const found = async (source: ParameterSource) =>
    (await safePlan(graph, source, new Map([["final.variance", "int8"]]))).spared.filter(
      ({ parameter }) => parameter === "final.variance",
    );
  expect(await found(steady)).toEqual([]);
  const growing = changed("final.variance", (_, at) => 0.001 * 10 ** Math.floor(at / channels));
  expect(await found(growing)).toEqual([
    {
      parameter: "final.variance",
      precision: "float16",
      reason: expect.stringMatching(/^int8: a variance would move by \d/),
    },
  ]);
  expect((await found(tiny))[0]?.precision).toBe("float32");
});
