import { expect, test } from "vitest";
import type { ParameterSource } from "../../src/core/parameter-source.js";
import type { Graph } from "../../src/graph/graph.js";
import { forecastFloat16, nodesAtRisk } from "../../src/precision/overflow.js";
import { inputsOfCases, qualityCases } from "../../src/precision/quality-cases.js";
import { measureRanges, type NodeRange } from "../../src/precision/ranges.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { randomParameters, smallBigGan } from "../helpers/small-generators.js";

const graph = smallBigGan();
const cases = qualityCases(graph, { count: 12, seed: 3 });

function scaled(name: string, factor: number): ParameterSource {
  const source = randomParameters(graph);
  return {
    read: async (asked) => {
      const values = await source.read(asked);
      return asked === name ? values.map((value) => value * factor) : values;
    },
  };
}

async function atRisk(of: Graph, source: ParameterSource) {
  return nodesAtRisk(forecastFloat16(of, await measureRanges(of, source, { backend: "tfjs-cpu", cases })));
}

test.each(["tfjs-cpu", "ort-cpu"] as const)("ranges on %s are those of the float64 reference", async (backend) => {
  const ranges = await measureRanges(graph, randomParameters(graph), { backend, cases });
  const seen = new Map<string, [number, number]>();
  await using reference = await openReference(graph, randomParameters(graph), {
    observe: () =>
      function* (node, _operands, { data }) {
        const [low, high] = seen.get(node.name) ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
        seen.set(node.name, [Math.min(low, ...data), Math.max(high, ...data)]);
        yield;
      },
  });
  await evaluate(reference, inputsOfCases(graph, cases));
  expect(ranges.size).toBeGreaterThan(60);
  for (const [name, { low, high }] of ranges) {
    const [wantedLow = Number.NaN, wantedHigh = Number.NaN] = seen.get(name) ?? [];
    expect(low, name).toBeCloseTo(wantedLow, 3);
    expect(high, name).toBeCloseTo(wantedHigh, 3);
  }
});

test("onnxruntime takes the same ranges itself as are taken of values that it hands out", async () => {
  const [handed, taken] = await Promise.all(
    (["tfjs-cpu", "ort-cpu"] as const).map((backend) =>
      measureRanges(graph, randomParameters(graph), { backend, cases }),
    ),
  );
  expect([...(taken?.keys() ?? [])]).toEqual([...(handed?.keys() ?? [])]);
  for (const [name, wanted] of handed ?? []) {
    const found = taken?.get(name);
    const numbers = (range: NodeRange | undefined) => [
      range?.rms ?? 0,
      ...(range?.largest ?? []),
      ...(range?.longest ?? []),
    ];
    for (const [index, number] of numbers(found).entries()) {
      const expected = numbers(wanted)[index] ?? Number.NaN;
      expect(Math.abs(number - expected), name).toBeLessThanOrEqual(1e-4 * Math.max(1, expected));
    }
  }
});

test("nothing is at risk in a model of ordinary size", async () => {
  expect([...(await atRisk(graph, randomParameters(graph)))]).toEqual([]);
});

test("what overflows is named, from the node where it begins to the one where it ends", async () => {
  const risk = await atRisk(graph, scaled("block0.conv1.w", 1e6));
  expect(risk).toContain("block0.conv1.conv2d");
  expect(risk).not.toContain("block0.conv0.conv2d");
  expect(risk).not.toContain("image");
});

test("scores of attention that overflow inside it put it at risk", async () => {
  const source = scaled("attention.theta.w", 2e5);
  expect(await atRisk(graph, source)).toContain("attention.attend");
});

test("what all but vanishes is named too", async () => {
  expect(await atRisk(graph, scaled("attention.o.w", 1e-6))).toContain("attention.o.conv2d");
});

test("the forecast is above what was seen, the more so the more pictures differ", () => {
  const node = graph.nodes.at(-1);
  if (node === undefined) throw new Error("no nodes");
  const range = { node, low: 0, high: 60_000, rms: 1, longest: [] };
  const forecast = (largest: readonly number[]) =>
    forecastFloat16(graph, new Map([[node.name, { ...range, largest }]]))[0];
  expect(forecast([50_000, 50_001, 50_002])?.risk).toBe("none");
  expect(forecast([30_000, 45_000, 60_000])).toMatchObject({ seen: 60_000, risk: "overflow" });
});
