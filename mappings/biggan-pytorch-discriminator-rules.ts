import type { Normed } from "./biggan-pytorch-rules.js";
import { TURNED } from "./biggan-pytorch-rules.js";

/** What both discriminators of BigGAN-PyTorch have in common. The norm of the embedding runs along the classes, which are its first axis. */
export const discriminatorRules = (normedBy: Normed) =>
  ({
    "linear.w": normedBy("linear", TURNED),
    "linear.b": { from: "linear.bias" },
    "embed.w": normedBy("embed"),
  }) as const;
