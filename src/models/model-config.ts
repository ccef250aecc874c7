import type { Graph } from "../graph/graph.js";
import { type DiscriminatorConfig, discriminatorGraph } from "./discriminator.js";
import { type GeneratorConfig, generatorGraph } from "./generator.js";

/** Every kind of model that a checkpoint can hold, told apart by `family`. */
export type ModelConfig = GeneratorConfig | DiscriminatorConfig;

/** Families as people write them. */
export const FAMILY_NAMES = {
  biggan: "BigGAN",
  "biggan-deep": "BigGAN-deep",
  "biggan-discriminator": "BigGAN discriminator",
  "biggan-deep-discriminator": "BigGAN-deep discriminator",
} as const satisfies Record<ModelConfig["family"], string>;

export function isGenerator(config: ModelConfig): config is GeneratorConfig {
  return config.family === "biggan" || config.family === "biggan-deep";
}

export function modelGraph(config: ModelConfig): Graph {
  return isGenerator(config) ? generatorGraph(config) : discriminatorGraph(config);
}
