import { float32Pieces, type ParameterSource } from "../core/parameter-source.js";
import { elementCount, toFloat32 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { OnnxType } from "../formats/onnx/data-type.js";
import { placeFilter, storedChannels } from "../formats/onnx/layout.js";
import { float16Bits, int8Form } from "../storage/encode-parameter.js";
import { toFloat16 } from "../storage/float16.js";
import type { OnnxWeight, ParameterPart, ScaledBias } from "./onnx-emitter.js";

type Numbers =
  | Float32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;

const CONSTANTS = {
  float32: (values) => Float32Array.from(values),
  float16: (values) => toFloat16(Float32Array.from(values)).bits,
  int8: (values) => Int8Array.from(values),
  uint8: (values) => Uint8Array.from(values),
  int32: (values) => Int32Array.from(values),
  int64: (values) => BigInt64Array.from(values.map(BigInt)),
} satisfies Record<OnnxType, (values: readonly number[]) => Numbers>;

/**
 * The little-endian bytes of one tensor of the file, in order: a piece is used before the next is asked for. Parameters are rounded to float32, or
 * as their plan says; one that keeps its order and needs no scales passes in pieces, others are put together first. Throws an Error when a
 * source gives another length than the graph declares.
 */
export async function* encodeWeight(
  { name, type, shape, source }: OnnxWeight,
  parameters: ParameterSource,
  options: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  if (source.kind === "constant") {
    yield bytesOf(CONSTANTS[type](source.values));
  } else if (source.kind === "bias") {
    yield bytesOf(await scaledBias(source, parameters, options));
  } else if (source.part === "values" || source.part === "float16") {
    for await (const piece of ordered(name, elementCount(shape), source, parameters, options)) {
      yield bytesOf(source.part === "values" ? piece : float16Bits(source.declared, piece));
    }
  } else {
    yield bytesOf(await int8Part(elementCount(shape), source, source.part, parameters, options));
  }
}

/** The float32 numbers in the file's order. */
async function* ordered(
  name: string,
  stored: number,
  { parameter, shape, layout }: ParameterPart,
  parameters: ParameterSource,
  options: ReadOptions,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const expected = elementCount(shape);
  const filter = layout === "same" ? undefined : new Float32Array(stored);
  let done = 0;
  for await (const piece of float32Pieces(parameters, parameter, options)) {
    if (done + piece.length > expected) throw new Error(`onnx weights: ${name}: more than ${expected} values`);
    if (layout === "same") yield piece;
    else if (filter !== undefined) placeFilter(layout, shape, piece, done, filter);
    done += piece.length;
  }
  if (done !== expected) throw new Error(`onnx weights: ${name}: expected ${expected} values, found ${done}`);
  if (filter !== undefined) yield filter;
}

async function int8Part(
  stored: number,
  { parameter, shape, layout, declared, limit }: ParameterPart,
  part: "codes" | "scales" | "offsets",
  parameters: ParameterSource,
  options: ReadOptions,
): Promise<Numbers> {
  const { codes, scales, offsets } = int8Form(declared, toFloat32(await parameters.read(parameter, options)), limit);
  const { first, end } = storedChannels(layout, shape);
  if (part === "scales") return scales.slice(first, end);
  if (part === "offsets") return (offsets ?? new Float32Array(scales.length)).slice(first, end);
  if (layout === "same") return codes;
  const placed = new Int8Array(stored);
  placeFilter(layout, shape, codes, 0, placed);
  return placed;
}

/** Beyond 32 bits a bias is cut off: its channel's other terms would be lost in it anyway. */
const MAX_INT32 = 2 ** 31 - 1;

async function scaledBias(
  { bias, weights, inputScale, part }: ScaledBias,
  parameters: ParameterSource,
  options: ReadOptions,
): Promise<Numbers> {
  const numbers = toFloat32(await parameters.read(weights.parameter, options));
  const { scales } = int8Form(weights.declared, numbers, weights.limit);
  const { first, end } = storedChannels(weights.layout, weights.shape);
  const units = scales.slice(first, end).map((scale) => scale * inputScale);
  if (part === "scales") return units;
  const values = toFloat32(await parameters.read(bias.parameter, options));
  return Int32Array.from(units, (unit, channel) =>
    Math.max(-MAX_INT32, Math.min(MAX_INT32, Math.round((values[channel] ?? 0) / unit))),
  );
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
