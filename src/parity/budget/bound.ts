/** What a layer may differ by when only rounding is at work. */
export interface LayerBudget {
  /** Bound on the largest absolute error of any element. */
  readonly bound: number;
  /** Standard deviation of an element's error: root mean square over images and channels. */
  readonly sigma: number;
  /** The same in the worst channel of the worst image. */
  readonly worstSigma: number;
  /** Elements that the bound speaks of. */
  readonly count: number;
}

/** What the model leaves out, see docs/error-budgets.md. */
export const SAFETY = 2.5;

/**
 * The largest of m errors with standard deviation sigma is below sqrt(2 ln(2m)) sigma more often than not, and rarely far above, whether
 * they are independent or not (Boucheron, Lugosi & Massart 2013, theorem 2.5).
 */
export function maximumBound(worstSigma: number, count: number): number {
  return SAFETY * worstSigma * Math.sqrt(2 * Math.log(2 * Math.max(1, count)));
}

/** The budget of the difference between two computations with independent errors. */
export function differenceBudget(a: LayerBudget, b: LayerBudget): LayerBudget {
  return {
    bound: Math.hypot(a.bound, b.bound),
    sigma: Math.hypot(a.sigma, b.sigma),
    worstSigma: Math.hypot(a.worstSigma, b.worstSigma),
    count: a.count,
  };
}

/** {@link differenceBudget} of every layer that both have. */
export function differenceBudgets(
  a: ReadonlyMap<string, LayerBudget>,
  b: ReadonlyMap<string, LayerBudget>,
): ReadonlyMap<string, LayerBudget> {
  return new Map(
    [...a].flatMap(([layer, budget]) => {
      const other = b.get(layer);
      return other === undefined ? [] : [[layer, differenceBudget(budget, other)] as const];
    }),
  );
}
