import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { toFloat32 } from "../../src/core/tensor.js";
import { describeModel } from "../../src/export/describe-model.js";
import { exportOnnx } from "../../src/export/onnx.js";
import { encodeDescription } from "../../src/formats/description/description.js";
import { openModel } from "../../src/mapping/open-model.js";
import { fixture } from "../helpers/fixtures.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

test.each(["biggan-mini", "biggan-deep-mini"])(
  "%s: an ONNX export is the same model again, as a folder and as a file",
  async (name) => {
    const folder = await temporaryFolder();
    await using model = await openModel(fixture(`${name}.tar.gz`));
    await exportOnnx(model.graph, model.parameters(), folder, { metadata: encodeDescription(describeModel(model)) });
    await cp(join(folder, "model.onnx"), join(folder, "renamed"));
    for (const place of [folder, join(folder, "renamed")]) {
      await using again = await openModel(place);
      expect(again.config).toEqual(model.config);
      expect(again.graph).toEqual(model.graph);
      const [before, after] = [model.parameters(), again.parameters()];
      for (const parameter of model.graph.parameters.keys()) {
        const [found, expected] = [await after.read(parameter), await before.read(parameter)].map(
          (values) => new Uint8Array(toFloat32(values).buffer),
        );
        expect(Buffer.compare(found ?? new Uint8Array(), expected ?? new Uint8Array()), parameter).toBe(0);
      }
    }
  },
);
