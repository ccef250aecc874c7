import type { Mapping } from "../src/mapping/mapping.js";
import { normed, plain, TFHUB_IGNORED } from "./tfhub-rules.js";

const G = "Generator";

/** tfhub.dev/deepmind/biggan-{128,256,512}/2 -> biggan-generator. Left: our parameter. Right: theirs. */
export const tfhubBigGan = {
  name: "tfhub-biggan",
  source: "deepmind/biggan-{128,256,512}/2",
  rules: {
    "embed.w": plain("linear/w"),
    "stem.w": normed(`${G}/G_Z/G_linear`),
    "stem.b": plain(`${G}/G_Z/G_linear/b`),

    "block{b}.bn{k}.mean": { from: `${G}/GBlock{_b}/CrossReplicaBN{_k}/standing_mean` },
    "block{b}.bn{k}.variance": { from: `${G}/GBlock{_b}/CrossReplicaBN{_k}/standing_var` },
    "block{b}.bn{k}.gain.w": normed(`${G}/GBlock{_b}/HyperBN{_k}/gamma`),
    "block{b}.bn{k}.offset.w": normed(`${G}/GBlock{_b}/HyperBN{_k}/beta`),
    "block{b}.conv{k}.w": normed(`${G}/GBlock{_b}/conv{k}`),
    "block{b}.conv{k}.b": plain(`${G}/GBlock{_b}/conv{k}/b`),
    "block{b}.shortcut.w": normed(`${G}/GBlock{_b}/conv_sc`),
    "block{b}.shortcut.b": plain(`${G}/GBlock{_b}/conv_sc/b`),

    "attention.theta.w": normed(`${G}/attention/theta`),
    "attention.phi.w": normed(`${G}/attention/phi`),
    "attention.g.w": normed(`${G}/attention/g`),
    "attention.o.w": normed(`${G}/attention/o_conv`),
    "attention.gamma": plain(`${G}/attention/gamma`),

    "final.mean": { from: `${G}/ScaledCrossReplicaBNbn/standing_mean` },
    "final.variance": { from: `${G}/ScaledCrossReplicaBNbn/standing_var` },
    "final.gain": plain(`${G}/ScaledCrossReplicaBN/gamma`),
    "final.offset": plain(`${G}/ScaledCrossReplicaBN/beta`),
    "rgb.w": normed(`${G}/conv_2d`),
    "rgb.b": plain(`${G}/conv_2d/b`),
  },
  ignore: TFHUB_IGNORED,
} as const satisfies Mapping;
