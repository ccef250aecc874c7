import { elementCount, formatShape } from "../../../core/tensor.js";
import { matmul } from "../../../runtime/reference/matmul.js";
import type { Steps, Tensor64 } from "../../../runtime/reference/tensor64.js";
import { broadcastShape } from "../broadcast.js";
import { boolOf, type Call, checkSize, create, type Kernel, type Kernels, operand, refuse } from "../call.js";
import { broadcastTo, SLICE_ELEMENTS, stridedCopy } from "../strided.js";

/** Rows of the second factor that are used while they are in the processor's cache. */
const BLOCK_BYTES = 256 * 1024;

/** a [m, k] b [n, k]T, without a transposed copy of b: the weights of a spectral norm have 33 million entries. */
function* multiplyTransposed(call: Call, a: Tensor64, b: Tensor64): Steps {
  const [[m = 0, k = 0], [n = 0]] = [a.shape, b.shape];
  const y = create(call, [m, n]);
  const block = Math.max(1, Math.floor(BLOCK_BYTES / (8 * k + 1)));
  let sinceYield = 0;
  for (let start = 0; start < n; start += block) {
    const end = Math.min(start + block, n);
    for (let row = 0; row < m; row++) {
      for (let column = start; column < end; column++)
        y.data[row * n + column] = dot(a.data, row * k, b.data, column * k, k);
      sinceYield += (end - start) * k;
      if (sinceYield > SLICE_ELEMENTS) {
        sinceYield = 0;
        yield;
      }
    }
  }
  return y;
}

function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (a[fromA + i] ?? 0) * (b[fromB + i] ?? 0);
  return sum;
}

function* flip(call: Call, { shape: [rows = 0, columns = 0], data }: Tensor64): Steps {
  return yield* stridedCopy(call, data, [columns, rows], [1, columns]);
}

/** a [m, k] b [k, n] -> [m, n], each perhaps stored transposed; they fit, and so does the result. */
export type Product = (call: Call, a: Tensor64, b: Tensor64, transposeA: boolean, transposeB: boolean) => Steps;

/** In float64. */
export function* multiply(
  call: Call,
  a: Tensor64,
  b: Tensor64,
  transposeA: boolean,
  transposeB: boolean,
): ReturnType<Product> {
  const left = transposeA ? yield* flip(call, a) : a;
  return transposeB ? yield* multiplyTransposed(call, left, b) : yield* matmul(left, b);
}

/** The product after a look at the shapes. */
function checked(product: Product): Product {
  return (call, a, b, transposeA, transposeB) => {
    const [depth, other] = [a.shape[transposeA ? 0 : 1], b.shape[transposeB ? 1 : 0]];
    if (depth !== other || a.shape.length !== 2 || b.shape.length !== 2) {
      const flags = `${transposeA ? "T" : ""} and ${formatShape(b.shape)}${transposeB ? "T" : ""}`;
      refuse(call, "matrices that fit", `${formatShape(a.shape)}${flags}`);
    }
    checkSize(call, [a.shape[transposeA ? 1 : 0] ?? 0, b.shape[transposeB ? 0 : 1] ?? 0]);
    return product(call, a, b, transposeA, transposeB);
  };
}

/** The last two axes are matrices, the others broadcast. */
function* batchMultiply(call: Call, product: Product): Steps {
  const [a, b] = [operand(call, 0), operand(call, 1)];
  if (a.shape.length < 2 || b.shape.length < 2) {
    refuse(call, "matrices", `${formatShape(a.shape)} and ${formatShape(b.shape)}`);
  }
  const batch = broadcastShape(call, a.shape.slice(0, -2), b.shape.slice(0, -2));
  const wholeA = yield* broadcastTo(call, a, [...batch, ...a.shape.slice(-2)]);
  const wholeB = yield* broadcastTo(call, b, [...batch, ...b.shape.slice(-2)]);
  const [adjA, adjB] = [boolOf(call, "adj_x"), boolOf(call, "adj_y")];
  const [rows = 0, columns = 0] = [a.shape.at(adjA ? -1 : -2), b.shape.at(adjB ? -2 : -1)];
  const y = create(call, [...batch, rows, columns]);
  const count = elementCount(batch);
  for (let index = 0; index < count; index++) {
    const { data } = yield* product(call, matrix(wholeA, index, count), matrix(wholeB, index, count), adjA, adjB);
    if (count === 1) return { shape: y.shape, data };
    y.data.set(data, index * rows * columns);
  }
  return y;
}

/** One matrix of a batch, sharing its data when it is the only one. */
function matrix({ shape, data }: Tensor64, index: number, count: number): Tensor64 {
  const size = data.length / count;
  const part = count === 1 ? data : data.slice(index * size, (index + 1) * size);
  return { shape: shape.slice(-2), data: part };
}

/** All products of matrices, by one that multiplies two. */
export function matrixKernels(product: Product): Kernels {
  const fits = checked(product);
  const batch: Kernel = (call) => batchMultiply(call, fits);
  return {
    MatMul: (call) =>
      fits(call, operand(call, 0), operand(call, 1), boolOf(call, "transpose_a"), boolOf(call, "transpose_b")),
    BatchMatMul: batch,
    BatchMatMulV2: batch,
    BatchMatMulV3: batch,
  };
}

export const MATRICES = matrixKernels(multiply);
