import { elementCount, type Shape } from "../../core/tensor.js";
import { ONNX_TYPES, type OnnxType } from "./data-type.js";

/** An attribute's value; its kind is told from its form. An integer as `{ int }`, because 1 and 1.0 are one number here. */
export type OnnxAttribute = { readonly int: number } | { readonly ints: readonly number[] } | { readonly text: string };

/** One operation of the default domain. An input "" is one that is left out. */
export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output, float32. Extents are numbers or the names of what is known at run time. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly doc: string;
}

/** A tensor of the file, without its bytes. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: Shape;
  /** What a reader must know to use it; "" for a constant. */
  readonly doc: string;
  /** In a file of its own, where the model has one. Constants that shapes depend on stay inside: external ones are not looked at for them. */
  readonly mayBeExternal: boolean;
}

/** All of a model but the tensors' bytes. */
export interface OnnxModel {
  readonly name: string;
  readonly doc: string;
  readonly producer: { readonly name: string; readonly version: string };
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly tensors: readonly OnnxTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Operator set 17 came with ONNX 1.12 in 2022, with version 8 of the file format; nothing that came later makes a generator smaller or faster, and
 * older runtimes load it: https://github.com/onnx/onnx/blob/v1.16.2/docs/Versioning.md#released-versions
 */
export const OPSET = 17;
export const IR_VERSION = 8;

export function tensorBytes({ type, shape }: Pick<OnnxTensor, "type" | "shape">): number {
  return elementCount(shape) * ONNX_TYPES[type].bytes;
}
