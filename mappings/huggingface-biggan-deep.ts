import type { Mapping, Rule, Transform } from "../src/mapping/mapping.js";

const HWIO: Transform = { op: "permute", axes: [2, 3, 1, 0] };
const TURNED: Transform = { op: "permute", axes: [1, 0] };
const G = "generator";
const BLOCK = `${G}.layers.{layer}`;

type Normed = (layer: string, move: Transform) => Rule;

/** torch's spectral norm when it does not train, by hooks or by parametrizations: divided by u W v of the vectors that are stored. */
const normed: Normed = (layer, move) => {
  const weight = (name: string, u: string, v: string) => ({
    from: `${layer}.${name}`,
    transforms: [{ op: "storedSpectralNorm", u: `${layer}.${u}`, v: `${layer}.${v}` }, move] satisfies Transform[],
  });
  const inner = "parametrizations.weight";
  return {
    ...weight("weight_orig", "weight_u", "weight_v"),
    otherwise: weight(`${inner}.original`, `${inner}.0._u`, `${inner}.0._v`),
  };
};

const folded: Normed = (layer, move) => ({ from: `${layer}.weight`, transforms: [move] });

const rules = (normedBy: Normed) => ({
  "embed.w": { from: "embeddings.weight", transforms: [TURNED] },
  "stem.w": normedBy(`${G}.gen_z`, TURNED),
  "stem.b": { from: `${G}.gen_z.bias` },

  "block{b}.bn{k}.mean": { from: `${BLOCK}.bn_{k}.running_means` },
  "block{b}.bn{k}.variance": { from: `${BLOCK}.bn_{k}.running_vars` },
  "block{b}.bn{k}.gain.w": normedBy(`${BLOCK}.bn_{k}.scale`, TURNED),
  "block{b}.bn{k}.offset.w": normedBy(`${BLOCK}.bn_{k}.offset`, TURNED),
  "block{b}.conv{k}.w": normedBy(`${BLOCK}.conv_{k}`, HWIO),
  "block{b}.conv{k}.b": { from: `${BLOCK}.conv_{k}.bias` },

  "attention.theta.w": normedBy(`${BLOCK}.snconv1x1_theta`, HWIO),
  "attention.phi.w": normedBy(`${BLOCK}.snconv1x1_phi`, HWIO),
  "attention.g.w": normedBy(`${BLOCK}.snconv1x1_g`, HWIO),
  "attention.o.w": normedBy(`${BLOCK}.snconv1x1_o_conv`, HWIO),
  "attention.gamma": { from: `${BLOCK}.gamma` },

  "final.mean": { from: `${G}.bn.running_means` },
  "final.variance": { from: `${G}.bn.running_vars` },
  "final.gain": { from: `${G}.bn.weight` },
  "final.offset": { from: `${G}.bn.bias` },
  "rgb.w": normedBy(`${G}.conv_to_rgb`, HWIO),
  "rgb.b": { from: `${G}.conv_to_rgb.bias` },
});

/** pytorch_model.bin of pytorch-pretrained-BigGAN -> biggan-deep-generator. Left: our parameter. Right: theirs. */
export const huggingFaceBigGanDeep = {
  name: "huggingface-biggan-deep",
  source: "huggingface/pytorch-pretrained-BigGAN biggan-deep-{128,256,512}",
  rules: rules(normed),
  ignore: [],
} as const satisfies Mapping;

/** The same with the spectral norm removed, as some re-uploads have it. */
export const huggingFaceBigGanDeepFolded = {
  name: "huggingface-biggan-deep-folded",
  source: "huggingface/pytorch-pretrained-BigGAN with the spectral norm removed",
  rules: rules(folded),
  ignore: [],
} as const satisfies Mapping;
