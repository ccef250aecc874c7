import type { Tensor64 } from "../../../runtime/reference/tensor64.js";
import { upsample2x } from "../../../runtime/reference/upsample2x.js";
import { bilinear, repeatedChannels, zeroInserted } from "../enlarge.js";
import { eachAndAll, type HypothesisFamily, operandAt, type Plant, passes, plantAt } from "../hypothesis.js";
import { isOp, nodesOf, type Suspect, usersOf } from "../layer-part.js";
import { permute, relabel } from "../permute.js";

/** The first reshape, [n, features] -> [n, h, w, c]: how else the features may be laid out. */
const LAYOUTS = [
  {
    kind: "reshape-hw-swapped",
    change: "has height and width swapped in the first reshape",
    read: (x: Tensor64, [n = 0, h = 0, w = 0, c = 0]: readonly number[]) =>
      permute(relabel(x, [n, w, h, c]), [0, 2, 1, 3]),
  },
  {
    kind: "reshape-channels-first",
    change: "reads the features as [channels, height, width] in the first reshape",
    read: (x: Tensor64, [n = 0, h = 0, w = 0, c = 0]: readonly number[]) =>
      permute(relabel(x, [n, c, h, w]), [0, 2, 3, 1]),
  },
  {
    kind: "reshape-channels-first-hw-swapped",
    change: "reads the features as [channels, width, height] in the first reshape",
    read: (x: Tensor64, [n = 0, h = 0, w = 0, c = 0]: readonly number[]) =>
      permute(relabel(x, [n, c, w, h]), [0, 3, 2, 1]),
  },
] as const;

export const reshapes: HypothesisFamily = (suspect) => {
  const first = nodesOf(suspect, "reshape").filter(
    ({ inputs: [from = -1], shape }) => shape.length === 4 && suspect.graph.nodes[from]?.shape.length === 2,
  );
  return LAYOUTS.flatMap(({ kind, change, read }) =>
    eachAndAll(
      kind,
      change,
      first.map((node) =>
        plantAt(node, async (operands, standard) => {
          const { shape } = await standard(operands);
          return read(operandAt(operands, 0), shape);
        }),
      ),
    ),
  );
};

/** Ways to double height and width that are not the nearest neighbour. */
const ENLARGEMENTS = [
  { kind: "bilinear", change: "upsamples bilinearly (corners not aligned)", how: bilinear("half-pixel") },
  { kind: "bilinear-corners", change: "upsamples bilinearly, corners aligned", how: bilinear("corners") },
  { kind: "bilinear-legacy", change: "upsamples bilinearly as TensorFlow 1 does", how: bilinear("legacy") },
  { kind: "zeros-inserted", change: "upsamples by zeros in between", how: zeroInserted },
  {
    kind: "channels-repeated",
    change: "repeats each channel four times, instead of all channels, before depth-to-space",
    how: repeatedChannels,
  },
] as const;

export const upsamplings: HypothesisFamily = (suspect) => {
  const nodes = nodesOf(suspect, "upsample2x");
  return [
    ...ENLARGEMENTS.flatMap(({ kind, change, how }) =>
      eachAndAll(
        kind,
        change,
        nodes.map((node) => plantAt(node, (operands) => how(operandAt(operands, 0)))),
      ),
    ),
    ...eachAndAll("upsampled-after", "upsamples after the convolution instead of before it", laterUpsamplings(suspect)),
  ];
};

/** Where the only user is a 3x3 convolution: with 1x1 the order makes no difference. */
function laterUpsamplings(suspect: Suspect): Plant[] {
  return nodesOf(suspect, "upsample2x").flatMap((node): Plant[] => {
    const [conv, ...more] = usersOf(suspect, node);
    const [, filter = -1] = conv?.inputs ?? [];
    if (!isOp(conv, "conv2d") || more.length > 0 || suspect.graph.nodes[filter]?.shape[0] === 1) return [];
    return [
      {
        place: node.name,
        rules: [
          [node, passes()],
          [conv, async (operands, standard) => upsample2x(await standard(operands))],
        ],
      },
    ];
  });
}
