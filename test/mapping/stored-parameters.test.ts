import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { float32Pieces, type ParameterSource, type StoredFloats } from "../../src/core/parameter-source.js";
import { openModel } from "../../src/mapping/open-model.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { defaultPasses } from "../../src/passes/registry.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { fixture } from "../helpers/fixtures.js";

/** The values at their places, gathered as whoever reads the files would. */
async function gathered({ rows, parts }: StoredFloats): Promise<Float32Array> {
  const values: number[] = [];
  const files = new Map<string, Buffer>();
  for (const { file } of parts) if (!files.has(file)) files.set(file, await readFile(file));
  for (let row = 0; row < rows; row++) {
    for (const { file, start, rowBytes, factor } of parts) {
      const bytes = files.get(file) ?? Buffer.alloc(0);
      for (let at = start + row * rowBytes; at < start + (row + 1) * rowBytes; at += 4) {
        values.push(bytes.readFloatLE(at) * factor);
      }
    }
  }
  return Float32Array.from(values);
}

async function inPieces(parameters: ParameterSource, name: string): Promise<Float32Array> {
  const values: number[] = [];
  for await (const piece of float32Pieces(parameters, name)) {
    for (const value of piece) values.push(value);
  }
  return Float32Array.from(values);
}

it.each(["biggan-mini", "biggan-deep-mini"])("of %s, what lies in files is what comes in pieces", async (name) => {
  await using model = await openModel(fixture(`${name}.tar.gz`));
  const { graph, derived } = runPasses(model.graph, defaultPasses("tfjs"));
  const [placed, read] = [model.parameters(), model.parameters()].map((own) => derivedParameters(own, derived));
  const found = new Map<string, number>();
  for (const parameter of graph.parameters.keys()) {
    const floats = await placed?.stored?.(parameter);
    if (floats === undefined || read === undefined) continue;
    found.set(parameter, floats.parts.length);
    expect(await gathered(floats), parameter).toEqual(await inPieces(read, parameter));
  }
  // Single weights, and those that a rewrite has put side by side.
  expect([...found.values()].filter((parts) => parts === 1).length).toBeGreaterThan(10);
  expect([...found.values()].filter((parts) => parts > 1).length).toBeGreaterThan(2);
});

it("statistics, which lie in the graph, and what is computed have no place", async () => {
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  const { graph, derived } = runPasses(model.graph, defaultPasses("tfjs"));
  const parameters = derivedParameters(model.parameters(), derived);
  for (const { name, kind } of graph.parameters.values()) {
    const computed = derived.get(name) !== undefined && derived.get(name)?.columns === undefined;
    if (kind === "statistic" || computed) expect(await parameters.stored?.(name), name).toBeUndefined();
  }
});
