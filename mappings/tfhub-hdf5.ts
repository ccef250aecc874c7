import type { Mapping, Rule } from "../src/mapping/mapping.js";
import { tfhubBigGan } from "./tfhub-biggan.js";
import { tfhubBigGanDeep } from "./tfhub-biggan-deep.js";

/** A dump has the checkpoint's variables and not the graph's tables: the statistics of truncation 1, as they were accumulated. */
const accumulated = (scope: string, moment: "mean" | "var"): Rule => ({ from: `${scope}/accumulated_${moment}` });

/** The variables of deepmind/biggan-{128,256,512}/2 one by one, as the TF Hub converter of BigGAN-PyTorch writes them to HDF5. */
export const tfhubHdf5BigGan = {
  ...tfhubBigGan,
  name: "tfhub-hdf5-biggan",
  source: "HDF5 dumps of deepmind/biggan-{128,256,512}/2",
  rules: {
    ...tfhubBigGan.rules,
    "block{b}.bn{k}.mean": accumulated("Generator/GBlock{_b}/CrossReplicaBN{_k}", "mean"),
    "block{b}.bn{k}.variance": accumulated("Generator/GBlock{_b}/CrossReplicaBN{_k}", "var"),
    "final.mean": accumulated("Generator/ScaledCrossReplicaBNbn", "mean"),
    "final.variance": accumulated("Generator/ScaledCrossReplicaBNbn", "var"),
  },
} as const satisfies Mapping;

/** The variables of deepmind/biggan-deep-{128,256,512}/1 likewise. */
export const tfhubHdf5BigGanDeep = {
  ...tfhubBigGanDeep,
  name: "tfhub-hdf5-biggan-deep",
  source: "HDF5 dumps of deepmind/biggan-deep-{128,256,512}/1",
  rules: {
    ...tfhubBigGanDeep.rules,
    "block{b}.bn{k}.mean": accumulated("Generator/GBlock{_b}/BatchNorm{_k}", "mean"),
    "block{b}.bn{k}.variance": accumulated("Generator/GBlock{_b}/BatchNorm{_k}", "var"),
    "final.mean": accumulated("Generator/BatchNorm", "mean"),
    "final.variance": accumulated("Generator/BatchNorm", "var"),
  },
} as const satisfies Mapping;
