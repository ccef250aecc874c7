import { FormatError } from "../../core/errors.js";
import { elementCount, formatShape, type Shape } from "../../core/tensor.js";
import {
  boolAttribute,
  floatAttribute,
  intAttribute,
  intsAttribute,
  stringAttribute,
  typeAttribute,
} from "../../formats/saved-model/attributes.js";
import type { DataType } from "../../formats/saved-model/data-type.js";
import type { NodeDef } from "../../formats/saved-model/types.js";
import { type Steps, type Tensor64, zeros } from "../../runtime/reference/tensor64.js";

/** 2 GiB in float64: four times the largest value of a released module (the attention map of biggan-256 with one image). */
const MAX_ELEMENTS = 2 ** 28;

/** One operation to compute: its node and the values of its data inputs. */
export interface Call {
  /** For messages. */
  readonly file: string;
  readonly node: NodeDef;
  readonly inputs: readonly Tensor64[];
}

/** What an op computes from its inputs: one output, several, or the steps to one. Inputs are never written to. */
export type Kernel = (call: Call) => Tensor64 | readonly Tensor64[] | Steps;

/** The kernels of one group of ops, by TensorFlow's names. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** What to say of a node: `node up/DepthToSpace (DepthToSpace)`. */
export function nodeField(node: NodeDef): string {
  return `node ${node.name} (${node.op})`;
}

/** The module's graph cannot be computed at this node. */
export function refuse({ file, node }: Pick<Call, "file" | "node">, expected: string, found: string): never {
  throw new FormatError({ file, field: nodeField(node) }, expected, found);
}

export function operand(call: Call, position: number): Tensor64 {
  return call.inputs[position] ?? refuse(call, `an input ${position}`, `${call.inputs.length} inputs`);
}

/** Zeros of this shape, after a look at its size. */
export function create(call: Call, shape: Shape): Tensor64 {
  checkSize(call, shape);
  return zeros(shape);
}

export function checkSize(call: Call, shape: Shape): void {
  const valid = shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (!valid || !(elementCount(shape) <= MAX_ELEMENTS)) {
    refuse(call, `a result of at most ${MAX_ELEMENTS} elements`, formatShape(shape));
  }
}

export function scalarTensor(value: number): Tensor64 {
  return { shape: [], data: Float64Array.of(value) };
}

/** The one number of an input. */
export function scalar(call: Call, position: number): number {
  const { shape, data } = operand(call, position);
  const [value] = data;
  if (value === undefined || data.length !== 1) refuse(call, `one number as input ${position}`, formatShape(shape));
  return value;
}

/** An input that holds a shape, axes, or other whole numbers. */
export function integers(call: Call, position: number): number[] {
  const { data, shape } = operand(call, position);
  // More than TensorFlow's largest rank is no list of axes.
  if (data.length > 1024) refuse(call, `a short list of integers as input ${position}`, formatShape(shape));
  const values = [...data];
  const bad = values.find((value) => !Number.isSafeInteger(value));
  if (bad !== undefined) refuse(call, `integers as input ${position}`, `${bad}`);
  return values;
}

export function integer(call: Call, position: number): number {
  const value = scalar(call, position);
  return Number.isSafeInteger(value) ? value : refuse(call, `an integer as input ${position}`, `${value}`);
}

/** An axis counted from 0; negative ones count from the end. */
export function axisOf(call: Call, axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (counted >= 0 && counted < rank) return counted;
  return refuse(call, `an axis of ${rank} dimensions`, `${axis}`);
}

/** [n, h, w, c] */
export function requireImage(call: Call, position: number): Tensor64 {
  const x = operand(call, position);
  return x.shape.length === 4 ? x : refuse(call, `input ${position} [n, h, w, c]`, formatShape(x.shape));
}

export function requireNhwc(call: Call): void {
  const format = stringAttribute(call.file, call.node, "data_format") ?? "NHWC";
  if (format !== "NHWC") refuse(call, "data_format NHWC", format);
}

export function intOf({ file, node }: Call, name: string, fallback = 0): number {
  return intAttribute(file, node, name) ?? fallback;
}

export function floatOf({ file, node }: Call, name: string, fallback: number): number {
  return floatAttribute(file, node, name) ?? fallback;
}

export function boolOf({ file, node }: Call, name: string): boolean {
  return boolAttribute(file, node, name) ?? false;
}

export function stringOf({ file, node }: Call, name: string, fallback: string): string {
  return stringAttribute(file, node, name) ?? fallback;
}

export function listOf({ file, node }: Call, name: string): readonly number[] | undefined {
  return intsAttribute(file, node, name);
}

export function typeOf({ file, node }: Call, name: string): DataType {
  return typeAttribute(file, node, name) ?? "float32";
}

/** Whether arithmetic on this type is that of integers. */
export function isInteger(dtype: DataType): boolean {
  return /^q?u?int\d+$/.test(dtype);
}
