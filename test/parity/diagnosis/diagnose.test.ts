import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FormatError, InterruptedError } from "../../../src/core/errors.js";
import type { Tensor } from "../../../src/core/tensor.js";
import { parseNpz } from "../../../src/formats/npy/npz.js";
import { diagnose } from "../../../src/parity/diagnosis/diagnose.js";
import { summarise } from "../../../src/parity/diagnosis/diagnosis.js";
import { caseReadme, writeMinimalCase } from "../../../src/parity/diagnosis/minimal-case.js";
import { computeNodes, type NodeRule } from "../../../src/runtime/reference/compute-nodes.js";
import type { Tensor64 } from "../../../src/runtime/reference/tensor64.js";
import { largestMagnitude, randomInputs, randomParameters, smallBigGan } from "../../helpers/small-generators.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const graph = smallBigGan();
const parameters = randomParameters(graph);
const inputs = randomInputs(graph, 2, 0.5);
const bound = (_: string, ours: Tensor) => 1e-12 * largestMagnitude(ours);

/** The layers of a side that computes some nodes differently. */
async function sideWith(rules: Readonly<Record<string, NodeRule>>): Promise<Map<string, Tensor>> {
  const byId = new Map(
    Object.entries(rules).map(([name, rule]): [number, NodeRule] => {
      const id = graph.nodes.find((node) => node.name === name)?.id;
      if (id === undefined) throw new Error(`no node ${name}`);
      return [id, rule];
    }),
  );
  const values = await computeNodes(graph, parameters, inputs, graph.layers.values(), { rules: byId });
  return new Map(
    [...graph.layers].flatMap(([name, id]) => [
      [name, values.get(id) ?? { shape: [], data: new Float64Array() }] as const,
    ]),
  );
}

const request = (layers: ReadonlyMap<string, Tensor>) => ({ label: "other", graph, parameters, inputs, layers, bound });

const times =
  (factor: number): NodeRule =>
  async (operands, standard) => {
    const { shape, data } = await standard(operands);
    return { shape, data: data.map((value) => value * factor) };
  };

const first: NodeRule = ([operand = { shape: [], data: new Float64Array() }]): Tensor64 => operand;

