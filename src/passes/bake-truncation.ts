import { UsageError } from "../core/errors.js";
import { isOp } from "../graph/node-of.js";
import { truncationRows } from "../runtime/truncation-rows.js";
import { editGraph } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/** The weights of the rows of statistics at one truncation become a parameter; the input `truncation` goes. */
export const bakeTruncation: Pass = {
  name: "bake-truncation",
  description: "with --truncation, keeps the statistics of that truncation only",
  apply(rewritten, { truncation }) {
    if (truncation === undefined) return rewritten;
    const editor = editGraph(rewritten);
    for (const node of editor.nodes()) {
      if (!isOp(node, "truncationWeights")) continue;
      const { grid } = node.operation;
      checkInside(truncation, grid);
      const weights = () => truncationRows(truncation, grid);
      editor.replace(node, editor.parameter("truncation.rows", node.shape, "weight", { inputs: [], compute: weights }));
    }
    return editor.finish();
  },
};

/** A truncation is a float32 number: one that is the first or last point in float32 is that point. */
function checkInside(truncation: number, grid: readonly number[]): void {
  const [first, last] = [Math.fround(grid[0] ?? 1), Math.fround(grid.at(-1) ?? 1)];
  const given = Math.fround(truncation);
  if (given >= first && given <= last) return;
  const range = grid.length === 1 ? `${grid[0]}, the only one of the model` : `${grid[0]} … ${grid.at(-1)}`;
  throw new UsageError(`truncation: expected ${range}, found ${truncation}`, {
    hint: "The model has batch-norm statistics for these truncations only.",
  });
}
