import { FormatError } from "../core/errors.js";
import { floatKernels, KEPT_BYTES, type StepSums } from "../core/float-kernels.js";
import type { ParameterSource, PiecesOptions, Range, RangeOptions, StoredFloats } from "../core/parameter-source.js";
import { BYTES_PER_ELEMENT, decodeFloats, type FloatArray, toFloat32 } from "../core/tensor.js";
import {
  PIECE_BYTES,
  type PieceOptions,
  type ReadOptions,
  type TensorInfo,
  type TensorSource,
  tensorPieces,
} from "../core/tensor-source.js";
import { timed } from "../core/timings.js";
import type { Assignment, Transform } from "./mapping.js";
import { isMove } from "./moves.js";
import { divided, powerStep, sigmaOfStep } from "./spectral-norm.js";
import type { StepsAhead } from "./steps-ahead.js";
import { type Transformed, transformed } from "./transformed.js";

/** Of a range, when nothing else is asked for: 256 KiB, half a MiB as float64. */
const RANGE_VALUES = 64 * 1024;

/** A power step over rows that end in the output channels, as TensorFlow keeps weights. */
type StreamedNorm = Extract<Transform, { readonly op: "spectralNorm" }>;

/** What can be done while a tensor goes by: nothing, or one such norm. Undefined for all else, which needs the tensor whole. */
function streamed([first, ...others]: readonly Transform[]): { readonly norm: StreamedNorm | undefined } | undefined {
  if (first === undefined) return { norm: undefined };
  return others.length === 0 && first.op === "spectralNorm" && first.out !== "first" ? { norm: first } : undefined;
}

