import { channelsAt } from "./channel-vector.js";
import { imageOf, type Tensor64, zeros } from "./tensor64.js";

/** x [n, h, w, c] * factor + addend, with one factor and addend a channel ([c], [1, c]), or one an image and channel ([n, c]). */
export function multiplyAdd(x: Tensor64, factor: Tensor64, addend: Tensor64): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  const y = zeros(x.shape);
  for (let image = 0; image < n; image++) {
    const [factors, addends] = [channelsAt(factor, image, c), channelsAt(addend, image, c)];
    for (let pixel = image * h * w; pixel < (image + 1) * h * w; pixel++) {
      for (let k = 0; k < c; k++) {
        y.data[pixel * c + k] = (x.data[pixel * c + k] ?? 0) * (factors[k] ?? 0) + (addends[k] ?? 0);
      }
    }
  }
  return y;
}
