import { FormatError } from "../core/errors.js";
import type { ParameterSource, PiecesOptions } from "../core/parameter-source.js";
import { BYTES_PER_ELEMENT, decodeFloats, type FloatArray, toFloat32 } from "../core/tensor.js";
import {
  PIECE_BYTES,
  type ReadOptions,
  type TensorInfo,
  type TensorSource,
  tensorPieces,
} from "../core/tensor-source.js";
import { timed } from "../core/timings.js";
import type { Assignment, Transform } from "./mapping.js";
import { divided, powerStep, spectralNorm } from "./spectral-norm.js";

/** Weights up to this size are held between the two uses of each value. Of the published models, all but the largest dozen are. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** Of a range, when nothing else is asked for: 1 MiB. */
const RANGE_VALUES = 256 * 1024;

/** The graph's parameters read through a resolved mapping: nothing is kept, and `pieces` holds no tensor whole. */
export function mappedParameters(source: TensorSource, assignments: readonly Assignment[]): ParameterSource {
  const byTarget = new Map(assignments.map((assignment) => [assignment.target, assignment]));

  function assignmentOf(name: string): Assignment {
    const assignment = byTarget.get(name);
    if (assignment === undefined) throw new Error(`mapping: no rule fills ${name}`);
    return assignment;
  }

  /** Memory for one weight after another; taken away while it is used. */
  let spare: Uint8Array<ArrayBuffer> | undefined;
  function takeMemory(): Uint8Array<ArrayBuffer> {
    const memory = spare ?? new Uint8Array(KEPT_BYTES);
    spare = undefined;
    return memory;
  }

  function infoOf(name: string): TensorInfo {
    const info = source.tensors.get(name);
    if (info === undefined) throw new Error(`mapping: ${name} is not in ${source.file}`);
    return info;
  }

  async function floats(name: string, options: ReadOptions): Promise<FloatArray> {
    const info = infoOf(name);
    const data = decodeFloats(await source.read(name, options), info.dtype);
    requireFinite(source.file, info, data, 0);
    return data;
  }

  /** A tensor's numbers in order, each looked at. */
  async function* finitePieces(name: string, options: ReadOptions): AsyncGenerator<FloatArray> {
    const info = infoOf(name);
    let start = 0;
    for await (const bytes of tensorPieces(source, name, options)) {
      const piece = decodeFloats(bytes, info.dtype);
      requireFinite(source.file, info, piece, start);
      start += piece.length;
      yield piece;
    }
  }

  /** The number that all values of a weight are divided by; the weight goes by once, into `memory` where there is some. */
  async function sigmaOf(
    weight: string,
    { u, epsilon }: Transform,
    options: ReadOptions,
    memory?: Uint8Array<ArrayBuffer>,
  ): Promise<number> {
    const { dtype } = infoOf(weight);
    const direction = await floats(u, options);
    const step = powerStep(direction, epsilon);
    const unit = direction.length * BYTES_PER_ELEMENT[dtype];
    for await (const piece of tensorPieces(source, weight, { ...options, unit, into: memory })) {
      timed("spectral norm", piece.byteLength, () => step.add(decodeFloats(piece, dtype)));
    }
    const sigma = step.sigma();
    if (sigma > 0) return sigma;
    // A value that is no number makes sigma none: say which it is.
    await finite(weight, options);
    throw withoutNorm(source.file, weight, u);
  }

  async function read(name: string, options: ReadOptions = {}): Promise<FloatArray> {
    const { source: tensor, transforms } = assignmentOf(name);
    const data = await floats(tensor, options);
    const [norm] = transforms;
    if (norm === undefined) return data;
    const sigma = spectralNorm(data, await floats(norm.u, options), norm.epsilon);
    if (!(sigma > 0)) throw withoutNorm(source.file, tensor, norm.u);
    return divided(new Float64Array(data.length), data, sigma);
  }

  /** Of weights that have gone by; 1 without a spectral norm. */
  const sigmas = new Map<string, number>();

  async function* rangeOf(
    name: string,
    [start, end]: readonly [number, number],
    { most = RANGE_VALUES, ...options }: PiecesOptions,
  ): AsyncGenerator<Float32Array<ArrayBuffer>> {
    const { source: tensor, transforms } = assignmentOf(name);
    const [norm] = transforms;
    if (source.slice === undefined) {
      yield toFloat32(await read(name, options)).subarray(start, end);
      return;
    }
    const { dtype } = infoOf(tensor);
    const size = BYTES_PER_ELEMENT[dtype];
    let sigma = sigmas.get(name);
    if (sigma === undefined) {
      // The whole goes by once, for its checksum and its norm, before any part is believed.
      sigma = norm === undefined ? await finite(tensor, options) : await sigmaOf(tensor, norm, options);
      sigmas.set(name, sigma);
    }
    const into = new Uint8Array(Math.min(most, end - start) * size);
    for (let at = start; at < end; at += most) {
      const bytes = await source.slice(tensor, at * size, Math.min(at + most, end) * size, { ...options, into });
      const values = decodeFloats(bytes, dtype);
      yield norm === undefined ? toFloat32(values) : divided(toFloat32(values), values, sigma);
    }
  }

  async function finite(tensor: string, options: ReadOptions): Promise<number> {
    for await (const piece of finitePieces(tensor, options)) if (piece.length === 0) break;
    return 1;
  }

  async function* pieces(name: string, options: PiecesOptions = {}): AsyncGenerator<Float32Array<ArrayBuffer>> {
    if (options.range !== undefined) return yield* rangeOf(name, options.range, options);
    const { source: tensor, transforms } = assignmentOf(name);
    const [norm] = transforms;
    if (norm === undefined) {
      for await (const piece of finitePieces(tensor, options)) yield toFloat32(piece);
      return;
    }
    // A weight is needed twice, for its norm and for the division: most are kept in between, the largest are read again.
    const { dtype, byteLength } = infoOf(tensor);
    const memory = source.pieces !== undefined && byteLength <= KEPT_BYTES ? takeMemory() : undefined;
    try {
      const kept = memory?.subarray(0, byteLength);
      const sigma = await sigmaOf(tensor, norm, options, kept);
      for await (const bytes of kept === undefined ? tensorPieces(source, tensor, options) : cut(kept)) {
        const values = decodeFloats(bytes, dtype);
        yield timed("divide, round", bytes.length, () => divided(toFloat32(values), values, sigma));
      }
    } finally {
      spare = memory ?? spare;
    }
  }

  return { read, pieces };
}

function* cut(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) yield bytes.subarray(start, start + PIECE_BYTES);
}

/** `start` is the position of the first value in its tensor. */
function requireFinite(file: string, { name, origin }: TensorInfo, data: FloatArray, start: number): void {
  const bad = firstNotFinite(data);
  if (bad === -1) return;
  throw new FormatError(
    { file, field: `${name} element ${start + bad} (${origin})` },
    "a finite number",
    String(data[bad]),
    {
      hint: "The weights themselves are damaged, although their checksum is right: take the checkpoint from its source again.",
    },
  );
}

function firstNotFinite(data: FloatArray): number {
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0;
    // NaN for an infinity as for a NaN: several times faster than asking Number.isFinite in a callback.
    if (value - value !== 0) return i;
  }
  return -1;
}

/** A weight of zeros has no spectral norm: TensorFlow's graph would answer NaN everywhere. */
function withoutNorm(file: string, weight: string, u: string): FormatError {
  return new FormatError({ file, field: weight }, `a spectral norm above 0 (with ${u})`, "0", {
    hint: "The weight or its singular vector is all zeros: this checkpoint was not trained, or not saved in full.",
  });
}
