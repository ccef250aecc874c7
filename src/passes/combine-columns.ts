import { elementCount, type Shape } from "../core/tensor.js";
import type { GraphNode } from "../graph/graph.js";
import type { GraphEditor } from "./graph-editor.js";

/** Parameters [rows, out] or [out] and vectors of `out` numbers. What is absent is 0, an absent factor 1. */
export interface ColumnParts {
  readonly own?: GraphNode | undefined;
  readonly times?: GraphNode | undefined;
  readonly other?: GraphNode | undefined;
  readonly otherTimes?: GraphNode | undefined;
  readonly plus?: number | undefined;
  readonly minus?: GraphNode | undefined;
}

/** The parameter own * times - other * otherTimes + plus - minus, of this shape, whose last axis the vectors belong to. */
export function combineColumns(editor: GraphEditor, name: string, shape: Shape, parts: ColumnParts): GraphNode {
  const { own, times, other, otherTimes, plus = 0, minus } = parts;
  const nodes = [own, own && times, other, other && otherTimes, minus];
  const inputs = nodes.flatMap((node) => (node === undefined ? [] : [node.name]));
  const out = shape.at(-1) ?? 1;
  return editor.parameter(name, shape, "weight", {
    inputs,
    compute(given) {
      const values = [...given];
      const [a, k, b, l, less] = nodes.map((node) => (node === undefined ? undefined : values.shift()));
      return Float64Array.from({ length: elementCount(shape) }, (_, i) => {
        const column = i % out;
        const mine = (a?.[i] ?? 0) * (k?.[column] ?? 1);
        return mine - (b?.[i] ?? 0) * (l?.[column] ?? 1) + plus - (less?.[column] ?? 0);
      });
    },
  });
}
