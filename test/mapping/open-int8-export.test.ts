import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { writeBundle } from "../../src/export/bundle.js";
import { type PreparedFormat, prepareFormats } from "../../src/export/prepare-formats.js";
import type { Graph } from "../../src/graph/graph.js";
import { lowerToOnnx } from "../../src/lowering/onnx-graph.js";
import { openModel } from "../../src/mapping/open-model.js";
import { planInt8Compute } from "../../src/precision/int8-compute.js";
import { compareQuality } from "../../src/precision/quality.js";
import { inputsOfCases, qualityCases } from "../../src/precision/quality-cases.js";
import { openRuntime } from "../../src/runtime/backends.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { int8Form } from "../../src/storage/encode-parameter.js";
import { fromFloat16, toFloat16 } from "../../src/storage/float16.js";
import { precisionOf } from "../../src/storage/plan.js";
import { fixture } from "../helpers/fixtures.js";

type Int8Format = PreparedFormat & Pick<Awaited<ReturnType<typeof planInt8Compute>>, "plan">;

const PASSES = "default,-upsample-as-taps,upsample-as-phases";

/** A product, and where there are offsets a sum, in float32. */
const ROUNDED = 2 ** -22;

/** For each parameter, half the distance of two numbers that the file can hold, by channel. */
async function halfSteps({ graph, parameters, plan, compute }: Int8Format): Promise<ReadonlyMap<string, number[]>> {
  const read = async (name: string) => toFloat32(await parameters.read(name));
  const halves = new Map<string, number[]>();
  const { weights } = lowerToOnnx(graph, { plan, compute });
  const limits = new Map(
    weights.flatMap(({ source }) => (source.kind === "parameter" ? [[source.parameter, source.limit] as const] : [])),
  );
  for (const declared of graph.parameters.values()) {
    const values = await read(declared.name);
    const precision = precisionOf(plan, declared.name);
    if (precision === "int8") {
      halves.set(
        declared.name,
        [...int8Form(declared, values, limits.get(declared.name)).scales].map((scale) => 0.5 * scale),
      );
    } else if (precision === "float16") {
      const rounded = fromFloat16(toFloat16(values).bits);
      const most = values.reduce((so, value, at) => Math.max(so, Math.abs(value - (rounded[at] ?? 0))), 0);
      halves.set(declared.name, [most]);
    } else halves.set(declared.name, [0]);
  }
  for (const { source } of weights) {
    if (source.kind !== "bias") continue;
    const { declared, parameter, limit } = source.weights;
    const { scales } = int8Form(declared, await read(parameter), limit);
    halves.set(
      source.bias.parameter,
      [...scales].map((scale) => 0.5 * scale * source.inputScale),
    );
  }
  return halves;
}

async function drawn(graph: Graph, parameters: PreparedFormat["parameters"]) {
  await using runtime = await openRuntime("tfjs-wasm", graph, parameters);
  return layerOf(await evaluate(runtime, inputsOfCases(graph, qualityCases(graph, { count: 4, seed: 3 }))), "image");
}

describe.each(["biggan-mini", "biggan-deep-mini"])("%s computing in int8", (name) => {
  let folder: string;
  let format: Int8Format;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "biggan-port-test-"));
    await using model = await openModel(fixture(`${name}.tar.gz`));
    for (const prepared of prepareFormats(model, { formats: ["onnx"], passes: PASSES })) {
      const { graph, parameters } = prepared;
      const precision = await planInt8Compute(graph, parameters, { quality: 1, samples: 8 });
      const held = new Map<string, Float32Array<ArrayBuffer>>();
      for (const each of graph.parameters.keys()) held.set(each, toFloat32(await parameters.read(each)));
      const kept = { read: async (each: string) => held.get(each) ?? new Float32Array() };
      format = { ...prepared, parameters: kept, plan: precision.plan, precision, compute: precision.compute };
      await writeBundle(folder, model, { formats: [format], goldens: false });
    }
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("is a model again, with the float weights but for the rounding of its codes", async () => {
    await using again = await openModel(folder);
    expect(again.graph).toEqual(format.graph);
    const parameters = again.parameters();
    const halves = await halfSteps(format);
    for (const parameter of format.graph.parameters.keys()) {
      const found = toFloat32(await parameters.read(parameter));
      const wanted = toFloat32(await format.parameters.read(parameter));
      const half = halves.get(parameter) ?? [];
      expect(found.length, parameter).toBe(wanted.length);
      const off = found.findIndex((value, at) => {
        const expected = wanted[at] ?? Number.NaN;
        const bound = (half[at % half.length] ?? 0) + ROUNDED * Math.abs(expected);
        return !(Math.abs(value - expected) <= bound);
      });
      expect(off, parameter).toBe(-1);
    }
  });

  test("is read with biases that were rounded in the units of their products", async () => {
    await using again = await openModel(folder);
    const origins = [...again.source.tensors.values()].map(({ origin }) => origin);
    expect(origins.filter((origin) => origin.endsWith("(int32)")).length).toBeGreaterThan(4);
    expect(origins.filter((origin) => origin.endsWith("(int8)")).length).toBeGreaterThan(10);
  });

  test("draws nearly the same pictures on another runtime", async () => {
    await using again = await openModel(folder);
    const wanted = await drawn(format.graph, format.parameters);
    const found = await drawn(again.graph, again.parameters());
    const cases = qualityCases(again.graph, { count: 4, seed: 3 });
    expect(compareQuality(wanted, found, cases).psnr.overall).toBeGreaterThan(35);
  });
});
