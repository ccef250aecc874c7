import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeBundle } from "../../src/export/bundle.js";
import { checkFiles, type RightPictures } from "../../src/export/check-files.js";
import { prepareFormats } from "../../src/export/prepare-formats.js";
import type { ExportFormat } from "../../src/formats/description/description.js";
import { type Model, openModel } from "../../src/mapping/open-model.js";
import { FLOAT32_CPU } from "../../src/parity/budget/arithmetic.js";
import { budgetedRun } from "../../src/parity/budget/layer-budgets.js";
import { standardCases } from "../../src/parity/cases.js";
import { answerExport } from "../../src/parity/report/file-check.js";
import { planFor } from "../../src/precision/plan-for.js";
import { layerOf } from "../../src/runtime/runtime.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** As a parity run finds them. */
async function rightPictures({ graph, parameters }: Model): Promise<RightPictures> {
  const inputs = standardCases(graph, [0, 1], 2);
  const { layers, budgets } = await budgetedRun(graph, parameters(), inputs, [FLOAT32_CPU]);
  const bound = budgets(FLOAT32_CPU).get("image")?.bound ?? Number.NaN;
  return { reference: "float64", inputs, wanted: layerOf(layers, "image"), bound };
}

const FORMATS: readonly ExportFormat[] = ["tfjs", "onnx"];

test.each([
  ["in float32", {}, {}],
  ["at one truncation", { truncation: 0.5 }, {}],
  ["in float16", {}, { dtype: "float16" }],
  ["in int8", {}, { dtype: "int8" }],
] as const)("files %s draw what they should", async (_, choices, request) => {
  const folder = await temporaryFolder();
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  const prepared = prepareFormats(model, { formats: FORMATS, ...choices });
  const formats = await Promise.all(
    prepared.map(async (format) => {
      if (!("dtype" in request)) return format;
      const { graph, parameters } = format;
      return { ...format, precision: await planFor(graph, parameters, request, { backend: "tfjs-wasm", samples: 4 }) };
    }),
  );
  await writeBundle(folder, model, { formats, goldens: false, ...choices });
  const checks = await checkFiles(folder, formats, await rightPictures(model), choices);
  expect(checks.map(({ format, backend, cases, verdict }) => ({ format, backend, cases, verdict }))).toEqual([
    { format: "tfjs", backend: "tfjs-wasm", cases: 2, verdict: "explained by rounding" },
    { format: "onnx", backend: "ort-cpu", cases: 2, verdict: "explained by rounding" },
  ]);
  expect(answerExport(checks).answer).toBe("yes");
});

test.each([
  ["tfjs", "tfjs/group1-shard1of1.bin"],
  ["onnx", "onnx/model.onnx"],
] as const)("a number that was written wrongly in %s is not explained by rounding", async (format, path) => {
  const folder = await temporaryFolder();
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  const formats = prepareFormats(model, { formats: [format] });
  await writeBundle(folder, model, { formats, goldens: false });
  const file = join(folder, path);
  const bytes = await readFile(file);
  const name = "block1.conv1.w";
  const weight = new Float32Array(await model.parameters().read(name)).subarray(0, 1);
  const at = bytes.indexOf(Buffer.from(weight.buffer, 0, 4));
  expect(at, name).toBeGreaterThan(0);
  bytes.writeFloatLE(bytes.readFloatLE(at) + 0.5, at);
  await writeFile(file, bytes);
  const [check] = await checkFiles(folder, formats, await rightPictures(model), {});
  expect(check?.verdict).toBe("not explained");
  expect(answerExport(check === undefined ? [] : [check])).toMatchObject({
    answer: "no",
    sentence: expect.stringMatching(
      new RegExp(`^${format} on .* is off by .* from float64, where rounding explains .*\\.$`),
    ),
  });
});
