import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPortError } from "../../../src/core/errors.js";
import { tableOf } from "../../../src/formats/saved-model/node-table.js";
import { parseSavedModel } from "../../../src/formats/saved-model/saved-model.js";
import type { MetaGraph, NodeDef } from "../../../src/formats/saved-model/types.js";
import { type GraphFacts, readGraphFacts } from "../../../src/formats/tf-hub/graph-facts.js";
import type { StatisticValues } from "../../../src/formats/tf-hub/statistic-table.js";
import { copyNode } from "../../helpers/copy-node.js";
import { goldenBytes } from "../../helpers/golden.js";
import { field, joined, nodeField, savedModelOf } from "../../helpers/wire.js";
import {
  difference,
  GRAPH_FILE,
  interpolate,
  readScopes,
  readStructure,
  readValues,
  STRUCTURES,
} from "./structures.js";

/** The same graph with its nodes in another order and, all but the variables, with other names. */
function renamed(metaGraph: MetaGraph): MetaGraph {
  const keep = /^(VarHandleOp|VariableV2|Placeholder)$/;
  const names = new Map(
    [...metaGraph.graph.nodes].map((node, index): [string, string] => [
      node.name,
      keep.test(node.op) || node.name === "G_trunc_output" ? node.name : `n${(index * 7919) % 100_003}_${index}`,
    ]),
  );
  const rename = (input: string) => input.replace(/^(\^?)([^:]*)/, (_, mark, name) => `${mark}${names.get(name)}`);
  const nodes = [...metaGraph.graph.nodes].map(
    (node): NodeDef => ({ ...copyNode(node), name: rename(node.name), inputs: node.inputs.map(rename) }),
  );
  return { ...metaGraph, graph: { ...metaGraph.graph, nodes: tableOf(nodes.reverse()) } };
}

/** The same graph with one change to each node that it applies to. */
function changed(metaGraph: MetaGraph, change: (node: NodeDef) => NodeDef): MetaGraph {
  return { ...metaGraph, graph: { ...metaGraph.graph, nodes: tableOf([...metaGraph.graph.nodes].map(change)) } };
}

/** Of a table whose rows stay in the file, or of one that was copied. */
function valuesIn(file: Uint8Array, { rows, columns, values }: StatisticValues): Float32Array {
  if (values instanceof Float32Array) return values;
  const view = new DataView(file.buffer, file.byteOffset);
  const offsetOf = (i: number) => (values[Math.floor(i / columns)] ?? Number.NaN) + 4 * (i % columns);
  return Float32Array.from({ length: rows * columns }, (_, i) => view.getFloat32(offsetOf(i), true));
}

function expectTables(name: string, facts: GraphFacts): void {
  const values = readValues(name);
  for (const [k, batchNorm] of facts.batchNorms.entries()) {
    for (const [key, table] of [
      [`mean_${k}`, batchNorm.mean],
      [`var_${k}`, batchNorm.variance],
    ] as const) {
      const stored = table && valuesIn(goldenBytes(`tf-hub/${name}.pb.gz`), table);
      expect(stored, `${name} ${key}`).toEqual(values.get(key)?.data);
      const computed = values.get(`tf_${key}`);
      if (stored === undefined || computed === undefined) continue;
      for (const [i, truncation] of (values.get("truncation")?.data ?? []).entries()) {
        const row = interpolate(stored, batchNorm.channels, facts.truncationGrid ?? [], truncation);
        const reference = computed.data.subarray(i * batchNorm.channels, (i + 1) * batchNorm.channels);
        // Float32 interpolation in TensorFlow: a few roundings, and `truncation * 50` is off by one.
        expect(difference(row, reference), `${name} ${key} at ${truncation}`).toBeLessThan(1e-5);
      }
    }
  }
}

const DEEP = /-deep-/;

