import type { ParameterSource } from "../../core/parameter-source.js";
import type { Graph } from "../../graph/graph.js";
import { lowerToTfjs } from "../../lowering/tfjs-graph.js";
import { writeTfjsModel } from "../../lowering/write-tfjs-model.js";
import type { HostedModel } from "./hosted-model.js";

/** The tfjs export, for the plain `tf.loadGraphModel`. */
export function tfjsModel(graph: Graph, parameters: ParameterSource): HostedModel {
  const lowered = lowerToTfjs(graph);
  return {
    write: (folder, { signal }) => writeTfjsModel(lowered, parameters, folder, { signal }),
    nodeOf: (layer) => lowered.layerNodes.get(layer) ?? layer,
    keptOpen: false,
  };
}
