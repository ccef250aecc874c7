import type { Rank, Tensor as TfjsTensor } from "@tensorflow/tfjs-core";
import { BackendError } from "../../core/errors.js";
import { elementCount, type Shape } from "../../core/tensor.js";
import { imageOf, type Tensor64 } from "../../runtime/reference/tensor64.js";
import { type Tfjs, withBackend } from "../../runtime/tfjs/engine.js";
import { type Call, type Kernel, nodeField, operand, typeOf } from "./call.js";
import { KERNELS } from "./kernels.js";
import { convolution, convolutionOf } from "./ops/convolutions.js";
import { matrixKernels, multiply, type Product } from "./ops/matrices.js";
import { softmaxRows } from "./ops/normalization.js";
import type { WindowAxis } from "./window.js";

/** What the heavy ops of a graph run on. */
export type KernelChoice = "float64" | "tfjs";

const BACKEND = "tfjs-wasm";

/** 1 GiB in float32, a quarter of what WebAssembly addresses: tfjs does not look whether its heap had the room. */
const MAX_ELEMENTS = 2 ** 28;

/** Products that use each number less often than this, such as those of a spectral norm, cost less than the way into tfjs. */
const MIN_USES = 8;

/**
 * Runs a piece of work with the kernels chosen. tfjs has one active back-end in the whole process: other runtimes on it wait meanwhile.
 * @throws BackendError when tfjs-wasm does not start.
 */
export function withKernels<T>(
  choice: KernelChoice,
  work: (kernels: ReadonlyMap<string, Kernel>) => Promise<T>,
): Promise<T> {
  return choice === "float64" ? work(KERNELS) : withBackend(BACKEND, (tfjs) => work(tfjsKernels(tfjs)));
}

/**
 * {@link KERNELS}, but convolutions, products of matrices and softmax in float32 on tfjs. All others cost less than the way there and back:
 * a pool reads each number once, and its result is the same in both.
 */
function tfjsKernels(tfjs: Tfjs): ReadonlyMap<string, Kernel> {
  const product: Product = function* (call, a, b, transposeA, transposeB) {
    const [rows = 0, columns = 0] = [a.shape[transposeA ? 1 : 0], b.shape[transposeB ? 0 : 1]];
    const [shape, sizes] = [
      [rows, columns],
      [a.data.length, 2 * b.data.length, rows * columns],
    ];
    if (!suits(call, sizes) || Math.min(rows, columns) < MIN_USES) {
      return yield* multiply(call, a, b, transposeA, transposeB);
    }
    // XNNPACK multiplies what is not transposed; tfjs itself has plain loops for the rest.
    const plain = (x: TfjsTensor, transposed: boolean) => (transposed ? tfjs.core.transpose(x) : x);
    const run = (x: TfjsTensor, y: TfjsTensor) => tfjs.core.matMul(plain(x, transposeA), plain(y, transposeB));
    return computed(tfjs, call, shape, [a, b], run);
  };
  return new Map<string, Kernel>([
    ...KERNELS,
    ...Object.entries(matrixKernels(product)),
    ["Conv2D", (call) => tfjsConvolution(tfjs, call)],
    ["Softmax", (call) => tfjsSoftmax(tfjs, call)],
  ]);
}

/** Numbers that float32 stands for, some of them, and not too many. */
function suits(call: Call, sizes: readonly number[]): boolean {
  return (
    typeOf(call, "T") === "float32" && !sizes.includes(0) && sizes.reduce((sum, size) => sum + size) <= MAX_ELEMENTS
  );
}

function tfjsConvolution(tfjs: Tfjs, call: Call): ReturnType<Kernel> {
  const { x, filter, rows, columns, shape } = convolutionOf(call);
  const { n, h, w, c } = imageOf(x);
  const { n: kh, h: kw, c: out } = imageOf(filter);
  const strides: [number, number] = [rows.stride, columns.stride];
  const dilations: [number, number] = [rows.dilation, columns.dilation];
  // The filter is there twice, the second time as XNNPACK wants it, which also keeps an address for each number under the filter.
  const sizes = [x.data.length, 2 * filter.data.length, elementCount(shape), rows.out * columns.out * kh * kw];
  const both = Math.max(...strides) > 1 && Math.max(...dilations) > 1;
  if (both || !suits(call, sizes)) return convolution(call);
  const padding: Padding = [[0, 0], paddingOf(rows, h), paddingOf(columns, w), [0, 0]];
  return computed(tfjs, call, shape, [x, filter], (image, kernel) =>
    tfjs.core.conv2d(
      tfjs.core.reshape<Rank.R4>(image, [n, h, w, c]),
      tfjs.core.reshape<Rank.R4>(kernel, [kh, kw, c, out]),
      strides,
      padding,
      "NHWC",
      dilations,
    ),
  );
}

type Padding = [[number, number], [number, number], [number, number], [number, number]];

/** Before and after; where the window stops short of the last entries, none. */
function paddingOf({ size, stride, dilation, before, out }: WindowAxis, extent: number): [number, number] {
  const reach = (out - 1) * stride + (size - 1) * dilation + 1;
  return [before, Math.max(0, reach - extent - before)];
}

function tfjsSoftmax(tfjs: Tfjs, call: Call): ReturnType<Kernel> {
  const x = operand(call, 0);
  if (!suits(call, [2 * x.data.length])) return softmaxRows(call);
  return computed(tfjs, call, x.shape, [x], (logits) => tfjs.core.softmax(logits));
}

/** What tfjs makes of the inputs. It leaves none of its tensors behind, also when it throws. */
function computed(
  { core }: Tfjs,
  call: Call,
  shape: Shape,
  inputs: readonly Tensor64[],
  compute: (...tensors: readonly TfjsTensor[]) => TfjsTensor,
): Tensor64 {
  try {
    const result = core.tidy(() =>
      compute(...inputs.map((input) => core.tensor(Float32Array.from(input.data), [...input.shape]))),
    );
    try {
      return { shape, data: Float64Array.from(result.dataSync<"float32">()) };
    } finally {
      result.dispose();
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BackendError(`${BACKEND}: ${call.file}: ${nodeField(call.node)}: ${message}`, { cause });
  }
}