describe.each(STRUCTURES)("%s", (name) => {
  const metaGraph = readStructure(name);
  const scopes = readScopes(name);
  const facts = readGraphFacts(GRAPH_FILE, metaGraph, scopes.toReversed());

  it("has the batch norms of the checkpoint in network order", () => {
    expect(facts.batchNorms.map(({ scope, channels }) => ({ scope, channels }))).toEqual(scopes);
    for (const { epsilon } of facts.batchNorms) expect(epsilon).toBe(Math.fround(1e-4));
    expect(facts.warnings).toEqual([]);
  });

  it("has the tables that were put in, as TensorFlow evaluates them", () => expectTables(name, facts));

  it("knows the truncation of each row", () => {
    const rows = DEEP.test(name) ? 51 : 50;
    const grid = Array.from({ length: rows }, (_, i) => (DEEP.test(name) ? Math.fround(0.02 * i) : (i + 1) / 50));
    expect(facts.truncationGrid).toEqual(/nostats/.test(name) ? undefined : grid);
  });

  it("has the convolutions in network order, and where the map is enlarged", () => {
    const tail = (weight: string) =>
      weight.replace(/^Generator\/(.*)\/w\/ema_[^/]*$/, "$1").replace("GBlock_0", "GBlock");
    const found = facts.convolutions.map(({ weight, upsampled }) => `${tail(weight)}${upsampled ? " ^" : ""}`);
    const attention = ["theta", "phi", "g", "o_conv"].map((part) => `attention/${part}`);
    const [first, second] = DEEP.test(name)
      ? [
          ["GBlock/conv0", "GBlock/conv1", "GBlock/conv2", "GBlock/conv3"],
          ["GBlock_1/conv0", "GBlock_1/conv1 ^", "GBlock_1/conv2", "GBlock_1/conv3", "conv_to_rgb"],
        ]
      : [
          ["GBlock/conv0 ^", "GBlock/conv1", "GBlock/conv_sc ^"],
          ["GBlock_1/conv0 ^", "GBlock_1/conv1", "GBlock_1/conv_sc ^", "conv_2d"],
        ];
    expect(found).toEqual([...first, ...attention, ...second]);
  });

  it("is read the same with its nodes in another order and renamed", () => {
    const again = readGraphFacts(GRAPH_FILE, renamed(metaGraph), scopes);
    expect(again.convolutions).toEqual(facts.convolutions);
    expect(again.truncationGrid).toEqual(facts.truncationGrid);
    expect(again.warnings).toEqual([]);
    expectTables(name, again);
  });
});

