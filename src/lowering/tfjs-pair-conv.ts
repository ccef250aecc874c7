import type { Shape } from "../core/tensor.js";
import { attribute, type Emitter } from "./tfjs-emitter.js";
import { emitProduct, type Weights } from "./tfjs-product.js";

/** The tfjs nodes of the graph's `pairConv2d`. */
export interface PairConvOperands {
  readonly x: string;
  readonly channels: number;
  /** [1, 3, in, out] */
  readonly filters: readonly Weights[];
  readonly bias: string | undefined;
  /** [n, h, w, out] */
  readonly shape: Shape;
}

const ONES = attribute.ints([1, 1, 1, 1]);
const GEOMETRY = {
  data_format: attribute.text("NHWC"),
  strides: ONES,
  dilations: ONES,
  padding: attribute.text("SAME"),
};

/**
 * The four combinations of rows, their products, and the two results of each pair. Rows are long lines of memory here, which slices, sums and
 * joints take as they lie: in tfjs-wasm all of them together take less than half of the time that the products save (14 ms of 64 channels at 128 x 128).
 */
export function emitPairConv(
  emit: Emitter,
  name: string,
  { x, channels, filters, bias, shape }: PairConvOperands,
): string {
  const [, height = 0, width = 0, out = 0] = shape;
  const pairs = height / 2;
  const reshape = (result: string, from: string, extents: Shape): string =>
    emit.node(result, "Reshape", [from, emit.ints(`${result}/shape`, extents)]);
  const sum = (result: string, a: string, b: string): string => emit.node(result, "AddV2", [a, b]);
  const difference = (result: string, a: string, b: string): string => emit.node(result, "Sub", [a, b]);

  const line = width * channels;
  const lines = reshape(`${name}/lines`, x, [-1, height, line]);
  const zeros = emit.ints(`${name}/zeros`, [0, 0, 1, 1, 0, 0], [3, 2]);
  const around = emit.node(`${name}/around`, "Pad", [lines, zeros]);
  const twos = reshape(`${name}/twos`, around, [-1, pairs + 1, 2, line]);
  const rows = [0, 1, 2, 3].map((row) => {
    const part = `${name}/row${row}`;
    const begin = emit.ints(`${part}/begin`, [0, Math.floor(row / 2), row % 2, 0]);
    return emit.node(part, "Slice", [twos, begin, emit.ints(`${part}/size`, [-1, pairs, 1, line])]);
  });
  const [first = "", second = "", third = "", fourth = ""] = rows;
  const combinations = [
    difference(`${name}/ends0`, first, third),
    sum(`${name}/sum`, second, third),
    difference(`${name}/difference`, third, second),
    difference(`${name}/ends1`, second, fourth),
  ];
  const [p0 = "", p1 = "", p2 = "", p3 = ""] = combinations.map((combination, index) => {
    const operand = reshape(`${combination}/image`, combination, [-1, pairs, width, channels]);
    const weights = filters[index] ?? { name: "" };
    const own = index === 1 ? bias : undefined;
    const product = emitProduct(
      emit,
      `${name}/products${index}`,
      "Conv2D",
      { x: operand, weights, bias: own },
      GEOMETRY,
    );
    return reshape(`${product}/lines`, product, [-1, pairs, 1, width * out]);
  });
  const upper = sum(`${name}/upper`, p0, sum(`${name}/both`, p1, p2));
  const lower = difference(`${name}/lower`, difference(`${name}/apart`, p1, p2), p3);
  const joined = emit.node(`${name}/joined`, "ConcatV2", [upper, lower, emit.int(`${name}/axis`, 2)], {
    N: attribute.int(2),
  });
  return reshape(name, joined, shape);
}
