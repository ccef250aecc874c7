import type { Mapping } from "../src/mapping/mapping.js";

/** What this tool has exported, of any family and however rewritten: every parameter under its own name in the graph. */
export const bigganPort = {
  name: "biggan-port",
  source: "exports of biggan-port: weights.safetensors, tfjs/model.json, onnx/model.onnx",
  rules: { "{*}": { from: "{*}" } },
  ignore: [{ match: "{*}/{*}", reason: "constant of the runtime's graph, not a parameter" }],
} as const satisfies Mapping;
