import { UsageError } from "../core/errors.js";
import { formatShape, sameShape, type Tensor } from "../core/tensor.js";

/** A strip of more pictures than this is a slip of the finger, not a strip. */
const MAX_STEPS = 10_000;

/**
 * The straight line from `a` to `b`, both [n, d], as [n * steps, d] in float64: all steps of the first row, then those of the
 * second. Both ends are included: (1 - t) a + t b for t in `numpy.linspace(0, 1, steps)`, as in the public demo. Use it on z
 * (already scaled by the truncation) and on y separately. Throws a {@link UsageError} on unlike shapes or fewer than 2 steps.
 */
export function interpolate(a: Tensor, b: Tensor, steps: number): Tensor {
  const [rows, width] = a.shape;
  if (a.shape.length !== 2 || rows === undefined || width === undefined || !sameShape(a.shape, b.shape)) {
    throw new UsageError(
      `interpolate: expected two ends of one shape [n, d], found ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  }
  if (!Number.isInteger(steps) || steps < 2 || steps > MAX_STEPS) {
    throw new UsageError(`steps: expected a whole number from 2 to ${MAX_STEPS}, found ${steps}`);
  }
  const data = new Float64Array(rows * steps * width);
  const spacing = 1 / (steps - 1);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let step = 0; step < steps; step++) {
      const t = step === steps - 1 ? 1 : step * spacing;
      for (let i = row * width; i < (row + 1) * width; i++)
        data[at++] = (1 - t) * (a.data[i] ?? 0) + t * (b.data[i] ?? 0);
    }
  }
  return { shape: [rows * steps, width], data };
}
