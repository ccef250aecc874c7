import type { FloatArray, Shape } from "../core/tensor.js";
import type { Move, Transform } from "./mapping.js";
import { permuted } from "./permute.js";

/** A move with its numbers filled in. */
export type FixedMove = Exclude<Move, { readonly op: "swapBlocks" }> | SwapBlocks;

type SwapBlocks = { readonly op: "swapBlocks"; readonly axis: number; readonly first: number };

/** Whether a transform only moves numbers. */
export function isMove(transform: Transform): transform is Move {
  return transform.op === "permute" || transform.op === "swapBlocks" || transform.op === "regroup";
}

export function isFixed(move: Move): move is FixedMove {
  return move.op !== "swapBlocks" || typeof move.first === "number";
}

/** A move as a reordering of axes: the tensor is seen as `view`, its axes are put in the order of `axes`, and the result is of `shape`. */
interface Reordering {
  readonly view: Shape;
  readonly axes: readonly number[];
  readonly shape: Shape;
}

/** The shape that a move gives, or undefined for a tensor that it does not fit: too few axes, or an extent that does not divide. */
export function movedShape(shape: Shape, move: FixedMove): Shape | undefined {
  if (move.op !== "swapBlocks") return reordering(shape, move)?.shape;
  const extent = shape[move.axis];
  return extent !== undefined && move.first <= extent ? shape : undefined;
}

function reordering(shape: Shape, move: Exclude<FixedMove, SwapBlocks>): Reordering | undefined {
  if (move.op === "permute") {
    const { axes } = move;
    if (axes.length !== shape.length) return undefined;
    return { view: shape, axes, shape: axes.map((axis) => shape[axis] ?? 0) };
  }
  const { axis, inner } = move;
  const extent = shape[axis];
  if (extent === undefined || extent % inner !== 0) return undefined;
  const view = [...shape.slice(0, axis), extent / inner, inner, ...shape.slice(axis + 1)];
  const axes = view.map((_, index) => (index === axis ? axis + 1 : index === axis + 1 ? axis : index));
  return { view, axes, shape };
}

/** The move that takes a tensor back; `shape` is the one before the move. */
export function inverseMove(move: FixedMove, shape: Shape): FixedMove {
  switch (move.op) {
    case "permute":
      return { op: "permute", axes: move.axes.map((_, axis) => move.axes.indexOf(axis)) };
    case "swapBlocks":
      return { ...move, first: (shape[move.axis] ?? 0) - move.first };
    case "regroup":
      return { ...move, inner: (shape[move.axis] ?? 0) / move.inner };
  }
}

/** The numbers after a move that fits, in an array of their own. */
export function moved<T extends FloatArray>(values: T, shape: Shape, move: FixedMove, empty: (length: number) => T): T {
  if (move.op === "swapBlocks") return swapped(values, shape, move, empty(values.length));
  const order = reordering(shape, move);
  if (order === undefined) throw new Error(`moves: ${move.op} does not fit [${shape.join(", ")}]`);
  return permuted(values, order.view, order.axes, empty(values.length));
}

function swapped<T extends FloatArray>(values: T, shape: Shape, { axis, first }: SwapBlocks, target: T): T {
  const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const block = inner * (shape[axis] ?? 1);
  const cut = first * inner;
  for (let start = 0; start < values.length; start += block) {
    target.set(values.subarray(start + cut, start + block), start);
    target.set(values.subarray(start, start + cut), start + block - cut);
  }
  return target;
}
