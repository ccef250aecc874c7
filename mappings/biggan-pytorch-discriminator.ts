import type { Mapping } from "../src/mapping/mapping.js";
import { discriminatorRules } from "./biggan-pytorch-discriminator-rules.js";
import { BIGGAN_PYTORCH_IGNORED, folded, HWIO, type Normed, normed } from "./biggan-pytorch-rules.js";

const rules = (normedBy: Normed) => ({
  ...discriminatorRules(normedBy),
  "block{b}.conv{k}.w": normedBy("blocks.{b}.0.conv{k+1}", HWIO),
  "block{b}.conv{k}.b": { from: "blocks.{b}.0.conv{k+1}.bias" },
  "block{b}.shortcut.w": normedBy("blocks.{b}.0.conv_sc", HWIO),
  "block{b}.shortcut.b": { from: "blocks.{b}.0.conv_sc.bias" },

  "attention.theta.w": normedBy("blocks.{layer-1}.1.theta", HWIO),
  "attention.phi.w": normedBy("blocks.{layer-1}.1.phi", HWIO),
  "attention.g.w": normedBy("blocks.{layer-1}.1.g", HWIO),
  "attention.o.w": normedBy("blocks.{layer-1}.1.o", HWIO),
  "attention.gamma": { from: "blocks.{layer-1}.1.gamma" },
});

/** State dicts of the discriminator of BigGAN-PyTorch's BigGAN.py -> biggan-discriminator. */
export const bigGanPyTorchDiscriminator = {
  name: "biggan-pytorch-discriminator",
  source: "D.pth of ajbrock/BigGAN-PyTorch (BigGAN.py)",
  rules: rules(normed),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;

/** The same with weights that need no norm. */
export const bigGanPyTorchDiscriminatorFolded = {
  name: "biggan-pytorch-discriminator-folded",
  source: "discriminators of BigGAN.py with the spectral norm divided out",
  rules: rules(folded),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;
