import type { IgnoreRule, Rule, Transform } from "../src/mapping/mapping.js";

/** OIHW to HWIO. */
export const HWIO: Transform = { op: "permute", axes: [2, 3, 1, 0] };

/** [out, in] to [in, out]. */
export const TURNED: Transform = { op: "permute", axes: [1, 0] };

/** Rows of an image of 4 x 4, from C, H, W to H, W, C. */
export const CHANNELS_LAST: Transform = { op: "regroup", axis: 0, inner: 16 };

/** Its conditions are [class, z] where ours are [z, class]: columns of a weight [out, in]. */
export const Z_FIRST: Transform = { op: "swapBlocks", axis: 1, first: "embedding" };

/** How a layer's weight becomes the one that is used. */
export type Normed = (layer: string, ...moves: Transform[]) => Rule;

/**
 * Divided by its largest singular value, as `torch.nn.functional.normalize` guards it. Any epsilon gives the same number for a weight that is not zero:
 * this is the least of those that BigGAN-PyTorch is run with (SN_eps).
 */
export const normed: Normed = (layer, ...moves) => ({
  from: `${layer}.weight`,
  transforms: [{ op: "spectralNorm", u: `${layer}.u0`, epsilon: 1e-12, guard: "at-least", out: "first" }, ...moves],
});

/** As it is: trained without the norm (`G_param` is not SN), or divided by whoever saved it. */
export const folded: Normed = (layer, ...moves) => ({ from: `${layer}.weight`, transforms: moves });

/**
 * Statistics of a batch norm: `stored_…` of its own, or, trained with `mybn`, sums or averages of its inner one (standing statistics
 * are sums), or, with `cross_replica`, averages of torch's.
 */
export const statistic = (norm: string, moment: "mean" | "var"): Rule => ({
  from: `${norm}.stored_${moment}`,
  otherwise: {
    from: `${norm}.bn.stored_${moment}`,
    transforms: [{ op: "divideByCount", count: `${norm}.bn.accumulation_counter` }],
    otherwise: { from: `${norm}.bn.running_${moment}` },
  },
});

/** What both generators of BigGAN-PyTorch have in common. */
export function commonRules(normedBy: Normed) {
  return {
    "embed.w": { from: "shared.weight" },
    "stem.b": { from: "linear.bias", transforms: [CHANNELS_LAST] },

    "block{b}.bn{k}.mean": statistic("blocks.{b}.0.bn{k+1}", "mean"),
    "block{b}.bn{k}.variance": statistic("blocks.{b}.0.bn{k+1}", "var"),
    "block{b}.bn{k}.gain.w": normedBy("blocks.{b}.0.bn{k+1}.gain", Z_FIRST, TURNED),
    "block{b}.bn{k}.offset.w": normedBy("blocks.{b}.0.bn{k+1}.bias", Z_FIRST, TURNED),
    "block{b}.conv{k}.w": normedBy("blocks.{b}.0.conv{k+1}", HWIO),
    "block{b}.conv{k}.b": { from: "blocks.{b}.0.conv{k+1}.bias" },

    "attention.theta.w": normedBy("blocks.{layer-1}.1.theta", HWIO),
    "attention.phi.w": normedBy("blocks.{layer-1}.1.phi", HWIO),
    "attention.g.w": normedBy("blocks.{layer-1}.1.g", HWIO),
    "attention.o.w": normedBy("blocks.{layer-1}.1.o", HWIO),
    "attention.gamma": { from: "blocks.{layer-1}.1.gamma" },

    "final.mean": statistic("output_layer.0", "mean"),
    "final.variance": statistic("output_layer.0", "var"),
    "final.gain": { from: "output_layer.0.gain" },
    "final.offset": { from: "output_layer.0.bias" },
    "rgb.w": normedBy("output_layer.2", HWIO),
    "rgb.b": { from: "output_layer.2.bias" },
  } as const;
}

/** What a state dict of BigGAN-PyTorch holds beside the weights. */
export const BIGGAN_PYTORCH_IGNORED: readonly IgnoreRule[] = [
  { match: "{*}.sv0", reason: "largest singular value, kept by training for monitoring" },
  { match: "{*}.u1", reason: "second singular vector, kept by training for monitoring" },
  { match: "{*}.sv1", reason: "second singular value, kept by training for monitoring" },
  { match: "{*}.u2", reason: "third singular vector, kept by training for monitoring" },
  { match: "{*}.sv2", reason: "third singular value, kept by training for monitoring" },
  { match: "{*}.num_batches_tracked", reason: "counter of the training" },
];
