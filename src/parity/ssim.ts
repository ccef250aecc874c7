import { formatShape, type Tensor } from "../core/tensor.js";

/** Wang, Bovik, Sheikh & Simoncelli 2004, "Image quality assessment", section III-C: window, its deviation, and the two constants. */
const WINDOW = 11;
const SIGMA = 1.5;
const K1 = 0.01;
const K2 = 0.03;
/** Pictures are in [-1, 1]. */
const DATA_RANGE = 2;

/**
 * Structural similarity of pictures [n, h, w, c] in [-1, 1], 1 when they are equal: mean over pictures, channels and all places where the
 * Gaussian window lies inside (pictures smaller than it get the largest odd window that fits).
 */
export function ssim(reference: Tensor, candidate: Tensor): number {
  const [n, h, w, c] = reference.shape;
  if (n === undefined || h === undefined || w === undefined || c === undefined || n * h * w * c === 0) {
    throw new Error(`SSIM: expected pictures [n, h, w, c], found ${formatShape(reference.shape)}`);
  }
  const window = gaussian(Math.min(WINDOW, h - 1 + (h % 2), w - 1 + (w % 2)));
  let sum = 0;
  for (let image = 0; image < n; image++) {
    for (let channel = 0; channel < c; channel++) {
      const plane = ({ data }: Tensor) =>
        new Float64Array(h * w).map((_, pixel) => data[(image * h * w + pixel) * c + channel] ?? Number.NaN);
      sum += planeSimilarity(plane(reference), plane(candidate), w, window);
    }
  }
  return sum / (n * c);
}

function planeSimilarity(x: Float64Array, y: Float64Array, width: number, window: Float64Array): number {
  const smooth = (plane: Float64Array) => filtered(plane, width, window);
  const [meanX, meanY] = [smooth(x), smooth(y)];
  const [xx, yy] = [smooth(x.map((value) => value * value)), smooth(y.map((value) => value * value))];
  const xy = smooth(x.map((value, i) => value * (y[i] ?? Number.NaN)));
  const [c1, c2] = [(K1 * DATA_RANGE) ** 2, (K2 * DATA_RANGE) ** 2];
  const similarity = meanX.map((mx, i) => {
    const my = meanY[i] ?? 0;
    const [varX, varY, covariance] = [(xx[i] ?? 0) - mx * mx, (yy[i] ?? 0) - my * my, (xy[i] ?? 0) - mx * my];
    const luminance = (2 * mx * my + c1) / (mx * mx + my * my + c1);
    return (luminance * (2 * covariance + c2)) / (varX + varY + c2);
  });
  return similarity.reduce((sum, value) => sum + value, 0) / similarity.length;
}

/** The window along both axes, only where it fits. */
function filtered(plane: Float64Array, width: number, window: Float64Array): Float64Array {
  const height = plane.length / width;
  const [rows, columns] = [height - window.length + 1, width - window.length + 1];
  const across = weighted(
    height * columns,
    window,
    plane,
    (at) => at + Math.floor(at / columns) * (width - columns),
    1,
  );
  return weighted(rows * columns, window, across, (at) => at, columns);
}

/** Sums of the window's weights times values that stand a step apart. */
function weighted(
  length: number,
  window: Float64Array,
  values: Float64Array,
  startOf: (at: number) => number,
  step: number,
): Float64Array {
  const sums = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const start = startOf(at);
    let sum = 0;
    for (let i = 0; i < window.length; i++) sum += (window[i] ?? 0) * (values[start + i * step] ?? Number.NaN);
    sums[at] = sum;
  }
  return sums;
}

function gaussian(size: number): Float64Array {
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * SIGMA ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
