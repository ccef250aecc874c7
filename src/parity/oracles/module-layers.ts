import { ancestors } from "../../formats/saved-model/ancestors.js";
import {
  consumersAmong,
  createGraphIndex,
  type GraphIndex,
  type Value,
} from "../../formats/saved-model/graph-index.js";
import type { MetaGraph, NodeDef } from "../../formats/saved-model/types.js";
import { batchNormInputs, throughPassing } from "./batch-norm-inputs.js";
import { generatorSignature } from "./signature.js";

/** Ops that look at a tensor's shape only. */
const SHAPE_OPS: ReadonlySet<string> = new Set(["Shape", "ShapeN", "Size", "Rank"]);

const NONE: readonly number[] = [];

/**
 * Our layer names -> the module's own tensors (`node:output`), in network order, found by following the graph: nothing is told from names. A block
 * begins at a batch norm whose input has another user, the way around the block; the last batch norm's input is the last block; `final` is what
 * the last convolution sees. `attention` is there when the graph has one. A graph that is built otherwise (inside a function, say) gives `image`
 * alone. Throws {@link FormatError} for edges to nowhere, cycles and missing signatures.
 */
export function moduleLayers(file: string, metaGraph: MetaGraph): ReadonlyMap<string, string> {
  const signature = generatorSignature(file, metaGraph);
  const index = createGraphIndex(file, metaGraph.graph.nodes);
  const image = index.value(signature.image.name, "signature outputs");
  const order = ancestors(index, [image.node], { control: true });
  const inputs = [signature.z, signature.y].map(({ name }) => index.value(name, "signature inputs").node);
  const positions = consumersAmong(index, order.map(index.positionOf));
  const consumers = (node: NodeDef) =>
    (positions.get(index.positionOf(node)) ?? NONE).flatMap((position) => index.nodes.at(position) ?? []);

  const layers = new Map<string, string>();
  const normalised = batchNormInputs({ index, order, consumers, varying: dependents(index, order, inputs) });
  const last = normalised.at(-1);
  const starts = normalised.slice(0, -1).filter(({ node }) => {
    const users = consumers(node).filter(({ op }) => !SHAPE_OPS.has(op));
    return users.length > 1;
  });
  const lastConvolution = order.findLast(({ op }) => op === "Conv2D");
  if (last !== undefined && starts.length > 0 && lastConvolution !== undefined) {
    for (const [count, value] of [...starts, last].entries()) {
      const before = attended(index, value);
      layers.set(count === 0 ? "stem" : `block${count - 1}`, nameOf(before ?? value));
      if (before !== undefined) layers.set("attention", nameOf(value));
    }
    const [map] = index.dataInputs(lastConvolution);
    if (map !== undefined) layers.set("final", nameOf(throughPassing(index, map)));
  }
  layers.set("image", signature.image.name);
  return layers;
}

function nameOf({ node, output }: Value): string {
  return `${node.name}:${output}`;
}

/** The nodes of `order` that depend on the sources through data. */
function dependents(index: GraphIndex, order: readonly NodeDef[], sources: readonly NodeDef[]): ReadonlySet<NodeDef> {
  const reached = new Set(sources);
  for (const node of order) {
    if (index.dataInputs(node).some((value) => reached.has(value.node))) reached.add(node);
  }
  return reached;
}

/** When the value is x + gamma * attention(x): x. A softmax lies on the way from x to the other term. */
function attended(index: GraphIndex, value: Value): Value | undefined {
  if (value.node.op !== "Add" && value.node.op !== "AddV2") return undefined;
  const terms = index.dataInputs(value.node).map((term) => throughPassing(index, term));
  const [a, b] = terms;
  if (a === undefined || b === undefined) return undefined;
  if (passesSoftmax(index, b, a.node)) return a;
  return passesSoftmax(index, a, b.node) ? b : undefined;
}

/** Whether going back from `value` meets a softmax before `x`, and comes to x behind it. */
function passesSoftmax(index: GraphIndex, value: Value, x: NodeDef): boolean {
  const softmaxes: NodeDef[] = [];
  const reach = (starts: readonly NodeDef[], visit: (node: NodeDef) => void) => {
    const seen = new Set(starts);
    for (const node of seen) {
      visit(node);
      if (node === x) continue;
      for (const input of index.dataInputs(node)) seen.add(input.node);
    }
    return seen;
  };
  reach([value.node], (node) => {
    if (node.op === "Softmax") softmaxes.push(node);
  });
  return softmaxes.length > 0 && reach(softmaxes, () => undefined).has(x);
}
