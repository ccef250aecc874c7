import type { Mapping } from "../src/mapping/mapping.js";
import {
  BIGGAN_PYTORCH_IGNORED,
  CHANNELS_LAST,
  commonRules,
  folded,
  HWIO,
  type Normed,
  normed,
  TURNED,
} from "./biggan-pytorch-rules.js";

const rules = (normedBy: Normed) => ({
  ...commonRules(normedBy),
  "stem.w": normedBy("linear", CHANNELS_LAST, TURNED),
  "block{b}.shortcut.w": normedBy("blocks.{b}.0.conv_sc", HWIO),
  "block{b}.shortcut.b": { from: "blocks.{b}.0.conv_sc.bias" },
});

/** State dicts of the generator of BigGAN-PyTorch's BigGAN.py -> biggan-generator. Left: our parameter. Right: theirs. */
export const bigGanPyTorch = {
  name: "biggan-pytorch",
  source: "G.pth and G_ema.pth of ajbrock/BigGAN-PyTorch (BigGAN.py)",
  rules: rules(normed),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;

/** The same with weights that need no norm. */
export const bigGanPyTorchFolded = {
  name: "biggan-pytorch-folded",
  source: "BigGAN.py without spectral norm, or with it divided out",
  rules: rules(folded),
  ignore: BIGGAN_PYTORCH_IGNORED,
} as const satisfies Mapping;
