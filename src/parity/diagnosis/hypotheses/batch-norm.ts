import { addScalar } from "../../../runtime/reference/add-scalar.js";
import { batchNorm } from "../../../runtime/reference/batch-norm.js";
import { mapElements, rowsOf, type Tensor64, zeros } from "../../../runtime/reference/tensor64.js";
import { eachAndAll, type Hypothesis, type HypothesisFamily, operandAt, passes, plantAt } from "../hypothesis.js";
import { inputNode, isOp, nodesOf } from "../layer-part.js";

/** What a batch norm is computed from. */
interface Moments {
  readonly x: Tensor64;
  readonly mean: Tensor64;
  readonly variance: Tensor64;
  readonly gain: Tensor64;
  readonly offset: Tensor64;
  readonly epsilon: number;
}

/** Other constants that are added to variances: PyTorch's, Chainer's, TensorFlow's and Keras's defaults, none. */
const EPSILONS = [1e-5, 2e-5, 1e-3, 0];

export const batchNorms: HypothesisFamily = (suspect) => {
  const norms = nodesOf(suspect, "batchNorm");
  const changed = (kind: string, change: string, how: (moments: Moments) => Moments, nodes = norms): Hypothesis[] =>
    eachAndAll(
      kind,
      change,
      nodes.map((node) =>
        plantAt(node, (operands) => {
          const at = (position: number) => operandAt(operands, position);
          const given = { x: at(0), mean: at(1), variance: at(2), gain: at(3), offset: at(4) };
          const { x, mean, variance, gain, offset, epsilon } = how({ ...given, epsilon: node.operation.epsilon });
          return batchNorm(x, mean, variance, gain, offset, epsilon);
        }),
      ),
    );
  const unconditional = norms.filter((node) => isOp(inputNode(suspect, node, 3), "parameter"));

  return [
    ...EPSILONS.flatMap((decimal) => {
      // A constant of the other side's graph is a float32, as is ours.
      const epsilon = Math.fround(decimal);
      const others = norms.filter((node) => Math.fround(node.operation.epsilon) !== epsilon);
      const text = decimal === 0 ? "nothing" : decimal.toExponential();
      return changed(`epsilon-${text}`, `adds ${text} to the variance`, (given) => ({ ...given, epsilon }), others);
    }),
    ...changed("epsilon-outside", "adds epsilon outside the square root", (given) => ({
      ...given,
      variance: mapElements(given.variance, (value) => (Math.sqrt(value) + given.epsilon) ** 2),
      epsilon: 0,
    })),
    ...changed("variance-as-deviation", "takes the variance for the standard deviation", (given) => ({
      ...given,
      variance: mapElements(given.variance, (value) => (value + given.epsilon) ** 2),
      epsilon: 0,
    })),
    ...changed("moments-swapped", "has the tables of means and variances swapped", ({ mean, variance, ...rest }) => ({
      ...rest,
      mean: variance,
      variance: mean,
    })),
    ...changed("gain-offset-swapped", "has gain and offset swapped", ({ gain, offset, ...rest }) => ({
      ...rest,
      gain: offset,
      offset: gain,
    })),
    ...changed("batch-statistics", "uses the statistics of the batch instead of the stored ones", (given) => ({
      ...given,
      ...batchMoments(given.x),
    })),
    ...changed(
      "last-gain-plus-one",
      "adds 1 to the gain of the last batch norm",
      (given) => ({ ...given, gain: addScalar(given.gain, 1) }),
      unconditional,
    ),
    ...eachAndAll(
      "gain-without-one",
      "does not add 1 to the gain",
      nodesOf(suspect, "addScalar").map((node) => plantAt(node, passes())),
    ),
  ];
};

/** Mean and variance of each channel over all images and pixels. */
function batchMoments(x: Tensor64): { readonly mean: Tensor64; readonly variance: Tensor64 } {
  const { rows, width } = rowsOf(x);
  const mean = zeros([1, width]);
  const variance = zeros([1, width]);
  for (const [at, value] of x.data.entries()) {
    mean.data[at % width] = (mean.data[at % width] ?? 0) + value / rows;
  }
  for (const [at, value] of x.data.entries()) {
    const centred = value - (mean.data[at % width] ?? 0);
    variance.data[at % width] = (variance.data[at % width] ?? 0) + (centred * centred) / rows;
  }
  return { mean, variance };
}
