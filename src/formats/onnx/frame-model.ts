import {
  type ExternalPlace,
  encodeGraphHead,
  encodeGraphTail,
  encodeModelHead,
  encodeModelTail,
  encodeTensorHead,
} from "./encode.js";
import { type OnnxModel, type OnnxTensor, tensorBytes } from "./model.js";

/** A length-delimited field's tag: https://protobuf.dev/programming-guides/encoding/ */
const LENGTH_DELIMITED = 2;
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_RAW_DATA = 9;

/** A part of a file: bytes that are known, or the bytes of a tensor, which come later. */
export type Part = { readonly bytes: Uint8Array } | { readonly tensor: OnnxTensor };

/** The files of a model as parts in order. */
export interface FramedModel {
  readonly model: readonly Part[];
  /** Undefined when all tensors are inside the model. */
  readonly data: readonly Part[] | undefined;
}

/** So that a runtime can map the file into memory: https://github.com/onnx/onnx/blob/v1.16.2/docs/ExternalData.md#external-tensor-data */
const ALIGNMENT = 4096;

/**
 * Lays a model out. Every length is known before any tensor is read, so that tensors can be written as they come. With `dataFile` the
 * tensors that may be external are in a file of that name beside the model.
 */
export function frameModel(model: OnnxModel, dataFile?: string): FramedModel {
  const data: Part[] = [];
  const tensors: Part[] = [];
  let offset = 0;
  for (const tensor of model.tensors) {
    const length = tensorBytes(tensor);
    if (dataFile === undefined || !tensor.mayBeExternal) {
      tensors.push(...inner(tensor, length));
      continue;
    }
    const padding = (ALIGNMENT - (offset % ALIGNMENT)) % ALIGNMENT;
    data.push({ bytes: new Uint8Array(padding) }, { tensor });
    offset += padding;
    tensors.push(...outer(tensor, { location: dataFile, offset, length }));
    offset += length;
  }
  const graph = [{ bytes: encodeGraphHead(model) }, ...tensors, { bytes: encodeGraphTail(model) }];
  const parts = [
    { bytes: encodeModelHead(model) },
    { bytes: prefix(MODEL_GRAPH, size(graph)) },
    ...graph,
    { bytes: encodeModelTail(model) },
  ];
  return { model: parts, data: dataFile === undefined ? undefined : data };
}

function inner(tensor: OnnxTensor, length: number): Part[] {
  const head = encodeTensorHead(tensor);
  const raw = prefix(TENSOR_RAW_DATA, length);
  const field = prefix(GRAPH_INITIALIZER, head.length + raw.length + length);
  return [{ bytes: field }, { bytes: head }, { bytes: raw }, { tensor }];
}

function outer(tensor: OnnxTensor, place: ExternalPlace): Part[] {
  const head = encodeTensorHead(tensor, place);
  return [{ bytes: prefix(GRAPH_INITIALIZER, head.length) }, { bytes: head }];
}

/** Bytes of some parts, those to come included. */
export function size(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + ("bytes" in part ? part.bytes.length : tensorBytes(part.tensor)), 0);
}

/** The tag and length before a field's bytes. */
function prefix(field: number, length: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8 + LENGTH_DELIMITED), ...varint(length)]);
}

/** Groups of seven bits, least significant first; lengths pass 2^31, so no bit operations on the whole. */
function varint(value: number): number[] {
  const groups: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) groups.push((rest % 128) + 128);
  return [...groups, rest];
}
