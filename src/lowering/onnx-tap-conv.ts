import type { OnnxEmitter } from "./onnx-emitter.js";
import type { OnnxSite } from "./onnx-operations.js";

/**
 * Products of each pixel with the three rows of taps, added up to two rows of results for each row of pixels, then in the same way to two
 * columns: along an axis, p0[i - 1] + p1[i] + p2[i] and p0[i] + p1[i] + p2[i + 1], with p0, p1, p2 the products of the three taps.
 */
export function emitTapConv({ emit, name, shape, input, weight, inputCount }: OnnxSite): string {
  const [, height = 0, width = 0, out = 0] = shape;
  const products = [0, 1, 2].map((row) => {
    const biases = row === 1 && inputCount === 5 ? [biasOfMiddle(emit, name, input(4).name, out)] : [];
    const inputs = [input(0).name, weight(1 + row, "OIHW"), ...biases];
    return emit.node(`${name}/products${row}`, "Conv", inputs, { kernel_shape: { ints: [1, 1] } });
  });
  const rows = doubled(emit, `${name}/rows`, products, { axis: 2, extent: height / 2 });
  const tall = emit.node(`${name}/tall`, "Reshape", [rows, emit.ints([0, 3 * out, height, width / 2])]);
  const columns = [0, 1, 2].map((column) =>
    emit.node(`${name}/column${column}`, "Slice", [
      tall,
      emit.ints([column * out]),
      emit.ints([(column + 1) * out]),
      emit.ints([1]),
    ]),
  );
  const both = doubled(emit, `${name}/columns`, columns, { axis: 3, extent: width / 2 });
  return emit.node(name, "Reshape", [both, emit.ints([0, out, height, width])]);
}

/** Each number of the result meets the middle one of the middle row's taps once. */
function biasOfMiddle(emit: OnnxEmitter, name: string, bias: string, out: number): string {
  const none = emit.floats(
    `${name}/none`,
    Array.from({ length: out }, () => 0),
    [out],
  );
  return emit.node(`${name}/biases`, "Concat", [none, bias, none], { axis: { int: 0 } });
}

/** An axis of [n, c, h, w]. */
interface Axis {
  readonly axis: 2 | 3;
  readonly extent: number;
}

/** Products of three taps -> the results 2i and 2i + 1 side by side on a new axis behind this one. */
function doubled(
  emit: OnnxEmitter,
  name: string,
  [before = "", middle = "", after = ""]: readonly string[],
  along: Axis,
): string {
  const even = emit.node(`${name}/even`, "Add", [
    moved(emit, `${name}/before`, before, along, 1),
    emit.node(`${name}/middleAfter`, "Add", [middle, after]),
  ]);
  const odd = emit.node(`${name}/odd`, "Add", [
    emit.node(`${name}/beforeMiddle`, "Add", [before, middle]),
    moved(emit, `${name}/after`, after, along, -1),
  ]);
  const behind = along.axis + 1;
  const results = [even, odd].map((result) => emit.node(`${result}/apart`, "Unsqueeze", [result, emit.ints([behind])]));
  return emit.node(name, "Concat", results, { axis: { int: behind } });
}

/** The image one place further along the axis (1) or nearer (-1), the free place zeros. */
function moved(emit: OnnxEmitter, name: string, x: string, { axis, extent }: Axis, by: 1 | -1): string {
  const [first, last] = by === 1 ? [0, extent - 1] : [1, extent];
  const kept = emit.node(`${name}/kept`, "Slice", [x, emit.ints([first]), emit.ints([last]), emit.ints([axis])]);
  const zeros = [0, 0, 0, 0, 0, 0, 0, 0];
  zeros[by === 1 ? axis : 4 + axis] = 1;
  return emit.node(name, "Pad", [kept, emit.ints(zeros)]);
}
