import type { Shape } from "../core/tensor.js";
import type { Mapping } from "../mapping/mapping.js";
import { SOURCE_FAMILIES } from "../mapping/source-families.js";
import type { ModelConfig } from "../models/model-config.js";
import { bigGanPyTorchConfig, bigGanPyTorchMisfit } from "./biggan-pytorch-config.js";
import { huggingFaceConfig, huggingFaceMisfit } from "./huggingface-config.js";
import type { OtherNames } from "./names.js";

/** Somebody's way of naming the tensors of a family of models. */
export interface Naming {
  /** The mapping with spectral norm, and the one without. */
  readonly normed: Mapping;
  readonly folded: Mapping | undefined;
  /** Of the one scalar, attention's gamma. */
  readonly scalarShape: Shape;
  /** One truncation's statistics, or those of all. */
  readonly statistics: "one" | "all";
  /** Why that project has no model of this configuration, or undefined where it has. */
  misfit(config: ModelConfig): string | undefined;
  /** The arguments that build such a model there. */
  config(config: ModelConfig, folded: boolean): Readonly<Record<string, unknown>>;
}

const mappingNamed = (name: string) => SOURCE_FAMILIES.find((family) => family.name === name)?.mapping;

/** The naming of a family's tensors, or undefined where that project has no such model. */
export function namingOf(names: OtherNames, family: ModelConfig["family"]): Naming | undefined {
  const mapping = MAPPINGS[names][family];
  const normed = mapping === undefined ? undefined : mappingNamed(mapping);
  if (mapping === undefined || normed === undefined) return undefined;
  return { normed, folded: mappingNamed(`${mapping}-folded`), ...WAYS[names] };
}

const MAPPINGS: Readonly<Record<OtherNames, Partial<Record<ModelConfig["family"], string>>>> = {
  "biggan-pytorch": {
    biggan: "biggan-pytorch",
    "biggan-deep": "biggan-deep-pytorch",
    "biggan-discriminator": "biggan-pytorch-discriminator",
    "biggan-deep-discriminator": "biggan-deep-pytorch-discriminator",
  },
  huggingface: { "biggan-deep": "huggingface-biggan-deep" },
};

const WAYS = {
  "biggan-pytorch": {
    scalarShape: [],
    statistics: "one",
    misfit: bigGanPyTorchMisfit,
    config: bigGanPyTorchConfig,
  },
  huggingface: { scalarShape: [1], statistics: "all", misfit: huggingFaceMisfit, config: huggingFaceConfig },
} as const satisfies Record<OtherNames, Omit<Naming, "normed" | "folded">>;