describe("readGraphFacts", () => {
  const scopes = readScopes("biggan-assign-pack");
  const metaGraph = readStructure("biggan-assign-pack");
  const read = (graph: MetaGraph, of = scopes) => readGraphFacts(GRAPH_FILE, graph, of);

  it("refuses a table of another number of rows, and says what is lost", () => {
    const { batchNorms, warnings } = read(
      changed(metaGraph, (node) =>
        node.name === "stack_3" ? { ...copyNode(node), inputs: node.inputs.slice(1) } : node,
      ),
    );
    expect(batchNorms.map(({ variance }) => variance !== undefined)).toEqual([true, false, true, true, true]);
    expect(warnings).toEqual([
      "Generator/GBlock/CrossReplicaBN_1: table stack_3 is [49, 8] instead of [50 or 51, 8]: its statistics below truncation 1 are lost",
    ]);
  });

  it("refuses negative variances", () => {
    const variance = [...metaGraph.graph.nodes].find((node) => node.name === "stack_1");
    const broken = changed(metaGraph, (node) => {
      if (node.name !== variance?.inputs[9]) return node;
      const encoded = node.encoded.slice();
      // tensor_content (field 4) of 16 float32: the sign of the first one.
      const content = encoded.findIndex((byte, i) => byte === 0x22 && encoded[i + 1] === 64);
      encoded[content + 2 + 3] = 0xbf;
      return { ...copyNode(node), encoded };
    });
    expect(read(broken).warnings).toEqual([
      "Generator/GBlock/CrossReplicaBN: table stack_1 has rows of several sizes, or variances that are negative or no numbers: its statistics below truncation 1 are lost",
    ]);
  });

  it("refuses tables of other channels than the checkpoint's", () => {
    const wider = scopes.map((scope, k) => (k === 2 ? { ...scope, channels: 9 } : scope));
    expect(read(metaGraph, wider).warnings).toEqual([
      "Generator/GBlock_1/CrossReplicaBN: table stack_5 is [50, 8] instead of [50 or 51, 9]: its statistics below truncation 1 are lost",
    ]);
  });

  it("does not guess names when graph and checkpoint disagree on how many batch norms there are", () => {
    const name = "biggan-deep-pure-pack";
    const { batchNorms, warnings } = readGraphFacts(GRAPH_FILE, readStructure(name), readScopes(name).slice(1));
    expect(batchNorms).toEqual([]);
    expect(warnings[0]).toBe(
      "batch norm Generator_1/batchnorm/Rsqrt: cannot tell which variables it belongs to (the graph has 9 batch norms, the checkpoint 8): its statistics are lost",
    );
  });

  it("keeps one of several equal tables", () => {
    const twice = changed(metaGraph, (node) => {
      if (node.name !== "GatherV2_1") return node;
      return { ...copyNode(node), inputs: ["copy", ...node.inputs.slice(1)] };
    });
    const original = [...metaGraph.graph.nodes].find((node) => node.name === "stack");
    if (original === undefined) throw new Error("no stack");
    const nodes = [...twice.graph.nodes, { ...copyNode(original), name: "copy" }];
    const facts = read({ ...twice, graph: { ...twice.graph, nodes: tableOf(nodes) } });
    expect(facts.warnings).toEqual([]);
    expectTables("biggan-assign-pack", facts);
  });

  it("says when there is no signature to follow", () => {
    expect(read({ ...metaGraph, signatures: new Map() }).warnings).toEqual([
      "no signature with an output: the graph cannot be followed",
    ]);
  });

  it("reads the folded form: x * inverse + (offset - mean * inverse)", () => {
    const folded = foldFirst(metaGraph);
    expect(read(folded).warnings).toEqual([]);
    expectTables("biggan-assign-pack", read(folded));
  });

  it("reads FusedBatchNorm", () => {
    const [x, mean] = inputsOf(metaGraph, "sub");
    const [variance] = inputsOf(metaGraph, "add");
    const [, gain] = inputsOf(metaGraph, "mul_1");
    const [, offset] = inputsOf(metaGraph, "add_1");
    const epsilon = joined([0x25], new Uint8Array(Float32Array.of(0.25).buffer));
    const encoded = field(5, joined(field(1, "epsilon"), field(2, epsilon)));
    const fused = changed(metaGraph, (node) => {
      if (node.name !== `${FIRST}add_1`) return node;
      const inputs = [x, gain, offset, mean, variance].map((input) => input ?? "");
      return { ...copyNode(node), op: "FusedBatchNormV3", inputs, encoded };
    });
    expect(read(fused).warnings).toEqual([]);
    expect(read(fused).batchNorms[0]?.epsilon).toBe(0.25);
    expectTables("biggan-assign-pack", read(fused));
  });

  it("gives facts or a FormatError for any damage, in bounded time", () => {
    const good = goldenBytes("tf-hub/biggan-assign-functions.pb.gz");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        (changes) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            for (const damaged of parseSavedModel(GRAPH_FILE, bytes).metaGraphs) {
              read(damaged);
            }
          } catch (error) {
            if (!isPortError(error)) throw error;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("stops at a graph that is made to be walked without end", () => {
    const nodes = [nodeField("n0", "Placeholder")];
    for (let i = 1; i < 3000; i++) nodes.push(nodeField(`n${i}`, "AddV2", [`n${i - 1}`, `n${i - 1}`]));
    const [broken] = parseSavedModel(GRAPH_FILE, savedModelOf(...nodes)).metaGraphs;
    if (broken === undefined) throw new Error("no meta graph");
    const outputs = { out: { name: "n2999:0", dtype: "float32", shape: undefined } } as const;
    expect(read({ ...broken, signatures: new Map([["default", { inputs: {}, outputs }]]) }).batchNorms).toEqual([]);
  });
});

/** The scope of the first batch norm's ops in biggan-assign-pack. */
const FIRST = "Generator_1/batchnorm/";

function inputsOf(metaGraph: MetaGraph, name: string): readonly string[] {
  return [...metaGraph.graph.nodes].find((node) => node.name === FIRST + name)?.inputs ?? [];
}

/** Rewrites the first batch norm's (x - mean) * inverse * gain + offset as x * (inverse * gain) + (offset - mean * (inverse * gain)). */
function foldFirst(metaGraph: MetaGraph): MetaGraph {
  const prefix = FIRST;
  const [x = "", mean = ""] = inputsOf(metaGraph, "sub");
  const [, gain = ""] = inputsOf(metaGraph, "mul_1");
  const [, offset = ""] = inputsOf(metaGraph, "add_1");
  const rewired: Record<string, readonly string[]> = {
    mul: [`${prefix}Rsqrt`, gain],
    mul_1: [mean, `${prefix}mul`],
    sub: [offset, `${prefix}mul_1`],
    scaled: [x, `${prefix}mul`],
    add_1: [`${prefix}scaled`, `${prefix}sub`],
  };
  const nodes = [...metaGraph.graph.nodes].map((node) => {
    const inputs = node.name.startsWith(prefix) ? rewired[node.name.slice(prefix.length)] : undefined;
    return inputs === undefined ? node : { ...copyNode(node), inputs };
  });
  const scaled = { name: `${prefix}scaled`, op: "Mul", inputs: rewired["scaled"] ?? [], encoded: new Uint8Array() };
  return { ...metaGraph, graph: { ...metaGraph.graph, nodes: tableOf([...nodes, scaled]) } };
}
