import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ParameterSource } from "../../src/core/parameter-source.js";
import { type Tensor, toFloat32 } from "../../src/core/tensor.js";
import { goldenCases } from "../../src/export/golden-cases.js";
import { writeGoldens } from "../../src/export/goldens.js";
import { parseNpz } from "../../src/formats/npy/npz.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { randomParameters, smallBigGan } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

test("golden cases differ in class, seed and truncation, and not all are at truncation 1", () => {
  expect(goldenCases(1000).map(({ classIndex }) => classIndex)).toEqual([0, 499, 999]);
  expect(goldenCases(1).map(({ classIndex }) => classIndex)).toEqual([0, 0, 0]);
  expect(new Set(goldenCases(10).map(({ truncation }) => truncation)).size).toBe(3);
});

test("goldens.npz holds float32 inputs and the reference's answer to just these, with weights as float32 holds them", async () => {
  const graph = smallBigGan();
  const folder = await temporaryFolder();
  const parameters = randomParameters(graph);
  const inFloat32: ParameterSource = {
    read: async (name, options) => toFloat32(await parameters.read(name, options)),
  };
  await using reference = await openReference(graph, inFloat32);
  const model = { graph, parameters };
  const { file, record } = await writeGoldens(folder, model);
  expect(record).toEqual({ file: "goldens.npz", cases: 3 });
  const { cases } = record;
  const bytes = await readFile(join(folder, file.path));
  expect(bytes.byteLength).toBe(file.bytes);
  const goldens = parseNpz(file.path, bytes);
  const of = (name: string): Tensor => {
    const tensor = goldens.get(name);
    if (tensor === undefined) throw new Error(`no ${name}`);
    expect(tensor.data).toBeInstanceOf(Float32Array);
    return tensor;
  };
  expect([...goldens.keys()]).toEqual(["z", "y", "truncation", "image"]);
  expect(of("z").shape).toEqual([3, graph.zDim]);
  expect(of("y").shape).toEqual([3, graph.classes]);
  expect(of("truncation").shape).toEqual([3]);
  expect(of("image").shape).toEqual([3, 16, 16, 3]);
  for (let row = 0; row < cases; row++) {
    const at = ({ shape, data }: Tensor): Tensor => {
      const size = data.length / cases;
      return { shape: [1, ...shape.slice(1)], data: data.slice(row * size, (row + 1) * size) };
    };
    const truncation = of("truncation").data[row] ?? Number.NaN;
    const outputs = await reference.run({ z: at(of("z")), y: at(of("y")), truncation });
    expect(at(of("image")).data).toEqual(Float32Array.from(layerOf(outputs, "image").data));
  }
  const again = await writeGoldens(await temporaryFolder(), model);
  expect(again.file).toEqual(file);
});
