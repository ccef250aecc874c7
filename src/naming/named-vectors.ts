import { elementCount, type FloatArray } from "../core/tensor.js";
import type { ReadOptions, TensorSource } from "../core/tensor-source.js";
import { isNorm, type Norm } from "../mapping/before-norm.js";
import { mappedParameters } from "../mapping/mapped-parameters.js";
import type { Assignment, Transform } from "../mapping/mapping.js";
import { sigmaOf } from "../mapping/transformed.js";
import type { NamedTensor } from "./named-tensor.js";
import { singularPair } from "./singular-pair.js";
import { movesOf, moveVector, undoVector } from "./undo-moves.js";

/**
 * What the other project keeps beside a weight [out, …] that `norm` divides: u0 [1, out] and the singular value sv0 [1] where it makes a
 * power step itself, u [out] and v [rest] where it does not. `assignment` says where the weight comes from, `transforms` what is done
 * to theirs on the way to us.
 */
export function namedVectors(
  source: TensorSource,
  assignment: Assignment,
  transforms: readonly Transform[],
  norm: Norm,
  weight: NamedTensor,
): NamedTensor[] {
  const own = normOf(assignment);
  const out = weight.shape[0] ?? 1;
  const rest = elementCount(weight.shape) / out;
  const stored = source.tensors.get(own.u)?.dtype ?? "float32";

  const read = (tensor: string, options: ReadOptions): Promise<FloatArray> =>
    mappedParameters(source, [{ target: tensor, source: tensor, transforms: [] }]).read(tensor, options);

  /** The stored vector in the order that the output channels have under the new names. */
  async function u(options: ReadOptions): Promise<FloatArray> {
    const axes = source.tensors.get(assignment.source)?.shape.length ?? 1;
    const axis = own.op === "storedSpectralNorm" || own.out === "first" ? 0 : axes - 1;
    const ours = moveVector({ values: await read(own.u, options), axis }, movesOf(assignment.transforms));
    return undoVector(ours, movesOf(transforms)).values;
  }

  if (norm.op === "spectralNorm") {
    const sigma = async (options: ReadOptions) =>
      Float64Array.of(await sigmaOf(await weight.values(options), norm, () => u(options)));
    return [
      { name: norm.u, dtype: stored, shape: [1, out], values: u },
      { name: norm.u.replace(/u0$/, "sv0"), dtype: "float32", shape: [1], values: sigma },
    ];
  }
  if (own.op === "storedSpectralNorm") {
    // Of one project and one layout: v lies as it lay.
    return [
      { name: norm.u, dtype: stored, shape: [out], values: u },
      { name: norm.v, dtype: stored, shape: [rest], values: (options) => read(own.v, options) },
    ];
  }
  const pair = async (options: ReadOptions) => singularPair(await weight.values(options), await u(options));
  return [
    { name: norm.u, dtype: "float32", shape: [out], values: async (options) => (await pair(options)).u },
    { name: norm.v, dtype: "float32", shape: [rest], values: async (options) => (await pair(options)).v },
  ];
}

function normOf({ target, transforms }: Assignment): Norm {
  const norm = transforms.find(isNorm);
  if (norm === undefined) throw new Error(`naming: ${target} has no singular vectors`);
  return norm;
}
