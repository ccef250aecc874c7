import { elementCount } from "../core/tensor.js";
import { editGraph, type GraphEditor } from "./graph-editor.js";
import type { Pass } from "./pass.js";
import { type Projection, projectionOf } from "./projection.js";

/** Largest merged matrix, float32: half of what WebGPU guarantees for one binding (https://www.w3.org/TR/webgpu/#limits). */
const MAX_MERGED_BYTES = 64 * 1024 * 1024;

/**
 * Matrix products of one operand become one product, cut in slices: the gains and offsets of all batch norms with one condition, and
 * the means and variances of all. What is used in the same way stands together, so that `merge-vectors` finds it side by side.
 */
export const mergeProjections: Pass = {
  name: "merge-projections",
  description: "computes all matrix products of one operand at once",
  apply(rewritten) {
    const editor = editGraph(rewritten);
    const groups = new Map<number, Projection[]>();
    for (const node of editor.nodes()) {
      const projection = projectionOf(editor, node);
      if (projection === undefined) continue;
      const group = groups.get(projection.x.id);
      if (group === undefined) groups.set(projection.x.id, [projection]);
      else group.push(projection);
    }
    for (const group of groups.values()) {
      for (const part of inParts(sortedByUse(editor, group))) if (part.length > 1) merge(editor, part);
    }
    return editor.finish();
  },
};

function sortedByUse(editor: GraphEditor, group: readonly Projection[]): readonly Projection[] {
  const useOf = ({ node }: Projection): string => {
    const [user] = editor.users(node);
    return user === undefined ? "" : `${user.operation.op} ${user.inputs.indexOf(node.id)}`;
  };
  const keyed = group.map((projection, at) => ({ projection, use: useOf(projection), at }));
  keyed.sort((a, b) => (a.use < b.use ? -1 : a.use > b.use ? 1 : a.at - b.at));
  return keyed.map(({ projection }) => projection);
}

/** Runs whose matrices fit the bound together. */
function inParts(group: readonly Projection[]): readonly Projection[][] {
  const parts: Projection[][] = [[]];
  let bytes = 0;
  for (const projection of group) {
    const own = elementCount(projection.w.shape) * 4;
    if (bytes + own > MAX_MERGED_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(projection);
    bytes += own;
  }
  return parts;
}

function merge(editor: GraphEditor, group: readonly Projection[]): void {
  const [first] = group;
  if (first === undefined) return;
  const { x } = first;
  const [rows = 0] = first.w.shape;
  const widths = group.map(({ w }) => w.shape[1] ?? 0);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const statistic = group.every(({ w }) => editor.kindOf(w) === "statistic");
  const name = `${x.name}.merged`;

  const w = editor.parameter(`${name}.w`, [rows, total], statistic ? "statistic" : "weight", {
    inputs: group.map((projection) => projection.w.name),
    compute: (values) => joinColumns(values, widths, rows),
    columns: { rows, parts: group.map((each, at) => ({ parameter: each.w.name, start: 0, width: widths[at] ?? 0 })) },
  });
  const inputs = [x, w];
  const biases = group.flatMap(({ bias }) => bias ?? []);
  if (biases.length > 0) {
    const bias = editor.parameter(`${name}.b`, [total], "weight", {
      inputs: biases.map((each) => each.name),
      compute(values) {
        const given = [...values];
        const each = group.map(({ bias: own }, at) => (own && given.shift()) ?? new Float64Array(widths[at] ?? 0));
        return joinColumns(each, widths, 1);
      },
    });
    inputs.push(bias);
  }
  const product = editor.add({ op: "matmul" }, inputs, [x.shape[0] ?? 1, total], name);
  let start = 0;
  for (const [at, { node }] of group.entries()) {
    const size = widths[at] ?? 0;
    editor.replace(node, editor.add({ op: "slice", start, size }, [product], node.shape, node.name));
    start += size;
  }
}

/** Matrices [rows, width] side by side. */
function joinColumns(
  matrices: readonly Float64Array<ArrayBuffer>[],
  widths: readonly number[],
  rows: number,
): Float64Array<ArrayBuffer> {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const joined = new Float64Array(rows * total);
  let start = 0;
  for (const [at, matrix] of matrices.entries()) {
    const width = widths[at] ?? 0;
    for (let row = 0; row < rows; row++) {
      joined.set(matrix.subarray(row * width, (row + 1) * width), row * total + start);
    }
    start += width;
  }
  return joined;
}
