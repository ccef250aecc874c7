import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, it } from "vitest";
import {
  float32Pieces,
  type ParameterSource,
  type StoredFloats,
  type StoredTerm,
} from "../../src/core/parameter-source.js";
import { openModel } from "../../src/mapping/open-model.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { defaultPasses } from "../../src/passes/registry.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { fixture } from "../helpers/fixtures.js";

/** The values at their places, gathered as whoever reads the files would. */
async function gathered({ rows, parts }: StoredFloats): Promise<Float32Array> {
  const values: number[] = [];
  const files = new Map<string, Buffer>();
  for (const { file } of parts.flatMap(({ terms }) => terms)) {
    if (!files.has(file)) files.set(file, await readFile(file));
  }
  const termAt = ({ file, start, factor, rowStarts }: StoredTerm, rowBytes: number, at: number) => {
    const place = rowStarts === undefined ? start + at : (rowStarts[Math.floor(at / rowBytes)] ?? 0) + (at % rowBytes);
    return (files.get(file)?.readFloatLE(place) ?? 0) * factor;
  };
  for (let row = 0; row < rows; row++) {
    for (const { rowBytes, terms } of parts) {
      for (let at = row * rowBytes; at < (row + 1) * rowBytes; at += 4) {
        values.push(terms.reduce((sum, term) => sum + termAt(term, rowBytes, at), 0));
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
  const found: StoredFloats[] = [];
  for (const parameter of graph.parameters.keys()) {
    const floats = await placed?.stored?.(parameter);
    if (floats === undefined || read === undefined) continue;
    found.push(floats);
    expect(await gathered(floats), parameter).toEqual(await inPieces(read, parameter));
  }
  const countOf = (kind: (floats: StoredFloats) => boolean) => found.filter(kind).length;
  expect(countOf(({ parts }) => parts.length === 1 && parts[0]?.terms.length === 1)).toBeGreaterThan(10);
  // Those that a rewrite has put side by side, and added up.
  expect(countOf(({ parts }) => parts.length > 1)).toBeGreaterThan(2);
  expect(countOf(({ parts }) => parts.some(({ terms }) => terms.length > 1))).toBeGreaterThan(1);
});

it.each(["biggan-mini", "biggan-deep-mini"])(
  "of %s, statistics lie in the graph, and what is computed has no place",
  async (name) => {
    await using model = await openModel(fixture(`${name}.tar.gz`));
    const { graph, derived } = runPasses(model.graph, defaultPasses("tfjs"));
    const parameters = derivedParameters(model.parameters(), derived);
    for (const { name, kind } of graph.parameters.values()) {
      const recipe = derived.get(name);
      const streamed = recipe === undefined || recipe.columns || recipe.sum || recipe.less || recipe.cut;
      const found = await parameters.stored?.(name);
      if (!streamed) expect(found, name).toBeUndefined();
      if (kind !== "statistic") continue;
      const files = found?.parts.flatMap(({ terms }) => terms.map(({ file }) => basename(file)));
      expect(files, name).toContain("saved_model.pb");
    }
  },
);
