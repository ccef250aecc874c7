import { partCount } from "./attend-parts.js";
import type { OnnxEmitter } from "./onnx-emitter.js";

export interface AttendExtents {
  /** Queries of one image. */
  readonly positions: number;
  /** Keys of one image. */
  readonly sources: number;
  readonly maxScoreBytes: number;
}

/**
 * softmax(queriesT keys) valuesT, transposed: sequences have their features first here, queries [n, d, N], keys [n, d, M],
 * values [n, e, M] -> [n, e, N]. A Transpose before a MatMul costs nothing: runtimes read the operand across. The scores are taken in parts
 * where those of one image are above the bound: each row's softmax is over the keys, so the parts do not touch each other.
 */
export function emitAttend(
  emit: OnnxEmitter,
  name: string,
  [queries, keys, values]: readonly [queries: string, keys: string, values: string],
  { positions, sources, maxScoreBytes }: AttendExtents,
): string {
  const across = { perm: { ints: [0, 2, 1] } };
  const attend = (part: string, from: string): string => {
    const rows = emit.node(`${part}/rows`, "Transpose", [from], across);
    const scores = emit.node(`${part}/scores`, "MatMul", [rows, keys]);
    const weights = emit.node(`${part}/weights`, "Softmax", [scores], { axis: { int: -1 } });
    return emit.node(part, "MatMul", [values, emit.node(`${part}/columns`, "Transpose", [weights], across)]);
  };
  const parts = partCount(positions, sources, maxScoreBytes);
  if (parts === 1) return attend(name, queries);

  const size = positions / parts;
  const results = Array.from({ length: parts }, (_, index) => {
    const part = `${name}/part${index}`;
    const bounds = [emit.ints([index * size]), emit.ints([(index + 1) * size]), emit.ints([2])];
    return attend(part, emit.node(`${part}/queries`, "Slice", [queries, ...bounds]));
  });
  return emit.node(name, "Concat", results, { axis: { int: 2 } });
}
