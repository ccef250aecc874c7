import type { Graph } from "../graph/graph.js";
import type { Indices } from "./templates.js";

/** `{layer}` of a parameter: the place of its block or attention among all of them, from 0. Parameters of other parts have none. */
export function layerIndices(graph: Graph): (parameter: string) => Indices {
  const layers = [...graph.layers.keys()].filter((layer) => /^(block\d+|attention)$/.test(layer));
  return (parameter) => {
    const place = layers.indexOf(parameter.split(".", 1)[0] ?? "");
    return place < 0 ? {} : { layer: String(place) };
  };
}
