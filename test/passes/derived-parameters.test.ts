import { expect, test } from "vitest";
import { float32Pieces, type ParameterSource } from "../../src/core/parameter-source.js";
import { toFloat32 } from "../../src/core/tensor.js";
import { openModel } from "../../src/mapping/open-model.js";
import { type DerivedParameters, derivedParameters } from "../../src/passes/derived-parameters.js";
import { defaultPasses } from "../../src/passes/registry.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { fixture } from "../helpers/fixtures.js";

const read: string[] = [];
const source: ParameterSource = {
  async read(name) {
    read.push(name);
    return Float32Array.of(1, 2, 3);
  },
};
const derived: DerivedParameters = new Map([
  ["twice", { inputs: ["own"], compute: ([x = new Float64Array()]) => x.map((value) => value * 2) }],
  ["thirds", { inputs: ["twice"], compute: ([x = new Float64Array()]) => x.map((value) => value / 3) }],
]);

test("derived parameters are computed in float64 from the model's own, when asked for", async () => {
  const parameters = derivedParameters(source, derived);
  expect(read).toEqual([]);
  expect(await parameters.read("thirds")).toEqual(Float64Array.of(2 / 3, 4 / 3, 2));
  expect(read).toEqual(["own"]);
  expect(await parameters.read("own")).toEqual(Float32Array.of(1, 2, 3));
});

test("pieces are rounded to float32, those of the model's own parameters are the model's", async () => {
  const pieces: number[] = [];
  for await (const piece of float32Pieces(derivedParameters(source, derived), "thirds")) pieces.push(...piece);
  expect(pieces).toEqual([2 / 3, 4 / 3, 2].map(Math.fround));
  const own: ParameterSource = {
    ...source,
    async *pieces() {
      yield Float32Array.of(7);
    },
  };
  const found: number[] = [];
  for await (const piece of float32Pieces(derivedParameters(own, derived), "own")) found.push(...piece);
  expect(found).toEqual([7]);
});

test("a source of a graph that was not rewritten is itself", () => {
  expect(derivedParameters(source, new Map())).toBe(source);
});

test.each(["biggan-mini", "biggan-deep-mini"])(
  "what is written of a rewritten %s in pieces is what is computed",
  async (name) => {
    await using model = await openModel(fixture(`${name}.tar.gz`));
    const run = runPasses(model.graph, defaultPasses("tfjs"));
    const parameters = derivedParameters(model.parameters(), run.derived);
    const streamed = { columns: 0, sum: 0, times: 0 };
    for (const parameter of run.graph.parameters.keys()) {
      const recipe = run.derived.get(parameter);
      if (recipe?.columns !== undefined) streamed.columns += 1;
      if (recipe?.sum !== undefined) streamed.sum += 1;
      if (recipe?.times !== undefined) streamed.times += 1;
      const whole = toFloat32(await parameters.read(parameter));
      let done = 0;
      for await (const piece of float32Pieces(parameters, parameter)) {
        const start = done;
        expect(
          piece.every((value, at) => value === whole[start + at]),
          parameter,
        ).toBe(true);
        done += piece.length;
      }
      expect(done, parameter).toBe(whole.length);
    }
    expect(streamed.columns).toBeGreaterThan(3);
    expect(streamed.sum).toBeGreaterThan(3);
    expect(streamed.times).toBeGreaterThan(0);
  },
);
