import type { GraphNode } from "../../../graph/graph.js";
import { pool2x2 } from "../../../runtime/reference/max-pool2x2.js";
import { imageOf, mapElements, sequenceOf, type Tensor64, zeros } from "../../../runtime/reference/tensor64.js";
import {
  eachAndAll,
  type Hypothesis,
  type HypothesisFamily,
  operandAt,
  passes,
  plantAt,
  withOperands,
} from "../hypothesis.js";
import { inputNode, isOp, nodesOf, type Suspect } from "../layer-part.js";

/** The attention block: its pooling, its softmax, its weight. */
export const attention: HypothesisFamily = (suspect) => {
  const attends = nodesOf(suspect, "attend");
  return [
    ...eachAndAll(
      "softmax-axis",
      "takes the softmax over the queries instead of the keys",
      attends.map((node) =>
        plantAt(node, (operands) =>
          attendOverQueries(operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)),
        ),
      ),
    ),
    ...eachAndAll(
      "logits-scaled",
      "divides the attention's logits by the square root of their depth",
      attends.map((node) =>
        plantAt(
          node,
          withOperands(([queries, ...rest]) => {
            if (queries === undefined) return rest;
            const { width } = sequenceOf(queries);
            return [mapElements(queries, (value) => value / Math.sqrt(width)), ...rest];
          }),
        ),
      ),
    ),
    ...attends.flatMap((node) => pooling(suspect, node)),
    ...exchangedProjections(suspect),
    ...eachAndAll(
      "gamma-missing",
      "does not multiply the attention by gamma",
      nodesOf(suspect, "scale").map((node) => plantAt(node, passes())),
    ),
  ];
};

/** Keys and values that are pooled in another way, or not at all. */
function pooling(suspect: Suspect, attend: GraphNode): Hypothesis[] {
  const pools = [1, 2].flatMap((position) => {
    const flat = inputNode(suspect, attend, position);
    const pool = inputNode(suspect, flat, 0);
    // Its own name says little (maxPool2x2_1); that of the convolution before it is phi or g.
    const place = inputNode(suspect, pool, 0)?.name.replace(/\.conv2d$/, "") ?? "";
    return flat !== undefined && isOp(pool, "maxPool2x2") ? [{ place, flat, pool }] : [];
  });
  const changed = (kind: string, change: string, how: (x: Tensor64) => Tensor64) =>
    eachAndAll(
      kind,
      change,
      pools.map(({ place, pool }) => ({ ...plantAt(pool, (operands) => how(operandAt(operands, 0))), place })),
    );
  const bare: Hypothesis = {
    kind: "not-pooled",
    change: "does not pool the attention's keys and values",
    places: pools.map(({ place }) => place),
    rules: new Map(
      pools.flatMap(({ flat, pool }) => [
        [pool.id, passes()] as const,
        [flat.id, (operands: readonly Tensor64[]) => sequence(operandAt(operands, 0))] as const,
      ]),
    ),
  };
  return [
    bare,
    ...changed("average-pooled", "pools the average instead of the largest", (x) =>
      pool2x2(x, (a, b, c, d) => a / 4 + b / 4 + c / 4 + d / 4),
    ),
    ...changed("strided", "takes every second pixel instead of pooling", (x) => pool2x2(x, (a) => a)),
  ];
}

function sequence(x: Tensor64): Tensor64 {
  const { n, h, w, c } = imageOf(x);
  return { shape: [n, h * w, c], data: x.data };
}

/** The filters of queries and keys, which have one shape, exchanged. */
function exchangedProjections(suspect: Suspect): Hypothesis[] {
  const [theta, phi] = ["theta", "phi"].map((name) =>
    nodesOf(suspect, "parameter").find((node) => node.name.endsWith(`${name}.w`)),
  );
  if (theta === undefined || phi === undefined) return [];
  return [
    {
      kind: "theta-phi-exchanged",
      change: "has the filters of queries and keys exchanged",
      places: [theta.name, phi.name],
      rules: new Map([
        [theta.id, () => suspect.parameter(phi.name)],
        [phi.id, () => suspect.parameter(theta.name)],
      ]),
    },
  ];
}

/** softmax over the first axis of the attention map [queries, keys]: each key shares itself out among the queries. */
function attendOverQueries(queries: Tensor64, keys: Tensor64, values: Tensor64): Tensor64 {
  const { n, positions, width: depth } = sequenceOf(queries);
  const { positions: memories } = sequenceOf(keys);
  const { width } = sequenceOf(values);
  const y = zeros([n, positions, width]);
  const column = new Float64Array(positions);
  for (let image = 0; image < n; image++) {
    for (let m = 0; m < memories; m++) {
      const key = (image * memories + m) * depth;
      for (let q = 0; q < positions; q++) {
        let logit = 0;
        for (let d = 0; d < depth; d++) {
          logit += (queries.data[(image * positions + q) * depth + d] ?? 0) * (keys.data[key + d] ?? 0);
        }
        column[q] = logit;
      }
      const largest = column.reduce((most, value) => Math.max(most, value), -Infinity);
      const total = column.reduce((sum, value) => sum + Math.exp(value - largest), 0);
      for (let q = 0; q < positions; q++) {
        const weight = Math.exp((column[q] ?? 0) - largest) / total;
        const to = (image * positions + q) * width;
        for (let k = 0; k < width; k++) {
          y.data[to + k] = (y.data[to + k] ?? 0) + weight * (values.data[(image * memories + m) * width + k] ?? 0);
        }
      }
    }
  }
  return y;
}
