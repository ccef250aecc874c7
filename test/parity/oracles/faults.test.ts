import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BackendError, FormatError, InterruptedError, isPortError, UsageError } from "../../../src/core/errors.js";
import type { Tensor } from "../../../src/core/tensor.js";
import { tableOf } from "../../../src/formats/saved-model/node-table.js";
import type { MetaGraph, NodeDef } from "../../../src/formats/saved-model/types.js";
import { type Model, openModel } from "../../../src/mapping/open-model.js";
import { openGraphOracle } from "../../../src/parity/oracles/graph-oracle.js";
import { openGraphSession } from "../../../src/parity/oracles/graph-session.js";
import { KERNELS } from "../../../src/parity/oracles/kernels.js";
import { createMemory } from "../../../src/parity/oracles/memory.js";
import { moduleLayers } from "../../../src/parity/oracles/module-layers.js";
import { copyNode } from "../../helpers/copy-node.js";
import { golden } from "../../helpers/golden.js";
import { editGraph, type GraphEdit } from "../../helpers/graph-edit.js";
import { requireModuleGraph } from "../../helpers/module-graph.js";
import { memoryTensors } from "./memory-tensors.js";

let model: Model;
let good: MetaGraph;
const file = "saved_model.pb";
const filled = (shape: number[]): Tensor => ({
  shape,
  data: new Float64Array(shape.reduce((product, extent) => product * extent, 1)).fill(0.5),
});
const inputs = { z: filled([1, 9]), y: filled([1, 3]), truncation: 0.5 };

beforeAll(async () => {
  model = await openModel(golden("modules/biggan-if.tar.gz"));
  good = (await requireModuleGraph(model)).metaGraph;
});

afterAll(() => model[Symbol.asyncDispose]());

async function image(metaGraph: MetaGraph, signal?: AbortSignal): Promise<Tensor | undefined> {
  const oracle = await openGraphOracle({ metaGraph, source: model.source, file });
  const { name } = oracle.signature.image;
  return (await oracle.run(inputs, { fetches: [name], signal })).get(name);
}

function firstOf(edit: GraphEdit, op: string): NodeDef {
  const found = [...edit.names()].map((name) => edit.node(name)).find((node) => node.op === op);
  if (found === undefined) throw new Error(`no ${op}`);
  return found;
}

