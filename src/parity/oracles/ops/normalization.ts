import { formatShape, sameShape } from "../../../core/tensor.js";
import { boolAttribute } from "../../../formats/saved-model/attributes.js";
import { batchNorm } from "../../../runtime/reference/batch-norm.js";
import { softmax } from "../../../runtime/reference/softmax.js";
import { rowsOf, type Steps, type Tensor64 } from "../../../runtime/reference/tensor64.js";
import {
  type Call,
  create,
  floatOf,
  type Kernels,
  operand,
  refuse,
  requireImage,
  requireNhwc,
  stringOf,
} from "../call.js";

/** Over the last axis. */
export function* softmaxRows(call: Call): Steps {
  const x = operand(call, 0);
  const { rows, width } = rowsOf(x);
  const y = create(call, x.shape);
  y.data.set(x.data);
  for (let row = 0; row < rows; row++) {
    softmax(y.data.subarray(row * width, (row + 1) * width));
    yield;
  }
  return y;
}

/** In inference: x, scale, offset, mean, variance -> y, and the statistics handed on. */
function fusedBatchNorm(call: Call): readonly Tensor64[] {
  requireNhwc(call);
  if (boolAttribute(call.file, call.node, "is_training") ?? true) refuse(call, "is_training false", "true");
  const x = requireImage(call, 0);
  const channels = x.shape.slice(-1);
  const [scale, offset, mean, variance] = [operand(call, 1), operand(call, 2), operand(call, 3), operand(call, 4)];
  for (const { shape } of [scale, offset, mean, variance]) {
    if (!sameShape(shape, channels))
      refuse(call, `one number for each channel of ${formatShape(x.shape)}`, formatShape(shape));
  }
  const activation = stringOf(call, "activation_mode", "Identity");
  if (activation !== "Identity") refuse(call, "activation_mode Identity", activation);
  const y = batchNorm(x, mean, variance, scale, offset, floatOf(call, "epsilon", 1e-4));
  return [y, mean, variance, mean, variance, mean];
}

export const NORMALIZATION: Kernels = {
  Softmax: softmaxRows,
  FusedBatchNorm: fusedBatchNorm,
  FusedBatchNormV2: fusedBatchNorm,
  FusedBatchNormV3: fusedBatchNorm,
};
