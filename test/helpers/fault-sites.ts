import { BIGGAN_DEEP_NAMES, BIGGAN_NAMES } from "./plant-fault.js";
import type { FaultSites, PlantedFault } from "./planted-fault.js";
import { bigGanDeepFaults, bigGanFaults, commonFaults } from "./planted-faults.js";

const pairs = (blocks: number, norms: number) =>
  Array.from({ length: blocks * norms }, (_, at) => [Math.floor(at / norms), at % norms] as const);

/** fixtures/biggan-mini.tar.gz */
const BIGGAN_SITES: FaultSites = {
  names: BIGGAN_NAMES,
  block: 1,
  grown: "conv0",
  square: "conv1",
  upsamplings: ["Generator_1/upsample_2", "Generator_1/upsample_3"],
  side: 8,
  channels: 96,
  sum: "Generator_1/add_5",
  attentionSum: "Generator_1/add_6",
  relu: "Generator_1/Relu_2",
  sequences: [
    ["Generator_1/Reshape_10", 6],
    ["Generator_1/Reshape_11", 24],
  ],
  attentionPixels: 256,
  batchNorms: pairs(3, 2),
  stemChannels: 192,
  stemParameters: "stem.w, stem.b",
};

/** fixtures/biggan-deep-mini.tar.gz */
const BIGGAN_DEEP_SITES: FaultSites = {
  names: BIGGAN_DEEP_NAMES,
  block: 3,
  grown: "conv1",
  square: "conv2",
  upsamplings: ["Generator_1/upsample_2", "Generator_1/upsample_3"],
  side: 8,
  channels: 32,
  sum: "Generator_1/add_19",
  attentionSum: "Generator_1/add_20",
  relu: "Generator_1/Relu_12",
  sequences: [
    ["Generator_1/Reshape_34", 8],
    ["Generator_1/Reshape_35", 32],
  ],
  attentionPixels: 256,
  batchNorms: pairs(6, 4),
  stemChannels: 512,
  stemParameters: "embed.w, stem.w, stem.b",
};

/** Every fault that is planted in a fixture. */
export const PLANTED_FAULTS: Readonly<Record<"biggan-mini" | "biggan-deep-mini", readonly PlantedFault[]>> = {
  "biggan-mini": [...commonFaults(BIGGAN_SITES), ...bigGanFaults()],
  "biggan-deep-mini": [...commonFaults(BIGGAN_DEEP_SITES), ...bigGanDeepFaults()],
};
