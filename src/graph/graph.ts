import type { Shape } from "../core/tensor.js";

/** The extent of the batch axis, which is known only when a graph runs. Always the first axis, never another. */
export const BATCH = -1;

/** What a graph is for: a generator makes pictures, a discriminator judges them. */
export type Role = "generator" | "discriminator";

/** Of a generator z, y and truncation; of a discriminator x and y. */
export type InputName = "z" | "y" | "truncation" | "x";

/**
 * The closed list of operations. Images are NHWC, filters HWIO, matrices [in, out]. Each runtime and each exporter has a
 * table `satisfies Record<OperationName, …>`, so an operation it lacks does not compile.
 */
export type Operation =
  /** z [n, zDim], y [n, classes], truncation [] or a picture x [n, R, R, 3]. */
  | { readonly op: "input"; readonly input: InputName }
  /** A trained tensor or a table of statistics, read from the checkpoint. */
  | { readonly op: "parameter"; readonly parameter: string }
  /**
   * truncation [] -> [1, rows]: how much each row of a table of statistics counts. Linear between neighbouring points of
   * `grid`, the first or last row outside it. On a point of the grid exactly one weight is 1.
   */
  | { readonly op: "truncationWeights"; readonly grid: readonly number[] }
  /** Any number of tensors, joined along the last axis. */
  | { readonly op: "concat" }
  /** `size` entries of the last axis, from `start`. */
  | { readonly op: "slice"; readonly start: number; readonly size: number }
  /** Row-major, the batch axis kept. */
  | { readonly op: "reshape" }
  /** x [m, in], w [in, out], optional bias [out] -> [m, out]. */
  | { readonly op: "matmul" }
  /** x [n, h, w, in], filter [kh, kw, in, out], optional bias [out] -> [n, h, w, out]. Stride 1, zero padding "same". */
  | { readonly op: "conv2d" }
  /** x [n, h, w, c], mean [1, c], variance [1, c], gain and offset [c] or [n, c]: (x - mean) / sqrt(variance + epsilon) * gain + offset. */
  | { readonly op: "batchNorm"; readonly epsilon: number }
  /** x [n, h, w, c], factor and addend [c], [1, c] or [n, c]: x * factor + addend. What a batch norm is once its vectors are known. */
  | { readonly op: "multiplyAdd" }
  /** Two of [c], [1, c] and [n, c]: a * b. */
  | { readonly op: "multiply" }
  /** Two of [c], [1, c] and [n, c]: a - b. */
  | { readonly op: "subtract" }
  /** 1 / sqrt(x + epsilon). */
  | { readonly op: "inverseDeviation"; readonly epsilon: number }
  /** x + value. */
  | { readonly op: "addScalar"; readonly value: number }
  /** Two tensors of one shape. */
  | { readonly op: "add" }
  /** Any tensor times a parameter of shape []. */
  | { readonly op: "scale" }
  | { readonly op: "relu" }
  | { readonly op: "tanh" }
  /** Nearest neighbour, twice the height and width. */
  | { readonly op: "upsample2x" }
  /**
   * x [n, h, w, in], filter [4, 4, in, out], optional bias [out] -> [n, 2h, 2w, out]. Each number of x is multiplied by the filter and added
   * to y[2i - 1 … 2i + 2, 2j - 1 … 2j + 2]; what falls outside y is dropped. The transpose of a convolution with stride 2 and zero padding "same".
   */
  | { readonly op: "transposedConv2d" }
  /**
   * x [n, h, w, in], filter [2, 2, in, 4 * out], optional bias [out] -> [n, 2h, 2w, out]. Between any four neighbours of x (zeros around it)
   * is a corner, [h + 1, w + 1] in all. The 2 x 2 convolution of the four gives 4 * out numbers at a corner: the 2 x 2 numbers of y around
   * it, row by row. So y without its border's outer halves is the corners' depth-to-space, cropped by 1 on each side.
   */
  | { readonly op: "phaseConv2d" }
  /**
   * x [n, h, w, in], three filters [1, 1, in, 3 * out], optional bias [out] -> [n, 2h, 2w, out]: the 3 x 3 convolution of x upsampled as by
   * `upsample2x`. Each filter holds one row of the taps, side by side. Each number of x is multiplied by each tap once, and the nine
   * products are added up where they meet: a quarter of the multiplications, with as many weights.
   */
  | { readonly op: "tapConv2d" }
  /**
   * x [n, h, w, in], h even, four filters [1, 3, in, out], optional bias [out] -> [n, h, w, out]. For rows 2i and 2i + 1 of the result and rows
   * d0 = 2i - 1 to d3 = 2i + 2 of x (zeros outside), p0, p1, p2, p3 are the convolutions of d0 - d2, d1 + d2, d2 - d1, d1 - d3 with a filter each, and
   * the rows p0 + p1 + p2 and p1 - p2 - p3. Filters a, (a + b + c) / 2, (a - b + c) / 2, c make it the 3 x 3 convolution with rows a, b, c.
   */
  | { readonly op: "pairConv2d" }
  /** Largest of each 2 x 2 square. */
  | { readonly op: "maxPool2x2" }
  /** Mean of each 2 x 2 square. */
  | { readonly op: "averagePool2x2" }
  /** x [n, h, w, c] -> [n, c]: the sum over all positions. */
  | { readonly op: "sumPool" }
  /** a and b [n, c] -> [n, 1]: the sum of the products of each row. */
  | { readonly op: "rowDot" }
  /** queries [n, N, d], keys [n, M, d], values [n, M, e] -> softmax(queries keysT) values, [n, N, e]; softmax over the keys, no 1/sqrt(d). */
  | {
      readonly op: "attend";
      /** The same numbers, but the runtime is asked to turn the keys to [n, d, M] in a step of its own, where that makes the product faster. */
      readonly turnsKeys?: boolean;
      /** The same numbers, but the first so many pictures of a batch are attended one by one, where a runtime multiplies single matrices faster. */
      readonly apart?: number;
    };

