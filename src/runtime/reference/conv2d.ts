import { imageOf, type Steps, type Tensor64, zeros } from "./tensor64.js";

/** Pixels and channels computed together: 8 sums fit the processor's registers, and each number read serves 2 or 4 of them. */
const PIXELS = 4;
const CHANNELS = 2;

/**
 * Convolution with stride 1 and zero padding "same" (https://www.tensorflow.org/api_docs/python/tf/nn/convolution): of the
 * k - 1 rows of padding the smaller half comes first.
 *
 * x [n, h, w, in], filter [kh, kw, in, out], bias [out] -> [n, h, w, out]:
 * y[n, i, j, o] = bias[o] + sum over a, b, c of x[n, i + a - top, j + b - left, c] * filter[a, b, c, o]
 *
 * Computed as a matrix product: the patch of x under the filter (one row for each pixel) times the filter.
 */
export function* conv2d(x: Tensor64, filter: Tensor64, bias?: Tensor64): Steps {
  const { n, h, w } = imageOf(x);
  const { n: kh, h: kw, w: depth, c: out } = imageOf(filter);
  const size = kh * kw * depth;
  const columns = yield* columnsOf(filter.data, size, out);
  const patches = new Float64Array(PIXELS * size);
  const sums = new Float64Array(PIXELS * (columns.length / size));

  const y = zeros([n, h, w, out]);
  const pixels = n * h * w;
  for (let first = 0; first < pixels; first += PIXELS) {
    const count = Math.min(PIXELS, pixels - first);
    for (let p = 0; p < count; p++) copyPatch(x, first + p, kh, kw, patches.subarray(p * size, (p + 1) * size));
    multiply(patches, columns, size, sums);
    for (let p = 0; p < count; p++) {
      for (let o = 0; o < out; o++) {
        y.data[(first + p) * out + o] = (bias?.data[o] ?? 0) + (sums[o * PIXELS + p] ?? 0);
      }
    }
    yield;
  }
  return y;
}

/** The filter as contiguous columns [out, kh * kw * in], with columns of zeros up to a multiple of CHANNELS. */
function* columnsOf(filter: Float64Array, size: number, out: number): Steps<Float64Array> {
  const columns = new Float64Array(Math.ceil(out / CHANNELS) * CHANNELS * size);
  for (let row = 0; row < size; row++) {
    for (let o = 0; o < out; o++) columns[o * size + row] = filter[row * out + o] ?? 0;
    yield;
  }
  return columns;
}

/** Writes x under the filter around `pixel` (counted through the whole batch) to `patch` [kh, kw, in]; zeros outside the image. */
function copyPatch(x: Tensor64, pixel: number, kh: number, kw: number, patch: Float64Array): void {
  const { h, w, c } = imageOf(x);
  const image = Math.floor(pixel / (h * w));
  const top = (Math.floor(pixel / w) % h) - Math.floor((kh - 1) / 2);
  const left = (pixel % w) - Math.floor((kw - 1) / 2);
  for (let a = 0; a < kh; a++) {
    for (let b = 0; b < kw; b++) {
      const i = top + a;
      const j = left + b;
      const to = (a * kw + b) * c;
      if (i < 0 || i >= h || j < 0 || j >= w) {
        patch.fill(0, to, to + c);
      } else {
        const from = ((image * h + i) * w + j) * c;
        patch.set(x.data.subarray(from, from + c), to);
      }
    }
  }
}

/** patches [PIXELS, size], columns [channels, size] -> sums [channels, PIXELS]: all their dot products, each summed in order. */
function multiply(patches: Float64Array, columns: Float64Array, size: number, sums: Float64Array): void {
  const channels = columns.length / size;
  for (let o = 0; o < channels; o += CHANNELS) {
    let [a0, a1, b0, b1, c0, c1, d0, d1] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let k = 0; k < size; k++) {
      const f0 = columns[o * size + k] ?? 0;
      const f1 = columns[(o + 1) * size + k] ?? 0;
      const a = patches[k] ?? 0;
      const b = patches[size + k] ?? 0;
      const c = patches[2 * size + k] ?? 0;
      const d = patches[3 * size + k] ?? 0;
      a0 += a * f0;
      a1 += a * f1;
      b0 += b * f0;
      b1 += b * f1;
      c0 += c * f0;
      c1 += c * f1;
      d0 += d * f0;
      d1 += d * f1;
    }
    sums.set([a0, b0, c0, d0, a1, b1, c1, d1], o * PIXELS);
  }
}
