import { elementCount, type Shape } from "../core/tensor.js";
import type { Transform } from "./mapping.js";
import { inverseMove, isFixed, isMove, movedShape } from "./moves.js";

/** Finds the tensor of a template, which has to be of the given shape; `role` is what it is to the transform. */
export type FindPart = (template: string, role: "u" | "v" | "count", shape: Shape) => string;

/**
 * A transform of a rule with its tensors found and its sizes filled in. `shape` is the parameter's, output channels last; `after` are the transforms
 * that still follow.
 */
export function fixTransform(
  transform: Transform,
  shape: Shape,
  embedding: number,
  find: FindPart,
  after: readonly Transform[],
): Transform {
  const channels = shape.at(-1) ?? 1;
  switch (transform.op) {
    case "spectralNorm":
      return { ...transform, u: find(transform.u, "u", [extentAlong(transform.out, movedBack(shape, after))]) };
    case "storedSpectralNorm": {
      const u = find(transform.u, "u", [channels]);
      return { ...transform, u, v: find(transform.v, "v", [elementCount(shape) / channels]) };
    }
    case "divideByCount":
      return { ...transform, count: find(transform.count, "count", []) };
    case "swapBlocks":
      return { ...transform, first: transform.first === "embedding" ? embedding : transform.first };
    case "permute":
    case "regroup":
      return transform;
  }
}

function extentAlong(axis: "first" | "last" = "last", shape: Shape): number {
  return shape.at(axis === "first" ? 0 : -1) ?? 1;
}

/** The shape after all moves; undefined for a tensor that one of them does not fit. */
export function movedTo(shape: Shape, transforms: readonly Transform[]): Shape | undefined {
  let current: Shape | undefined = shape;
  for (const transform of transforms) {
    if (current === undefined) return undefined;
    if (isMove(transform)) current = isFixed(transform) ? movedShape(current, transform) : undefined;
  }
  return current;
}

/** The shape before all moves of one that they give. */
export function movedBack(shape: Shape, transforms: readonly Transform[]): Shape {
  return transforms.reduceRight<Shape>((current, transform) => {
    // Of all moves only this one changes the shape.
    if (transform.op !== "permute") return current;
    return movedShape(current, inverseMove(transform, current)) ?? current;
  }, shape);
}
