import type { Shape } from "../core/tensor.js";
import type { OnnxType } from "../formats/onnx/data-type.js";
import { layoutDoc } from "../formats/onnx/layout.js";
import type { OnnxNode } from "../formats/onnx/model.js";
import { PRODUCT_LIMIT } from "../storage/int8.js";
import type { OnnxWeight, ParameterPart, ScaledBias } from "./onnx-emitter.js";
import type { OnnxGraph } from "./onnx-graph.js";
import { partShape } from "./onnx-stored.js";

/** The smallest and the largest number that a value takes. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Which convolutions compute in int8, and with which ranges. */
export interface Int8Compute {
  /** Of every image in the graph, by the name of its node. */
  readonly ranges: ReadonlyMap<string, ValueRange>;
  /** Nodes of the graph that stay in float32 all the same. */
  readonly spared: ReadonlySet<string>;
}

/** Codes of activations: 0 to 255, of which one, the zero point, stands for 0 exactly, so that padding stays zero. */
const LEVELS = 255;

/**
 * Convolutions between QuantizeLinear and DequantizeLinear, which onnxruntime runs as QLinearConv (on a processor with VNNI some five
 * times as fast as in float32): activations as uint8 with one scale for a value, weights as int8 (up to {@link PRODUCT_LIMIT}) with one for each channel, biases as int32 in
 * their product. Everything else stays in float32: multiply-adds in int8 were no faster and cost 3 dB.
 * https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html
 */
export function computeInInt8(graph: OnnxGraph, { ranges, spared }: Int8Compute): OnnxGraph {
  const nodes: OnnxNode[] = [];
  const made = new Set<string>();
  const added = new Map<string, OnnxWeight>();
  const weights = new Map(graph.weights.map((weight) => [weight.name, weight]));

  const tensor = (name: string, type: OnnxType, shape: Shape, source: OnnxWeight["source"]): string => {
    const mayBeExternal = source.kind === "parameter";
    const doc = docOf(source);
    if (!weights.has(name) && !added.has(name)) added.set(name, { name, type, shape, doc, mayBeExternal, source });
    return name;
  };
  const constant = (name: string, type: OnnxType, shape: Shape, values: readonly number[]): string =>
    tensor(name, type, shape, { kind: "constant", values });
  const node = (name: string, opType: string, inputs: readonly string[], axis?: number): string => {
    const attributes = axis === undefined ? {} : { axis: { int: axis } };
    if (!made.has(name)) nodes.push({ name, opType, inputs, outputs: [name], attributes });
    made.add(name);
    return name;
  };
  const stepsAt = (value: string): Steps | undefined => {
    const range = ranges.get(graphNode(value));
    return range === undefined ? undefined : stepsOf(range);
  };
  /** From a value in float32 to the same, rounded to its codes. */
  const rounded = (value: string, from: string, result: string, { scale, zero }: Steps): string => {
    const steps = [constant(`${value}/scale`, "float32", [], [scale]), constant(`${value}/zero`, "uint8", [], [zero])];
    return node(result, "DequantizeLinear", [node(`${value}/quantized`, "QuantizeLinear", [from, ...steps]), ...steps]);
  };
  const parameterAt = (name: string | undefined): ParameterPart | undefined => {
    const source = weights.get(name ?? "")?.source;
    return source?.kind === "parameter" && source.part === "values" ? source : undefined;
  };
  /** A filter in float32, or one whose codes are in the file already; one in float16 is meant to stay precise. */
  const filterAt = (name: string): ParameterPart | undefined => {
    const codes = weights.get(`${stemOf(name)}/codes`)?.source;
    const source = codes?.kind === "parameter" ? codes : parameterAt(name);
    return source && { ...source, limit: PRODUCT_LIMIT };
  };
  const multiplied = new Set<string>();
  const filterOf = (name: string, source: ParameterPart): string => {
    const stem = stemOf(name);
    const codes = { ...source, part: "codes" } as const;
    const shape = partShape(codes);
    const channels = shape.slice(0, 1);
    const parts = [
      tensor(`${stem}/codes`, "int8", shape, codes),
      tensor(`${stem}/channels`, "float32", channels, { ...source, part: "scales" }),
      constant(`${stem}/zeros`, "int8", channels, zeros(channels)),
    ];
    return node(`${stem}/dequantized`, "DequantizeLinear", parts, 0);
  };
  /** Of one convolution: another that adds the same bias has other units. */
  const biasOf = (convolution: string, channels: Shape, source: Omit<ScaledBias, "kind" | "part">): string => {
    const stem = `${source.bias.parameter}/${convolution}`;
    const part = (which: ScaledBias["part"], type: OnnxType) =>
      tensor(`${stem}/${which}`, type, channels, { ...source, kind: "bias", part: which });
    const zero = constant(`${stem}/zeros`, "int32", channels, zeros(channels));
    return node(
      `${stem}/dequantized`,
      "DequantizeLinear",
      [part("codes", "int32"), part("scales", "float32"), zero],
      0,
    );
  };

  for (const original of graph.nodes) {
    const [x = "", filterName = "", biasName] = original.inputs;
    const [filter, bias] = [filterAt(filterName), parameterAt(biasName)];
    const [steps, resultSteps] = [stepsAt(x), stepsAt(original.name)];
    const known = filter !== undefined && steps !== undefined && resultSteps !== undefined;
    const biasFits = biasName === undefined || bias !== undefined;
    if (original.opType !== "Conv" || !known || !biasFits || spared.has(graphNode(original.name))) {
      nodes.push(original);
      continue;
    }
    multiplied.add(filter.parameter);
    const inputs = [rounded(x, x, `${x}/rounded`, steps), filterOf(filterName, filter)];
    if (bias !== undefined) {
      const channels = partShape({ ...filter, part: "codes" }).slice(0, 1);
      inputs.push(biasOf(original.name, channels, { bias, weights: filter, inputScale: steps.scale }));
    }
    const sums = `${original.name}/sums`;
    nodes.push({ ...original, name: sums, inputs, outputs: [sums] });
    rounded(original.name, sums, original.name, resultSteps);
  }
  const kept = graph.weights.map((weight) => codedFor(multiplied, weight));
  return withoutDead({ ...graph, nodes, weights: [...kept, ...added.values()] });
}

