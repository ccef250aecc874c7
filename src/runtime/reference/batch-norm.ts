import { channelsAt } from "./channel-vector.js";
import { imageOf, type Tensor64, zeros } from "./tensor64.js";

/**
 * x [n, h, w, c] -> (x - mean) / sqrt(variance + epsilon) * gain + offset. mean, variance, gain and offset hold one number a
 * channel ([c] or [1, c]), or one an image and channel ([n, c]).
 */
export function batchNorm(
  x: Tensor64,
  mean: Tensor64,
  variance: Tensor64,
  gain: Tensor64,
  offset: Tensor64,
  epsilon: number,
): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const y = zeros(x.shape);
  for (let image = 0; image < n; image++) {
    const [means, variances, gains, offsets] = [mean, variance, gain, offset].map((t) => channelsAt(t, image, c));
    for (let pixel = image * h * w; pixel < (image + 1) * h * w; pixel++) {
      for (let k = 0; k < c; k++) {
        const centred = (x.data[pixel * c + k] ?? 0) - (means?.[k] ?? 0);
        const normal = centred / Math.sqrt((variances?.[k] ?? 0) + epsilon);
        y.data[pixel * c + k] = normal * (gains?.[k] ?? 0) + (offsets?.[k] ?? 0);
      }
    }
  }
  return y;
}
