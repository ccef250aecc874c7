import { expect, test } from "vitest";
import { InterruptedError } from "../../../src/core/errors.js";
import type { ParameterSource } from "../../../src/core/parameter-source.js";
import { computeNodes } from "../../../src/runtime/reference/compute-nodes.js";
import { openReference } from "../../../src/runtime/reference/open-reference.js";
import { layerOf } from "../../../src/runtime/runtime.js";
import { randomInputs, randomParameters, smallBigGanDeep } from "../../helpers/small-generators.js";

const graph = smallBigGanDeep();
const parameters = randomParameters(graph);
const inputs = randomInputs(graph, 2, 0.5);

const layer = (name: string) => graph.layers.get(name) ?? -1;

function counted(source: ParameterSource): ParameterSource & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    read: (name, options) => {
      reads.push(name);
      return source.read(name, options);
    },
  };
}

async function reference() {
  await using runtime = await openReference(graph, parameters);
  return await runtime.run(inputs, { taps: ["stem", "block0", "attention"] });
}

test("gives the numbers of a whole run, for any nodes", async () => {
  const values = await computeNodes(graph, parameters, inputs, [layer("stem"), layer("image")]);
  const outputs = await reference();
  expect(values.get(layer("stem"))).toEqual(layerOf(outputs, "stem"));
  expect(values.get(layer("image"))).toEqual(layerOf(outputs, "image"));
  expect(values.size).toBe(2);
});

test("starts from what is known and reads no parameter before it", async () => {
  const outputs = await reference();
  const source = counted(parameters);
  const known = new Map([[layer("attention"), layerOf(outputs, "attention")]]);
  const values = await computeNodes(graph, source, inputs, [layer("block1")], { known });
  const whole = await computeNodes(graph, parameters, inputs, [layer("block1")]);
  expect(values.get(layer("block1"))).toEqual(whole.get(layer("block1")));
  expect(source.reads.every((name) => name.startsWith("block1.") || name === "embed.w")).toBe(true);
});

test("computes a node by the rule given for it, and all that depends on it", async () => {
  const node = graph.nodes.find(({ operation }) => operation.op === "tanh")?.id ?? -1;
  const rules = new Map([
    [node, async (operands: readonly unknown[]) => ({ shape: [operands.length], data: Float64Array.of(7) })],
  ]);
  const values = await computeNodes(graph, parameters, inputs, [layer("image")], { rules });
  expect(values.get(layer("image"))).toEqual({ shape: [1], data: Float64Array.of(7) });
});

test("hands out parameters too, by a rule or as they are", async () => {
  const [weight, bias] = ["stem.w", "stem.b"].map((name) => graph.nodes.find((node) => node.name === name)?.id ?? -1);
  const zeros = { shape: [0], data: new Float64Array(0) };
  const values = await computeNodes(graph, parameters, inputs, [weight ?? -1, bias ?? -1], {
    rules: new Map([[bias ?? -1, () => zeros]]),
  });
  expect(values.get(weight ?? -1)?.data).toEqual(await parameters.read("stem.w"));
  expect(values.get(bias ?? -1)).toBe(zeros);
});

test("stops when asked", async () => {
  const source: ParameterSource = { read: () => Promise.reject(new InterruptedError()) };
  await expect(computeNodes(graph, source, inputs, [layer("stem")])).rejects.toThrow(InterruptedError);
});
