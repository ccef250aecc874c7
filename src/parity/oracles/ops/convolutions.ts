import { formatShape, type Shape } from "../../../core/tensor.js";
import { conv2d } from "../../../runtime/reference/conv2d.js";
import { addScaled } from "../../../runtime/reference/matmul.js";
import { imageOf, type Steps, type Tensor64 } from "../../../runtime/reference/tensor64.js";
import { broadcast } from "../broadcast.js";
import {
  type Call,
  checkSize,
  create,
  type Kernels,
  operand,
  refuse,
  requireImage,
  requireNhwc,
  stringOf,
} from "../call.js";
import { type WindowAxis, windowOf } from "../window.js";

/** A convolution whose operands fit: x [n, h, w, in], filter [kh, kw, in, out] -> shape [n, h', w', out]. */
export interface Convolution {
  readonly x: Tensor64;
  readonly filter: Tensor64;
  readonly rows: WindowAxis;
  readonly columns: WindowAxis;
  readonly shape: Shape;
}

export function convolutionOf(call: Call): Convolution {
  requireNhwc(call);
  const [x, filter] = [requireImage(call, 0), requireImage(call, 1)];
  const { n: kh, h: kw, w: depth, c: out } = imageOf(filter);
  if (imageOf(x).c !== depth) {
    refuse(call, `an image of ${depth} channels for the filter ${formatShape(filter.shape)}`, formatShape(x.shape));
  }
  const [rows, columns] = windowOf(call, x.shape, [kh, kw]);
  const shape = [imageOf(x).n, rows.out, columns.out, out];
  checkSize(call, shape);
  return { x, filter, rows, columns, shape };
}

/** In float64. */
export function convolution(call: Call): Steps {
  const { x, filter, rows, columns, shape } = convolutionOf(call);
  const plain = [rows, columns].every(({ stride, dilation }) => stride === 1 && dilation === 1);
  if (plain && stringOf(call, "padding", "") === "SAME") return conv2d(x, filter);
  return generalConvolution(x, filter, create(call, shape), rows, columns);
}

/** Any strides, dilations and padding. */
function* generalConvolution(x: Tensor64, filter: Tensor64, y: Tensor64, rows: WindowAxis, columns: WindowAxis): Steps {
  const { n, h, w, c } = imageOf(x);
  const out = imageOf(y).c;
  let to = 0;
  for (let image = 0; image < n; image++) {
    for (let i = 0; i < rows.out; i++) {
      for (let j = 0; j < columns.out; j++) {
        const sums = y.data.subarray(to, to + out);
        to += out;
        for (let a = 0; a < rows.size; a++) {
          const row = i * rows.stride + a * rows.dilation - rows.before;
          if (row < 0 || row >= h) continue;
          for (let b = 0; b < columns.size; b++) {
            const column = j * columns.stride + b * columns.dilation - columns.before;
            if (column < 0 || column >= w) continue;
            const from = ((image * h + row) * w + column) * c;
            const tap = (a * columns.size + b) * c;
            for (let k = 0; k < c; k++) {
              addScaled(sums, x.data[from + k] ?? 0, filter.data, (tap + k) * out);
            }
          }
        }
        yield;
      }
    }
  }
  return y;
}

function biasAdd(call: Call): Steps {
  requireNhwc(call);
  const [x, bias] = [operand(call, 0), operand(call, 1)];
  if (bias.shape.length !== 1 || bias.shape[0] !== x.shape.at(-1)) {
    refuse(call, `a bias for the last axis of ${formatShape(x.shape)}`, formatShape(bias.shape));
  }
  return broadcast(call, x, bias, (value, add) => value + add);
}

export const CONVOLUTIONS: Kernels = { Conv2D: convolution, BiasAdd: biasAdd };
