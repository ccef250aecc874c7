import type { Mapping } from "../src/mapping/mapping.js";
import { normed, plain, TFHUB_IGNORED } from "./tfhub-rules.js";

const G = "Generator";

/** tfhub.dev/deepmind/biggan-deep-{128,256,512}/1 -> biggan-deep-generator. Left: our parameter. Right: theirs. */
export const tfhubBigGanDeep = {
  name: "tfhub-biggan-deep",
  source: "deepmind/biggan-deep-{128,256,512}/1",
  rules: {
    "embed.w": plain("linear/w"),
    "stem.w": normed(`${G}/GenZ/G_linear`),
    "stem.b": plain(`${G}/GenZ/G_linear/b`),

    "block{b}.bn{k}.mean": { from: `${G}/GBlock{_b}/BatchNorm{_k}/standing_mean` },
    "block{b}.bn{k}.variance": { from: `${G}/GBlock{_b}/BatchNorm{_k}/standing_var` },
    "block{b}.bn{k}.gain.w": normed(`${G}/GBlock{_b}/BatchNorm{_k}/scale`),
    "block{b}.bn{k}.offset.w": normed(`${G}/GBlock{_b}/BatchNorm{_k}/offset`),
    "block{b}.conv{k}.w": normed(`${G}/GBlock{_b}/conv{k}`),
    "block{b}.conv{k}.b": plain(`${G}/GBlock{_b}/conv{k}/b`),

    "attention.theta.w": normed(`${G}/attention/theta`),
    "attention.phi.w": normed(`${G}/attention/phi`),
    "attention.g.w": normed(`${G}/attention/g`),
    "attention.o.w": normed(`${G}/attention/o_conv`),
    "attention.gamma": plain(`${G}/attention/gamma`),

    "final.mean": { from: `${G}/BatchNorm/standing_mean` },
    "final.variance": { from: `${G}/BatchNorm/standing_var` },
    "final.gain": plain(`${G}/BatchNorm/scale`),
    "final.offset": plain(`${G}/BatchNorm/offset`),
    "rgb.w": normed(`${G}/conv_to_rgb`),
    "rgb.b": plain(`${G}/conv_to_rgb/b`),
  },
  ignore: TFHUB_IGNORED,
} as const satisfies Mapping;
