import protobuf from "protobufjs/minimal.js";
import { tableOf } from "../../src/formats/saved-model/node-table.js";
import type { MetaGraph, NodeDef } from "../../src/formats/saved-model/types.js";
import { copyNode } from "./copy-node.js";

/** Changes to a module's graph: nodes are replaced or added, the rest stays as it is in the file. */
export interface GraphEdit {
  names(): Iterable<string>;
  node(name: string): NodeDef;
  /** Keeps the node's name, so that whoever uses it gets the new value. */
  change(name: string, changes: { readonly op?: string; readonly inputs?: readonly string[] }): void;
  /** One input of a node, by its position. */
  rewire(name: string, position: number, input: string): void;
  /** Every node that uses `from` uses `to` instead, but for those named. */
  redirect(from: string, to: string, except?: readonly string[]): void;
  /** A new node; returns its name. `like` gives it the attributes of another node. */
  add(op: string, inputs: readonly string[], like?: string): string;
  constant(dtype: "float32" | "int32", shape: readonly number[], values: readonly number[]): string;
}

/** A copy of the meta graph with the edits made. The original is not touched. */
export function editGraph(metaGraph: MetaGraph, edits: (edit: GraphEdit) => void): MetaGraph {
  const nodes = new Map([...metaGraph.graph.nodes].map((node) => [node.name, node]));
  let added = 0;

  const node = (name: string): NodeDef => {
    const found = nodes.get(name);
    if (found === undefined) throw new Error(`graph edit: there is no node ${name}`);
    return found;
  };
  const put = (op: string, inputs: readonly string[], encoded: Uint8Array): string => {
    const name = `planted_${added++}`;
    nodes.set(name, { name, op, inputs, encoded });
    return name;
  };

  edits({
    names: () => nodes.keys(),
    node,
    change: (name, changes) => {
      nodes.set(name, { ...copyNode(node(name)), ...changes });
    },
    rewire: (name, position, input) => {
      nodes.set(name, { ...copyNode(node(name)), inputs: node(name).inputs.with(position, input) });
    },
    redirect: (from, to, except = []) => {
      node(from);
      for (const user of nodes.values()) {
        if (!user.inputs.includes(from) || except.includes(user.name) || user.name === to) continue;
        nodes.set(user.name, { ...copyNode(user), inputs: user.inputs.map((input) => (input === from ? to : input)) });
      }
    },
    add: (op, inputs, like) => put(op, inputs, like === undefined ? new Uint8Array() : node(like).encoded),
    constant: (dtype, shape, values) => put("Const", [], constantAttributes(dtype, shape, values)),
  });
  return { ...metaGraph, graph: { ...metaGraph.graph, nodes: tableOf([...nodes.values()]) } };
}

/** https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/core/framework/types.proto */
const TYPES = { float32: 1, int32: 3 } as const;

/** The attributes of a NodeDef (field 5, a map): `dtype` and `value`, a TensorProto with its content as bytes. */
function constantAttributes(
  dtype: keyof typeof TYPES,
  shape: readonly number[],
  values: readonly number[],
): Uint8Array {
  const numbers = dtype === "float32" ? Float32Array.from(values) : Int32Array.from(values);
  const tensor = protobuf.Writer.create().uint32(8).int32(TYPES[dtype]).uint32(18).fork();
  for (const extent of shape) tensor.uint32(18).fork().uint32(8).int64(extent).ldelim();
  tensor.ldelim().uint32(34).bytes(new Uint8Array(numbers.buffer));

  const node = protobuf.Writer.create();
  const attribute = (name: string, value: protobuf.Writer) => {
    node.uint32(42).fork().uint32(10).string(name).uint32(18).bytes(value.finish()).ldelim();
  };
  attribute("dtype", protobuf.Writer.create().uint32(48).int32(TYPES[dtype]));
  attribute("value", protobuf.Writer.create().uint32(66).bytes(tensor.finish()));
  return node.finish();
}
