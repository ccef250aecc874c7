import { FormatError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import type { Graph } from "../graph/graph.js";
import type { EvaluationInputs } from "../runtime/evaluate.js";
import { type ClassMix, oneHot } from "../sampling/class-mix.js";
import { sampleZ } from "../sampling/sample-z.js";

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

export function referenceCases(file: string, entries: ReadonlyMap<string, Tensor>): ReferenceCases {
  const layers = new Map<string, Tensor>();
  for (const [name, tensor] of entries) {
    if (name.startsWith("tap/")) layers.set(name.slice("tap/".length), tensor);
  }
  layers.set("image", entry(file, entries, "image"));
  return { inputs: inputsOf(file, entries), layers };
}

function entry(file: string, entries: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = entries.get(name);
  if (tensor !== undefined) return tensor;
  throw new FormatError(
    { file, field: name },
    `an array of this name`,
    `only ${[...entries.keys()].join(", ") || "nothing"}`,
    {
      hint: "The archive needs z [n, zDim], y [n, classes] and truncation ([] or [n]); a reference needs image too.",
    },
  );
}

/** A few inputs that reach every part of a model: several classes, a mix, truncations at both ends, on and off the grid. */
export function standardCases(
  { zDim, classes }: Pick<Graph, "zDim" | "classes">,
  lowestTruncation: number,
): EvaluationInputs {
  const truncation = [1, 0.5, 0.5, lowestTruncation, 0.37];
  const seeds = truncation.map((_, index) => 100 + index);
  const z = new Float32Array(truncation.length * zDim);
  seeds.forEach((seed, row) => {
    z.set(sampleZ({ count: 1, zDim, truncation: truncation[row] ?? 1, seed }).data, row * zDim);
  });
  const at = (part: number) => Math.floor(part * (classes - 1));
  const mixes: ClassMix[] = [0, 0.21, 0.4, 1, 0.73].map((part) => [{ index: at(part), weight: 1 }]);
  if (classes > 1) {
    mixes[2] = [
      { index: at(0.4), weight: 0.5 },
      { index: at(0.9), weight: 0.5 },
    ];
  }
  return {
    z: { shape: [truncation.length, zDim], data: z },
    y: oneHot(mixes, classes),
    truncation: truncation.map(Math.fround),
  };
}
