import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { describeModel } from "../../src/export/describe-model.js";
import { exportSafetensors } from "../../src/export/safetensors.js";
import { exportTfjs } from "../../src/export/tfjs.js";
import { type Description, encodeDescription } from "../../src/formats/description/description.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { derivedParameters } from "../../src/passes/derived-parameters.js";
import { defaultPasses, type PassTarget } from "../../src/passes/registry.js";
import { runPasses } from "../../src/passes/run-passes.js";
import { evaluate } from "../../src/runtime/evaluate.js";
import { openReference } from "../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { answerOf } from "../helpers/broken.js";
import { fixture } from "../helpers/fixtures.js";
import { largestDifference, randomInputs } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** Writes a rewritten export in both formats, as `convert --passes` does. */
async function rewrittenExport(model: Model, target: PassTarget, truncation: number | undefined) {
  const folder = join(await temporaryFolder(), "export");
  const passes = defaultPasses(target);
  const { graph, derived } = runPasses(model.graph, passes, { truncation });
  const plain = describeModel(model);
  const description: Description = {
    ...plain,
    model: {
      ...plain.model,
      truncation: truncation === undefined ? plain.model.truncation : { kind: "baked", value: truncation },
    },
    passes: passes.map(({ name }) => name),
  };
  const parameters = derivedParameters(model.parameters(), derived);
  const options = { metadata: encodeDescription(description) };
  await mkdir(folder);
  await exportTfjs(graph, parameters, join(folder, "tfjs"), options);
  await exportSafetensors(graph, parameters, folder, options);
  return { graph, parameters, paths: [join(folder, "weights.safetensors"), join(folder, "tfjs")], description };
}

async function imageOf({ graph, parameters }: Pick<Model, "graph" | "parameters">, truncation: number) {
  await using runtime = await openReference(graph, parameters());
  return layerOf(await evaluate(runtime, randomInputs(graph, 1, truncation)), "image");
}

describe.each([
  ["biggan-mini", "tfjs", undefined],
  ["biggan-mini", "tfjs", 0.43],
  ["biggan-deep-mini", "onnx", undefined],
  ["biggan-deep-mini", "tfjs", 0.5],
] as const)("%s rewritten for %s, truncation %s", (name, target, truncation) => {
  test("opens as the same rewritten graph, with its derived parameters, and gives the same pictures", async () => {
    await using original = await openModel(fixture(`${name}.tar.gz`));
    const { graph, parameters, paths, description } = await rewrittenExport(original, target, truncation);
    const at = truncation ?? 0.7;
    const wanted = await imageOf(original, at);
    for (const path of paths) {
      await using model = await openModel(path);
      expect(model.description).toEqual(description);
      expect(model.graph).toEqual(graph);
      expect(model.resolution.issues).toEqual([]);
      const mine = model.parameters();
      for (const parameter of graph.parameters.keys()) {
        const [ours, theirs] = [await mine.read(parameter), toFloat32(await parameters.read(parameter))];
        expect(
          ours.findIndex((value, index) => !Object.is(value, theirs[index])),
          parameter,
        ).toBe(-1);
      }
      // The weights are rounded to float32 once, the arithmetic is not.
      expect(largestDifference(await imageOf(model, at), wanted)).toBeLessThan(2e-5);
      expect(describeModel(model)).toEqual(description);
    }
  });
});

describe("a description whose graph cannot be rebuilt", () => {
  const answer = async (change: (description: Description) => Description) => {
    await using model = await openModel(fixture("biggan-mini.tar.gz"));
    const folder = await temporaryFolder();
    const metadata = encodeDescription(change(describeModel(model)));
    await exportSafetensors(model.graph, model.parameters(), folder, { metadata });
    return (await answerOf(() => openModel(join(folder, "weights.safetensors"))))?.message;
  };
  const baked =
    (value: number) =>
    (description: Description): Description => ({
      ...description,
      model: { ...description.model, truncation: { kind: "baked", value } },
    });

  test("is refused in words", async () => {
    expect(await answer((good) => ({ ...good, passes: ["fold-constant"] }))).toBe(
      'weights.safetensors: passes: expected rewrites that this version knows, found "fold-constant"',
    );
    expect(await answer(baked(0.5))).toMatch(/passes: expected bake-truncation among them/);
    expect(await answer((good) => ({ ...baked(0.001)(good), passes: ["bake-truncation"] }))).toMatch(
      /truncation: expected one that the model has statistics for, found 0\.001$/,
    );
  });
});