export type OperationName = Operation["op"];

export interface GraphNode {
  /** Position in `Graph.nodes`; inputs always stand before their users. */
  readonly id: number;
  /** Unique in the graph; a parameter's node carries the parameter's name. */
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly number[];
  readonly shape: Shape;
}

export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  /** Statistics are tables [rows, channels] of batch-norm moments; they do not count as parameters of the model. */
  readonly kind: "weight" | "statistic";
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly role: Role;
  /** The extent of z; 0 of a discriminator, which has none. */
  readonly zDim: number;
  /** The extent of y. */
  readonly classes: number;
  /** Of the picture that comes out of a generator or goes into a discriminator. */
  readonly resolution: number;
  /** Node of each named layer, in network order: stem, block0 …, attention, final, image or logits. The last one is the output. */
  readonly layers: ReadonlyMap<string, number>;
}

/** The layer that every run hands out: `image` [n, R, R, 3] of a generator, `logits` [n, 1] of a discriminator. */
export const OUTPUT = { generator: "image", discriminator: "logits" } as const satisfies Record<Role, string>;

const OUTPUTS: ReadonlySet<string> = new Set(Object.values(OUTPUT));

/** Whether a layer is what a run is for, and not one on the way. */
export function isOutput(layer: string): boolean {
  return OUTPUTS.has(layer);
}

/** {@link OUTPUT} of a graph. */
export function outputOf({ role }: Pick<Graph, "role">): string {
  return OUTPUT[role];
}

/** Trained numbers in the model, statistics left out (as the paper counts). */
export function parameterCount(graph: Graph): number {
  let count = 0;
  for (const { kind, shape } of graph.parameters.values()) {
    if (kind === "weight") count += shape.reduce((product, extent) => product * extent, 1);
  }
  return count;
}
