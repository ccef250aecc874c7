import type { GraphNode } from "../../../graph/graph.js";
import { slice } from "../../../runtime/reference/slice.js";
import { mapElements, rowsOf, type Tensor64, zeros } from "../../../runtime/reference/tensor64.js";
import { eachAndAll, type HypothesisFamily, operandAt, passes, plantAt, withResult } from "../hypothesis.js";
import { inputNode, isOp, nodesOf } from "../layer-part.js";
import { permute } from "../permute.js";

/** What flows where: activations, sums, channels that are kept, the picture at the end. */
export const flows: HypothesisFamily = (suspect) => {
  const isAttention = (node: GraphNode) => isOp(inputNode(suspect, node, 0), "scale");
  const sums = nodesOf(suspect, "add");
  const kept = nodesOf(suspect, "slice").filter(({ shape }) => shape.length === 4);
  const pictures = nodesOf(suspect, "tanh");
  const picture = (kind: string, change: string, how: (image: Tensor64) => Tensor64) =>
    eachAndAll(
      kind,
      change,
      pictures.map((node) => plantAt(node, withResult(how))),
    );

  return [
    ...eachAndAll(
      "relu-missing",
      "leaves out the relu",
      nodesOf(suspect, "relu").map((node) => plantAt(node, passes())),
    ),
    ...eachAndAll(
      "first-summand-only",
      "leaves out the second summand (the skip path)",
      sums.map((node) => plantAt(node, passes(0))),
    ),
    ...eachAndAll(
      "second-summand-only",
      "leaves out the first summand (the main path)",
      sums.filter((node) => !isAttention(node)).map((node) => plantAt(node, passes(1))),
    ),
    ...eachAndAll(
      "attention-missing",
      "leaves out the attention",
      sums.filter(isAttention).map((node) => plantAt(node, passes(1))),
    ),
    ...eachAndAll(
      "last-channels",
      "keeps the last channels instead of the first",
      kept.map((node) =>
        plantAt(node, (operands) => {
          const x = operandAt(operands, 0);
          const { size } = node.operation;
          return slice(x, rowsOf(x).width - size, size);
        }),
      ),
    ),
    ...eachAndAll(
      "tanh-missing",
      "leaves out the tanh",
      pictures.map((node) => plantAt(node, passes())),
    ),
    ...eachAndAll(
      "sigmoid",
      "ends in a sigmoid instead of tanh",
      pictures.map((node) =>
        plantAt(node, (operands) => mapElements(operandAt(operands, 0), (value) => 1 / (1 + Math.exp(-value)))),
      ),
    ),
    ...picture("image-0-1", "gives pictures in [0, 1]", (image) => mapElements(image, (value) => (value + 1) / 2)),
    ...picture("image-0-255", "gives pictures in [0, 255]", (image) =>
      mapElements(image, (value) => ((value + 1) / 2) * 255),
    ),
    ...picture("rgb-reversed", "has red and blue swapped", reversedChannels),
    ...picture("image-transposed", "has height and width of the picture swapped", (image) =>
      permute(image, [0, 2, 1, 3]),
    ),
  ];
};

function reversedChannels(image: Tensor64): Tensor64 {
  const { width } = rowsOf(image);
  const y = zeros(image.shape);
  for (let at = 0; at < y.data.length; at++) {
    const channel = at % width;
    y.data[at] = image.data[at - channel + (width - 1 - channel)] ?? 0;
  }
  return y;
}
