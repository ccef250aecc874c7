import { expect, it } from "vitest";
import * as api from "../../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "PortError",
      "builtPage",
      "encodeGrid",
      "encodeNpz",
      "encodePng",
      "evaluate",
      "exportTfjs",
      "findLabels",
      "generatorGraph",
      "interpolate",
      "isPortError",
      "manifestSchema",
      "oneHot",
      "openModel",
      "openRuntime",
      "parameterCount",
      "parseNpz",
      "publishedConfig",
      "readManifest",
      "readNpz",
      "resolveClass",
      "sampleZ",
      "toPixels",
      "verifyFolder",
      "version",
      "writeBundle",
      "writeFile",
      "writeFolder",
    ]
  `);
});
