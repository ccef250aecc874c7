import { formatShape } from "../../../core/tensor.js";
import type { Steps } from "../../../runtime/reference/tensor64.js";
import { type Call, integers, intOf, type Kernels, operand, refuse } from "../call.js";
import { rowMajorStrides, stridedCopy } from "../strided.js";

/** Entries of one axis: `count` of them from `start`, every `step`. A dropped axis has no place in the result. */
interface AxisSlice {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly dropped: boolean;
}

/** The five masks have a bit for each entry of begin, end and strides. */
interface Masks {
  readonly begin: number;
  readonly end: number;
  readonly ellipsis: number;
  readonly newAxis: number;
  readonly shrink: number;
}

const bit = (mask: number, index: number) => ((mask >>> index) & 1) === 1;

/**
 * x[begin:end:strides] with Python's meaning, where entries may also be an ellipsis, a new axis, or a single index.
 * https://www.tensorflow.org/api_docs/python/tf/strided_slice
 */
function stridedSlice(call: Call): Steps {
  const x = operand(call, 0);
  const [begin, end, strides] = [integers(call, 1), integers(call, 2), integers(call, 3)];
  if (end.length !== begin.length || strides.length !== begin.length || begin.length > 32) {
    refuse(call, "begin, end and strides of one length", `${begin.length}, ${end.length} and ${strides.length}`);
  }
  const masks: Masks = {
    begin: intOf(call, "begin_mask"),
    end: intOf(call, "end_mask"),
    ellipsis: intOf(call, "ellipsis_mask"),
    newAxis: intOf(call, "new_axis_mask"),
    shrink: intOf(call, "shrink_axis_mask"),
  };
  const own = rowMajorStrides(x.shape);
  const [shape, steps]: [number[], number[]] = [[], []];
  let offset = 0;
  let axis = 0;
  const take = ({ start, step, count, dropped }: AxisSlice) => {
    const stride = own[axis++] ?? 0;
    offset += start * stride;
    if (dropped) return;
    shape.push(count);
    steps.push(step * stride);
  };
  const takeWhole = (until: number) => {
    while (axis < until) take({ start: 0, step: 1, count: x.shape[axis] ?? 0, dropped: false });
  };

  for (const index of begin.keys()) {
    if (bit(masks.ellipsis, index)) {
      takeWhole(x.shape.length - axesAfter(masks, index, begin.length));
    } else if (bit(masks.newAxis, index)) {
      shape.push(1);
      steps.push(0);
    } else {
      const extent = x.shape[axis] ?? refuse(call, `at most ${x.shape.length} indices`, `${begin.length}`);
      take(axisSlice(call, masks, index, extent, [begin[index] ?? 0, end[index] ?? 0, strides[index] ?? 0]));
    }
  }
  takeWhole(x.shape.length);
  return stridedCopy(call, x.data, shape, steps, offset);
}

/** The axes that entries after the ellipsis use. */
function axesAfter({ ellipsis, newAxis }: Masks, index: number, entries: number): number {
  let axes = 0;
  for (let later = index + 1; later < entries; later++) {
    if (!bit(newAxis, later) && !bit(ellipsis, later)) axes++;
  }
  return axes;
}

function axisSlice(
  call: Call,
  masks: Masks,
  index: number,
  extent: number,
  [begin, end, step]: readonly [number, number, number],
): AxisSlice {
  if (step === 0) refuse(call, "strides other than 0", "0");
  const fromEnd = (at: number) => (at < 0 ? at + extent : at);
  if (bit(masks.shrink, index)) {
    const start = fromEnd(begin);
    if (step < 0) refuse(call, "a positive stride for a single index", `${step}`);
    if (start < 0 || start >= extent) refuse(call, `an index into ${extent} entries`, `${begin}`);
    return { start, step, count: 1, dropped: true };
  }
  const [lowest, highest] = step > 0 ? [0, extent] : [-1, extent - 1];
  const clamp = (at: number) => Math.min(Math.max(fromEnd(at), lowest), highest);
  const start = bit(masks.begin, index) ? (step > 0 ? lowest : highest) : clamp(begin);
  const stop = bit(masks.end, index) ? (step > 0 ? highest : lowest) : clamp(end);
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)), dropped: false };
}

/** `size` entries from `begin`; a size of -1 is all that is left. */
function slice(call: Call): Steps {
  const x = operand(call, 0);
  const [begin, size] = [integers(call, 1), integers(call, 2)];
  if (begin.length !== x.shape.length || size.length !== x.shape.length) {
    refuse(call, `begin and size for ${formatShape(x.shape)}`, `${begin.length} and ${size.length} entries`);
  }
  const own = rowMajorStrides(x.shape);
  const shape = x.shape.map((extent, axis) => {
    const start = begin[axis] ?? 0;
    const count = size[axis] === -1 ? extent - start : (size[axis] ?? 0);
    if (start >= 0 && count >= 0 && start + count <= extent) return count;
    return refuse(call, `a part of ${formatShape(x.shape)}`, `${count} entries from ${start} of axis ${axis}`);
  });
  const offset = begin.reduce((sum, start, axis) => sum + start * (own[axis] ?? 0), 0);
  return stridedCopy(call, x.data, shape, own, offset);
}

export const SLICING: Kernels = { StridedSlice: stridedSlice, Slice: slice };
