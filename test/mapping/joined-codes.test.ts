import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { describeModel } from "../../src/export/describe-model.js";
import { encodeDescription } from "../../src/formats/description/description.js";
import { lowerToTfjs } from "../../src/lowering/tfjs-graph.js";
import { writeTfjsModel } from "../../src/lowering/write-tfjs-model.js";
import { joinedCodes } from "../../src/mapping/joined-codes.js";
import { openModel } from "../../src/mapping/open-model.js";
import { decodeParameter, encodeParameter } from "../../src/storage/encode-parameter.js";
import { type Precision, uniformPlan } from "../../src/storage/plan.js";
import { golden } from "../helpers/golden.js";
import { namedTensors } from "../helpers/named-tensors.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

describe.each<Precision>(["int8", "float16"])("a tfjs export in %s", (precision) => {
  test("opens as the numbers that a runtime computes with", async () => {
    await using original = await openModel(golden("modules/deep-assign.tar.gz"));
    const folder = await temporaryFolder();
    const { graph } = original;
    const plan = uniformPlan(graph, precision);
    await writeTfjsModel(lowerToTfjs(graph, { plan }), original.parameters(), folder, {
      metadata: encodeDescription(describeModel(original)),
    });
    await using model = await openModel(folder);
    expect(model.resolution.issues).toEqual([]);
    expect(model.resolution.uses.size).toBe(model.source.tensors.size);
    for (const parameter of graph.parameters.values()) {
      const { name } = parameter;
      const exact = toFloat32(await original.parameters().read(name));
      const wanted = decodeParameter(encodeParameter(parameter, plan.get(name) ?? "float32", exact));
      const found = await model.parameters().read(name);
      expect(found.length).toBe(wanted.length);
      expect(
        found.findIndex((value, index) => value !== wanted[index]),
        name,
      ).toBe(-1);
    }
  });
});

test("codes without scales of their own are left alone, and so reported by the mapping", () => {
  const shapes = new Map<string, readonly number[]>([
    ["a.w/codes", [3, 4]],
    ["a.w/scales", [4]],
    ["b.w/codes", [3, 4]],
    ["c.w/codes", [3, 4]],
    ["c.w/scales", [3]],
    ["d.w/codes", [3, 4]],
    ["d.w/scales", [4]],
    ["d.w/offsets", [2, 4]],
  ]);
  expect([...joinedCodes(namedTensors("x", shapes)).tensors.keys()]).toEqual([
    "a.w",
    "b.w/codes",
    "c.w/codes",
    "c.w/scales",
    "d.w/codes",
    "d.w/offsets",
    "d.w/scales",
  ]);
  const plain = namedTensors(join("x", "y"), new Map([["a.w", [1]]]));
  expect(joinedCodes(plain)).toBe(plain);
});
