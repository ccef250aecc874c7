import type { Mapping } from "../src/mapping/mapping.js";
import { discriminatorRules } from "./biggan-pytorch-discriminator-rules.js";
import { BIGGAN_PYTORCH_IGNORED, folded, HWIO, type Normed, normed } from "./biggan-pytorch-rules.js";

const rules = (normedBy: Normed) => ({
  ...discriminatorRules(normedBy),
  "stem.w": normedBy("input_conv", HWIO),
  "stem.b": { from: "input_conv.bias" },

  "stage{s}.block{b}.conv{k}.w": normedBy("blocks.{s}.{b}.conv{k+1}", HWIO),
  "stage{s}.block{b}.conv{k}.b": { from: "blocks.{s}.{b}.conv{k+1}.bias" },
  "stage{s}.block{b}.shortcut.w": normedBy("blocks.{s}.{b}.conv_sc", HWIO),
  "stage{s}.block{b}.shortcut.b": { from: "blocks.{s}.{b}.conv_sc.bias" },

  // Behind both blocks of its stage.
  "stage{s}.attention.theta.w": normedBy("blocks.{s}.2.theta", HWIO),
  "stage{s}.attention.phi.w": normedBy("blocks.{s}.2.phi", HWIO),
  "stage{s}.attention.g.w": normedBy("blocks.{s}.2.g", HWIO),
  "stage{s}.attention.o.w": normedBy("blocks.{s}.2.o", HWIO),
  "stage{s}.attention.gamma": { from: "blocks.{s}.2.gamma" },
});

/** State dicts of the discriminator of BigGAN-PyTorch's BigGANdeep.py -> biggan-deep-discriminator. */
export const bigGanDeepPyTorchDiscriminator = {
  name: "biggan-deep-pytorch-discriminator",
  source: "D.pth of ajbrock/BigGAN-PyTorch (BigGANdeep.py)",
  rules: rules(normed),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;

/** The same with weights that need no norm. */
export const bigGanDeepPyTorchDiscriminatorFolded = {
  name: "biggan-deep-pytorch-discriminator-folded",
  source: "discriminators of BigGANdeep.py with the spectral norm divided out",
  rules: rules(folded),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;
