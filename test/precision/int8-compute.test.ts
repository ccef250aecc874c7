import { expect, test } from "vitest";
import { exportOnnx } from "../../src/export/onnx.js";
import { openModel } from "../../src/mapping/open-model.js";
import { planFloat16Compute } from "../../src/precision/float16-compute.js";
import { planInt8Compute } from "../../src/precision/int8-compute.js";
import { fixture } from "../helpers/fixtures.js";
import { randomParameters, smallBigGan } from "../helpers/small-generators.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

test("a trained model computes in int8 at 38 dB, a third of its bytes left", async () => {
  await using model = await openModel(fixture("biggan-mini.tar.gz"));
  const planned = await planInt8Compute(model.graph, model.parameters(), {
    quality: 38,
    samples: 24,
  });
  expect(planned.quality.psnr.overall).toBeGreaterThanOrEqual(38);
  const [file] = await exportOnnx(model.graph, model.parameters(), await temporaryFolder(), planned);
  expect(file?.bytes).toBeLessThan(0.37 * planned.float32Bytes);
  expect(planned.bytes).toBeLessThan(0.3 * planned.float32Bytes);
});

test("float16 spares what would overflow", async () => {
  const graph = smallBigGan();
  const source = randomParameters(graph);
  const large = {
    read: async (name: string) => {
      const values = await source.read(name);
      return name === "block1.conv0.w" ? values.map((value) => value * 1e6) : values;
    },
  };
  const { compute, forecast } = await planFloat16Compute(graph, large, { backend: "tfjs-wasm" });
  expect(compute.type).toBe("float16");
  expect(compute.spared).toContain("block1.conv0.conv2d");
  expect(compute.spared).not.toContain("block0.conv0.conv2d");
  expect(forecast.length).toBeGreaterThan(compute.spared.size);
});
