import { slice } from "../../../runtime/reference/slice.js";
import { mapElements, rowsOf, type Tensor64, zeros } from "../../../runtime/reference/tensor64.js";
import { eachAndAll, type HypothesisFamily, operandAt, plantAt, withOperands, withResult } from "../hypothesis.js";
import { inputNode, isOp, nodesOf } from "../layer-part.js";

/** What the layer is conditioned on: z, its chunks, the class. */
export const conditions: HypothesisFamily = (suspect) => {
  const joins = nodesOf(suspect, "concat");
  const chunks = nodesOf(suspect, "slice").filter((node) => isOp(inputNode(suspect, node, 0), "input"));
  const chunk = (kind: string, change: string, take: (z: Tensor64, index: number, size: number) => Tensor64) =>
    eachAndAll(
      kind,
      change,
      chunks.map((node) => {
        const { start, size } = node.operation;
        return plantAt(node, (operands) => take(operandAt(operands, 0), start / size, size));
      }),
    );
  const scaled = (kind: string, change: string, factor: number) =>
    eachAndAll(
      kind,
      change,
      nodesOf(suspect, "input")
        .filter(({ operation }) => operation.input === "z")
        .map((node) =>
          plantAt(
            node,
            withResult((z) => mapElements(z, (value) => value * factor)),
          ),
        ),
    );

  return [
    ...eachAndAll(
      "condition-swapped",
      "has z and the class the other way round in the condition",
      joins.map((node) =>
        plantAt(
          node,
          withOperands((operands) => operands.toReversed()),
        ),
      ),
    ),
    ...chunk("chunk-next", "takes the next chunk of z", (z, index, size) => chunkOf(z, index + 1, size)),
    ...chunk("chunk-previous", "takes the chunk of z before", (z, index, size) => chunkOf(z, index - 1, size)),
    ...chunk("chunks-reversed", "takes the chunks of z from the end", (z, index, size) => chunkOf(z, -1 - index, size)),
    ...chunk("chunks-interleaved", "takes every n-th number of z instead of a chunk", interleaved),
    ...(suspect.truncation === 1 || suspect.truncation === 0
      ? []
      : [
          ...scaled("z-times-truncation", "multiplies z by the truncation (ours comes multiplied)", suspect.truncation),
          ...scaled("z-by-truncation", "has a z that is not multiplied by the truncation", 1 / suspect.truncation),
        ]),
  ];
};

/** Counted round: chunk -1 is the last one. */
function chunkOf(z: Tensor64, index: number, size: number): Tensor64 {
  const count = Math.floor(rowsOf(z).width / size);
  return slice(z, ((index + count) % count) * size, size);
}

function interleaved(z: Tensor64, index: number, size: number): Tensor64 {
  const { rows, width } = rowsOf(z);
  const step = Math.floor(width / size);
  const y = zeros([rows, size]);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < size; k++) y.data[row * size + k] = z.data[row * width + k * step + index] ?? 0;
  }
  return y;
}
