import type { Shape } from "../../core/tensor.js";
import type { Operation, OperationName } from "../../graph/graph.js";
import { add } from "./add.js";
import { addScalar } from "./add-scalar.js";
import { attend } from "./attend.js";
import { averagePool2x2 } from "./average-pool2x2.js";
import { batchNorm } from "./batch-norm.js";
import { concat } from "./concat.js";
import { conv2d } from "./conv2d.js";
import { inverseDeviation } from "./inverse-deviation.js";
import { matmul } from "./matmul.js";
import { maxPool2x2 } from "./max-pool2x2.js";
import { multiply } from "./multiply.js";
import { multiplyAdd } from "./multiply-add.js";
import { pairConv2d } from "./pair-conv2d.js";
import { phaseConv2d } from "./phase-conv2d.js";
import { relu } from "./relu.js";
import { reshape } from "./reshape.js";
import { rowDot } from "./row-dot.js";
import { scale } from "./scale.js";
import { slice } from "./slice.js";
import { subtract } from "./subtract.js";
import { sumPool } from "./sum-pool.js";
import { tanh } from "./tanh.js";
import { tapConv2d } from "./tap-conv2d.js";
import type { Steps, Tensor64 } from "./tensor64.js";
import { transposedConv2d } from "./transposed-conv2d.js";
import { truncationWeights } from "./truncation-weights.js";
import { upsample2x } from "./upsample2x.js";

/** The operations that compute something; inputs and parameters are handed in. */
type ComputedName = Exclude<OperationName, "input" | "parameter">;

/** `{ op: N }` and its attributes, in the form in which TypeScript relates it to the table's entry of the same name. */
type OperationOf<N extends ComputedName = ComputedName> = {
  [K in N]: { readonly op: K } & Extract<Operation, { readonly op: K }>;
}[N];

/** What a node is computed from. */
interface Call<N extends ComputedName> {
  readonly operation: OperationOf<N>;
  readonly inputs: readonly Tensor64[];
  /** The value of the input at this position. */
  readonly at: (position: number) => Tensor64;
  /** Of the result, with the batch's real extent. */
  readonly shape: Shape;
}

/** Lists every name, so an operation that is missing does not compile. */
type Kernels = { readonly [N in ComputedName]: (call: Call<N>) => Tensor64 | Steps };

const KERNELS: Kernels = {
  truncationWeights: ({ operation, at }) => truncationWeights(at(0), operation.grid),
  concat: ({ inputs }) => concat(inputs),
  slice: ({ operation, at }) => slice(at(0), operation.start, operation.size),
  reshape: ({ at, shape }) => reshape(at(0), shape),
  matmul: ({ inputs, at }) => matmul(at(0), at(1), inputs[2]),
  conv2d: ({ inputs, at }) => conv2d(at(0), at(1), inputs[2]),
  batchNorm: ({ operation, at }) => batchNorm(at(0), at(1), at(2), at(3), at(4), operation.epsilon),
  multiplyAdd: ({ at }) => multiplyAdd(at(0), at(1), at(2)),
  multiply: ({ at }) => multiply(at(0), at(1)),
  subtract: ({ at }) => subtract(at(0), at(1)),
  inverseDeviation: ({ operation, at }) => inverseDeviation(at(0), operation.epsilon),
  addScalar: ({ operation, at }) => addScalar(at(0), operation.value),
  add: ({ at }) => add(at(0), at(1)),
  scale: ({ at }) => scale(at(0), at(1)),
  relu: ({ at }) => relu(at(0)),
  tanh: ({ at }) => tanh(at(0)),
  upsample2x: ({ at }) => upsample2x(at(0)),
  transposedConv2d: ({ inputs, at }) => transposedConv2d(at(0), at(1), inputs[2]),
  phaseConv2d: ({ inputs, at }) => phaseConv2d(at(0), at(1), inputs[2]),
  tapConv2d: ({ inputs, at }) => tapConv2d(at(0), inputs.slice(1, 4), inputs[4]),
  pairConv2d: ({ inputs, at }) => pairConv2d(at(0), inputs.slice(1, 5), inputs[5]),
  maxPool2x2: ({ at }) => maxPool2x2(at(0)),
  averagePool2x2: ({ at }) => averagePool2x2(at(0)),
  sumPool: ({ at }) => sumPool(at(0)),
  rowDot: ({ at }) => rowDot(at(0), at(1)),
  attend: ({ at }) => attend(at(0), at(1), at(2)),
};

/** The value of one node, or the steps that compute it. */
export function compute<N extends ComputedName>(
  operation: OperationOf<N>,
  inputs: readonly Tensor64[],
  shape: Shape,
): Tensor64 | Steps {
  const at = (position: number) => {
    const input = inputs[position];
    if (input === undefined) throw new Error(`${operation.op}: expected an input ${position}, found ${inputs.length}`);
    return input;
  };
  return KERNELS[operation.op]({ operation, inputs, at, shape });
}
