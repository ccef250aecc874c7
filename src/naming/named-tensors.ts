import { type FloatArray, type Shape, toFloat64 } from "../core/tensor.js";
import type { ReadOptions } from "../core/tensor-source.js";
import { beforeNorm, isNorm } from "../mapping/before-norm.js";
import { movedBack } from "../mapping/fix-transform.js";
import type { Mapping } from "../mapping/mapping.js";
import type { Model } from "../mapping/model.js";
import { expandMapping, type NamedParameter } from "./expand-mapping.js";
import type { NamedTensor } from "./named-tensor.js";
import { namedVectors } from "./named-vectors.js";
import type { Naming } from "./namings.js";
import { movesOf, undoMoves } from "./undo-moves.js";

/**
 * The tensors of a model under the names of a mapping, which is run backwards. Weights that the mapping divides by their spectral norm
 * are taken as they are before it, together with their singular vectors: see {@link hasVectors}. Statistics are mixed of the rows of
 * the tables, each as much as it counts, or whole tables without `rows`.
 */
export function namedTensors(
  model: Model,
  mapping: Mapping,
  { scalarShape }: Pick<Naming, "scalarShape">,
  rows: readonly number[] | undefined,
): readonly NamedTensor[] {
  const folded = model.parameters();
  const undivided = beforeNorm(model).parameters;
  const assignments = new Map(model.resolution.assignments.map((assignment) => [assignment.target, assignment]));

  /** The weight read last: its vectors are computed from it too. */
  let last: { readonly name: string; readonly values: FloatArray } | undefined;

  async function readBack({ parameter, transforms }: NamedParameter, shape: Shape, options: ReadOptions) {
    if (last?.name !== parameter.name) {
      last = undefined;
      const source = transforms.some(isNorm) ? undivided : folded;
      const values = await source.read(parameter.name, options);
      last = { name: parameter.name, values: undoMoves(values, shape, movesOf(transforms)) };
    }
    return last.values;
  }

  function tensorsOf(named: NamedParameter): NamedTensor[] {
    const { parameter, name, transforms } = named;
    const assignment = assignments.get(parameter.name);
    if (assignment === undefined) return [];
    const shape = movedBack(parameter.shape, transforms);
    const values = (options: ReadOptions) => readBack(named, shape, options);
    // What is computed is rounded to float32, what is moved stays as it is stored.
    const computes = assignment.transforms.some(({ op }) => op === "divideByCount");
    const norm = transforms.find(isNorm);
    const divided = norm === undefined && assignment.transforms.some(isNorm);
    const stored = model.source.tensors.get(assignment.source)?.dtype ?? "float32";
    const dtype = computes || divided ? "float32" : stored;
    if (parameter.kind === "statistic" && rows !== undefined) {
      const mixed = async (options: ReadOptions) => mixedRows(await values(options), rows);
      return [{ name, dtype: rows.includes(1) ? dtype : "float32", shape: shape.slice(1), values: mixed }];
    }
    const weight = { name, dtype, shape: shape.length === 0 ? scalarShape : shape, values };
    return norm === undefined
      ? [weight]
      : [weight, ...namedVectors(model.source, assignment, transforms, norm, weight)];
  }

  return expandMapping(mapping, model.graph).flatMap(tensorsOf);
}

/** Whether the model has the singular vectors of all weights that a mapping divides. */
export function hasVectors(model: Model, mapping: Mapping): boolean {
  const { has } = beforeNorm(model);
  return expandMapping(mapping, model.graph).every(
    ({ parameter, transforms }) => !transforms.some(isNorm) || has(parameter.name),
  );
}

/** The rows of a table, each as much as it counts; one that counts 1 is taken as it is. */
function mixedRows(table: FloatArray, rows: readonly number[]): FloatArray {
  const channels = table.length / rows.length;
  const whole = rows.indexOf(1);
  if (whole >= 0) return table.slice(whole * channels, (whole + 1) * channels);
  const values = toFloat64(table);
  const mix = (channel: number) =>
    rows.reduce((sum, weight, row) => sum + weight * (values[row * channels + channel] ?? 0), 0);
  return Float64Array.from({ length: channels }, (_, channel) => mix(channel));
}
