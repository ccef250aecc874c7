import type { Shape } from "../../core/tensor.js";

/**
 * How a parameter's numbers are ordered in the file. Filters are HWIO [height, width, in, out] with us, while ONNX wants OIHW for Conv and
 * IOHW for ConvTranspose (https://github.com/onnx/onnx/blob/v1.16.2/docs/Operators.md#Conv). A turned filter is rotated by 180 degrees. A
 * phase is a quarter of the outputs: a filter that makes four phases is in four tensors.
 */
export type Layout = "same" | "OIHW" | "IOHW" | "turned IOHW" | PhaseLayout;
export type PhaseLayout = (typeof PHASES)[number];

/** Where each phase of a filter is. */
export const PHASES = ["phase 0 OIHW", "phase 1 OIHW", "phase 2 OIHW", "phase 3 OIHW"] as const;

const LAYOUTS: readonly Layout[] = ["same", "OIHW", "IOHW", "turned IOHW", ...PHASES];

/** What the doc string of a tensor says when it holds a parameter; a constant's says nothing of the kind. */
export function layoutDoc(layout: Layout): string {
  return layout === "same" ? "parameter" : `parameter, HWIO as ${layout}`;
}

/** The layout behind a doc string; undefined when the tensor is no parameter. */
export function layoutOf(doc: string): Layout | undefined {
  return LAYOUTS.find((layout) => layoutDoc(layout) === doc);
}

/** A parameter that is stored in another order than ours. */
export type FilterLayout = Exclude<Layout, "same">;

/** Where the numbers of a filter are in a tensor of the file. */
interface Placement {
  readonly shape: Shape;
  readonly inputs: number;
  readonly outputs: number;
  /** The outputs that the tensor holds. */
  readonly first: number;
  readonly end: number;
  /** Distances in the tensor. */
  readonly inputStep: number;
  readonly outputStep: number;
  /** The place of a tap, counted row by row. */
  readonly tapAt: (tap: number) => number;
}

function placement(layout: FilterLayout, shape: Shape): Placement {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  if (shape.length !== 4) throw new Error(`onnx: a filter of ${shape.length} axes`);
  const area = height * width;
  const phase = PHASES.findIndex((each) => each === layout);
  const count = phase < 0 ? outputs : outputs / PHASES.length;
  const first = Math.max(0, phase) * count;
  const inputsFirst = layout === "IOHW" || layout === "turned IOHW";
  return {
    shape: inputsFirst ? [inputs, count, height, width] : [count, inputs, height, width],
    inputs,
    outputs,
    first,
    end: first + count,
    inputStep: inputsFirst ? count * area : area,
    outputStep: inputsFirst ? area : inputs * area,
    tapAt: layout === "turned IOHW" ? (tap) => area - 1 - tap : (tap) => tap,
  };
}

/** Extents in the file of a parameter of this shape. Throws an Error for a filter that has not four axes: a fault of the lowering. */
export function storedShape(layout: Layout, shape: Shape): Shape {
  return layout === "same" ? shape : placement(layout, shape).shape;
}

/** The outputs that a tensor of the file holds, and its axis of them. */
export function storedChannels(
  layout: Layout,
  shape: Shape,
): { readonly first: number; readonly end: number; readonly axis: number } {
  if (layout === "same") return { first: 0, end: shape.at(-1) ?? 1, axis: Math.max(0, shape.length - 1) };
  const { first, end } = placement(layout, shape);
  return { first, end, axis: layout === "IOHW" || layout === "turned IOHW" ? 1 : 0 };
}

/** The parameter's shape behind the extents in the file; undefined where the layout cannot have them. */
export function givenShape(layout: Layout, stored: Shape): Shape | undefined {
  if (layout === "same") return stored;
  if (stored.length !== 4) return undefined;
  const [first = 0, second = 0, height = 0, width = 0] = stored;
  if (layout === "IOHW" || layout === "turned IOHW") return [height, width, first, second];
  return [height, width, second, layout === "OIHW" ? first : first * PHASES.length];
}

/** Columns that are moved together: sixteen floats are a cache line of what is read. */
const STRIP = 16;

/**
 * Puts numbers of a filter, from position `start` on, to their places in a tensor of the file; those of other phases are passed over. Goes
 * through the piece in strips of columns, so that reading and writing stay in the cache.
 */
export function placeFilter(
  layout: FilterLayout,
  shape: Shape,
  piece: Float32Array | Int8Array,
  start: number,
  tensor: Float32Array | Int8Array,
): void {
  const { inputs, outputs, first, end, inputStep, outputStep, tapAt } = placement(layout, shape);
  const stop = start + piece.length;
  for (let strip = first; strip < end; strip += STRIP) {
    for (let row = Math.floor(start / outputs); row * outputs < stop; row++) {
      const from = row * outputs;
      const base = (row % inputs) * inputStep + tapAt(Math.floor(row / inputs));
      const last = Math.min(strip + STRIP, end, stop - from);
      for (let o = Math.max(strip, start - from); o < last; o++) {
        tensor[base + (o - first) * outputStep] = piece[from + o - start] ?? 0;
      }
    }
  }
}

/** The inverse, of a whole tensor: puts what it holds of a filter to its places in our order. */
export function takeFilter(layout: FilterLayout, shape: Shape, tensor: Float32Array, filter: Float32Array): void {
  const { inputs, outputs, first, end, inputStep, outputStep, tapAt } = placement(layout, shape);
  for (let row = 0; row * outputs < filter.length; row++) {
    const base = (row % inputs) * inputStep + tapAt(Math.floor(row / inputs));
    for (let o = first; o < end; o++) filter[row * outputs + o] = tensor[base + (o - first) * outputStep] ?? 0;
  }
}
