import type { ParameterSource } from "../core/parameter-source.js";
import { mappedParameters } from "./mapped-parameters.js";
import type { Transform } from "./mapping.js";
import type { Model } from "./model.js";

/** A transform that divides a weight by its spectral norm. */
export type Norm = Extract<Transform, { readonly op: "spectralNorm" | "storedSpectralNorm" }>;

export function isNorm(transform: Transform): transform is Norm {
  return transform.op === "spectralNorm" || transform.op === "storedSpectralNorm";
}

/** A checkpoint's weights that a spectral norm divides, as they are before it. */
export interface BeforeNorm {
  has(parameter: string): boolean;
  readonly parameters: ParameterSource;
}

/** The same tensors in the order of axes of the graph, not divided. Exports have none: their weights are divided already. */
export function beforeNorm({ source, resolution: { assignments } }: Pick<Model, "source" | "resolution">): BeforeNorm {
  const normed = assignments.filter(({ transforms }) => transforms.some(isNorm));
  const names = new Set(normed.map(({ target }) => target));
  const undivided = normed.map((assignment) => ({
    ...assignment,
    transforms: assignment.transforms.filter((transform) => !isNorm(transform)),
  }));
  return { has: (parameter) => names.has(parameter), parameters: mappedParameters(source, undivided) };
}
