import type { Shape } from "../core/tensor.js";
import type { TfjsAttribute, TfjsNode, TfjsWeightSpec } from "../formats/tfjs/graph-model.js";

/** A tensor of the weight files: a parameter of the model, or a small constant that the lowering made up. */
export interface TfjsWeight extends TfjsWeightSpec {
  readonly source:
    | { readonly kind: "parameter"; readonly parameter: string }
    | { readonly kind: "constant"; readonly values: readonly number[] };
}

/** Collects nodes and weights in order. Every method returns the new node's name, for use as an input. */
export interface Emitter {
  /** Appends a node. Throws an Error when the name is taken: a fault of the lowering. */
  node(name: string, op: string, inputs: readonly string[], attr?: Readonly<Record<string, TfjsAttribute>>): string;
  floats(name: string, values: readonly number[], shape: Shape): string;
  /** A vector of int32: a shape, a begin, a size. */
  ints(name: string, values: readonly number[]): string;
  /** One int32: an axis. */
  int(name: string, value: number): string;
  parameter(name: string, shape: Shape): string;
}

export interface Emission {
  readonly emitter: Emitter;
  readonly nodes: readonly TfjsNode[];
  readonly weights: readonly TfjsWeight[];
}

export function createEmission(): Emission {
  const nodes: TfjsNode[] = [];
  const weights: TfjsWeight[] = [];
  const names = new Set<string>();

  const node: Emitter["node"] = (name, op, input, attr = {}) => {
    if (names.has(name)) throw new Error(`tfjs lowering: ${name}: node made twice`);
    names.add(name);
    nodes.push({ name, op, input, attr });
    return name;
  };
  const weight = (name: string, shape: Shape, dtype: "float32" | "int32", source: TfjsWeight["source"]): string => {
    weights.push({ name, shape, dtype, source });
    return node(name, "Const", [], { dtype: { type: dtype === "float32" ? "DT_FLOAT" : "DT_INT32" } });
  };
  const emitter: Emitter = {
    node,
    floats: (name, values, shape) => weight(name, shape, "float32", { kind: "constant", values }),
    ints: (name, values) => weight(name, [values.length], "int32", { kind: "constant", values }),
    int: (name, value) => weight(name, [], "int32", { kind: "constant", values: [value] }),
    parameter: (name, shape) => weight(name, shape, "float32", { kind: "parameter", parameter: name }),
  };
  return { emitter, nodes, weights };
}

/** Attribute values, spelled as GraphDef's JSON form wants them. */
export const attribute = {
  float: { type: "DT_FLOAT" },
  flag: (b: boolean): TfjsAttribute => ({ b }),
  int: (value: number): TfjsAttribute => ({ i: String(value) }),
  ints: (values: readonly number[]): TfjsAttribute => ({ list: { i: values.map(String) } }),
  text: (value: string): TfjsAttribute => ({ s: btoa(value) }),
  texts: (values: readonly string[]): TfjsAttribute => ({ list: { s: values.map((value) => btoa(value)) } }),
} as const satisfies Record<string, TfjsAttribute | ((value: never) => TfjsAttribute)>;