describe("a graph that cannot be", () => {
  const faults: readonly [
    what: string,
    edits: (edit: GraphEdit) => void,
    error: typeof FormatError | typeof BackendError,
    RegExp,
  ][] = [
    [
      "a cycle",
      (edit) => edit.rewire(firstOf(edit, "Relu").name, 0, "G_trunc_output"),
      FormatError,
      /: expected inputs that do not depend on it, found a cycle through /,
    ],
    [
      "a missing node",
      (edit) => edit.rewire(firstOf(edit, "Relu").name, 0, "nowhere"),
      FormatError,
      /^saved_model.pb: input nowhere of node .*\/Relu: expected a node named nowhere, found none$/,
    ],
    [
      "a missing output",
      (edit) => edit.rewire(firstOf(edit, "Relu").name, 0, `${firstOf(edit, "Relu").inputs[0]}:5`),
      FormatError,
      /^saved_model.pb: node .* \(AddV2\): expected an output 5, found 1$/,
    ],
    [
      "a huge Const",
      (edit) => edit.rewire(firstOf(edit, "Relu").name, 0, edit.constant("float32", [2 ** 20, 2 ** 20], [1])),
      FormatError,
      /^saved_model.pb: constant planted_0: expected a shape of at most 16777216 elements, found \[1048576, 1048576\]$/,
    ],
    [
      "a huge Fill",
      (edit) => {
        const dims = edit.constant("int32", [2], [2 ** 20, 2 ** 20]);
        edit.rewire(firstOf(edit, "Relu").name, 0, edit.add("Fill", [dims, edit.constant("float32", [], [1])]));
      },
      FormatError,
      /^saved_model.pb: node planted_2 \(Fill\): expected a result of at most 268435456 elements, found \[1048576, 1048576\]$/,
    ],
    [
      "shapes that disagree",
      (edit) => edit.rewire(firstOf(edit, "Conv2D").name, 1, edit.constant("float32", [1, 1, 2, 2], [1, 2, 3, 4])),
      FormatError,
      /^saved_model.pb: node .*convolution \(Conv2D\): expected an image of 2 channels for the filter \[1, 1, 2, 2\], found \[1, \d+, \d+, \d+\]$/,
    ],
    [
      "matrices that disagree",
      (edit) => edit.rewire("linear_1", 1, edit.constant("float32", [2, 2], [1, 2, 3, 4])),
      FormatError,
      /^saved_model.pb: node linear_1 \(MatMul\): expected matrices that fit, found \[1, 3\] and \[2, 2\]$/,
    ],
    [
      "too few inputs",
      (edit) => edit.change("linear_1", { inputs: ["y"] }),
      FormatError,
      /^saved_model.pb: node linear_1 \(MatMul\): expected an input 1, found 1 inputs$/,
    ],
    [
      "an op that is not known",
      (edit) => edit.change(firstOf(edit, "Tanh").name, { op: "BesselI0" }),
      BackendError,
      /^saved_model.pb: node .*Tanh: expected an op that the graph evaluator knows, found BesselI0$/,
    ],
    [
      "a variable that the checkpoint lacks",
      (edit) => edit.rewire(firstOf(edit, "Relu").name, 0, edit.add("VariableV2", [])),
      FormatError,
      /biggan-if.tar.gz: node planted_0 \(VariableV2\): expected the tensor planted_0, found none of that name/,
    ],
    [
      "a placeholder that nothing feeds",
      (edit) => edit.rewire(firstOf(edit, "Relu").name, 0, edit.add("Placeholder", [])),
      FormatError,
      /^saved_model.pb: node planted_0 \(Placeholder\): expected one of the signature's inputs, found a placeholder that nothing feeds$/,
    ],
    [
      "a branch without its function",
      (edit) => edit.change(firstOf(edit, "If").name, { op: "PartitionedCall" }),
      FormatError,
      /^saved_model.pb: node cond \(PartitionedCall\): expected attribute f, found none$/,
    ],
  ];

  test.each(faults)("%s", async (_, edits, kind, message) => {
    const error = await image(editGraph(good, edits)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error).toHaveProperty("message", expect.stringMatching(message));
  });

  test("no signature, no z", () => {
    const without = (inputsOf: MetaGraph["signatures"]) => () => moduleLayers(file, { ...good, signatures: inputsOf });
    expect(without(new Map())).toThrow("saved_model.pb: signatures: expected one named default, found none");
    const signature = good.signatures.get("default");
    const noZ = {
      inputs: { noise: { name: "z:0", dtype: "float32", shape: [-1, 9] } },
      outputs: signature?.outputs ?? {},
    } as const;
    expect(without(new Map([["default", noZ]]))).toThrow(
      "saved_model.pb: signature inputs: expected one named z, found noise",
    );
  });

  test("batch norms that are none: the image is all that is found", () => {
    const odd = editGraph(good, (edit) => {
      for (const name of edit.names()) if (edit.node(name).op === "Rsqrt") edit.change(name, { op: "Exp" });
    });
    expect([...moduleLayers(file, odd)]).toEqual([["image", "G_trunc_output:0"]]);
  });

  test("values beyond the memory allowed", () => {
    const memory = createMemory(100);
    const node: NodeDef = { name: "big", op: "Fill", inputs: [], encoded: new Uint8Array() };
    const [small, other] = [filled([2, 3]), filled([7])].map(({ shape, data }) => ({
      shape,
      data: Float64Array.from(data),
    }));
    // The same array twice takes its memory once.
    memory.hold(file, node, [small, small]);
    memory.hold(file, node, [small]);
    expect(() => memory.hold(file, node, [other])).toThrow(
      "node big (Fill): expected values of at most 100 bytes, found 104",
    );
    memory.release([other]);
    memory.release([small]);
    memory.release([small, small]);
    memory.hold(file, node, [other]);
  });

  test("inputs that the signature does not take", async () => {
    const oracle = await openGraphOracle({ metaGraph: good, source: model.source, file });
    const run = oracle.run({ ...inputs, z: filled([1, 8]) }, { fetches: ["G_trunc_output:0"] });
    await expect(run).rejects.toThrow(new UsageError("z: expected shape [-1, 9], found [1, 8]"));
  });

  test("damaged at random, it never fails in another way", async () => {
    const ops = [...KERNELS.keys(), "If", "Switch", "Merge", "AssignVariableOp", "ReadVariableOp", "Const"];
    const sound = [...good.graph.nodes];
    const names = sound.map(({ name }) => name);
    const edit = fc.record({
      node: fc.nat(names.length - 1),
      op: fc.option(fc.constantFrom(...ops)),
      input: fc.option(fc.tuple(fc.nat(4), fc.nat(names.length - 1))),
      drop: fc.option(fc.nat(3)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 40 }), async (edits) => {
        const nodes = [...sound];
        for (const { node: at, op, input, drop } of edits) {
          const node = nodes[at];
          if (node === undefined) continue;
          const inputsOf = node.inputs.filter((_, position) => position !== drop);
          if (input !== null) inputsOf[input[0] % (inputsOf.length + 1)] = names[input[1]] ?? "";
          nodes[at] = { ...copyNode(node), op: op ?? node.op, inputs: inputsOf };
        }
        const metaGraph = { ...good, graph: { ...good.graph, nodes: tableOf(nodes) } };
        for (const attempt of [() => image(metaGraph), async () => moduleLayers(file, metaGraph)]) {
          await attempt().catch((error: unknown) => {
            if (!isPortError(error)) throw error;
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a session", () => {
  const node = (name: string, op: string, ...from: string[]): NodeDef => {
    return { name, op, inputs: from, encoded: new Uint8Array() };
  };
  const fed = (value: number) => new Map([["x", { shape: [], data: Float64Array.of(value) }]]);
  const one = (outputs: ReadonlyMap<string, Tensor>, name: string) => outputs.get(name)?.data[0];

  test("reads a variable before a write that nothing orders, so that a race shows between calls", async () => {
    const nodes = [
      node("x", "Placeholder"),
      node("v", "VarHandleOp"),
      node("write", "AssignVariableOp", "v", "x"),
      node("read", "ReadVariableOp", "v"),
      node("out", "Identity", "read", "^write"),
    ];
    const source = memoryTensors({ "module/v": filled([]) });
    const session = openGraphSession(file, { nodes: tableOf(nodes), functions: new Map() }, source);
    expect(one(await session.run(fed(3), { fetches: ["out:0"] }), "out:0")).toBe(0.5);
    expect(one(await session.run(fed(3), { fetches: ["out:0"] }), "out:0")).toBe(3);
    session.reset();
    expect(one(await session.run(fed(3), { fetches: ["read"] }), "read")).toBe(0.5);
    expect(source.reads.get("module/v")).toBe(2);
  });

  test("keeps nothing of a run that failed", async () => {
    const nodes = [
      node("x", "Placeholder"),
      node("v", "VarHandleOp"),
      node("write", "AssignVariableOp", "v", "x"),
      node("bad", "Unheard", "^write"),
      node("read", "ReadVariableOp", "v"),
    ];
    const session = openGraphSession(
      file,
      { nodes: tableOf(nodes), functions: new Map() },
      memoryTensors({ v: filled([]) }),
    );
    await expect(session.run(fed(3), { fetches: ["bad"] })).rejects.toThrow(BackendError);
    expect(one(await session.run(fed(3), { fetches: ["read"] }), "read")).toBe(0.5);
  });

  test("runs what the fetches need and nothing else, and says how far it is", async () => {
    const nodes = [node("x", "Placeholder"), node("y", "Neg", "x"), node("other", "Unheard", "x")];
    const session = openGraphSession(file, { nodes: tableOf(nodes), functions: new Map() }, memoryTensors({}));
    const seen: [number, number][] = [];
    await session.run(fed(1), { fetches: ["y:0"], onNode: (done, total) => seen.push([done, total]) });
    expect(seen).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test("follows a chain of 100,000 nodes", async () => {
    const nodes = [node("x", "Placeholder")];
    for (let i = 0; i < 100_000; i++) nodes.push(node(`n${i}`, "Neg", nodes.at(-1)?.name ?? ""));
    const session = openGraphSession(file, { nodes: tableOf(nodes), functions: new Map() }, memoryTensors({}));
    expect(one(await session.run(fed(2), { fetches: ["n99999"] }), "n99999")).toBe(2);
  });

  test("stops inside a long product when asked to", async () => {
    const nodes = [node("a", "Placeholder"), node("b", "Placeholder"), node("product", "MatMul", "a", "b")];
    const session = openGraphSession(file, { nodes: tableOf(nodes), functions: new Map() }, memoryTensors({}));
    const square = { shape: [3000, 3000], data: new Float64Array(9_000_000) };
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const start = performance.now();
    const run = session.run(
      new Map([
        ["a", square],
        ["b", square],
      ]),
      { fetches: ["product"], signal: controller.signal },
    );
    await expect(run).rejects.toThrow(InterruptedError);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("is not started when the signal is aborted already", async () => {
    await expect(image(good, AbortSignal.abort())).rejects.toThrow(InterruptedError);
  });
});
