import type { FloatArray, Shape } from "../core/tensor.js";
import type { Transform } from "../mapping/mapping.js";
import { type FixedMove, inverseMove, isFixed, isMove, movedShape } from "../mapping/moves.js";
import { moveAny } from "../mapping/transformed.js";

/** The moves among transforms that a mapping has filled in. */
export function movesOf(transforms: readonly Transform[]): readonly FixedMove[] {
  return transforms.filter(isMove).map((move) => {
    if (!isFixed(move)) throw new Error(`naming: ${move.op} was not resolved`);
    return move;
  });
}

/** The numbers as they were before moves, `shape` being the one before the first. */
export function undoMoves(values: FloatArray, shape: Shape, moves: readonly FixedMove[]): FloatArray {
  const before = [shape];
  for (const move of moves) before.push(movedShape(before.at(-1) ?? [], move) ?? []);
  return moves.reduceRight<FloatArray>((current, move, step) => {
    return moveAny(current, before[step + 1] ?? [], inverseMove(move, before[step] ?? []));
  }, values);
}

/** A vector along one axis of a tensor, and that axis. */
export interface AxisVector {
  readonly values: FloatArray;
  readonly axis: number;
}

/** What the tensor's moves do to such a vector: those of other axes leave it as it is. */
export function moveVector(vector: AxisVector, moves: readonly FixedMove[]): AxisVector {
  return moves.reduce(({ values, axis }, move) => {
    if (move.op === "permute") return { values, axis: move.axes.indexOf(axis) };
    return { values: move.axis === axis ? moveAny(values, [values.length], { ...move, axis: 0 }) : values, axis };
  }, vector);
}

/** The vector before the moves. */
export function undoVector(vector: AxisVector, moves: readonly FixedMove[]): AxisVector {
  return moves.reduceRight(({ values, axis }, move) => {
    if (move.op === "permute") return { values, axis: move.axes[axis] ?? axis };
    if (move.axis !== axis) return { values, axis };
    const alone = { ...move, axis: 0 };
    return { values: moveAny(values, [values.length], inverseMove(alone, [values.length])), axis };
  }, vector);
}
