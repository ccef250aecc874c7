import { expect, it } from "vitest";
import { hasTrainingTraces } from "../../src/mapping/training-traces.js";
import { namedTensors } from "../helpers/named-tensors.js";

const holding = (names: Readonly<Record<string, number>>) => ({
  ...namedTensors("G.pth", new Map(Object.keys(names).map((name) => [name, [1]]))),
  read: (name: string) => Promise.resolve(new Uint8Array(Float32Array.of(names[name] ?? 0).buffer)),
});

it.each([
  [{ "linear.u0": 0.3 }, false],
  [{ "blocks.0.0.conv1.sv0": 1, "linear.sv0": 1 }, false],
  [{ "blocks.0.0.conv1.sv0": 1, "linear.sv0": 1.7 }, true],
])("%j: %s", async (names, trained) => {
  expect(await hasTrainingTraces(holding(names))).toBe(trained);
});
