import { formatShape, sameShape } from "../../../core/tensor.js";
import { shapeAttribute } from "../../../formats/saved-model/attributes.js";
import { type Call, type Kernels, operand, refuse } from "../call.js";

const same = (call: Call) => operand(call, 0);

/** Ops that hand their inputs on. */
export const PASSING: Kernels = {
  Identity: same,
  Snapshot: same,
  StopGradient: same,
  PreventGradient: same,
  CheckNumerics: same,
  IdentityN: ({ inputs }) => inputs,
  PlaceholderWithDefault: same,
  EnsureShape: (call) => {
    const x = operand(call, 0);
    const wanted = shapeAttribute(call.file, call.node, "shape");
    const known = wanted?.map((extent, axis) => (extent < 0 ? (x.shape[axis] ?? extent) : extent)) ?? x.shape;
    return sameShape(known, x.shape) ? x : refuse(call, `shape ${formatShape(known)}`, formatShape(x.shape));
  },
  NoOp: () => [],
};
