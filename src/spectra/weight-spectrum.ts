import { largestEigenvalues, largestEigenvector, lengthOf } from "./eigen.js";
import { gram, type Symmetric } from "./gram.js";
import { isTall, type Matrix, product } from "./matrix.js";
import { tridiagonal } from "./tridiagonal.js";

/** What a weight's singular values say of it. */
export interface WeightSpectrum {
  /** The largest three (fewer of a smaller matrix), in falling order. */
  readonly singularValues: readonly number[];
  /**
   * ‖G - I‖ / √n, G [n, n] being the products of the columns with each other, or of the rows where these are fewer: the root mean
   * square of σ² - 1 over all singular values σ. 0 for an orthogonal weight, as BigGAN's are when training begins.
   */
  readonly orthogonality: number;
  /** The same without G's diagonal: what BigGAN's orthogonal regularisation keeps small (Brock et al. 2019, section 3.1). */
  readonly offDiagonal: number;
  /** Degrees between the stored vector and the singular vector of the largest singular value, 0 to 90. */
  readonly angle?: number;
}

/** A singular vector as it is stored, and the side of the matrix that it lies along. */
export interface StoredVector {
  readonly values: Float64Array;
  readonly along: "rows" | "columns";
}

const TOP = 3;

/**
 * A matrix' spectrum, exact to about 1e-15 of the largest singular value squared: one a thousandth of the largest is right in ten digits.
 * Yields often; takes the time of {@link gramCost} and somewhat more.
 */
export function* weightSpectrum(matrix: Matrix, stored?: StoredVector): Generator<undefined, WeightSpectrum> {
  const products = yield* gram(matrix);
  const measures = distances(products);
  // Along the smaller side; taken there by the matrix if it lies along the other.
  const own = isTall(matrix) ? "columns" : "rows";
  const vector =
    stored === undefined
      ? new Float64Array(products.size)
      : stored.along === own
        ? Float64Array.from(stored.values)
        : product(matrix, stored.values, stored.along);
  const reduced = yield* tridiagonal(products, vector);
  const eigenvalues = largestEigenvalues(reduced, TOP);
  const singularValues = eigenvalues.map(Math.sqrt);
  const [largest = 0] = singularValues;
  const length = stored === undefined ? 0 : lengthOf(stored.values);
  if (stored === undefined || largest === 0 || length === 0) return { singularValues, ...measures };
  const top = largestEigenvector(reduced, largest * largest, vector);
  const along = Math.abs(top.reduce((sum, value, index) => sum + value * (vector[index] ?? 0), 0));
  const cosine = along / length / (stored.along === own ? 1 : largest);
  return { singularValues, ...measures, angle: (Math.acos(Math.min(1, cosine)) * 180) / Math.PI };
}

function distances({ size, values }: Symmetric): Pick<WeightSpectrum, "orthogonality" | "offDiagonal"> {
  let diagonal = 0;
  let beside = 0;
  for (let i = 0; i < size; i++) {
    diagonal += ((values[i * size + i] ?? 0) - 1) ** 2;
    for (let j = 0; j < i; j++) beside += 2 * (values[i * size + j] ?? 0) ** 2;
  }
  return { orthogonality: Math.sqrt((diagonal + beside) / size), offDiagonal: Math.sqrt(beside / size) };
}
