import type { Shape } from "../core/tensor.js";
import type { TfjsAttribute, TfjsNode, TfjsQuantization, TfjsWeightSpec } from "../formats/tfjs/graph-model.js";
import type { Graph, Parameter } from "../graph/graph.js";
import type { StoredPart } from "../storage/encode-parameter.js";
import { type PrecisionPlan, precisionOf } from "../storage/plan.js";

/**
 * tfjs has one scale for a tensor, our codes one for each channel: the codes are unpacked to steps of 2^-8, exactly, and the graph
 * multiplies by the channels' scales times 2^8. Weights then stay of their own magnitude, also where a GPU computes in float16.
 */
export const CODE_STEP = 2 ** -8;
export const CODE_ZERO = 128;
const CODES: TfjsQuantization = { dtype: "uint8", scale: CODE_STEP, min: -CODE_ZERO * CODE_STEP };

/** A tensor of the weight files: a parameter of the model, or a small constant that the lowering made up. */
export interface TfjsWeight extends TfjsWeightSpec {
  readonly source:
    | {
        readonly kind: "parameter";
        readonly parameter: string;
        readonly declared: Parameter;
        readonly part: StoredPart;
      }
    | { readonly kind: "constant"; readonly values: readonly number[] };
}

/** Collects nodes and weights in order. Every method returns the new node's name, for use as an input. */
export interface Emitter {
  /** Appends a node. Throws an Error when the name is taken: a fault of the lowering. */
  node(name: string, op: string, inputs: readonly string[], attr?: Readonly<Record<string, TfjsAttribute>>): string;
  floats(name: string, values: readonly number[], shape: Shape): string;
  /** A vector of int32: a shape, a begin, a size. Or a matrix: paddings. */
  ints(name: string, values: readonly number[], shape?: Shape): string;
  /** One int32: an axis. */
  int(name: string, value: number): string;
  /** The numbers of a parameter of the graph. */
  parameter(name: string): string;
  /** An int8 parameter's codes, to be scaled later. */
  codes(name: string): ScaledCodes;
}

/** Nodes whose product is an int8 parameter. */
export interface ScaledCodes {
  readonly codes: string;
  /** [channels] */
  readonly scales: string;
}

export interface Emission {
  readonly emitter: Emitter;
  readonly nodes: readonly TfjsNode[];
  readonly weights: readonly TfjsWeight[];
}

export function createEmission(parameters: Graph["parameters"], plan?: PrecisionPlan): Emission {
  const nodes: TfjsNode[] = [];
  const weights: TfjsWeight[] = [];
  const names = new Set<string>();

  const node: Emitter["node"] = (name, op, input, attr = {}) => {
    if (names.has(name)) throw new Error(`tfjs lowering: ${name}: node made twice`);
    names.add(name);
    nodes.push({ name, op, input, attr });
    return name;
  };
  const weight = (weight: TfjsWeight): string => {
    weights.push(weight);
    return node(weight.name, "Const", [], { dtype: { type: weight.dtype === "float32" ? "DT_FLOAT" : "DT_INT32" } });
  };
  const constant = (name: string, shape: Shape, dtype: "float32" | "int32", values: readonly number[]): string =>
    weight({ name, shape, dtype, source: { kind: "constant", values } });
  const stored = (name: string, parameter: Parameter, part: StoredPart, quantization?: TfjsQuantization): string =>
    weight({
      name,
      shape: part === "scales" || part === "offsets" ? parameter.shape.slice(-1) : parameter.shape,
      dtype: "float32",
      ...(quantization === undefined ? {} : { quantization }),
      source: { kind: "parameter", parameter: parameter.name, declared: parameter, part },
    });
  const parameterOf = (name: string): Parameter => {
    const parameter = parameters.get(name);
    if (parameter === undefined) throw new Error(`tfjs lowering: the graph declares no parameter ${name}`);
    return parameter;
  };
  const codes = (name: string): ScaledCodes => {
    const parameter = parameterOf(name);
    return {
      codes: stored(`${name}/codes`, parameter, "codes", CODES),
      scales: stored(`${name}/scales`, parameter, "scales"),
    };
  };
  const emitter: Emitter = {
    node,
    floats: (name, values, shape) => constant(name, shape, "float32", values),
    ints: (name, values, shape = [values.length]) => constant(name, shape, "int32", values),
    int: (name, value) => constant(name, [], "int32", [value]),
    codes,
    parameter(name) {
      const parameter = parameterOf(name);
      switch (precisionOf(plan, name)) {
        case "float32":
          return stored(name, parameter, "values");
        case "float16":
          return stored(name, parameter, "float16", { dtype: "float16" });
        case "int8": {
          const { codes: from, scales } = codes(name);
          if (parameter.kind === "weight") return node(name, "Mul", [from, scales]);
          const scaled = node(`${name}/scaled`, "Mul", [from, scales]);
          return node(name, "AddV2", [scaled, stored(`${name}/offsets`, parameter, "offsets")]);
        }
      }
    },
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
