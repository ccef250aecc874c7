import { Buffer } from "node:buffer";
import { FLOAT_KERNELS } from "./float-kernels.generated.js";

/**
 * The loops over every weight as WebAssembly (float-kernels.wat), four to ten times as fast as the JavaScript that they repeat bit by bit. They see nothing
 * but memory of their own: weights are read into {@link FloatKernels.takeMemory}, or copied a piece at a time.
 */
export interface FloatKernels {
  /** Memory for one weight, used for nothing else until it is given back; undefined while somebody has it. */
  takeMemory(): Uint8Array<ArrayBuffer> | undefined;
  giveBack(): void;
  /** The rows of {@link powerStep}: b += a row for each row [out] of `rows`, with a = row . u. Gives `squares` and the sum of all a². */
  addRows(rows: Float32Array<ArrayBuffer>, u: Float64Array, b: Float64Array, squares: number): number;
  /** All values times a float64 factor, rounded to float32 once, in place. */
  multiply(values: Float32Array<ArrayBuffer>, factor: number): void;
}

/** What a power step comes to. */
export interface StepSums {
  /** Of a: the sum of all a². */
  readonly squares: number;
  /** Of a M, which is b before its division by the length of a. */
  readonly imageSquares: number;
}

/** One weight that is held whole. Of the published models, all but the largest dozen are not larger. */
export const KEPT_BYTES = 16 * 1024 * 1024;

/** Columns of the widest matrix of a published model: the 4 x 4 x 2048 numbers of BigGAN-deep's stem. */
const MOST_COLUMNS = 32768;

/** What is copied at a time. */
const MOST_VALUES = 256 * 1024;

/** The kernels take four numbers at a time. */
const LANES = 4;

const VECTOR_BYTES = MOST_COLUMNS * Float64Array.BYTES_PER_ELEMENT;
const PIECE_BYTES = MOST_VALUES * Float32Array.BYTES_PER_ELEMENT;
const PAGE_BYTES = 65536;

/** Byte offsets. */
const U = 0;
const B = U + VECTOR_BYTES;
const INPUT = B + VECTOR_BYTES;
const KEPT = INPUT + PIECE_BYTES;
const END = KEPT + KEPT_BYTES;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly grow: (pages: number) => number;
  readonly powerStep: (rows: number, count: number, out: number, u: number, b: number, squares: number) => number;
  readonly multiply: (from: number, to: number, count: number, factor: number) => void;
}

function isComplete(exports: object): exports is Exports {
  return ["memory", "grow", "powerStep", "multiply"].every((name) => name in exports);
}

let module: WebAssembly.Module | undefined;
let kernels: FloatKernels | undefined;

/** The kernels for another thread, which makes an instance of its own. Its exports are `memory` (empty), `grow` and the functions of float-kernels.wat. */
export function floatKernelModule(): WebAssembly.Module {
  module ??= new WebAssembly.Module(Buffer.from(FLOAT_KERNELS, "base64"));
  return module;
}

/** Assembled at the first call. */
export function floatKernels(): FloatKernels {
  kernels ??= openKernels();
  return kernels;
}

/** Whether {@link FloatKernels.addRows} can take rows of so many columns. */
export function fitsKernels(columns: number): boolean {
  return columns % LANES === 0 && columns <= MOST_COLUMNS;
}

function openKernels(): FloatKernels {
  const { exports } = new WebAssembly.Instance(floatKernelModule());
  if (!isComplete(exports)) throw new Error("float kernels: an export is missing");
  exports.grow(END / PAGE_BYTES);
  const { buffer } = exports.memory;
  const input = new Float32Array(buffer, INPUT, MOST_VALUES);
  let taken = false;

  /** Where the values are in the kernels' memory, copied there unless they are in it. */
  function place(values: Float32Array<ArrayBuffer>): number {
    if (values.buffer === buffer) return values.byteOffset;
    input.set(values);
    return INPUT;
  }

  return {
    takeMemory() {
      if (taken) return undefined;
      taken = true;
      return new Uint8Array(buffer, KEPT, KEPT_BYTES);
    },
    giveBack() {
      taken = false;
    },
    addRows(rows, u, b, squares) {
      new Float64Array(buffer, U, u.length).set(u);
      const sums = new Float64Array(buffer, B, b.length);
      sums.set(b);
      const out = u.length;
      const most = out * Math.max(1, Math.floor(MOST_VALUES / out));
      let sum = squares;
      for (let start = 0; start < rows.length; start += most) {
        const part = rows.subarray(start, start + most);
        sum = exports.powerStep(place(part), part.length / out, out, U, B, sum);
      }
      b.set(sums);
      return sum;
    },
    multiply(values, factor) {
      const whole = values.length - (values.length % LANES);
      for (let start = 0; start < whole; start += MOST_VALUES) {
        const part = values.subarray(start, Math.min(start + MOST_VALUES, whole));
        const at = place(part);
        exports.multiply(at, at, part.length, factor);
        if (at === INPUT) part.set(input.subarray(0, part.length));
      }
      for (let i = whole; i < values.length; i++) values[i] = (values[i] ?? 0) * factor;
    },
  };
}
