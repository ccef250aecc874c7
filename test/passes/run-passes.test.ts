import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/core/errors.js";
import type { Graph, OperationName } from "../../src/graph/graph.js";
import { multiplyAdds } from "../../src/graph/multiply-adds.js";
import { generatorGraph, publishedConfig } from "../../src/models/generator.js";
import { parsePasses } from "../../src/passes/parse-passes.js";
import { PASSES } from "../../src/passes/registry.js";
import { parameterBytes, runPasses } from "../../src/passes/run-passes.js";
import { smallBigGan, smallBigGanDeep } from "../helpers/small-generators.js";

const SIZES = [128, 256, 512] as const;
const billions = (graph: Graph) => Number((multiplyAdds(graph) / 1e9).toFixed(2));
const countOf = (graph: Graph, op: OperationName) => graph.nodes.filter((node) => node.operation.op === op).length;

describe("multiply-adds of the published models, in billions", () => {
  test.each([
    ["biggan", [21.12, 80.25, 119.62], [9.57, 37.9, 51.9]],
    ["biggan-deep", [11.32, 38.84, 75.75], [6.23, 19.12, 24.7]],
  ] as const)("%s at 128, 256 and 512", (family, before, after) => {
    const graphs = SIZES.map((size) => generatorGraph(publishedConfig(family, size)));
    const rewritten = graphs.map((graph) => runPasses(graph, parsePasses("default", "tfjs")).graph);
    expect(graphs.map(billions)).toEqual(before);
    expect(rewritten.map(billions)).toEqual(after);
    // Little is saved at the cost of the download: filters of rows in pairs grow, and beside them a few biases.
    const unpaired = graphs.map((graph) => runPasses(graph, parsePasses("-rows-in-pairs", "tfjs")).graph);
    for (const [at, graph] of graphs.entries()) {
      const grown = (by: readonly Graph[]) => parameterBytes(by[at] ?? graph) / parameterBytes(graph) - 1;
      expect(grown(unpaired)).toBeLessThan(1 / 1000);
      expect(grown(rewritten)).toBeLessThan(1 / 30);
    }
  });

  test("are what the reports add up to, as are bytes and nodes", () => {
    const graph = generatorGraph(publishedConfig("biggan-deep", 128));
    const run = runPasses(graph, parsePasses("default", "tfjs"), { truncation: 0.5 });
    const sum = (field: "multiplyAddsSaved" | "bytesSaved" | "nodesSaved") =>
      run.reports.reduce((total, report) => total + report[field], 0);
    expect(sum("multiplyAddsSaved")).toBe(multiplyAdds(graph) - multiplyAdds(run.graph));
    expect(sum("bytesSaved")).toBe(parameterBytes(graph) - parameterBytes(run.graph));
    expect(sum("nodesSaved")).toBe(graph.nodes.length - run.graph.nodes.length);
  });
});

describe.each([
  ["biggan", smallBigGan],
  ["biggan-deep", smallBigGanDeep],
] as const)("all passes on a small %s", (_, make) => {
  test("leave no batch norm, no upsampled 3 x 3 convolution, and one matrix product for each operand", () => {
    const { graph } = runPasses(make(), parsePasses("default", "tfjs"));
    expect(countOf(graph, "batchNorm")).toBe(0);
    expect(countOf(graph, "scale")).toBe(0);
    expect(countOf(graph, "addScalar")).toBe(0);
    for (const { operation, inputs } of graph.nodes) {
      if (operation.op !== "conv2d") continue;
      expect(graph.nodes[inputs[0] ?? -1]?.operation.op).not.toBe("upsample2x");
    }
    const operands = graph.nodes.flatMap(({ operation, inputs }) =>
      operation.op === "matmul" ? inputs.slice(0, 1) : [],
    );
    expect(new Set(operands).size).toBe(operands.length);
  });

  test("with a truncation leave no trace of it and no arithmetic on vectors", () => {
    const { graph } = runPasses(make(), parsePasses("default", "tfjs"), { truncation: 0.4 });
    expect(graph.nodes.filter(({ name }) => name === "truncation")).toEqual([]);
    for (const op of ["truncationWeights", "multiply", "subtract", "inverseDeviation", "addScalar"] as const) {
      expect(countOf(graph, op), op).toBe(0);
    }
    expect([...graph.parameters.values()].filter(({ kind }) => kind === "statistic")).toEqual([]);
  });

  test("have nothing left to do when they are run again", () => {
    const passes = parsePasses("default", "tfjs");
    const { graph } = runPasses(make(), passes, { truncation: 0.4 });
    const again = runPasses(graph, passes, { truncation: 0.4 });
    expect(again.graph).toBe(graph);
    expect(again.reports).toEqual([]);
  });

  test("keep nodes in order, names unique, parameters declared and derived from the model's own", () => {
    const original = make();
    const { graph, derived } = runPasses(original, parsePasses("default", "tfjs"));
    expect(new Set(graph.nodes.map(({ name }) => name)).size).toBe(graph.nodes.length);
    const available = (name: string): boolean =>
      derived.get(name)?.inputs.every(available) ?? original.parameters.has(name);
    for (const [id, { operation, inputs, ...node }] of graph.nodes.entries()) {
      expect(node.id).toBe(id);
      for (const input of inputs) expect(input).toBeLessThan(id);
      if (operation.op !== "parameter") continue;
      expect(graph.parameters.get(operation.parameter)?.shape).toEqual(node.shape);
      expect(available(operation.parameter)).toBe(true);
    }
  });
});

test("every pass but slice-before-upsampling, and those for larger models, has something to do in one of the families", () => {
  const lists = ["taps", "phases", "transposed-conv"].map((form) => `default,-upsample-as-taps,upsample-as-${form}`);
  const changed = [smallBigGan(), smallBigGanDeep()].flatMap((graph) =>
    [undefined, 0.5].flatMap((truncation) =>
      lists.flatMap((list) =>
        runPasses(graph, parsePasses(list, "tfjs"), { truncation }).reports.map(({ name }) => name),
      ),
    ),
  );
  const idle = PASSES.map(({ name }) => name).filter((name) => !changed.includes(name));
  expect(idle).toEqual(["slice-before-upsampling", "rows-in-pairs", "attend-apart"]);
});

describe("a truncation outside the statistics", () => {
  const bake = (truncation: number) => () =>
    runPasses(smallBigGan(), parsePasses("bake-truncation", "tfjs"), { truncation });

  test("is refused with the range", () => {
    for (const truncation of [-0.01, 1.01, Number.NaN]) {
      expect(bake(truncation)).toThrow(UsageError);
      expect(bake(truncation)).toThrow(`truncation: expected 0 … 1, found ${truncation}`);
    }
    const published = generatorGraph(publishedConfig("biggan", 128));
    const passes = parsePasses("default", "onnx");
    expect(() => runPasses(published, passes, { truncation: 0 })).toThrow("truncation: expected 0.02 … 1, found 0");
  });

  test("is taken where it is the first or last row in float32", () => {
    const published = generatorGraph(publishedConfig("biggan", 128));
    expect(runPasses(published, parsePasses("default", "onnx"), { truncation: Math.fround(0.02) }).reports).not.toEqual(
      [],
    );
    expect(
      bake(1)().graph.nodes.some(({ operation }) => operation.op === "input" && operation.input === "truncation"),
    ).toBe(false);
  });
});
