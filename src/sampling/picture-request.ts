import { UsageError } from "../core/errors.js";
import type { Tensor } from "../core/tensor.js";
import { type ClassMix, oneHot, resolveClass } from "./class-mix.js";
import { interpolate } from "./interpolate.js";
import { sampleZ } from "./sample-z.js";

/** What of a class a request may name: an index, a name, or text that `resolveClass` reads (`"tench:0.5,207:0.5"`). */
export type ClassName = number | string;

/** A point that pictures are drawn at: a class or a mix, and a seed or z itself. */
export interface PicturePoint {
  /** Class 0 when neither this nor `classes` is given. */
  readonly class?: ClassName | undefined;
  /** A mix: the weights are fed as they are. */
  readonly classes?: readonly { readonly class: ClassName; readonly weight: number }[] | undefined;
  /** 0 … 2^32 - 1; 0 by default. The same seed gives the same picture in Node and in browsers. */
  readonly seed?: number | undefined;
  /** Instead of a seed: `count * zDim` values as the graph takes them, already multiplied by the truncation. */
  readonly z?: ArrayLike<number> | undefined;
}

/** Some pictures at one point: z goes on from picture to picture, in one stream from the seed. */
export interface PictureRequest extends PicturePoint {
  /** 0 … 1; 0.5 by default, or the one that is baked into the model. */
  readonly truncation?: number | undefined;
  /** 1 by default. */
  readonly count?: number | undefined;
}

/** Pictures on the straight line between two points, both ends included; z and class each for itself. */
export interface InterpolationRequest {
  readonly from: PicturePoint;
  readonly to: PicturePoint;
  /** 2 or more; 8 by default. */
  readonly steps?: number | undefined;
  readonly truncation?: number | undefined;
}

/** What a request is resolved against. */
export interface RequestModel {
  readonly zDim: number;
  readonly classes: number;
  readonly labels?: readonly string[] | undefined;
  /** The one truncation of a graph in which it is baked. */
  readonly bakedTruncation?: number | undefined;
}

/** What the graph is fed: `z` [n, zDim], `y` [n, classes], one truncation for all rows. */
export interface PictureInputs {
  readonly z: Tensor;
  readonly y: Tensor;
  readonly truncation: number;
}

export const DEFAULT_TRUNCATION = 0.5;
const DEFAULT_STEPS = 8;
const MAX_COUNT = 10_000;

/** The inputs of a request. Throws a {@link UsageError} that says what is wrong with it. */
export function pictureInputs(request: PictureRequest, model: RequestModel): PictureInputs {
  const { count = 1 } = request;
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new UsageError(`count: expected a whole number from 1 to ${MAX_COUNT}, found ${count}`);
  }
  const truncation = truncationOf(request.truncation, model);
  return { ...pointInputs(request, count, truncation, model), truncation };
}

/** The inputs of all steps. Throws a {@link UsageError}. */
export function interpolationInputs(request: InterpolationRequest, model: RequestModel): PictureInputs {
  const { from, to, steps = DEFAULT_STEPS } = request;
  const truncation = truncationOf(request.truncation, model);
  const [a, b] = [pointInputs(from, 1, truncation, model), pointInputs(to, 1, truncation, model)];
  return { z: interpolate(a.z, b.z, steps), y: interpolate(a.y, b.y, steps), truncation };
}

function pointInputs(point: PicturePoint, count: number, truncation: number, { zDim, classes, labels }: RequestModel) {
  const mix = mixOf(point, labels, classes);
  const y = oneHot(
    Array.from({ length: count }, () => mix),
    classes,
  );
  return { z: latents(point, count, truncation, zDim), y };
}

function latents({ z, seed }: PicturePoint, count: number, truncation: number, zDim: number): Tensor {
  if (z === undefined) return sampleZ({ count, zDim, truncation, seed: seed ?? 0 });
  if (seed !== undefined) throw new UsageError("seed, z: expected one of them, found both");
  if (z.length !== count * zDim) {
    throw new UsageError(`z: expected ${count} x ${zDim} = ${count * zDim} numbers, found ${z.length}`);
  }
  const data = Float32Array.from(z);
  if (!data.every(Number.isFinite)) throw new UsageError("z: expected finite numbers, found others");
  return { shape: [count, zDim], data };
}

function mixOf(point: PicturePoint, labels: readonly string[] | undefined, classes: number): ClassMix {
  const one = (name: ClassName) => resolveClass(String(name), labels, classes);
  if (point.classes === undefined) return one(point.class ?? 0);
  if (point.class !== undefined) throw new UsageError("class, classes: expected one of them, found both");
  if (point.classes.length === 0) throw new UsageError("classes: expected at least one, found none");
  return point.classes.flatMap(({ class: name, weight }) => {
    if (!Number.isFinite(weight)) throw new UsageError(`classes: expected a finite weight, found ${weight}`);
    return one(name).map((part) => ({ index: part.index, weight: part.weight * weight }));
  });
}

function truncationOf(wanted: number | undefined, { bakedTruncation }: RequestModel): number {
  const truncation = wanted ?? bakedTruncation ?? DEFAULT_TRUNCATION;
  if (!(truncation >= 0 && truncation <= 1)) {
    throw new UsageError(`truncation: expected a number from 0 to 1, found ${truncation}`);
  }
  if (bakedTruncation !== undefined && truncation !== bakedTruncation) {
    throw new UsageError(
      `truncation: expected ${bakedTruncation}, which is baked into this model, found ${truncation}`,
    );
  }
  return truncation;
}
