import type { Graph } from "../graph/graph.js";
import { multiplyAdds } from "../graph/multiply-adds.js";
import { QUALITY_SAMPLES } from "./quality-cases.js";

/** Small models are judged by more pictures: single ones differ by 20 dB, and 128 of them settle their mean within half a decibel. */
const MOST_SAMPLES = 128;

/** A minute or so of tfjs-wasm. */
const MULTIPLY_ADDS = 6e11;

/** Pictures that a quality is measured on: never fewer than 64. */
export function samplesFor(graph: Graph): number {
  return Math.max(QUALITY_SAMPLES, Math.min(MOST_SAMPLES, Math.floor(MULTIPLY_ADDS / multiplyAdds(graph))));
}

/** Pictures that one part's sensitivity is measured on. Its error is a sum to which hundreds of parts add: a few will do. */
export function sensitivitySamplesFor(graph: Graph): number {
  return Math.max(4, Math.min(16, Math.floor(MULTIPLY_ADDS / 20 / multiplyAdds(graph))));
}