/** The graph's parameters read through a resolved mapping: nothing is kept, and `pieces` holds no tensor whole. */
export function mappedParameters(
  source: TensorSource,
  assignments: readonly Assignment[],
  ahead?: StepsAhead,
): ParameterSource {
  const byTarget = new Map(assignments.map((assignment) => [assignment.target, assignment]));

  function assignmentOf(name: string): Assignment {
    const assignment = byTarget.get(name);
    if (assignment === undefined) throw new Error(`mapping: no rule fills ${name}`);
    return assignment;
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
  async function* finitePieces(name: string, options: PieceOptions): AsyncGenerator<FloatArray> {
    const info = infoOf(name);
    let start = 0;
    for await (const bytes of tensorPieces(source, name, options)) {
      const piece = decodeFloats(bytes, info.dtype);
      requireFinite(source.file, info, piece, start);
      start += piece.length;
      yield piece;
    }
  }

  const sigmaOfSums = (sums: StepSums, { epsilon, guard = "inside-root" }: StreamedNorm) =>
    sigmaOfStep(sums, epsilon, guard);

  /** The number that all values of a weight are divided by, when its step has been taken beside other work, and nothing is wrong with it. */
  async function sigmaAhead(weight: string, norm: StreamedNorm): Promise<number | undefined> {
    const sums = await ahead?.sums(weight, norm.u);
    const sigma = sums && sigmaOfSums(sums, norm);
    return sigma !== undefined && sigma > 0 ? sigma : undefined;
  }

  /** The same number, found now; the weight goes by once, into `memory` where there is some. */
  async function sigmaOf(
    weight: string,
    norm: StreamedNorm,
    options: ReadOptions,
    memory?: Uint8Array<ArrayBuffer>,
  ): Promise<number> {
    const { dtype } = infoOf(weight);
    const direction = await floats(norm.u, options);
    const step = powerStep(direction);
    const unit = direction.length * BYTES_PER_ELEMENT[dtype];
    // What is read into the kernels' own memory need not be copied there.
    const scratch = memory === undefined ? floatKernels().takeMemory() : undefined;
    try {
      for await (const piece of tensorPieces(source, weight, { ...options, unit, into: memory, scratch })) {
        timed("spectral norm", piece.byteLength, () => step.add(decodeFloats(piece, dtype)));
      }
    } finally {
      if (scratch !== undefined) floatKernels().giveBack();
    }
    const sigma = sigmaOfSums(step.sums(), norm);
    if (sigma > 0) return sigma;
    // A value that is no number makes sigma none: say which it is.
    await finite(weight, options);
    throw withoutNorm(source.file, weight, [norm.u]);
  }

  /** Whole, its numbers in their order but not yet divided. */
  async function undivided(name: string, options: ReadOptions): Promise<Transformed> {
    const { source: tensor, transforms } = assignmentOf(name);
    const data = await floats(tensor, options);
    const result = await transformed(data, infoOf(tensor).shape, transforms, (other) => floats(other, options));
    if (Number.isFinite(result.divisor) && result.divisor !== 0) return result;
    throw withoutNorm(
      source.file,
      tensor,
      transforms.flatMap((transform) => ("u" in transform ? transform.u : [])),
    );
  }

  async function read(name: string, options: ReadOptions = {}): Promise<FloatArray> {
    const { values, divisor } = await undivided(name, options);
    const computes = assignmentOf(name).transforms.some((transform) => !isMove(transform));
    return computes ? divided(new Float64Array(values.length), values, divisor) : values;
  }

  /** The one that was last asked for in parts: its other parts are asked for next. */
  let last: { readonly name: string; readonly result: Promise<Transformed> } | undefined;
  async function lastUndivided(name: string, options: ReadOptions): Promise<Transformed> {
    if (last?.name !== name) last = { name, result: undivided(name, options) };
    const { result } = last;
    return await result.catch((error: unknown) => {
      last = undefined;
      throw error;
    });
  }

  /** What was moved, from one position to another, a piece at a time. */
  function* cutOf({ values, divisor }: Transformed, start = 0, end = values.length): Generator<Transformed> {
    for (let at = start; at < end; at += RANGE_VALUES) {
      yield { values: values.slice(at, Math.min(at + RANGE_VALUES, end)), divisor };
    }
  }

  /** Of weights that have gone by; 1 without a spectral norm. */
  const sigmas = new Map<string, number>();

  /** The whole goes by once, for its checksum and its norm, before any part is believed. */
  async function sigmaOnce(
    name: string,
    tensor: string,
    norm: StreamedNorm | undefined,
    options: ReadOptions,
  ): Promise<number> {
    const known = sigmas.get(name);
    if (known !== undefined) return known;
    const sigma =
      norm === undefined
        ? await finite(tensor, options)
        : ((await sigmaAhead(tensor, norm)) ?? (await sigmaOf(tensor, norm, options)));
    sigmas.set(name, sigma);
    return sigma;
  }

  /** From one position to another, not yet divided; a piece is valid until the next is asked for. */
  async function* undividedRange(
    name: string,
    [start, end]: Range,
    { most = RANGE_VALUES, ...options }: PiecesOptions,
  ): AsyncGenerator<Transformed> {
    const { source: tensor, transforms } = assignmentOf(name);
    const stream = streamed(transforms);
    if (source.slice === undefined || stream === undefined) {
      return yield* cutOf(await lastUndivided(name, options), start, end);
    }
    const { norm } = stream;
    const { dtype } = infoOf(tensor);
    const size = BYTES_PER_ELEMENT[dtype];
    const sigma = await sigmaOnce(name, tensor, norm, options);
    const into = new Uint8Array(Math.min(most, end - start) * size);
    for (let at = start; at < end; at += most) {
      const bytes = await source.slice(tensor, at * size, Math.min(at + most, end) * size, { ...options, into });
      yield { values: decodeFloats(bytes, dtype), divisor: sigma };
    }
  }

  async function* range(name: string, limits: Range, options: RangeOptions = {}): AsyncGenerator<FloatArray> {
    let memory: Float64Array<ArrayBuffer> | undefined;
    for await (const { values, divisor } of undividedRange(name, limits, options)) {
      if (divisor === 1) yield values;
      else {
        // The first piece is the longest.
        memory ??= new Float64Array(values.length);
        yield divided(memory.subarray(0, values.length), values, divisor);
      }
    }
  }

  async function finite(tensor: string, options: ReadOptions): Promise<number> {
    for await (const piece of finitePieces(tensor, options)) if (piece.length === 0) break;
    return 1;
  }

  async function* pieces(name: string, options: PiecesOptions = {}): AsyncGenerator<Float32Array<ArrayBuffer>> {
    if (options.range !== undefined) {
      for await (const piece of undividedRange(name, options.range, options)) yield rounded(piece);
      return;
    }
    const { source: tensor, transforms } = assignmentOf(name);
    const stream = streamed(transforms);
    if (stream === undefined) {
      for (const piece of cutOf(await undivided(name, options))) yield rounded(piece);
      return;
    }
    const { norm } = stream;
    if (norm === undefined) {
      for await (const piece of finitePieces(tensor, options)) yield toFloat32(piece);
      return;
    }
    // A weight is needed twice, for its norm and for the division: most are kept in between, the largest are read again.
    const { dtype, byteLength } = infoOf(tensor);
    const ahead = await sigmaAhead(tensor, norm);
    const keeps = ahead === undefined && source.pieces !== undefined && byteLength <= KEPT_BYTES;
    const memory = keeps ? floatKernels().takeMemory() : undefined;
    try {
      const kept = memory?.subarray(0, byteLength);
      const sigma = ahead ?? (await sigmaOf(tensor, norm, options, kept));
      for await (const bytes of kept === undefined ? tensorPieces(source, tensor, options) : cut(kept)) {
        const values = decodeFloats(bytes, dtype);
        yield quotients(values, sigma);
      }
    } finally {
      if (memory !== undefined) floatKernels().giveBack();
    }
  }

  async function stored(name: string, options: ReadOptions = {}): Promise<StoredFloats | undefined> {
    const { source: tensor, transforms } = assignmentOf(name);
    const { dtype, byteLength } = infoOf(tensor);
    const stream = streamed(transforms);
    const place = source.place?.(tensor);
    if (stream === undefined || place === undefined || dtype !== "float32") return undefined;
    const { file, offset: start, rowOffsets: rowStarts, areFinite = false } = place;
    const isKnown = areFinite && stream.norm === undefined;
    const factor = isKnown ? 1 : 1 / (await sigmaOnce(name, tensor, stream.norm, options));
    const rows = rowStarts?.length ?? 1;
    return { rows, parts: [{ rowBytes: byteLength / rows, terms: [{ file, start, factor, rowStarts }] }] };
  }

  return { read, pieces, stored, range };
}

function rounded({ values, divisor }: Transformed): Float32Array<ArrayBuffer> {
  return divisor === 1 ? toFloat32(values) : quotients(values, divisor);
}

/** values / sigma, rounded to float32, in the place of the values where they are float32. */
function quotients(values: FloatArray, sigma: number): Float32Array<ArrayBuffer> {
  return timed("divide, round", values.length * Float32Array.BYTES_PER_ELEMENT, () => {
    if (!(values instanceof Float32Array)) return divided(toFloat32(values), values, sigma);
    floatKernels().multiply(values, 1 / sigma);
    return values;
  });
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
function withoutNorm(file: string, weight: string, vectors: readonly string[]): FormatError {
  return new FormatError({ file, field: weight }, `a spectral norm above 0 (with ${vectors.join(", ")})`, "0", {
    hint: "The weight or its singular vector is all zeros: this checkpoint was not trained, or not saved in full.",
  });
}
