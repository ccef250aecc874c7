import type { Shape } from "../core/tensor.js";
import type { OnnxType } from "../formats/onnx/data-type.js";
import { type Layout, layoutDoc } from "../formats/onnx/layout.js";
import type { OnnxAttribute, OnnxNode, OnnxTensor } from "../formats/onnx/model.js";
import type { Graph, Parameter } from "../graph/graph.js";
import type { StoredPart } from "../storage/encode-parameter.js";
import { type PrecisionPlan, precisionOf } from "../storage/plan.js";
import { emitStored, partShape } from "./onnx-stored.js";

/** A tensor of the file: a parameter of the model in some order of its numbers, or a constant that the lowering made up. */
export interface OnnxWeight extends OnnxTensor {
  readonly source: ParameterPart | ScaledBias | { readonly kind: "constant"; readonly values: readonly number[] };
}

/** A parameter, or one of the parts that it is stored in. */
export interface ParameterPart {
  readonly kind: "parameter";
  readonly parameter: string;
  readonly shape: Shape;
  readonly layout: Layout;
  readonly declared: Parameter;
  readonly part: StoredPart;
  /** The largest code, where it is less than a byte could hold. */
  readonly limit?: number;
}

/** A bias in units of an activation's scale times the scale of each channel's weights: its whole numbers, or these units. */
export interface ScaledBias {
  readonly kind: "bias";
  readonly bias: ParameterPart;
  readonly weights: ParameterPart;
  readonly inputScale: number;
  readonly part: "codes" | "scales";
}

/** Collects nodes and weights in order. Every method returns the name of a value, for use as an input. */
export interface OnnxEmitter {
  /** Appends a node with one output of its own name. Throws an Error when the name is taken: a fault of the lowering. */
  node(
    name: string,
    opType: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
  ): string;
  floats(name: string, values: readonly number[], shape: Shape): string;
  /** A vector of int64: a shape, a begin, a list of axes. Equal ones are one tensor. */
  ints(values: readonly number[]): string;
  /** A parameter in a layout. Asked for again, it is the same tensor. */
  parameter(name: string, shape: Shape, layout: Layout): string;
}

export interface OnnxEmission {
  readonly emitter: OnnxEmitter;
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxWeight[];
}

export function createOnnxEmission(declared: Graph["parameters"], plan?: PrecisionPlan): OnnxEmission {
  const nodes: OnnxNode[] = [];
  const weights: OnnxWeight[] = [];
  const names = new Set<string>();
  const parameters = new Map<string, string>();

  const claim = (name: string): void => {
    if (names.has(name)) throw new Error(`onnx lowering: ${name}: made twice`);
    names.add(name);
  };
  const weight = (weight: OnnxWeight): string => {
    claim(weight.name);
    weights.push(weight);
    return weight.name;
  };
  const constant = (name: string, type: "float32" | "int64", shape: Shape, values: readonly number[]): string =>
    weight({ name, type, shape, doc: "", mayBeExternal: false, source: { kind: "constant", values } });

  const node: OnnxEmitter["node"] = (name, opType, inputs, attributes = {}) => {
    claim(name);
    nodes.push({ name, opType, inputs, outputs: [name], attributes });
    return name;
  };
  const stored = (name: string, parameter: string, shape: Shape, layout: Layout): string => {
    const found = declared.get(parameter);
    if (found === undefined) throw new Error(`onnx lowering: the graph declares no parameter ${parameter}`);
    const part = (name: string, type: OnnxType, part: StoredPart): string => {
      const doc = part === "scales" || part === "offsets" ? "" : layoutDoc(layout);
      const source = { kind: "parameter", parameter, shape, layout, declared: found, part } as const;
      return weight({ name, type, shape: partShape(source), doc, mayBeExternal: true, source });
    };
    return emitStored(precisionOf(plan, parameter), name, found.kind, { node, part });
  };

  const emitter: OnnxEmitter = {
    node,
    floats: (name, values, shape) => constant(name, "float32", shape, values),
    ints(values) {
      const name = `ints/${values.join("_")}`;
      return names.has(name) ? name : constant(name, "int64", [values.length], values);
    },
    parameter(parameter, shape, layout) {
      const key = `${layout} ${parameter}`;
      const known = parameters.get(key);
      if (known !== undefined) return known;
      // A parameter that is used in two ways is stored in two ways, the first under its own name.
      const taken = [parameter, `${parameter}/codes`].some((name) => names.has(name));
      const used = stored(taken ? `${parameter}/${layout}` : parameter, parameter, shape, layout);
      parameters.set(key, used);
      return used;
    },
  };
  return { emitter, nodes, weights };
}
