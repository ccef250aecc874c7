import { elementCount } from "../../../core/tensor.js";
import { foldSpectralNorm } from "../../../mapping/spectral-norm.js";
import type { Tensor64 } from "../../../runtime/reference/tensor64.js";
import { eachAndAll, type Hypothesis, type HypothesisFamily, type Plant } from "../hypothesis.js";
import { isOp, type NodeOf, nodesOf, type Suspect, usersOf } from "../layer-part.js";
import type { Origin, ParameterOrigins } from "../origins.js";
import { trueNorm, twoStepNorm } from "../sigma.js";

type ParameterNode = NodeOf<"parameter">;

/** Reads the parameter in another way. */
type Reading = (origin: Origin, node: ParameterNode, origins: ParameterOrigins) => Promise<Float64Array<ArrayBuffer>>;

function readings(
  suspect: Suspect,
  kind: string,
  change: string,
  applies: (origin: Origin, node: ParameterNode) => boolean,
  read: Reading,
): Hypothesis[] {
  const { origins } = suspect;
  if (origins === undefined) return [];
  const plants = nodesOf(suspect, "parameter").flatMap((node): Plant[] => {
    const origin = origins.of(node.operation.parameter);
    if (origin === undefined || !applies(origin, node)) return [];
    const value = async (): Promise<Tensor64> => ({ shape: node.shape, data: await read(origin, node, origins) });
    return [{ place: node.name, rules: [[node, value]] }];
  });
  return eachAndAll(kind, change, plants);
}

const hasTwin = ({ twin }: Origin) => twin !== undefined;
const isNormed = ({ norm }: Origin) => norm !== undefined;

/** The weight before it is divided, its u and epsilon. */
async function unfolded({ source, norm }: Origin, origins: ParameterOrigins) {
  const u = norm === undefined ? new Float64Array(0) : await origins.read(norm.u);
  return { w: await origins.read(source), u, epsilon: norm?.epsilon ?? 0 };
}

/** Raw weights and moving averages. */
export const movingAverages: HypothesisFamily = (suspect) => [
  ...readings(
    suspect,
    "twin",
    "takes the twin (the raw weight where we take the moving average, or the other way round)",
    hasTwin,
    async ({ twin = "", norm }, _, origins) => {
      const w = await origins.read(twin);
      return norm === undefined ? w : foldSpectralNorm(w, await origins.read(norm.u), norm.epsilon);
    },
  ),
  ...readings(
    suspect,
    "twin-divided-by-our-sigma",
    "takes the twin, divided by the spectral norm of our weight",
    (origin) => hasTwin(origin) && isNormed(origin),
    async (origin, _, origins) => {
      const { w, u, epsilon } = await unfolded(origin, origins);
      return divided(
        await origins.read(origin.twin ?? ""),
        twoStepNorm(w, u, (squares) => Math.sqrt(squares + epsilon)),
      );
    },
  ),
];

/** How the length of a vector is guarded against zero, from the sum of its squares. */
const FORMS: readonly {
  readonly kind: string;
  readonly change: string;
  readonly length: (squares: number, epsilon: number) => number;
}[] = [
  {
    kind: "sigma-epsilon-outside",
    change: "adds the spectral norm's epsilon outside the square root",
    length: (squares, epsilon) => Math.sqrt(squares) + epsilon,
  },
  {
    kind: "sigma-epsilon-maximum",
    change: "takes the larger one of the norm and epsilon in the spectral norm",
    length: (squares, epsilon) => Math.max(Math.sqrt(squares), epsilon),
  },
];

/** Divides by another number than our spectral norm. */
export const spectralNorms: HypothesisFamily = (suspect) => {
  const sigmas = (
    kind: string,
    change: string,
    sigma: (w: Float64Array, u: Float64Array, epsilon: number) => number,
    applies: (origin: Origin, node: ParameterNode) => boolean = isNormed,
  ) =>
    readings(suspect, kind, change, applies, async (origin, _, origins) => {
      const { w, u, epsilon } = await unfolded(origin, origins);
      return divided(w, sigma(w, u, epsilon));
    });
  const ours = (w: Float64Array, u: Float64Array, epsilon: number) =>
    twoStepNorm(w, u, (squares) => Math.sqrt(squares + epsilon));
  const slicedTo = slicedOutputs(suspect);

  return [
    ...sigmas("sigma-missing", "does not divide by the spectral norm", () => 1),
    ...sigmas("sigma-twice", "divides by the spectral norm twice", (w, u, epsilon) => ours(w, u, epsilon) ** 2),
    ...FORMS.flatMap(({ kind, change, length }) =>
      sigmas(kind, change, (w, u, epsilon) => twoStepNorm(w, u, (squares) => length(squares, epsilon))),
    ),
    ...sigmas("sigma-largest", "divides by the true largest singular value", trueNorm),
    ...readings(
      suspect,
      "sigma-after-slice",
      "computes the spectral norm of the outputs that are kept, instead of all",
      (origin, node) => isNormed(origin) && slicedTo.has(node.id),
      async (origin, node, origins) => {
        const { w, u, epsilon } = await unfolded(origin, origins);
        const kept = slicedTo.get(node.id) ?? u.length;
        const columns = w.filter((_, index) => index % u.length < kept);
        return divided(w, ours(columns, u.slice(0, kept), epsilon));
      },
    ),
  ];
};

/** Filters of which only the first outputs are used, and how many these are. */
function slicedOutputs(suspect: Suspect): ReadonlyMap<number, number> {
  const kept = new Map<number, number>();
  for (const conv of nodesOf(suspect, "conv2d")) {
    const users = usersOf(suspect, conv);
    const [slice] = users;
    const filter = conv.inputs[1];
    if (users.length === 1 && isOp(slice, "slice") && filter !== undefined) kept.set(filter, slice.operation.size);
  }
  return kept;
}

function divided(w: Float64Array<ArrayBuffer>, by: number): Float64Array<ArrayBuffer> {
  return w.map((value) => value / by);
}

/** Zeros in place of a parameter: what is left when it is forgotten. */
export const parametersLeftOut: HypothesisFamily = (suspect) => {
  const constants = (kind: string, change: string, fill: number, pattern: RegExp) =>
    eachAndAll(
      kind,
      change,
      nodesOf(suspect, "parameter")
        .filter(({ name }) => pattern.test(name))
        .map((node): Plant => {
          const { shape } = node;
          return {
            place: node.name,
            rules: [[node, () => ({ shape, data: new Float64Array(elementCount(shape)).fill(fill) })]],
          };
        }),
    );
  return [
    ...constants("bias-missing", "does not add the bias", 0, /(^|\.)b$/),
    ...constants("offset-missing", "does not add the batch norm's offset", 0, /(^|\.)offset(\.w)?$/),
    ...constants("gain-missing", "does not multiply by the last batch norm's gain", 1, /(^|\.)gain$/),
  ];
};