describe("diagnose", () => {
  test("says nothing when every layer agrees", async () => {
    expect(await diagnose(request(await sideWith({})))).toBeUndefined();
  });

  test("names the layer and the cause, and later faults as well", async () => {
    const diagnosis = await diagnose(request(await sideWith({ "block0.relu_1": first, "attention.scale": first })));
    expect(diagnosis?.layer).toBe("block0");
    expect(diagnosis?.alsoOff).toEqual(["attention"]);
    expect(diagnosis?.causes.map(({ kind, places }) => [kind, places])).toEqual([["relu-missing", ["block0.relu_1"]]]);
    expect(diagnosis && summarise(diagnosis)).toMatch(
      /^First off at block0\. The other side differs at block0\.relu_1: leaves out the relu; then 0\.00e\+0 is left of \S+e\S+\. Off on their own as well: attention\.$/,
    );
  });

  test("does not guess: a fault without a hypothesis has no cause", async () => {
    const diagnosis = await diagnose(request(await sideWith({ "block1.conv0.conv2d": times(1.01) })));
    expect(diagnosis?.layer).toBe("block1");
    expect(diagnosis?.causes).toEqual([]);
    expect(diagnosis?.findings.every(({ explains }) => !explains)).toBe(true);
    expect(diagnosis && summarise(diagnosis)).toMatch(/^First off at block1 .* No hypothesis fits: \d+ were tried\.$/);
  });

  test("does not take two faults in one layer for one of them", async () => {
    const diagnosis = await diagnose(
      request(await sideWith({ "block1.relu": first, "block1.conv0.conv2d": times(1.5) })),
    );
    expect(diagnosis?.layer).toBe("block1");
    expect(diagnosis?.causes).toEqual([]);
  });

  test("gives every hypothesis that this case cannot tell apart", async () => {
    // Between 0.5 and 1 there is one row of statistics: above 0.75 is 1.
    const near = { ...inputs, truncation: 0.75 };
    const weights = graph.nodes.find(({ operation }) => operation.op === "truncationWeights")?.id ?? -1;
    const last: NodeRule = () => ({ shape: [1, 5], data: Float64Array.of(0, 0, 0, 0, 1) });
    const values = await computeNodes(graph, parameters, near, graph.layers.values(), {
      rules: new Map([[weights, last]]),
    });
    const layers = new Map(
      [...graph.layers].flatMap(([name, id]) => [
        [name, values.get(id) ?? { shape: [], data: new Float64Array() }] as const,
      ]),
    );
    const diagnosis = await diagnose({ ...request(layers), inputs: near });
    expect(diagnosis?.causes.map(({ kind }) => kind).sort()).toEqual(["row-above", "statistics-of-truncation-1"]);
    expect(diagnosis && summarise(diagnosis)).toContain("This case cannot tell it from: ");
  });

  test("finds where NaN begin, and counts them", async () => {
    const nan: NodeRule = async (operands, standard) => {
      const { shape, data } = await standard(operands);
      return { shape, data: data.with(3, Number.NaN) };
    };
    const diagnosis = await diagnose(request(await sideWith({ "attention.add": nan })));
    expect(diagnosis?.layer).toBe("attention");
    expect(diagnosis?.alsoOff).toEqual([]);
    expect(diagnosis?.causes).toEqual([]);
    expect(diagnosis?.tensors.find(({ role }) => role === "theirs")?.numbers.nan).toBe(1);
    expect(diagnosis?.tensors.filter(({ role }) => role === "input").map(({ name }) => name)).toEqual(["block0"]);
  });

  test("takes the whole network for one layer when there is only the picture", async () => {
    const image = (await sideWith({ "block0.bn0.addScalar": first })).get("image");
    const diagnosis = await diagnose(request(new Map(image === undefined ? [] : [["image", image]])));
    expect(diagnosis?.layer).toBe("image");
    expect(diagnosis?.causes[0]?.places).toEqual(["block0.bn0.addScalar"]);
  });

  test("refuses layers of another shape", async () => {
    const layers = await sideWith({});
    layers.set("block0", { shape: [2, 1], data: new Float64Array(2) });
    await expect(diagnose(request(layers))).rejects.toThrow(
      new FormatError({ file: "other", field: "block0" }, "shape [2, 8, 8, 16]", "[2, 1]"),
    );
  });

  test("stops when asked", async () => {
    const layers = await sideWith({});
    await expect(diagnose({ ...request(layers), signal: AbortSignal.abort() })).rejects.toThrow(InterruptedError);
  });
});

describe("a minimal case", () => {
  test("holds the layer's tensors and says what they are", async () => {
    const diagnosis = await diagnose(request(await sideWith({ "attention.scale": first })));
    if (diagnosis === undefined) throw new Error("nothing was off");
    const folder = join(await temporaryFolder(), "case");
    await writeMinimalCase(folder, diagnosis, "small generator");
    const entries = parseNpz("case.npz", await readFile(join(folder, "case.npz")));
    expect([...entries.keys()]).toEqual([
      ...["z", "y", "truncation", "input/block0"],
      ...["theta.w", "phi.w", "g.w", "o.w", "gamma"].map((name) => `parameter/attention.${name}`),
      ...["ours/attention", "theirs/attention"],
    ]);
    expect(entries.get("parameter/attention.gamma")?.data).toEqual(await parameters.read("attention.gamma"));
    const readme = await readFile(join(folder, "README.txt"), "utf8");
    expect(readme).toBe(caseReadme(diagnosis, "small generator"));
    expect(readme).toContain("A layer that two sides compute differently: attention\nsmall generator\n");
    expect(readme).toContain("attention.scale: does not multiply the attention by gamma");
  });
});
