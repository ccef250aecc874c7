import { throwIfAborted } from "../core/errors.js";
import { elementCount, type Shape, toFloat64 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import type { Parameter } from "../graph/graph.js";
import { isNorm, type Norm } from "../mapping/before-norm.js";
import { mappedParameters } from "../mapping/mapped-parameters.js";
import type { Assignment } from "../mapping/mapping.js";
import type { Model } from "../mapping/model.js";
import { sigmaOf } from "../mapping/transformed.js";
import { createTurns, finish } from "../runtime/reference/turns.js";
import { gramCost } from "./gram.js";
import { type WeightSpectrum, weightSpectrum } from "./weight-spectrum.js";

/** The spectrum of one weight, as it is before its spectral norm divides it. */
export interface ParameterSpectrum extends WeightSpectrum {
  readonly name: string;
  /** The matrix: every axis but the last, the output channels. */
  readonly rows: number;
  readonly columns: number;
  /** What the model divides this weight by: its largest singular value, if the stored vector is that value's. Absent without spectral norm. */
  readonly sigma?: number;
}

export interface SpectraOptions extends ReadOptions {
  /** Multiply-adds done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The singular values of every weight of two or more axes, seen as a matrix [-1, output channels], one weight in memory at a time. An
 * export's weights are divided already, and it keeps no vectors.
 * @throws MappingError when the model's mapping does not fit; InterruptedError when aborted.
 */
export async function modelSpectra(
  { graph, source, resolution, parameters: requireFit }: Model,
  { signal, onProgress }: SpectraOptions = {},
): Promise<readonly ParameterSpectrum[]> {
  requireFit();
  const turns = createTurns(signal);
  const weights = [...graph.parameters.values()].filter(({ kind, shape }) => kind === "weight" && isMatrix(shape));
  const total = weights.reduce((sum, weight) => sum + gramCost(sidesOf(weight)), 0);
  const byTarget = new Map(resolution.assignments.map((assignment) => [assignment.target, assignment]));
  const spectra: ParameterSpectrum[] = [];
  let done = 0;
  for (const weight of weights) {
    throwIfAborted(signal);
    const { rows, columns } = sidesOf(weight);
    const assignment = byTarget.get(weight.name);
    if (assignment === undefined) continue;
    // Singular vectors are stored in the order that the weight has when it is divided.
    const at = assignment.transforms.findIndex(isNorm);
    const before = at < 0 ? assignment : { ...assignment, transforms: assignment.transforms.slice(0, at) };
    const values = await mappedParameters(source, [before]).read(weight.name, { signal });
    const norm = assignment.transforms.find(isNorm);
    const read = (tensor: string) => readAlone(assignment, tensor, { signal });
    const stored = norm && { values: toFloat64(await read(norm.u)), along: alongOf(norm) };
    const sigma = norm && (await sigmaOf(values, norm, read));
    const sides = stored?.along === "rows" ? { rows: columns, columns: rows } : { rows, columns };
    const spectrum = await finish(
      weightSpectrum({ values, ...sides, channels: stored?.along ?? "columns" }, stored),
      turns,
    );
    spectra.push({ name: weight.name, rows, columns, ...spectrum, ...(sigma !== undefined && { sigma }) });
    done += gramCost(sides);
    onProgress?.(done, total);
  }
  return spectra;

  /** A tensor of the source as it is. */
  function readAlone({ target }: Assignment, tensor: string, options: ReadOptions) {
    return mappedParameters(source, [{ target, source: tensor, transforms: [] }]).read(target, options);
  }
}

/** PyTorch keeps the output channels first, and `u` along them. */
const alongOf = (norm: Norm) =>
  norm.op === "storedSpectralNorm" || norm.out === "first" ? ("rows" as const) : ("columns" as const);

/** The weights of a baked truncation are one row, and no layer's. */
const isMatrix = (shape: Shape) => shape.length >= 2 && elementCount(shape) > (shape.at(-1) ?? 1);

function sidesOf({ shape }: Parameter): { readonly rows: number; readonly columns: number } {
  const columns = shape.at(-1) ?? 1;
  return { rows: elementCount(shape) / columns, columns };
}
