import { formatShape } from "../../core/tensor.js";
import { type Call, listOf, refuse, stringOf } from "./call.js";

/** How a filter or a pool moves along one axis of the image. */
export interface WindowAxis {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Entries of padding before the first of the image. */
  readonly before: number;
  /** Extent of the result. */
  readonly out: number;
}

/** "SAME" halves the padding, the smaller half first: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2 */
function windowAxis(
  call: Call,
  extent: number,
  size: number,
  stride: number,
  dilation: number,
  explicit: readonly [before: number, after: number] | undefined,
): WindowAxis {
  const reach = (size - 1) * dilation + 1;
  const padding = stringOf(call, "padding", "VALID");
  if (padding === "SAME") {
    const out = Math.ceil(extent / stride);
    const before = Math.floor(Math.max((out - 1) * stride + reach - extent, 0) / 2);
    return { size, stride, dilation, before, out };
  }
  if (padding !== "VALID" && explicit === undefined) refuse(call, "padding SAME, VALID or EXPLICIT", padding);
  const [before, after] = padding === "VALID" ? [0, 0] : (explicit ?? [0, 0]);
  const out = Math.floor((extent + before + after - reach) / stride) + 1;
  if (out < 0) refuse(call, `an image of at least ${reach} entries`, `${extent}`);
  return { size, stride, dilation, before, out };
}

/** The two axes of a window [kh, kw] over an image [n, h, w, c], by the node's strides, dilations and padding. */
export function windowOf(
  call: Call,
  [, h = 0, w = 0]: readonly number[],
  sizes: readonly [number, number],
): readonly [WindowAxis, WindowAxis] {
  const strides = listOf(call, "strides") ?? [1, 1, 1, 1];
  const dilations = listOf(call, "dilations") ?? [1, 1, 1, 1];
  for (const [name, list] of [["strides", strides] as const, ["dilations", dilations] as const]) {
    const good = list.length === 4 && list[0] === 1 && list[3] === 1 && list.every((step) => step >= 1);
    if (!good) refuse(call, `${name} [1, h, w, 1]`, formatShape(list));
  }
  const pads = listOf(call, "explicit_paddings") ?? [];
  const explicit = (axis: number) =>
    pads.length === 8 ? ([pads[2 * axis] ?? 0, pads[2 * axis + 1] ?? 0] as const) : undefined;
  const [, sh = 1, sw = 1] = strides;
  const [, dh = 1, dw = 1] = dilations;
  return [windowAxis(call, h, sizes[0], sh, dh, explicit(1)), windowAxis(call, w, sizes[1], sw, dw, explicit(2))];
}
