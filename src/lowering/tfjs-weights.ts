import { float32Pieces, type ParameterSource, type StoredFloats, storedByteLength } from "../core/parameter-source.js";
import { elementCount, toFloat32 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { weightByteLength } from "../formats/tfjs/graph-model.js";
import type { Parameter } from "../graph/graph.js";
import { float16Bits, int8Form } from "../storage/encode-parameter.js";
import { CODE_STEP, CODE_ZERO, type TfjsWeight } from "./tfjs-emitter.js";

/**
 * The little-endian bytes of one weight as the model's files hold them, in pieces: parameters rounded to float32 or as their plan says, constants as made.
 * A piece is valid until the next is asked for: read, do not write. Throws an Error when a source gives another length than the graph declares.
 */
export async function* weightPieces(
  weight: TfjsWeight,
  parameters: ParameterSource,
  options: ReadOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { name, shape, dtype, source } = weight;
  let found = 0;
  const piece = (values: Stored): Uint8Array<ArrayBuffer> => {
    found += values.length;
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  };
  if (source.kind === "constant") {
    yield piece(dtype === "int32" ? Int32Array.from(source.values) : Float32Array.from(source.values));
  } else if (source.part === "values" || source.part === "float16") {
    for await (const values of float32Pieces(parameters, source.parameter, options)) {
      yield piece(source.part === "values" ? values : float16Bits(source.declared, values));
    }
  } else {
    const values = toFloat32(await parameters.read(source.parameter, options));
    yield piece(partOf(source.declared, values, source.part));
  }
  const expected = elementCount(shape);
  if (found !== expected) throw new Error(`tfjs weights: ${name}: expected ${expected} values, found ${found}`);
}

/**
 * Where the bytes that {@link weightPieces} gives lie in a file, when they do. Throws an Error when they are more or fewer than the graph declares.
 */
export async function storedWeight(
  weight: TfjsWeight,
  parameters: ParameterSource,
  options: ReadOptions = {},
): Promise<StoredFloats | undefined> {
  const { name, source } = weight;
  if (source.kind === "constant" || source.part !== "values") return undefined;
  const floats = await parameters.stored?.(source.parameter, options);
  const expected = weightByteLength(weight);
  const found = floats === undefined ? expected : storedByteLength(floats);
  if (found !== expected) throw new Error(`tfjs weights: ${name}: expected ${expected} bytes, found ${found}`);
  return floats;
}

type Stored = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A part of a parameter's int8 form, in the steps of {@link CODE_STEP}. */
function partOf(
  parameter: Parameter,
  values: Float32Array<ArrayBuffer>,
  part: "codes" | "scales" | "offsets",
): Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> {
  const { codes, scales, offsets } = int8Form(parameter, values);
  if (part === "codes") {
    const bytes = new Uint8Array(codes.length);
    for (let at = 0; at < codes.length; at++) bytes[at] = (codes[at] ?? 0) + CODE_ZERO;
    return bytes;
  }
  if (part === "scales") return scales.map((scale) => scale / CODE_STEP);
  if (offsets === undefined) throw new Error(`tfjs weights: ${parameter.name}: has no offsets`);
  return offsets;
}

/** The bytes of one weight as {@link weightPieces} gives them, whole and owned by the caller. */
export async function weightBytes(
  weight: TfjsWeight,
  parameters: ParameterSource,
  options: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(weightByteLength(weight));
  let done = 0;
  for await (const piece of weightPieces(weight, parameters, options)) {
    if (done + piece.byteLength <= bytes.byteLength) bytes.set(piece, done);
    done += piece.byteLength;
  }
  return bytes;
}
