import { formatShape } from "../../../core/tensor.js";
import { maxPool2x2 } from "../../../runtime/reference/max-pool2x2.js";
import { imageOf, type Steps, type Tensor64 } from "../../../runtime/reference/tensor64.js";
import {
  boolOf,
  type Call,
  create,
  integers,
  intOf,
  type Kernels,
  listOf,
  refuse,
  requireImage,
  requireNhwc,
} from "../call.js";
import { stridedCopy } from "../strided.js";
import { type WindowAxis, windowOf } from "../window.js";

/** [n, h, w, b b c] -> [n, b h, b w, c]: channel (dy b + dx) c + k becomes pixel (dy, dx) of a square of b x b. */
function* depthToSpace(call: Call): Steps {
  requireNhwc(call);
  const x = requireImage(call, 0);
  const { n, h, w, c } = imageOf(x);
  const b = intOf(call, "block_size", 2);
  const depth = c / (b * b);
  if (!Number.isInteger(depth)) refuse(call, `channels in ${b} x ${b} groups`, formatShape(x.shape));
  const shape = [n, h, b, w, b, depth];
  const { data } = yield* stridedCopy(call, x.data, shape, [h * w * c, w * c, b * depth, c, depth, 1]);
  return { shape: [n, h * b, w * b, depth], data };
}

/** The inverse of {@link depthToSpace}. */
function* spaceToDepth(call: Call): Steps {
  requireNhwc(call);
  const x = requireImage(call, 0);
  const { n, h, w, c } = imageOf(x);
  const b = intOf(call, "block_size", 2);
  if (h % b !== 0 || w % b !== 0) refuse(call, `an image of ${b} x ${b} squares`, formatShape(x.shape));
  const shape = [n, h / b, w / b, b, b, c];
  const { data } = yield* stridedCopy(call, x.data, shape, [h * w * c, b * w * c, b * c, w * c, c, 1]);
  return { shape: [n, h / b, w / b, b * b * c], data };
}

/** Which entry each of `out` entries is the nearest of, as TensorFlow counts: the ratio is a float32 there. */
function nearest(extent: number, out: number, aligned: boolean, centred: boolean): number[] {
  const ratio = aligned && out > 1 ? (extent - 1) / (out - 1) : extent / out;
  const scale = Math.fround(ratio);
  return Array.from({ length: out }, (_, index) => {
    const at = Math.fround((centred ? index + 0.5 : index) * scale);
    return Math.min(aligned ? Math.round(at) : Math.floor(at), extent - 1);
  });
}

function* resizeNearest(call: Call): Steps {
  const x = requireImage(call, 0);
  const { n, h, w, c } = imageOf(x);
  const [height = 0, width = 0] = integers(call, 1);
  const y = create(call, [n, height, width, c]);
  const [aligned, centred] = [boolOf(call, "align_corners"), boolOf(call, "half_pixel_centers")];
  const columns = nearest(w, width, aligned, centred);
  let to = 0;
  for (let image = 0; image < n; image++) {
    for (const row of nearest(h, height, aligned, centred)) {
      for (const column of columns) {
        const from = ((image * h + row) * w + column) * c;
        y.data.set(x.data.subarray(from, from + c), to);
        to += c;
      }
      yield;
    }
  }
  return y;
}

/** Folds each window of each channel; pixels outside the image do not count. */
function* pool(x: Tensor64, y: Tensor64, rows: WindowAxis, columns: WindowAxis, average: boolean): Steps {
  const { n, h, w, c } = imageOf(x);
  let to = 0;
  for (let image = 0; image < n; image++) {
    for (let i = 0; i < rows.out; i++) {
      const [top, bottom] = inside(rows, i, h);
      for (let j = 0; j < columns.out; j++) {
        const [left, right] = inside(columns, j, w);
        for (let k = 0; k < c; k++) {
          let [sum, largest] = [0, Number.NEGATIVE_INFINITY];
          for (let row = top; row < bottom; row++) {
            for (let column = left; column < right; column++) {
              const value = x.data[((image * h + row) * w + column) * c + k] ?? 0;
              sum += value;
              largest = Math.max(largest, value);
            }
          }
          y.data[to++] = average ? sum / ((bottom - top) * (right - left)) : largest;
        }
      }
      yield;
    }
  }
  return y;
}

/** The entries of the image that a window covers: from, up to. */
function inside({ stride, before, size }: WindowAxis, index: number, extent: number): readonly [number, number] {
  const start = index * stride - before;
  return [Math.max(start, 0), Math.min(start + size, extent)];
}

function pooling(call: Call, average: boolean): Steps | Tensor64 {
  requireNhwc(call);
  const x = requireImage(call, 0);
  const [batch, kh = 0, kw = 0, channels] = listOf(call, "ksize") ?? [];
  if (batch !== 1 || channels !== 1 || kh < 1 || kw < 1)
    refuse(call, "ksize [1, h, w, 1]", `[${listOf(call, "ksize")}]`);
  const [rows, columns] = windowOf(call, x.shape, [kh, kw]);
  const y = create(call, [imageOf(x).n, rows.out, columns.out, imageOf(x).c]);
  const square = [rows, columns].every(({ size, stride, before, out }, axis) => {
    return size === 2 && stride === 2 && before === 0 && 2 * out <= (x.shape[axis + 1] ?? 0);
  });
  return square && !average ? maxPool2x2(x) : pool(x, y, rows, columns, average);
}

/** Ops that move pixels or take the best of them. */
export const IMAGES: Kernels = {
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  ResizeNearestNeighbor: resizeNearest,
  MaxPool: (call) => pooling(call, false),
  AvgPool: (call) => pooling(call, true),
};
