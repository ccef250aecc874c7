import { FormatError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { EvaluationInputs } from "../runtime/evaluate.js";
import { type ClassMix, oneHot } from "../sampling/class-mix.js";
import { sampleRows } from "../sampling/sample-z.js";

/** Inputs together with what another implementation made of them. */
export interface ReferenceCases {
  readonly inputs: EvaluationInputs;
  /** `image`, and the layers the file has under `tap/`. */
  readonly layers: ReadonlyMap<string, Tensor>;
}

/** The entries of a REF.npz or IN.npz: `z`, `y`, `truncation` (one or n), as the contract names them. */
export function inputsOf(file: string, entries: ReadonlyMap<string, Tensor>): EvaluationInputs {
  const truncation = entry(file, entries, "truncation");
  const [only = Number.NaN] = truncation.data;
  return {
    z: entry(file, entries, "z"),
    y: entry(file, entries, "y"),
    truncation: truncation.shape.length === 0 ? only : [...truncation.data],
  };
}

/** Made here, so that the seed of each row of z is known. */
export interface SeededInputs extends EvaluationInputs {
  readonly seeds: readonly number[];
}

const GENERATOR_HINT =
  "The archive needs z [n, zDim], y [n, classes] and truncation ([] or [n]); a reference needs image too.";

export function referenceCases(file: string, entries: ReadonlyMap<string, Tensor>): ReferenceCases {
  const layers = new Map<string, Tensor>();
  for (const [name, tensor] of entries) {
    if (name.startsWith("tap/")) layers.set(name.slice("tap/".length), tensor);
  }
  layers.set("image", entry(file, entries, "image"));
  return { inputs: inputsOf(file, entries), layers };
}

/** An array of an npz, or a {@link FormatError} that lists what is there. */
export function entry(file: string, entries: ReadonlyMap<string, Tensor>, name: string, hint = GENERATOR_HINT): Tensor {
  const tensor = entries.get(name);
  if (tensor !== undefined) return tensor;
  throw new FormatError(
    { file, field: name },
    `an array of this name`,
    `only ${[...entries.keys()].join(", ") || "nothing"}`,
    { hint },
  );
}

/** Classes by their place in the list, and which of the rows is a mix. */
const PLACES = [0, 0.21, 0.4, 1, 0.73];

/** Rows of {@link standardCases}. */
export const STANDARD_CASES = PLACES.length;

/**
 * A few inputs that reach every part of a model: several classes, a mix, truncations at both ends, on and off the grid. The
 * first ones tell most. Points of the grid are given as the grid has them: rounded to float32 they would no longer be points
 * of it for a module that computes their place in the table.
 */
export function standardCases(
  { zDim, classes }: Pick<Graph, "zDim" | "classes">,
  grid: readonly number[],
  count = STANDARD_CASES,
): SeededInputs {
  const inner = grid[Math.floor(grid.length * 0.14)] ?? 1;
  const truncation = [0.5, 1, inner, grid[0] ?? 1, Math.fround(0.37)].slice(0, count);
  const seeds = truncation.map((_, index) => 100 + index);
  const z = sampleRows(
    zDim,
    seeds.map((seed, row) => ({ truncation: truncation[row] ?? 1, seed })),
  );
  const at = (part: number) => Math.floor(part * (classes - 1));
  const mixes = truncation.map((_, row): ClassMix => {
    const index = at(PLACES[row] ?? 0);
    if (row !== 2 || classes === 1) return [{ index, weight: 1 }];
    return [
      { index, weight: 0.5 },
      { index: at(0.9), weight: 0.5 },
    ];
  });
  return { z, y: oneHot(mixes, classes), truncation, seeds };
}
