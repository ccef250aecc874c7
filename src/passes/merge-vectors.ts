import type { GraphNode, Operation } from "../graph/graph.js";
import { isOp } from "../graph/node-of.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Pass } from "./pass.js";

/** Operations on vectors, entry by entry. */
const ENTRYWISE: ReadonlySet<Operation["op"]> = new Set(["multiply", "subtract", "inverseDeviation", "addScalar"]);

/** A piece of a longer vector. */
interface Piece {
  readonly whole: GraphNode;
  readonly start: number;
  readonly size: number;
}

interface Candidate {
  readonly node: GraphNode;
  readonly pieces: readonly Piece[];
}

/**
 * The same operation on neighbouring pieces of the same vectors becomes one operation on the whole run, cut in slices: the scales and
 * shifts of all batch norms take a handful of operations and not four each.
 */
export const mergeVectors: Pass = {
  name: "merge-vectors",
  description: "computes the small vectors of all batch norms at once",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    // What is merged becomes pieces of a new vector, on which further operations can be merged.
    while (mergeOnce(editor)) {}
    return editor.finish();
  },
};

function mergeOnce(editor: GraphEditor): boolean {
  const groups = new Map<string, Candidate[]>();
  for (const node of editor.nodes()) {
    const pieces = piecesOf(editor, node);
    if (pieces === undefined) continue;
    const key = JSON.stringify([node.operation, pieces.map(({ whole }) => whole.id)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ node, pieces }]);
    else group.push({ node, pieces });
  }
  for (const group of groups.values()) {
    for (const run of runsOf(group)) {
      if (run.length < 2) continue;
      merge(editor, run);
      return true;
    }
  }
  return false;
}

/** The operands of an entrywise operation, if all are slices of vectors [1, c] or [n, c]. */
function piecesOf(editor: GraphEditor, node: GraphNode): readonly Piece[] | undefined {
  if (!ENTRYWISE.has(node.operation.op) || node.shape.length !== 2) return undefined;
  const pieces = node.inputs.flatMap((_, position): Piece[] => {
    const operand = editor.input(node, position);
    if (!isOp(operand, "slice")) return [];
    return [{ whole: editor.input(operand, 0), start: operand.operation.start, size: operand.operation.size }];
  });
  return pieces.length === node.inputs.length ? pieces : undefined;
}

/** Candidates whose pieces follow each other in every operand. */
function runsOf(group: readonly Candidate[]): readonly Candidate[][] {
  const startOf = ({ pieces }: Candidate) => pieces[0]?.start ?? 0;
  const runs: Candidate[][] = [];
  for (const candidate of [...group].sort((a, b) => startOf(a) - startOf(b))) {
    const before = runs.at(-1)?.at(-1);
    const follows =
      before?.pieces.every(({ start, size }, at) => start + size === candidate.pieces[at]?.start) ?? false;
    if (follows) runs.at(-1)?.push(candidate);
    else runs.push([candidate]);
  }
  return runs;
}

function merge(editor: GraphEditor, run: readonly Candidate[]): void {
  const [first] = run;
  if (first === undefined) return;
  const sizes = run.map(({ pieces }) => pieces[0]?.size ?? 0);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const [rows = 1] = first.node.shape;
  const operands = first.pieces.map(({ whole, start }) =>
    whole.shape[1] === total
      ? whole
      : editor.add({ op: "slice", start, size: total }, [whole], [whole.shape[0] ?? 1, total], `${whole.name}.part`),
  );
  const name = `merged.${first.node.operation.op}`;
  const merged = editor.add(first.node.operation, operands, [rows, total], name);
  let start = 0;
  for (const [at, { node }] of run.entries()) {
    const size = sizes[at] ?? 0;
    editor.replace(node, editor.add({ op: "slice", start, size }, [merged], node.shape, node.name));
    start += size;
  }
}
