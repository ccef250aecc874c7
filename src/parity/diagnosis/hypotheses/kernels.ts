import type { Tensor64 } from "../../../runtime/reference/tensor64.js";
import { eachAndAll, type Hypothesis, type HypothesisFamily, type Plant, withResult } from "../hypothesis.js";
import { type NodeOf, nodesOf, type Suspect } from "../layer-part.js";
import { permute, relabel } from "../permute.js";
import { twoStepNorm } from "../sigma.js";

type ParameterNode = NodeOf<"parameter">;

const isFilter = ({ shape }: ParameterNode) => shape.length === 4;
const isLarge = ({ shape }: ParameterNode) => (shape[0] ?? 1) > 1;
const isSquare = ({ shape }: ParameterNode) => shape.at(-1) === shape.at(-2);

/** The last two axes exchanged: in and out. */
function swapInOut(w: Tensor64): Tensor64 {
  return permute(w, w.shape.length === 4 ? [0, 1, 3, 2] : [1, 0]);
}

/** Filters [kh, kw, in, out] and matrices [in, out] that were transposed, or not, by mistake. */
export const kernels: HypothesisFamily = (suspect) => {
  const weights = nodesOf(suspect, "parameter").filter(
    ({ shape, operation }) =>
      (shape.length === 4 || shape.length === 2) &&
      suspect.graph.parameters.get(operation.parameter)?.kind === "weight",
  );
  const changed = (
    kind: string,
    change: string,
    nodes: readonly ParameterNode[],
    how: (w: Tensor64) => Tensor64,
  ): Hypothesis[] =>
    eachAndAll(
      kind,
      change,
      nodes.map((node): Plant => ({ place: node.name, rules: [[node, withResult(how)]] })),
    );

  return [
    ...changed(
      "kernel-hw-swapped",
      "has the filter's height and width swapped",
      weights.filter((node) => isFilter(node) && isLarge(node)),
      (w) => permute(w, [1, 0, 2, 3]),
    ),
    ...changed(
      "kernel-rotated",
      "has the filter turned by 180 degrees (a true convolution instead of a correlation)",
      weights.filter((node) => isFilter(node) && isLarge(node)),
      rotated,
    ),
    ...changed(
      "kernel-in-out-swapped",
      "has the weight's inputs and outputs swapped",
      weights.filter(isSquare),
      swapInOut,
    ),
    ...swappedBeforeSigma(suspect, weights.filter(isSquare)),
    ...changed(
      "kernel-layout",
      "reads the numbers of a [out, in, h, w] filter, or of an [out, in] matrix, as if they were in our order",
      weights.filter((node) => isLarge(node) || !isSquare(node)),
      (w) => relabel(permute(w, w.shape.length === 4 ? [3, 2, 0, 1] : [1, 0]), w.shape),
    ),
  ];
};

/** Each filter turned by 180 degrees: taps in reverse order. */
function rotated(w: Tensor64): Tensor64 {
  const [kh = 1, kw = 1] = w.shape;
  const size = w.data.length / (kh * kw);
  const data = new Float64Array(w.data.length);
  for (let tap = 0; tap < kh * kw; tap++) {
    data.set(w.data.subarray(tap * size, (tap + 1) * size), (kh * kw - 1 - tap) * size);
  }
  return { shape: w.shape, data };
}

/** The same swap, made before the spectral norm is taken: sigma is then that of the swapped weight. */
function swappedBeforeSigma(suspect: Suspect, nodes: readonly ParameterNode[]): Hypothesis[] {
  const { origins } = suspect;
  const plants = nodes.flatMap((node): Plant[] => {
    const origin = origins?.of(node.operation.parameter);
    const norm = origin?.norm;
    if (origins === undefined || origin === undefined || norm === undefined) return [];
    const value = async (): Promise<Tensor64> => {
      const swapped = swapInOut({ shape: node.shape, data: await origins.read(origin.source) });
      const u = await origins.read(norm.u);
      const sigma = twoStepNorm(swapped.data, u, (squares) => Math.sqrt(squares + norm.epsilon));
      return { shape: node.shape, data: swapped.data.map((number) => number / sigma) };
    };
    return [{ place: node.name, rules: [[node, value]] }];
  });
  return eachAndAll(
    "kernel-in-out-swapped",
    "has the weight's inputs and outputs swapped before its spectral norm is taken",
    plants,
  );
}
