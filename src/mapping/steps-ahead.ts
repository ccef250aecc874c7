import { fitsKernels, type StepSums } from "../core/float-kernels.js";
import type { TensorSource } from "../core/tensor-source.js";
import type { PlacedFloats, StepToTake, WeightThread } from "../io/weight-thread/weight-thread.js";
import type { WeightChoice } from "./resolve.js";

/** Power steps that are taken in a thread beside other work, from when the tensors are known. */
export interface StepsAhead {
  /** What the step over a weight with that u comes to; undefined when it is the caller's to take. */
  sums(weight: string, u: string): Promise<StepSums | undefined>;
}

type TensorPlaces = Pick<TensorSource, "tensors" | "place">;

/** The names of TF Hub's checkpoints, whose moving averages stand below their weights. */
const DIRECTION = /^(.+)\/u0$/;
const WEIGHT: Readonly<Record<WeightChoice, RegExp>> = { ema: /^(.+)\/w\/ema_[^/]+$/, raw: /^(.+)\/w$/ };

/** Begins to take the power steps of all weights that have a u beside them and whose values lie in files of the disk. */
export function stepsAhead(places: TensorPlaces, weights: WeightChoice, thread: WeightThread): StepsAhead {
  const found = findSteps(places, weights);
  const underWay = thread.takeSteps(found.map(({ step }) => step));
  const byWeight = new Map(found.map(({ weight, u }, at) => [weight, { u, at }]));
  return {
    async sums(weight, u) {
      const known = byWeight.get(weight);
      return known?.u === u ? await underWay.sums(known.at) : undefined;
    },
  };
}

interface NamedStep {
  readonly weight: string;
  readonly u: string;
  readonly step: StepToTake;
}

function findSteps(places: TensorPlaces, weights: WeightChoice): readonly NamedStep[] {
  const directions = new Map<string, string>();
  for (const name of places.tensors.keys()) {
    const scope = DIRECTION.exec(name)?.[1];
    if (scope !== undefined) directions.set(scope, name);
  }
  return [...places.tensors].flatMap(([name, { shape }]): NamedStep | [] => {
    const scope = WEIGHT[weights].exec(name)?.[1];
    const direction = scope === undefined ? undefined : directions.get(scope);
    if (direction === undefined) return [];
    const out = shape.at(-1) ?? 0;
    const [u, weight] = [placedFloats(places, direction), placedFloats(places, name)];
    const fits = fitsKernels(out) && u?.byteLength === out * Float32Array.BYTES_PER_ELEMENT;
    return fits && weight ? { weight: name, u: direction, step: { out, u, weight } } : [];
  });
}

function placedFloats({ tensors, place }: TensorPlaces, name: string): PlacedFloats | undefined {
  const info = tensors.get(name);
  const at = info?.dtype === "float32" ? place?.(name) : undefined;
  if (info === undefined || at?.crc32c === undefined || at.rowOffsets !== undefined) return undefined;
  return { file: at.file, offset: at.offset, crc32c: at.crc32c, byteLength: info.byteLength };
}
