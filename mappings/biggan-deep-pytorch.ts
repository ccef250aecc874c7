import type { Mapping } from "../src/mapping/mapping.js";
import {
  BIGGAN_PYTORCH_IGNORED,
  CHANNELS_LAST,
  commonRules,
  folded,
  type Normed,
  normed,
  TURNED,
  Z_FIRST,
} from "./biggan-pytorch-rules.js";

const rules = (normedBy: Normed) => ({
  ...commonRules(normedBy),
  // The first linear takes the whole condition, unlike BigGAN's.
  "stem.w": normedBy("linear", Z_FIRST, CHANNELS_LAST, TURNED),
});

/** State dicts of the generator of BigGAN-PyTorch's BigGANdeep.py -> biggan-deep-generator. Its last convolution has 3 outputs. */
export const bigGanDeepPyTorch = {
  name: "biggan-deep-pytorch",
  source: "G.pth and G_ema.pth of ajbrock/BigGAN-PyTorch (BigGANdeep.py)",
  rules: rules(normed),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;

/** The same with weights that need no norm. */
export const bigGanDeepPyTorchFolded = {
  name: "biggan-deep-pytorch-folded",
  source: "BigGANdeep.py without spectral norm, or with it divided out",
  rules: rules(folded),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;