/** What the file holds of a filter already gets the codes that are multiplied: it has one form. */
function codedFor(multiplied: ReadonlySet<string>, weight: OnnxWeight): OnnxWeight {
  const { source } = weight;
  if (source.kind !== "parameter" || !multiplied.has(source.parameter)) return weight;
  return { ...weight, source: { ...source, limit: PRODUCT_LIMIT } };
}

/** Codes say that they hold a parameter, and in which order: with their scales they are it again. */
function docOf(source: OnnxWeight["source"]): string {
  if (source.kind === "constant" || source.part !== "codes") return "";
  return layoutDoc(source.kind === "bias" ? source.bias.layout : source.layout);
}

/** The name that a filter's tensors stand below: what widens its codes is `X/float32`. */
function stemOf(name: string): string {
  return name.replace(/\/float32$/, "");
}

/** Without the nodes and tensors that nothing needs any more. */
function withoutDead(graph: OnnxGraph): OnnxGraph {
  const needed = new Set(graph.outputs.map(({ name }) => name));
  const nodes = [...graph.nodes].reverse().filter(({ inputs, outputs }) => {
    const live = outputs.some((output) => needed.has(output));
    if (live) for (const input of inputs) needed.add(input);
    return live;
  });
  return { ...graph, nodes: nodes.reverse(), weights: graph.weights.filter(({ name }) => needed.has(name)) };
}

/** The graph's node behind a value: a convolution by phases computes each of its four pixels under a name of its own. */
export function graphNode(value: string): string {
  return value.replace(/\/pixel\d$/, "");
}

interface Steps {
  readonly scale: number;
  readonly zero: number;
}

function stepsOf(range: ValueRange): Steps {
  const [low, high] = [Math.min(0, range.low), Math.max(0, range.high)];
  const scale = high === low ? 1 : Math.fround((high - low) / LEVELS);
  return { scale, zero: Math.round(-low / scale) };
}

function zeros([count = 0]: readonly number[]): number[] {
  return Array.from({ length: count }, () => 0);
}
