/** What a port may do to a tensor on its way: a closed list, all data. */
export type Transform =
  /** W / sigma; sigma from one power step on the stored vector `u` (facts in spectral-norm.ts). */
  { readonly op: "spectralNorm"; readonly u: string; readonly epsilon: number };

/**
 * Where one parameter comes from. In `from` and `u`: `{b}` is an index as it stands in the target; `{_b}` is the same index
 * as TF1 numbers its scopes (nothing or `_0` for 0, `_1` after); `{ema}` is the checkpoint's own suffix of moving averages
 * (`ema_b999900`, `ema_0.9999`), left out with its slash when raw weights are asked for;
 * `{*}` is whatever it is in the target.
 */
export interface Rule {
  readonly from: string;
  readonly transforms?: readonly Transform[];
}

/** Source tensors left out on purpose. `{*}` is any text, `{raw}` a tensor that has a moving-average twin, `{twin}` such a twin. */
export interface IgnoreRule {
  readonly match: string;
  readonly reason: string;
}

/** One source family onto one graph: plain data, target on the left, source on the right. */
export interface Mapping {
  readonly name: string;
  /** Published modules that have these names. */
  readonly source: string;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly ignore: readonly IgnoreRule[];
}

/** A rule applied to one parameter, its templates filled in. */
export interface Assignment {
  readonly target: string;
  readonly source: string;
  readonly transforms: readonly Transform[];
}
