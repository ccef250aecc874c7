import type { Family } from "../../src/models/generator.js";
import type { GraphEdit } from "./graph-edit.js";

/** How a fixture's own graph names what both families have. */
export interface ModuleNames {
  readonly family: Family;
  /** `Generator_1/GBlock_1/conv0` */
  readonly block: (index: number) => string;
  /** The k-th batch norm of a block, counted over all; and the last one. */
  readonly norm: (block: number, index: number) => string;
  readonly lastNorm: string;
  /** Tables of means and of variances of a batch norm. */
  readonly tables: (block: number, index: number) => readonly [mean: string, variance: string];
  /** The scopes of a batch norm's two projections, in its block. */
  readonly projections: (index: number) => readonly [gain: string, offset: string];
  /** Gather nodes of a table: the row below and the row above. */
  readonly gathers: (block: number, index: number) => readonly (readonly [below: string, above: string])[];
  readonly rgb: string;
  readonly ema: string;
}

const suffix = (index: number) => (index === 0 ? "" : `_${index}`);
const block = (index: number) => `Generator_1/GBlock${suffix(index)}`;
const gatherPair = (first: number) => [`GatherV2${suffix(first)}`, `GatherV2${suffix(first + 1)}`] as const;

export const BIGGAN_NAMES: ModuleNames = {
  family: "biggan",
  block,
  norm: (b, k) => `Generator_1/batchnorm${suffix(2 * b + k)}`,
  lastNorm: "Generator_1/batchnorm_6",
  tables: (b, k) => [`stack${suffix(2 * (2 * b + k))}`, `stack_${2 * (2 * b + k) + 1}`],
  projections: (k) => [`HyperBN${suffix(k)}/gamma`, `HyperBN${suffix(k)}/beta`],
  gathers: (b, k) => [gatherPair(4 * (2 * b + k)), gatherPair(4 * (2 * b + k) + 2)],
  rgb: "Generator_1/conv_2d",
  ema: "ema_b999900",
};

export const BIGGAN_DEEP_NAMES: ModuleNames = {
  family: "biggan-deep",
  block,
  norm: (b, k) => `Generator_1/batchnorm${suffix(4 * b + k)}`,
  lastNorm: "Generator_1/batchnorm_24",
  tables: (b, k) => [`stack_${5 * (4 * b + k) + 1}`, `stack_${5 * (4 * b + k) + 3}`],
  projections: (k) => [`BatchNorm${suffix(k)}/scale`, `BatchNorm${suffix(k)}/offset`],
  gathers: (b, k) => [gatherPair(8 * (4 * b + k) + 2), gatherPair(8 * (4 * b + k) + 6)],
  rgb: "Generator_1/conv_to_rgb",
  ema: "ema_0.9999",
};

/** The weight takes the raw variable where it took the moving average. */
export function rawTwin(edit: GraphEdit, variable: string): void {
  edit.redirect(variable, variable.slice(0, variable.lastIndexOf("/")), [`${variable}/Read/ReadVariableOp`]);
}

/** A constant of the graph gets another value. */
export function setConstant(edit: GraphEdit, name: string, value: number, users: string): void {
  const inputs = edit.node(users).inputs;
  edit.rewire(users, inputs.indexOf(name), edit.constant("float32", [], [value]));
}

/** 1 / (sqrt(x) + epsilon) for 1 / sqrt(x + epsilon). */
export function epsilonOutside(edit: GraphEdit, sum: string, inverse: string): void {
  const [value = "", epsilon = ""] = edit.node(sum).inputs;
  edit.change(inverse, { op: "Reciprocal", inputs: [edit.add("AddV2", [edit.add("Sqrt", [value]), epsilon])] });
}

/** One input of a node goes through a transpose. */
export function transposeInput(edit: GraphEdit, node: string, position: number, order: readonly number[]): void {
  const input = edit.node(node).inputs[position] ?? "";
  edit.rewire(node, position, edit.add("Transpose", [input, edit.constant("int32", [order.length], order)]));
}

/** The rows of a table move: row i becomes what `rowOf` says. */
export function moveRows(edit: GraphEdit, table: string, rowOf: (row: number, rows: number) => number): void {
  const { inputs } = edit.node(table);
  edit.change(table, { inputs: inputs.map((_, row) => inputs[rowOf(row, inputs.length)] ?? "") });
}

/** The value of a node becomes that of one of its inputs. */
export function bypass(edit: GraphEdit, node: string, position = 0): void {
  edit.change(node, { op: "Identity", inputs: [edit.node(node).inputs[position] ?? ""] });
}

/** Two inputs of a node exchanged. */
export function exchange(edit: GraphEdit, node: string, a = 0, b = 1): void {
  const { inputs } = edit.node(node);
  edit.change(node, { inputs: inputs.with(a, inputs[b] ?? "").with(b, inputs[a] ?? "") });
}

/** Each pixel's neighbours a quarter, the border repeated: twice the extent, corners not aligned. */
function bilinearMatrix(extent: number): number[] {
  const rows = Array.from({ length: 2 * extent }, () => new Array<number>(extent).fill(0));
  for (const [i, row] of rows.entries()) {
    const near = Math.floor(i / 2);
    const far = Math.min(Math.max(near + (i % 2 === 0 ? -1 : 1), 0), extent - 1);
    row[near] = (row[near] ?? 0) + 0.75;
    row[far] = (row[far] ?? 0) + 0.25;
  }
  return rows.flat();
}

/** An upsampling (a concat of four, then depth-to-space) of [n, side, side, c] becomes bilinear: two matrix products. */
export function makeBilinear(edit: GraphEdit, scope: string, side: number, channels: number): void {
  const [x = ""] = edit.node(`${scope}/concat`).inputs;
  const matrix = edit.constant("float32", [2 * side, side], bilinearMatrix(side));
  const shape = (...extents: number[]) => edit.constant("int32", [extents.length], extents);
  const order = edit.constant("int32", [4], [0, 2, 1, 3]);
  const across = (image: string, width: number) => {
    const flat = edit.add("Reshape", [image, shape(-1, side, width * channels)]);
    const product = edit.add("BatchMatMulV2", [matrix, flat]);
    return edit.add("Reshape", [product, shape(-1, 2 * side, width, channels)]);
  };
  const turned = edit.add("Transpose", [across(x, side), order]);
  edit.change(`${scope}/DepthToSpace`, { op: "Transpose", inputs: [across(turned, 2 * side), order] });
}

/** The last channels are kept where the first were. */
export function keepLastChannels(edit: GraphEdit, slice: string, channels: number, size: number): void {
  const [x = ""] = edit.node(slice).inputs;
  const begin = edit.constant("int32", [4], [0, 0, 0, channels - size]);
  edit.change(slice, { op: "Slice", inputs: [x, begin, edit.constant("int32", [4], [-1, -1, -1, size])] });
}
