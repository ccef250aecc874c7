import type { GraphNode } from "../../graph/graph.js";
import type { Steps, Tensor64 } from "./tensor64.js";

/** Is shown a node that has just been computed with the values it was computed from; its steps run before the next node. */
export type NodeObserver = (node: GraphNode, operands: readonly Tensor64[], value: Tensor64) => Steps<void>;
