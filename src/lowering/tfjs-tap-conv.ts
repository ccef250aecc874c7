import type { Shape } from "../core/tensor.js";
import { attribute, type Emitter } from "./tfjs-emitter.js";
import { emitProduct, type Weights } from "./tfjs-product.js";

/** The tfjs nodes of the graph's `tapConv2d`. */
export interface TapConvOperands {
  readonly x: string;
  /** Filters [1, 1, in, 3 * out]. */
  readonly rows: readonly [top: Weights, middle: Weights, bottom: Weights];
  readonly bias: string | undefined;
  /** [n, 2h, 2w, out] */
  readonly shape: Shape;
}

/**
 * Products of each pixel with the three rows of taps, added up to two rows of results for each row of pixels, then in the same way to two
 * columns. Along an axis, with p0, p1, p2 the products of the three taps and zeros outside, the results on either side of the corner
 * before number i are
 *
 *     2i - 1: (p0 + p1)[i - 1] + p2[i]        2i: p0[i - 1] + (p1 + p2)[i]
 *
 * Corners are one more than numbers: the first and the last have a result outside the image, and all of those are cut off at once. In tfjs-wasm a slice
 * of many short lines takes a step of JavaScript for each (at batch 8, 27 ms of a picture's 64 channels at 128 x 128); the taps of a row are therefore
 * brought apart by a transposition, after which each is one piece of memory. Padding, adding and joining long lines cost next to nothing.
 */
export function emitTapConv(emit: Emitter, name: string, { x, rows, bias, shape }: TapConvOperands): string {
  const [, height = 0, width = 0, out = 0] = shape;
  const [h, w] = [height / 2, width / 2];
  const products = rows.map((weights, row) => {
    const product = `${name}/products${row}`;
    const biases = row === 1 && bias !== undefined ? biasOfMiddle(emit, product, bias, out) : undefined;
    return emitProduct(emit, product, "Conv2D", { x, weights, bias: biases }, GEOMETRY);
  });
  const ofRows = doubled(emit, `${name}/rows`, products, { lines: h, line: w * 3 * out });
  const taps = emit.node(`${name}/taps`, "Reshape", [ofRows, emit.ints(`${name}/threes`, [-1, 3, out])]);
  const apart = emit.node(`${name}/apart`, "Transpose", [taps, emit.ints(`${name}/order`, [1, 0, 2])]);
  const columns = [0, 1, 2].map((column) =>
    slice(emit, `${name}/column${column}`, apart, [column, 0, 0], [1, -1, out]),
  );
  const ofColumns = doubled(emit, `${name}/columns`, columns, { lines: w, line: out });
  const wide = emit.ints(`${name}/wide`, [-1, height + 2, (width + 2) * out]);
  const rowsOfCorners = emit.node(`${name}/corners`, "Reshape", [ofColumns, wide]);
  const inside = slice(emit, `${name}/inside`, rowsOfCorners, [0, 1, out], [-1, height, width * out]);
  return emit.node(name, "Reshape", [inside, emit.ints(`${name}/shape`, [-1, height, width, out])]);
}

const ONES = attribute.ints([1, 1, 1, 1]);
const GEOMETRY = {
  data_format: attribute.text("NHWC"),
  strides: ONES,
  dilations: ONES,
  padding: attribute.text("SAME"),
};

/** The bias joins the middle one of the middle row's taps: each number of the result meets it once. */
function biasOfMiddle(emit: Emitter, name: string, bias: string, out: number): string {
  const none = emit.floats(
    `${name}/none`,
    Array.from({ length: out }, () => 0),
    [out],
  );
  const parts = [none, bias, none, emit.int(`${name}/axis`, 0)];
  return emit.node(`${name}/biases`, "ConcatV2", parts, { N: attribute.int(3) });
}

/** Lines of memory along one axis of an image. */
interface Lines {
  readonly lines: number;
  /** Numbers of a line. */
  readonly line: number;
}

/** Products of three taps, each so many lines, -> the two lines of results at each corner, [-1, lines + 1, 2, line]. */
function doubled(emit: Emitter, name: string, products: readonly string[], { lines, line }: Lines): string {
  const [first = "", middle = "", last = ""] = products.map((product, tap) =>
    emit.node(`${name}/tap${tap}`, "Reshape", [product, emit.ints(`${name}/shape${tap}`, [-1, lines, 1, line])]),
  );
  const sum = (part: string, a: string, b: string) => emit.node(`${name}/${part}`, "AddV2", [a, b]);
  const firstTwo = sum("firstTwo", first, middle);
  const lastTwo = sum("lastTwo", middle, last);
  const odd = sum("odd", padded(emit, firstTwo, "before"), padded(emit, last, "after"));
  const even = sum("even", padded(emit, first, "before"), padded(emit, lastTwo, "after"));
  return emit.node(name, "ConcatV2", [odd, even, emit.int(`${name}/axis`, 2)], { N: attribute.int(2) });
}

/** A line of zeros before the first or after the last one. */
function padded(emit: Emitter, x: string, side: "before" | "after"): string {
  const zeros = side === "before" ? [1, 0] : [0, 1];
  return emit.node(`${x}/${side}`, "Pad", [x, emit.ints(`${x}/${side}/zeros`, [0, 0, ...zeros, 0, 0, 0, 0], [4, 2])]);
}

function slice(emit: Emitter, name: string, x: string, begin: readonly number[], size: readonly number[]): string {
  return emit.node(name, "Slice", [x, emit.ints(`${name}/begin`, begin), emit.ints(`${name}/size`, size)]);
}
