/** A scheme of spectral norm: how a length is kept from zero before it divides (see spectral-norm.ts). */
export type LengthGuard =
  /** x / sqrt(sum x^2 + epsilon): the TF Hub modules. */
  | "inside-root"
  /** x / (|x| + epsilon): the PyTorch copies of those modules. */
  | "added"
  /** x / max(|x|, epsilon): torch.nn.functional.normalize, which BigGAN-PyTorch uses. */
  | "at-least";

/**
 * What a port may do to a tensor on its way: a closed list, all data, applied in order. The first three only move numbers
 * (transforms.ts has their inverses); the others compute.
 */
export type Transform = Move | Computation;

/** In a rule; once resolved, `first` is a number. */
export type Move =
  /** Axis i of the result is axis `axes[i]` of the tensor: OIHW to HWIO is [2, 3, 1, 0]. */
  | { readonly op: "permute"; readonly axes: readonly number[] }
  /** The first `first` entries along an axis go behind the others: [class, z] to [z, class] with as many as the embedding is long. */
  | { readonly op: "swapBlocks"; readonly axis: number; readonly first: number | "embedding" }
  /** An axis of m * `inner` entries, seen as [m, inner], is turned to [inner, m]: channels first to channels last, inner being the pixels. */
  | { readonly op: "regroup"; readonly axis: number; readonly inner: number };

/** `out` says which axis of the tensor, as it stands at this step, the singular vector `u` runs along. */
export type Computation =
  /** W / sigma; sigma from one power step on the stored vector `u`. */
  | {
      readonly op: "spectralNorm";
      readonly u: string;
      readonly epsilon: number;
      /** "inside-root" when left out. */
      readonly guard?: LengthGuard;
      /** "last" when left out. */
      readonly out?: "first" | "last";
    }
  /** W / (u W v) with both singular vectors as they are stored, rows first: torch.nn.utils.spectral_norm when it does not train. */
  | { readonly op: "storedSpectralNorm"; readonly u: string; readonly v: string }
  /** Sums divided by their number, one tensor of one entry; when that is 0, they are averages and stay as they are. */
  | { readonly op: "divideByCount"; readonly count: string };

/**
 * Where one parameter comes from. In `from` and in the tensors of transforms: `{b}` is an index as it stands in the target, `{b+1}` and
 * `{b-1}` its neighbours; `{_b}` is the same index as TF1 numbers its scopes (nothing or `_0` for 0, `_1` after); `{layer}` is the place of
 * the target's block or attention among all of them, from 0; `{ema}` is the checkpoint's own suffix of moving averages (`ema_b999900`,
 * `ema_0.9999`), left out with its slash when raw weights are asked for; `{*}` is whatever it is in the target.
 */
export interface Rule {
  readonly from: string;
  readonly transforms?: readonly Transform[];
  /** Taken when the source has no tensor `from`: another spelling of the same family. */
  readonly otherwise?: Rule;
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
